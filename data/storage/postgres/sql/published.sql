-- What others than mentors see: the coordinators of a team the counts and dates that each mentor
-- publishes, its managers the status documents that mentors have released to them. Nothing else.
-- Errors: MR002 no access; MR003 it is not of the form that may be published, or released; MR004
-- somebody it is to be released to is no manager of the team.

-- One row for each mentor who has said yes. `jsonb`, so that nothing can hide between the values; null
-- where somebody has been deleted for good whom it counted, until the mentor's program counts again.
CREATE TABLE published (
  team text NOT NULL,
  login text COLLATE "C" NOT NULL,
  name text NOT NULL,             -- how colleagues wrote the name then
  counts jsonb,
  PRIMARY KEY (team, login)
);

-- A status document, for one manager. It goes when the mentee is deleted for good.
CREATE TABLE released (
  team text NOT NULL,
  mentee text NOT NULL,
  manager text COLLATE "C" NOT NULL,
  by text NOT NULL,               -- the login of the mentor who has released it
  by_name text NOT NULL,          -- how colleagues wrote the name then
  at text NOT NULL,               -- the session's local time with its offset
  doc json NOT NULL,              -- see data/released/as_json.py
  PRIMARY KEY (team, mentee, manager),
  FOREIGN KEY (team, mentee) REFERENCES heads ON DELETE CASCADE
);
CREATE INDEX ON released (manager, team);

