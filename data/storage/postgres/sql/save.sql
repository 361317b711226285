-- The one way to write documents. A commit is one call: all of it is made, or nothing.

-- Save the parts of a commit, each about one mentee, about the team (mentee ''), or private ("own").
-- Parts come in the order of their mentees, with the private one last, so that two commits never
-- wait for each other crosswise.
--
--   parts: [{"m": mentee, "n": the number of the last commit the session knows of it,
--            "docs": [{"t": table, "i": id, "d": document or null}],
--            "ops": what the commit does, for other sessions,
--            "told": [{"t","i","k","c"}] for the history,
--            "past": [{"t","i","k","c","at","by"}], what the history had before the mentee came here;
--            only with the first commit about a mentee, and told as what the server has not seen (n 0);
--            what is at no time is left out}]
--          or {"own": true, "n", "docs": [{..., "m": mentee}], "ops"}
--   grants: [{"m": mentee, "to": [{"l": login, "u": last day or null}]}], after which exactly those
--          have access to the mentee. An empty "to" changes nothing: somebody always has access.
--
-- Errors: MR001 another commit was quicker, read on and merge again; MR002 no access (to write); MR006
-- it is about a mentee who was deleted for good; 25001 in a transaction that sees what was so when it
-- began, and with that rights which have been taken away since.
CREATE FUNCTION save(p_team text, p_id text, p_session text, p_at text, p_parts json, p_grants json)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_login text := session_user::text;
  v_part record;
  v_channel text;
  v_odd boolean;
  v_deletes boolean;
BEGIN
  PERFORM holds_membership(p_team), refuse_deep(p_parts);
  -- Each part is taken apart once: with all its texts that takes long.
  FOR v_part IN SELECT * FROM json_to_recordset(p_parts)
    AS part(own json, m text, n bigint, docs json, ops json, told json, past json) LOOP
    IF v_part.own IS NOT NULL THEN
      PERFORM refuse_forgotten(p_team, ARRAY(
        SELECT DISTINCT d.m FROM json_to_recordset(v_part.docs) AS d(m text, d json)
        WHERE d.d IS NOT NULL AND d.m <> ''));
      v_channel := next_private(p_team, v_login, v_part.n);
      INSERT INTO private_documents AS p (team, author, tbl, id, mentee, doc)
      SELECT p_team, v_login, d.t, d.i, d.m, d.d
      FROM json_to_recordset(v_part.docs) AS d(t text, i text, m text, d json) WHERE d.d IS NOT NULL
      ON CONFLICT (team, author, tbl, id)
      DO UPDATE SET doc = EXCLUDED.doc, mentee = EXCLUDED.mentee;
      DELETE FROM private_documents p
      USING json_to_recordset(v_part.docs) AS d(t text, i text, d json)
      WHERE d.d IS NULL AND p.team = p_team AND p.author = v_login
        AND p.tbl = d.t AND p.id = d.i;
      INSERT INTO private_commits (team, author, n, id, at, session, ops)
      VALUES (p_team, v_login, v_part.n + 1, p_id, p_at, p_session, v_part.ops);
    ELSE
      IF v_part.m IS NULL THEN
        RAISE EXCEPTION 'a part is about no mentee' USING ERRCODE = '22004';
      END IF;
      v_channel := next_shared(p_team, v_part.m, v_login, v_part.n);
      SELECT bool_or(d.d IS NOT NULL AND scope_of(d.t, d.i, d.d) IS DISTINCT FROM v_part.m),
        bool_or(d.d IS NULL)
      INTO v_odd, v_deletes FROM json_to_recordset(v_part.docs) AS d(t text, i text, d json);
      IF v_odd THEN
        RAISE EXCEPTION 'a document is about somebody else' USING ERRCODE = '22023';
      END IF;
      PERFORM FROM ops_in(v_part.ops) o
      WHERE is_never_shared(o->>'t');
      IF FOUND THEN
        RAISE EXCEPTION 'this is never shared' USING ERRCODE = '22023';
      END IF;
      INSERT INTO documents AS p (team, mentee, tbl, id, doc)
      SELECT p_team, v_part.m, d.t, d.i, d.d
      FROM json_to_recordset(v_part.docs) AS d(t text, i text, d json) WHERE d.d IS NOT NULL
      ON CONFLICT (team, mentee, tbl, id) DO UPDATE SET doc = EXCLUDED.doc;
      IF v_deletes THEN
        DELETE FROM documents p USING json_to_recordset(v_part.docs) AS d(t text, i text, d json)
        WHERE d.d IS NULL AND p.team = p_team AND p.mentee = v_part.m
          AND p.tbl = d.t AND p.id = d.i;
      END IF;
      INSERT INTO commits (team, mentee, n, id, at, by, session, ops)
      VALUES (p_team, v_part.m, v_part.n + 1, p_id, p_at, v_login, p_session, v_part.ops);
      INSERT INTO history (team, mentee, n, place, at, by, tbl, id, kind, fields)
      SELECT p_team, v_part.m, v_part.n + 1, one.place, p_at, v_login, one.t, one.i, one.k, one.c
      FROM ROWS FROM (json_to_recordset(v_part.told) AS (t text, i text, k text, c json))
        WITH ORDINALITY AS one(t, i, k, c, place);
      IF v_part.n = 0 AND v_part.m <> '' THEN
        INSERT INTO history (team, mentee, n, place, at, by, tbl, id, kind, fields)
        SELECT p_team, v_part.m, 0, t.place, t.one->>'at', said_by(t.one->>'by'),
               t.one->>'t', t.one->>'i', t.one->>'k', t.one->'c'
        FROM json_array_elements(v_part.past) WITH ORDINALITY AS t(one, place)
        WHERE is_time(t.one->>'at');
      END IF;
    END IF;
    PERFORM pg_notify(v_channel, '');
  END LOOP;
  IF p_grants IS NOT NULL THEN
    PERFORM grant_access(p_team, v_login, g->>'m', g->'to') FROM json_array_elements(p_grants) g;
  END IF;
