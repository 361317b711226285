-- What holds for every table and function above, whatever comes to be among them: row level
-- security is on and forced, the owner sees all, members read by the policies and call what they
-- are given by name here.

DO $$
DECLARE
  v_table regclass;
BEGIN
  FOR v_table IN SELECT c.oid FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
    WHERE s.nspname = 'mentorrollen' AND c.relkind = 'r' LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format('DROP POLICY IF EXISTS owner ON %s', v_table);
    EXECUTE format(
      'CREATE POLICY owner ON %s TO mentorrollen_owner USING (true) WITH CHECK (true)', v_table);
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', v_table);
    EXECUTE format('GRANT SELECT ON %s TO mentorrollen_member', v_table);
  END LOOP;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA mentorrollen FROM PUBLIC;
GRANT EXECUTE ON FUNCTION my_teams(), my_mentees(), mentors_of(text), tidy(text),
  save(text, text, text, text, json, json),
  lives(text), announce(text, text, text, text, text), leave(text, text), present(text)
TO mentorrollen_member;
GRANT USAGE ON SCHEMA mentorrollen TO mentorrollen_member;
