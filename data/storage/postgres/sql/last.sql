-- What holds for every table and function above, whatever comes to be among them: row level
-- security is on and forced, the owner sees all, the reader reads by the policies, and members call
-- what they are given by name here.

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
    EXECUTE format('GRANT SELECT ON %s TO mentorrollen_reader', v_table);
  END LOOP;
END
$$;

-- The version is all that members read without a function: see reading.sql.
GRANT SELECT ON meta TO mentorrollen_member;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA mentorrollen FROM PUBLIC;
GRANT EXECUTE ON FUNCTION my_teams(), my_mentees(), my_scopes(text), my_teams_as(text), today(),
  lives_as(text, text)
TO mentorrollen_reader;
GRANT EXECUTE ON FUNCTION lives(text) TO mentorrollen_member;
GRANT EXECUTE ON FUNCTION mentors_of(text), tidy(text),
  named_by_others(text, text[]),
  save(text, text, text, text, json, json),
  announce(text, text, text, text, text), leave(text, text), present(text),
  memberships(), heads_of(text), documents_of(text), commits_after(text, text[], bigint[]),
  history_of(text, text),
  private_head_of(text), private_documents_of(text), private_commits_after(text, bigint),
  forget(text, text, text, text, text, text, json, json, json), deletions_of(text, bigint),
  count_earlier(text, text), salt_of(text), needed_people(text, text, text[]), access_to(text, text),
  take_history(text, text, json),
  publish(text, text, boolean), unpublish(text), own_published(text), published_in(text),
  colleagues_of(text, text), release(text, text, text[], text, json),
  withdraw(text, text, text[], text), released_about(text), released_to_me(text)
TO mentorrollen_member;
GRANT USAGE ON SCHEMA mentorrollen TO mentorrollen_member, mentorrollen_reader;

-- No message but an error leaves a function that members call: at the level of DEBUG1 the server could
-- be asked to say which channels it tells something on (trace_notify).
DO $$
DECLARE
  v_function regprocedure;
BEGIN
  FOR v_function IN SELECT p.oid FROM pg_proc p
    WHERE p.pronamespace = 'mentorrollen'::regnamespace
      AND has_function_privilege('mentorrollen_member', p.oid, 'EXECUTE') LOOP
    EXECUTE format('ALTER FUNCTION %s SET client_min_messages = warning', v_function);
  END LOOP;
END
$$;

-- What reads does not belong to the owner, for whom no policy hides anything.
DO $$
DECLARE
  v_function regprocedure;
BEGIN
  GRANT CREATE ON SCHEMA mentorrollen TO mentorrollen_reader;
  FOREACH v_function IN ARRAY ARRAY[
    'memberships()', 'heads_of(text)', 'documents_of(text)', 'commits_after(text, text[], bigint[])',
    'history_of(text, text)', 'private_head_of(text)', 'private_documents_of(text)',
    'private_commits_after(text, bigint)', 'present(text)',
    'own_published(text)', 'published_in(text)', 'released_about(text)',
    'released_to_me(text)']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO mentorrollen_reader', v_function);
  END LOOP;
  REVOKE CREATE ON SCHEMA mentorrollen FROM mentorrollen_reader;
END
$$;