END
$$;

-- Raise MR002 unless one is a mentor of the team; stay one until the end of the transaction. Whoever
-- takes the membership away waits for that, so nothing is written after it. All that writes what others
-- read begins with this.
CREATE FUNCTION holds_membership(p_team text) RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  -- Else statements would see what was so when the transaction began.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'only in a transaction that is READ COMMITTED' USING ERRCODE = '25001';
  END IF;
  PERFORM FROM members
  WHERE team = p_team AND login = session_user::text AND kind = 'mentor' FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
  END IF;
END
$$;

-- See to it that whoever looks into a commit can. What is nested so deep that it can just be saved could
-- not be read where the server is deeper in its work, and would keep colleagues from deleting theirs.
-- No text of 8 KB is nested that deep, and few are longer.
CREATE FUNCTION refuse_deep(p_parts json) RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  IF octet_length(p_parts::text) > 8192 AND jsonb_path_exists(p_parts::jsonb, '$.**{200}') THEN
    RAISE EXCEPTION 'it is nested too deep' USING ERRCODE = '54001';
  END IF;
END
$$;

-- Whether documents of a table are always their author's alone. What a colleague has put there would be
-- taken for one's own text, or file.
CREATE FUNCTION is_never_shared(p_tbl text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT p_tbl IN ('conflicts', 'unfinished', 'files')
$$;

-- Whom a document is about: '' for what belongs to no mentee, null for what is no document, or never
-- shared, or what a record file has at its head ("_meta"). It is the rule of `scope_of` in data/storage/references.py. What is said to be about one
-- mentee and kept with another, or with the team, would be seen by those who have no role for the first.
CREATE FUNCTION scope_of(p_tbl text, p_id text, p_doc json) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN json_typeof(p_doc) <> 'object' OR p_tbl = '_meta' OR is_never_shared(p_tbl) THEN NULL
    WHEN p_tbl = 'mentees' THEN nullif(p_id, '')
    WHEN json_typeof(p_doc->'mentee_id') = 'string' THEN p_doc->>'mentee_id'
    ELSE '' END
$$;

-- Whom a part of a commit is about: '' for the team, null for what is private ("own"), whatever it says.
CREATE FUNCTION scope_of_part(p_part json) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_part->>'own' IS NULL THEN p_part->>'m' END
$$;

-- Who did something elsewhere, as a login tells it that brings it here: followed by that login, unless
-- it is the same, so that nobody can make a colleague have done something.
CREATE FUNCTION said_by(p_by text) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN p_by = session_user::text THEN p_by ELSE format('%s (%s)',
    left(regexp_replace(p_by, '[[:space:][:cntrl:]\u0085\u2028\u2029]+', ' ', 'g'), 80), session_user) END
$$;

-- Take the next number of the commits about a mentee; return the channel that tells of it.
CREATE FUNCTION next_shared(p_team text, p_mentee text, p_login text, p_known bigint) RETURNS text
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_channel text;
BEGIN
  IF p_mentee <> '' AND NOT has_access(p_team, p_mentee, p_login) THEN
    -- Whoever makes a mentee sees it, until somebody has a role for it.
    PERFORM refuse_forgotten(p_team, ARRAY[p_mentee]);
    -- None has the id of what the whole team has: what names that could go with the mentee. Whether
    -- anything else has the id is not asked, for it would be told.
    PERFORM FROM documents WHERE team = p_team AND mentee = '' AND id = p_mentee;
    IF p_known = 0 AND NOT FOUND THEN
      INSERT INTO heads (team, mentee, n) VALUES (p_team, p_mentee, 1)
      ON CONFLICT DO NOTHING RETURNING channel INTO v_channel;
    END IF;
    IF v_channel IS NULL THEN
      RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
    END IF;
    INSERT INTO access (team, mentee, login) VALUES (p_team, p_mentee, p_login)
    ON CONFLICT (team, mentee, login) DO UPDATE SET until = NULL;
    PERFORM pg_notify(channel, 'access') FROM members
    WHERE team = p_team AND login = p_login AND kind = 'mentor';
    RETURN v_channel;
  END IF;
  UPDATE heads SET n = n + 1 WHERE team = p_team AND mentee = p_mentee AND n = p_known
  RETURNING channel INTO v_channel;
  IF v_channel IS NULL AND p_known = 0 THEN
    INSERT INTO heads (team, mentee, n) VALUES (p_team, p_mentee, 1)
    ON CONFLICT DO NOTHING RETURNING channel INTO v_channel;
  END IF;
  IF v_channel IS NULL THEN
    RAISE EXCEPTION 'another commit was quicker' USING ERRCODE = 'MR001';
  END IF;
  -- While this waited, the commit before it may have taken the access away.
  IF p_mentee <> '' AND NOT has_access(p_team, p_mentee, p_login) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
  END IF;
  RETURN v_channel;
END
$$;

CREATE FUNCTION has_access(p_team text, p_mentee text, p_login text) RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = mentorrollen, pg_temp AS $$
  SELECT EXISTS (SELECT FROM access WHERE team = p_team AND mentee = p_mentee AND login = p_login
    AND (until IS NULL OR until >= today()))
$$;

-- See to it that what is saved is about nobody who was deleted for good, and that nobody is before it
-- has been saved.
CREATE FUNCTION refuse_forgotten(p_team text, p_mentees text[]) RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_there text[];
BEGIN
  IF p_mentees = '{}' THEN
    RETURN;
  END IF;
  SELECT array_agg(one.mentee) INTO v_there FROM (
    SELECT mentee FROM heads WHERE team = p_team AND mentee = ANY (p_mentees)
    ORDER BY mentee FOR KEY SHARE) one;
  IF cardinality(v_there) = cardinality(p_mentees) THEN
    RETURN;
  END IF;
  PERFORM FROM deletions d JOIN unnest(p_mentees) one ON d.owner = opaque(p_team, one)
  WHERE d.team = p_team AND d.owner <> '' AND one <> ALL (coalesce(v_there, '{}'));
  IF FOUND THEN
    RAISE EXCEPTION 'deleted for good' USING ERRCODE = 'MR006';
  END IF;
END
$$;

CREATE FUNCTION next_private(p_team text, p_login text, p_known bigint) RETURNS text
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_channel text;
BEGIN
  UPDATE private_heads SET n = n + 1 WHERE team = p_team AND author = p_login AND n = p_known
  RETURNING channel INTO v_channel;
  IF v_channel IS NULL AND p_known = 0 THEN
    INSERT INTO private_heads (team, author, n) VALUES (p_team, p_login, 1)
    ON CONFLICT DO NOTHING RETURNING channel INTO v_channel;
  END IF;
  IF v_channel IS NULL THEN
    RAISE EXCEPTION 'another commit was quicker' USING ERRCODE = 'MR001';
  END IF;
  RETURN v_channel;
END
$$;

-- Give access to a mentee to these logins, and to no others. Only one who has
-- access can pass it on, and only to mentors of the team. One who has it until a last day passes
-- nothing on, which would be a way to keep it: then this changes nothing. Nor does it where nobody
-- would have access without a last day any more: after that day there would be nobody.
CREATE FUNCTION grant_access(p_team text, p_login text, p_mentee text, p_to json)
RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_until date;
  v_lost boolean;
BEGIN
  SELECT until INTO v_until FROM access
  WHERE team = p_team AND mentee = p_mentee AND login = p_login
    AND (until IS NULL OR until >= today());
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
  END IF;
  -- PostgreSQL knows days without an end, and of years that nobody else does.
  PERFORM FROM json_array_elements(p_to) t WHERE t->>'u' !~ '^\d{4}-\d\d-\d\d$';
  IF FOUND THEN
    RAISE EXCEPTION 'that is no day' USING ERRCODE = '22007';
  END IF;
  PERFORM FROM json_array_elements(p_to) t JOIN members m
    ON m.team = p_team AND m.login = t->>'l' AND m.kind = 'mentor'
  WHERE t->>'u' IS NULL;
  IF NOT FOUND OR v_until IS NOT NULL THEN
    RETURN;
  END IF;
  PERFORM pg_notify(channel, 'access') FROM members m
  WHERE m.team = p_team AND m.kind = 'mentor' AND (
    m.login IN (SELECT t->>'l' FROM json_array_elements(p_to) t)
    OR m.login IN (SELECT a.login FROM access a WHERE a.team = p_team AND a.mentee = p_mentee));
  DELETE FROM access a WHERE a.team = p_team AND a.mentee = p_mentee
    AND NOT EXISTS (SELECT FROM json_array_elements(p_to) t WHERE t->>'l' = a.login);
  v_lost := FOUND;
  INSERT INTO access (team, mentee, login, until)
  SELECT DISTINCT ON (m.login) p_team, p_mentee, m.login, (t->>'u')::date
  FROM json_array_elements(p_to) t JOIN members m
    ON m.team = p_team AND m.login = t->>'l' AND m.kind = 'mentor'
  ORDER BY m.login, (t->>'u')::date DESC NULLS FIRST
  ON CONFLICT (team, mentee, login) DO UPDATE SET until = EXCLUDED.until;
  IF v_lost THEN
    PERFORM new_channel(p_team, p_mentee);
  END IF;
END
$$;

-- Give a mentee, or what the team has, another channel: somebody knows the old one who may not hear
-- any more when something is changed. Those who may are told to read it.
CREATE FUNCTION new_channel(p_team text, p_mentee text) RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  UPDATE heads SET channel = 'm' || replace(gen_random_uuid()::text, '-', '')
  WHERE team = p_team AND mentee = p_mentee;
  PERFORM pg_notify(m.channel, 'access') FROM members m
  WHERE m.team = p_team AND m.kind = 'mentor' AND (p_mentee = '' OR EXISTS (
    SELECT FROM access a WHERE a.team = m.team AND a.mentee = p_mentee AND a.login = m.login));
END
$$;

-- The mentors of a team that one is a mentor of oneself, by the names colleagues know them by.
CREATE FUNCTION mentors_of(p_team text) RETURNS TABLE (login text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT m.login, m.name FROM members m
  WHERE m.team = p_team AND m.kind = 'mentor' AND p_team IN (SELECT my_teams())
$$;

-- Whether a document about a mentee names somebody of the team's list of people, by its JSON as
-- programs write it. Any other field, and any id that is no number, could be used to ask for what
-- somebody has written, or whether there is something of an id that one can work out.
CREATE FUNCTION names_person(p_doc text, p_id text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT p_id ~ '^[0-9]{19,20}$' AND p_doc ~ (
    '"(person_id|by_id|with_id|sparring_with|done_by|who)":(\[("[0-9]*",)*)?"' || p_id || '"')
$$;

-- Which people of the team's list are named by what one does not see oneself: they have a role for a
-- colleague's mentee, are to be met, or the like. They are not deleted. Nothing else is told.
CREATE FUNCTION named_by_others(p_team text, p_people text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT own.id FROM documents own
  WHERE own.team = p_team AND own.mentee = '' AND own.tbl = 'people' AND own.id = ANY (p_people)
    AND p_team IN (SELECT my_teams())
    AND EXISTS (SELECT FROM documents d
      WHERE d.team = p_team AND d.mentee <> '' AND names_person(d.doc::text, own.id)
        AND d.mentee NOT IN (SELECT m.mentee FROM my_mentees() m WHERE m.team = p_team))
$$;

-- Drop old lines of the journal, which every session that is on has read long ago, and the access of
-- those whose last day has passed: it was none any more, but they may still know the channel.
CREATE FUNCTION tidy(p_team text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_mentee text;
  v_scopes text[] := my_scopes(p_team);
BEGIN
  FOR v_mentee IN
    DELETE FROM access a WHERE a.team = p_team AND a.mentee = ANY (v_scopes) AND a.until < today()
    RETURNING a.mentee
  LOOP
    PERFORM new_channel(p_team, v_mentee);
  END LOOP;
  DELETE FROM commits c WHERE c.team = p_team AND c.mentee = ANY (v_scopes)
    AND c.made_at < now() - interval '3 days';
  DELETE FROM private_commits c WHERE c.team = p_team AND c.author = session_user::text
    AND c.made_at < now() - interval '3 days';
END
$$;

-- What can be listened to is there from the beginning, with a number of 0.
CREATE FUNCTION begin_team() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  INSERT INTO heads (team, mentee, n) VALUES (NEW.team, '', 0);
  RETURN NULL;
END
$$;
CREATE TRIGGER begins AFTER INSERT ON teams FOR EACH ROW EXECUTE FUNCTION begin_team();

CREATE FUNCTION begin_member() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  INSERT INTO private_heads (team, author, n) VALUES (NEW.team, NEW.login, 0) ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER begins AFTER INSERT ON members FOR EACH ROW EXECUTE FUNCTION begin_member();