CREATE FUNCTION my_teams_as(p_kind text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT team FROM members WHERE login = session_user::text AND kind = p_kind
$$;

CREATE POLICY own ON published FOR SELECT TO mentorrollen_reader USING (
  login = session_user::text AND team IN (SELECT my_teams()));
CREATE POLICY theirs ON published FOR SELECT TO mentorrollen_reader USING (
  team IN (SELECT my_teams_as('coordinator')));
CREATE POLICY mine ON released FOR SELECT TO mentorrollen_reader USING (
  (team, mentee) IN (SELECT team, mentee FROM my_mentees()));
CREATE POLICY theirs ON released FOR SELECT TO mentorrollen_reader USING (
  manager = session_user::text AND team IN (SELECT my_teams_as('manager')));

-- -- counts and dates --------------------------------------------------------------------------

-- Whether a value is a whole number within limits, or null where that may be.
CREATE FUNCTION is_whole(p jsonb, p_least bigint, p_most bigint, p_optional boolean DEFAULT false)
RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = mentorrollen, pg_temp AS $$
  SELECT CASE
    WHEN jsonb_typeof(p) = 'null' THEN p_optional
    WHEN jsonb_typeof(p) = 'number' AND p::text ~ '^-?[0-9]{1,16}$'
    THEN p::text::bigint BETWEEN p_least AND p_most
    ELSE false END
$$;

-- Whether a value is a day, or null where that may be.
CREATE FUNCTION is_day(p jsonb, p_optional boolean DEFAULT false) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_text text := p #>> '{}';
BEGIN
  IF jsonb_typeof(p) = 'null' THEN
    RETURN p_optional;
  END IF;
  IF jsonb_typeof(p) <> 'string' OR v_text !~ '^2[01][0-9]{2}-(0[1-9]|1[0-2])-[0-3][0-9]$' THEN
    RETURN false;
  END IF;
  PERFORM make_date(
    left(v_text, 4)::integer, substr(v_text, 6, 2)::integer, right(v_text, 2)::integer);
  RETURN true;
EXCEPTION WHEN datetime_field_overflow THEN
  RETURN false;
END
$$;

-- Whether a value stands for a mentee: a number, or one to three letters, none of them a small one
-- of a to z. What is a capital elsewhere, the program knows and not every server.
CREATE FUNCTION is_who(p jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = mentorrollen, pg_temp AS $$
  SELECT CASE WHEN jsonb_typeof(p) = 'string'
    THEN p #>> '{}' ~ '^[A-ZÀ-ÖØ-Þ\u0100-\u1fff\u2c00-\u2dff\ua640-\uabff]{1,3}$'
    ELSE is_whole(p, 1, 1000000000000000) END
$$;

-- Whether counts are of the form that data/published/schema.py says: numbers and dates, no texts.
CREATE FUNCTION is_published(p jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_head text[] := ARRAY['format', 'written', 'capacity', 'mentees'];
  v_names text[] := ARRAY['who', 'week', 'phase', 'talks_planned', 'talks_held', 'talks_cancelled',
    'last_talk', 'no_buddy', 'no_plan', 'no_expectations', 'steps', 'steps_of', 'retention_due'];
  v_row jsonb;
BEGIN
  IF (jsonb_typeof(p) = 'object' AND p ?& v_head AND p - v_head = '{}'::jsonb
      AND is_whole(p->'format', 1, 1) AND is_day(p->'written')
      AND is_whole(p->'capacity', 0, 1000000, true)
      AND jsonb_typeof(p->'mentees') = 'array') IS NOT TRUE THEN
    RETURN false;
  END IF;
  IF jsonb_array_length(p->'mentees') > 20000 THEN
    RETURN false;
  END IF;
  FOR v_row IN SELECT value FROM jsonb_array_elements(p->'mentees') LOOP
    IF (jsonb_typeof(v_row) = 'object' AND v_row ?& v_names AND v_row - v_names = '{}'::jsonb
        AND is_who(v_row->'who')
        AND is_whole(v_row->'week', -1000000, 1000000, true)
        AND is_whole(v_row->'phase', 0, 5)
        AND is_whole(v_row->'talks_planned', 0, 1000000)
        AND is_whole(v_row->'talks_held', 0, 1000000)
        AND is_whole(v_row->'talks_cancelled', 0, 1000000)
        AND is_day(v_row->'last_talk', true)
        AND jsonb_typeof(v_row->'no_buddy') = 'boolean'
        AND jsonb_typeof(v_row->'no_plan') = 'boolean'
        AND jsonb_typeof(v_row->'no_expectations') = 'boolean'
        AND is_whole(v_row->'steps', 0, 1000000)
        AND is_whole(v_row->'steps_of', 0, 1000000)
        AND is_day(v_row->'retention_due', true)) IS NOT TRUE THEN
      RETURN false;
    END IF;
  END LOOP;
  RETURN true;
END
$$;

-- Let the coordinators of a team see these counts, in place of what one has published before. Without
-- p_first that is done only where one publishes: it may have been turned off on another computer.
-- Return whether it was done.
CREATE FUNCTION publish(p_team text, p_counts text, p_first boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_counts jsonb;
  v_name text;
BEGIN
  PERFORM holds_membership(p_team);
  IF octet_length(p_counts) <= 8388608 THEN
    BEGIN
      v_counts := p_counts::jsonb;
    EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
      v_counts := NULL;  -- what is wrong with it is not said, since that would quote it
    END;
  END IF;
  IF is_published(v_counts) IS NOT TRUE THEN
    RAISE EXCEPTION 'this may not be published' USING ERRCODE = 'MR003';
  END IF;
  SELECT m.name INTO v_name FROM members m
  WHERE m.team = p_team AND m.login = session_user::text LIMIT 1;
  IF p_first THEN
    INSERT INTO published (team, login, name) VALUES (p_team, session_user::text, v_name)
    ON CONFLICT DO NOTHING;
  END IF;
  PERFORM FROM published WHERE team = p_team AND login = session_user::text FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE published SET name = v_name, counts = v_counts
  WHERE team = p_team AND login = session_user::text
    AND (name, counts) IS DISTINCT FROM (v_name, v_counts);
  IF FOUND THEN
    PERFORM tell_coordinators(p_team);
  END IF;
  RETURN true;
END
$$;

-- Take away what one has published. Return whether there was anything.
CREATE FUNCTION unpublish(p_team text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  PERFORM holds_membership(p_team);
  DELETE FROM published WHERE team = p_team AND login = session_user::text;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM tell_coordinators(p_team);
  RETURN true;
END
$$;

-- Take away the counts of these mentors, since somebody is deleted for good who may be counted there.
-- Each mentor's program counts again by itself.
CREATE FUNCTION take_published(p_team text, p_logins text[]) RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  UPDATE published SET counts = NULL
  WHERE team = p_team AND login = ANY (p_logins) AND counts IS NOT NULL;
  IF FOUND THEN
    PERFORM tell_coordinators(p_team);
  END IF;
END
$$;

CREATE FUNCTION tell_coordinators(p_team text) RETURNS void
LANGUAGE sql SET search_path = mentorrollen, pg_temp AS $$
  SELECT pg_notify(channel, 'published') FROM members
  WHERE team = p_team AND kind = 'coordinator'
$$;

-- What one has published oneself.
CREATE FUNCTION own_published(p_team text) RETURNS TABLE (counts text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  IF p_team IN (SELECT my_teams()) THEN
    RETURN QUERY SELECT p.counts::text FROM published p
      WHERE p.team = p_team AND p.login = session_user::text AND p.counts IS NOT NULL;
  END IF;
END
$$;

-- What the mentors of a team have published, for its coordinators.
CREATE FUNCTION published_in(p_team text) RETURNS TABLE (login text, name text, counts text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  IF p_team IN (SELECT my_teams_as('coordinator')) THEN
    RETURN QUERY SELECT p.login, p.name, p.counts::text FROM published p
      WHERE p.team = p_team AND p.counts IS NOT NULL ORDER BY p.login;
  END IF;
END
$$;

-- The coordinators, or the managers, of a team that one is a mentor of.
CREATE FUNCTION colleagues_of(p_team text, p_kind text) RETURNS TABLE (login text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT m.login, m.name FROM members m
  WHERE m.team = p_team AND m.kind = p_kind AND p_team IN (SELECT my_teams())
  ORDER BY m.name, m.login
$$;

-- -- status documents --------------------------------------------------------------------------

-- Release a document about a mentee to managers of the team, in place of what they had about the
-- mentee. It is in the mentee's history.
CREATE FUNCTION release(p_team text, p_mentee text, p_to text[], p_at text, p_doc json)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_name text;
BEGIN
  PERFORM holds_mentee(p_team, p_mentee);
  IF (json_typeof(p_doc) = 'object' AND octet_length(p_doc::text) <= 1048576
      AND is_time(p_at)) IS NOT TRUE THEN
    RAISE EXCEPTION 'this may not be released' USING ERRCODE = 'MR003';
  END IF;
  PERFORM FROM unnest(p_to) AS t(login)
  WHERE NOT EXISTS (SELECT FROM members m
    WHERE m.team = p_team AND m.login = t.login AND m.kind = 'manager');
  IF FOUND OR coalesce(cardinality(p_to), 0) = 0 THEN
    RAISE EXCEPTION 'no manager of the team' USING ERRCODE = 'MR004';
  END IF;
  SELECT name INTO v_name FROM members WHERE team = p_team AND login = session_user::text LIMIT 1;
  INSERT INTO released AS r (team, mentee, manager, by, by_name, at, doc)
  SELECT p_team, p_mentee, t.login, session_user::text, v_name, p_at, p_doc
  FROM (SELECT DISTINCT unnest(p_to) AS login) AS t
  ON CONFLICT (team, mentee, manager) DO UPDATE
  SET by = EXCLUDED.by, by_name = EXCLUDED.by_name, at = EXCLUDED.at, doc = EXCLUDED.doc;
  PERFORM tell_release(p_team, p_mentee, p_to, p_at, 'new');
END
$$;

-- Take back what has been released about a mentee, from these managers or (null) from all. Return
-- from whom it was taken.
CREATE FUNCTION withdraw(p_team text, p_mentee text, p_from text[], p_at text) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_gone text[];
BEGIN
  PERFORM holds_mentee(p_team, p_mentee);
  IF is_time(p_at) IS NOT TRUE THEN
    RAISE EXCEPTION 'that is no time' USING ERRCODE = '22007';
  END IF;
  WITH gone AS (
    DELETE FROM released r WHERE r.team = p_team AND r.mentee = p_mentee
      AND (p_from IS NULL OR r.manager = ANY (p_from)) RETURNING r.manager)
  SELECT coalesce(array_agg(manager ORDER BY manager), '{}') INTO v_gone FROM gone;
  PERFORM tell_release(p_team, p_mentee, v_gone, p_at, 'del');
  RETURN v_gone;
END
$$;

-- Raise MR002 unless one is a mentor of the team and has access to a mentee now; hold the mentee until
-- the end, so that nobody deletes it meanwhile. One who does not see the mentee holds nobody up.
CREATE FUNCTION holds_mentee(p_team text, p_mentee text) RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  PERFORM holds_membership(p_team);
  PERFORM FROM my_mentees() m WHERE m.team = p_team AND m.mentee = p_mentee;
  IF FOUND THEN
    PERFORM FROM heads WHERE team = p_team AND mentee = p_mentee FOR NO KEY UPDATE;
  END IF;
  IF FOUND THEN
    -- While this waited, the access may have been taken away.
    PERFORM FROM my_mentees() m WHERE m.team = p_team AND m.mentee = p_mentee;
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
  END IF;
END
$$;

-- Note in the history of a mentee what has been released, or taken back, and tell the managers.
CREATE FUNCTION tell_release(p_team text, p_mentee text, p_to text[], p_at text, p_kind text)
RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  INSERT INTO history (team, mentee, n, place, at, by, tbl, id, kind, fields)
  SELECT h.team, h.mentee, h.n,
    coalesce((SELECT max(o.place) FROM history o
      WHERE o.team = h.team AND o.mentee = h.mentee AND o.n = h.n), 0) + t.place,
    p_at, session_user::text, 'released', t.login, p_kind, '{}'
  FROM heads h, (
    SELECT login, row_number() OVER (ORDER BY login) AS place
    FROM (SELECT DISTINCT unnest(p_to) AS login) AS each_once) AS t
  WHERE h.team = p_team AND h.mentee = p_mentee;
  PERFORM pg_notify(channel, 'released') FROM members
  WHERE team = p_team AND kind = 'manager' AND login = ANY (p_to);
END
$$;

-- What has been released about the mentees that one sees, without the documents.
CREATE FUNCTION released_about(p_team text)
RETURNS TABLE (mentee text, manager text, by text, by_name text, at text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  IF p_team IN (SELECT my_teams()) THEN
    RETURN QUERY SELECT r.mentee, r.manager, r.by, r.by_name, r.at FROM released r
      WHERE r.team = p_team AND r.mentee = ANY (my_scopes(p_team))
      ORDER BY r.at, r.mentee, r.manager;
  END IF;
END
$$;

-- What has been released to one as a manager of the team.
CREATE FUNCTION released_to_me(p_team text)
RETURNS TABLE (mentee text, by text, by_name text, at text, doc text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  IF p_team IN (SELECT my_teams_as('manager')) THEN
    RETURN QUERY SELECT r.mentee, r.by, r.by_name, r.at, r.doc::text FROM released r
      WHERE r.team = p_team AND r.manager = session_user::text ORDER BY r.at, r.mentee;
  END IF;
END
$$;
