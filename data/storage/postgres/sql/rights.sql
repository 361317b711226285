-- Who sees what. Row level security is forced on every table: it holds for the owner too, who sees
-- all by a policy of its own, since the functions that write run as the owner. Those that read run as
-- mentorrollen_reader, and the policies for it go by the login, which is session_user whatever role
-- is set. A database superuser and whoever has BYPASSRLS see everything.

-- The day that `until` is compared with. It is the same for all, whatever time zone a session has
-- chosen, and however long ago its transaction began.
CREATE FUNCTION today() RETURNS date
LANGUAGE sql STABLE AS $$
  SELECT (statement_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date
$$;

CREATE FUNCTION my_teams() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT team FROM members WHERE login = session_user::text AND kind = 'mentor'
$$;

CREATE FUNCTION my_mentees() RETURNS TABLE (team text, mentee text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT a.team, a.mentee
  FROM access a JOIN members m ON m.team = a.team AND m.login = a.login AND m.kind = 'mentor'
  WHERE a.login = session_user::text AND (a.until IS NULL OR a.until >= today())
$$;

ALTER TABLE meta ENABLE ROW LEVEL SECURITY;
ALTER TABLE teams ENABLE ROW LEVEL SECURITY;
ALTER TABLE members ENABLE ROW LEVEL SECURITY;
ALTER TABLE access ENABLE ROW LEVEL SECURITY;
ALTER TABLE heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE commits ENABLE ROW LEVEL SECURITY;
ALTER TABLE history ENABLE ROW LEVEL SECURITY;
ALTER TABLE private_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE private_documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE private_commits ENABLE ROW LEVEL SECURITY;
ALTER TABLE presence ENABLE ROW LEVEL SECURITY;

-- The version of the tables, which every login must know.
CREATE POLICY anybody ON meta FOR SELECT TO mentorrollen_member USING (true);
-- One's own memberships, whatever the kind; a mentor also sees who the mentors of the team are.
CREATE POLICY own ON members FOR SELECT TO mentorrollen_reader
  USING (login = session_user::text);
CREATE POLICY own ON access FOR SELECT TO mentorrollen_reader
  USING (login = session_user::text);

CREATE POLICY mine ON heads FOR SELECT TO mentorrollen_reader USING (
  (mentee = '' AND team IN (SELECT my_teams()))
  OR (team, mentee) IN (SELECT team, mentee FROM my_mentees()));
CREATE POLICY mine ON documents FOR SELECT TO mentorrollen_reader USING (
  (mentee = '' AND team IN (SELECT my_teams()))
  OR (team, mentee) IN (SELECT team, mentee FROM my_mentees()));
CREATE POLICY mine ON commits FOR SELECT TO mentorrollen_reader USING (
  (mentee = '' AND team IN (SELECT my_teams()))
  OR (team, mentee) IN (SELECT team, mentee FROM my_mentees()));
CREATE POLICY mine ON history FOR SELECT TO mentorrollen_reader USING (
  (team, mentee) IN (SELECT team, mentee FROM my_mentees()));

-- What is private: its author alone, as long as the author is a mentor of the team.
CREATE POLICY own ON private_heads FOR SELECT TO mentorrollen_reader
  USING (author = session_user::text AND team IN (SELECT my_teams()));
CREATE POLICY own ON private_documents FOR SELECT TO mentorrollen_reader
  USING (author = session_user::text AND team IN (SELECT my_teams()));
CREATE POLICY own ON private_commits FOR SELECT TO mentorrollen_reader
  USING (author = session_user::text AND team IN (SELECT my_teams()));

CREATE POLICY mine ON presence FOR SELECT TO mentorrollen_reader USING (
  login = session_user::text
  OR (mentee = '' AND team IN (SELECT my_teams()))
  OR (team, mentee) IN (SELECT team, mentee FROM my_mentees()));
