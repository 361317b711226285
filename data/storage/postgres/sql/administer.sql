-- What `mentor server grant` and `revoke` call. Nobody may but the owner, whose role an administrator
-- takes for it. Errors: MR012 there is no such login; MR013 a colleague has that name; MR014 the login
-- would see everything; MR015 there are records from before that would be this login's again.

-- Make a login a member of a team, and the team if there is none. A mentor is put on the team's list
-- of people unless somebody there has the name already.
--
--   name: how colleagues write the name; null: as it was, or else the login itself
--   person, at: the id of the new person, and when this is done, as the program writes them
--   again: it is known that the login is the same human being as before
CREATE FUNCTION add_member(
  p_team text, p_login text, p_kind text, p_name text, p_person text, p_at text, p_again boolean)
RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_name text;
  v_doc json;
  v_n bigint;
  v_channel text;
BEGIN
  PERFORM may_be_member(p_login);
  INSERT INTO teams (team) VALUES (p_team) ON CONFLICT DO NOTHING;
  PERFORM FROM teams WHERE team = p_team FOR UPDATE;  -- one after the other, for the name
  IF NOT p_again AND NOT (
    EXISTS (SELECT FROM members WHERE team = p_team AND login = p_login)
    AND pg_has_role(p_login, 'mentorrollen_member', 'MEMBER')
  ) AND (
    EXISTS (SELECT FROM members WHERE team = p_team AND login = p_login)
    OR EXISTS (SELECT FROM private_documents WHERE team = p_team AND author = p_login)
    OR EXISTS (SELECT FROM access WHERE team = p_team AND login = p_login)
  ) THEN
    RAISE EXCEPTION 'there are records of this login from before' USING ERRCODE = 'MR015';
  END IF;
  SELECT name INTO v_name FROM members WHERE team = p_team AND login = p_login LIMIT 1;
  v_name := coalesce(p_name, v_name, p_login);
  PERFORM FROM members
  WHERE team = p_team AND login <> p_login AND same_name(name) = same_name(v_name);
  IF FOUND THEN
    RAISE EXCEPTION 'a colleague has that name' USING ERRCODE = 'MR013';
  END IF;
  UPDATE members SET name = v_name WHERE team = p_team AND login = p_login AND name <> v_name;
  INSERT INTO members (team, login, kind, name) VALUES (p_team, p_login, p_kind, v_name)
  ON CONFLICT DO NOTHING;
  PERFORM pg_notify(channel, 'access') FROM members WHERE team = p_team AND login = p_login;
  PERFORM FROM documents WHERE team = p_team AND mentee = '' AND tbl = 'people'
    AND same_name(doc->>'name') = same_name(v_name)
    AND coalesce(doc->>'kind', 'person') = 'person' AND doc->>'example' IS DISTINCT FROM 'true';
  IF FOUND OR p_kind <> 'mentor' THEN
    RETURN;
  END IF;
  v_doc := json_build_object(
    'rev', 1, 'created_at', p_at, 'changed_at', p_at, 'changed_by', current_user::text,
    'name', v_name, 'kind', 'person');
  INSERT INTO heads AS h (team, mentee, n) VALUES (p_team, '', 1)
  ON CONFLICT (team, mentee) DO UPDATE SET n = h.n + 1 RETURNING n, channel INTO v_n, v_channel;
  INSERT INTO documents (team, mentee, tbl, id, doc) VALUES (p_team, '', 'people', p_person, v_doc);
  INSERT INTO commits (team, mentee, n, id, at, by, session, ops) VALUES (
    p_team, '', v_n, replace(gen_random_uuid()::text, '-', ''), p_at, current_user::text, '',
    json_build_array(json_build_object('t', 'people', 'i', p_person, 'put', v_doc)));
  PERFORM pg_notify(v_channel, '');
END
$$;

-- See to it that a login is there, and sees nothing but what it is given here.
CREATE FUNCTION may_be_member(p_login text) RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  PERFORM FROM pg_roles WHERE rolname = p_login AND rolcanlogin;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no login of that name' USING ERRCODE = 'MR012';
  END IF;
  PERFORM FROM pg_roles one WHERE rolname = p_login AND (
    rolsuper OR rolbypassrls OR rolreplication OR rolcreaterole
    OR EXISTS (
      SELECT FROM pg_roles WHERE pg_has_role(one.oid, oid, 'MEMBER') AND rolname IN (
        'mentorrollen_owner', 'mentorrollen_reader', 'pg_read_all_data', 'pg_read_server_files',
        'pg_write_server_files', 'pg_execute_server_program')));
  IF FOUND THEN
    RAISE EXCEPTION 'this login can read everything in the database' USING ERRCODE = 'MR014';
  END IF;
END
$$;

-- A name as it is compared with others.
CREATE FUNCTION same_name(p_name text) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT lower(translate(btrim(regexp_replace(p_name, '\s+', ' ', 'g')), 'ÆØÅÄÖÉÜ', 'æøåäöéü'))
$$;

-- Take a membership away, or all that a login has in a team (kind null). Return how many there were,
-- and how many mentees nobody can see any more, or only until a last day: the login's access to those
-- is kept, so that it can be given on; where a colleague has access for good, it is gone. So is what the mentor has published, and
-- what has been released to the manager.
CREATE FUNCTION remove_member(p_team text, p_login text, p_kind text)
RETURNS TABLE (taken bigint, left_alone bigint)
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_mentees text[];
BEGIN
  -- What is being written by now is made before this, or not at all.
  PERFORM FROM members
  WHERE team = p_team AND login = p_login AND kind = coalesce(p_kind, kind) FOR UPDATE;
  IF coalesce(p_kind, 'mentor') = 'mentor' THEN
    PERFORM take_published(p_team, ARRAY[p_login]);
  END IF;
  IF coalesce(p_kind, 'manager') = 'manager' THEN
    DELETE FROM released WHERE team = p_team AND manager = p_login;
  END IF;
  WITH gone AS (
    DELETE FROM members WHERE team = p_team AND login = p_login AND kind = coalesce(p_kind, kind)
    RETURNING kind, pg_notify(channel, 'access'))
  SELECT count(*) INTO taken FROM gone;
  left_alone := 0;
  DELETE FROM released r WHERE r.team = p_team AND r.manager = p_login AND NOT EXISTS (
    SELECT FROM members WHERE team = p_team AND login = p_login AND kind = 'manager');
  PERFORM FROM members WHERE team = p_team AND login = p_login AND kind = 'mentor';
  IF taken > 0 AND NOT FOUND THEN
    v_mentees := ARRAY(SELECT mentee FROM access WHERE team = p_team AND login = p_login);
    DELETE FROM access a WHERE a.team = p_team AND a.login = p_login
      AND (a.until < today() OR EXISTS (
        SELECT FROM access o JOIN members m
          ON m.team = o.team AND m.login = o.login AND m.kind = 'mentor'
        WHERE o.team = a.team AND o.mentee = a.mentee AND o.login <> a.login AND o.until IS NULL));
    PERFORM new_channel(p_team, one) FROM unnest(v_mentees) one;
    SELECT count(*) INTO left_alone FROM access
    WHERE team = p_team AND login = p_login AND is_there(team, mentee);
    DELETE FROM presence WHERE team = p_team AND login = p_login;
    DELETE FROM published p WHERE p.team = p_team AND p.login = p_login;
    PERFORM tell_coordinators(p_team);
    PERFORM new_channel(p_team, '');
  END IF;
  RETURN NEXT;
END
$$;

-- Whether there is a mentee in a team. Who has deleted one keeps the access, so that it can be undone.
CREATE FUNCTION is_there(p_team text, p_mentee text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = mentorrollen, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM documents WHERE team = p_team AND mentee = p_mentee AND tbl = 'mentees')
$$;

-- Give what a login has access to in a team to another one, who is a mentor there. One who has left the
-- team has it no longer. A last day stays, unless the other one has a later one, or none. Return how
-- many mentees that are.
CREATE FUNCTION hand_on(p_team text, p_from text, p_to text) RETURNS bigint
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_count bigint;
BEGIN
  WITH given AS (
    INSERT INTO access AS a (team, mentee, login, until)
    SELECT team, mentee, p_to, until FROM access
    WHERE team = p_team AND login = p_from AND (until IS NULL OR until >= today())
    ON CONFLICT (team, mentee, login) DO UPDATE SET until = CASE
      WHEN a.until IS NOT NULL AND EXCLUDED.until IS NOT NULL
      THEN greatest(a.until, EXCLUDED.until) END
    RETURNING a.mentee)
  SELECT count(*) INTO v_count FROM given WHERE is_there(p_team, given.mentee);
  DELETE FROM access WHERE team = p_team AND login = p_from AND NOT EXISTS (
    SELECT FROM members WHERE team = p_team AND login = p_from AND kind = 'mentor');
  PERFORM pg_notify(channel, 'access') FROM members
  WHERE team = p_team AND login IN (p_from, p_to) AND kind = 'mentor';
  RETURN v_count;
END
$$;

-- Hold on to the version until the end of the transaction. Error: MR018 it is another one.
CREATE FUNCTION is_version(p_version integer) RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_version integer;
BEGIN
  SELECT version INTO v_version FROM meta FOR UPDATE;
  IF v_version IS DISTINCT FROM p_version THEN
    RAISE EXCEPTION 'the tables are of version %', v_version USING ERRCODE = 'MR018';
  END IF;
END
$$;
