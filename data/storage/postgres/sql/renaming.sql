-- What `mentor server rename` calls, as the owner, after a login has got another name on the server.
-- Errors, beside those of administer.sql: MR019 the old name is a login yet; MR020 somebody is logged in
-- with the new one; MR021 there are records of the new one; MR022 both have written in one record.

-- Make all that a login has in all teams of the database another one's: what it may see, what it keeps
-- private, and that it was the last to write a document. Return in how many teams. The history and the
-- deletions go on naming the old one.
--
--   again: it is known that who has records by the new name already is the same human being
CREATE FUNCTION rename_member(p_old text, p_new text, p_again boolean) RETURNS bigint
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_teams text[];
BEGIN
  -- Else what one human being keeps private could be made another one's. It comes first: whoever made
  -- the new login by then could not rename the old one to it any more.
  PERFORM FROM pg_roles WHERE rolname = p_old;
  IF FOUND THEN
    RAISE EXCEPTION 'the old name is a login yet' USING ERRCODE = 'MR019';
  END IF;
  PERFORM may_be_member(p_new);
  SELECT coalesce(array_agg(team ORDER BY team), '{}') INTO v_teams FROM teams t WHERE EXISTS (
    SELECT FROM members m WHERE m.team = t.team AND m.login = p_old)
    OR EXISTS (SELECT FROM access a WHERE a.team = t.team AND a.login = p_old)
    OR EXISTS (SELECT FROM private_documents p WHERE p.team = t.team AND p.author = p_old);
  PERFORM FROM teams WHERE team = ANY (v_teams) ORDER BY team FOR UPDATE;
  -- A session knows what was, and would write on as the old one.
  PERFORM FROM pg_stat_activity WHERE datname = current_database() AND usename = p_new;
  IF FOUND THEN
    RAISE EXCEPTION 'the login is in use' USING ERRCODE = 'MR020';
  END IF;
  PERFORM WHERE EXISTS (SELECT FROM members WHERE team = ANY (v_teams) AND login = p_new)
    OR EXISTS (SELECT FROM access WHERE team = ANY (v_teams) AND login = p_new)
    OR EXISTS (SELECT FROM private_documents WHERE team = ANY (v_teams) AND author = p_new);
  IF FOUND AND NOT p_again THEN
    RAISE EXCEPTION 'there are records of this login' USING ERRCODE = 'MR021';
  END IF;
  PERFORM take_private(one, p_old, p_new), take_rights(one, p_old, p_new) FROM unnest(v_teams) one;
  UPDATE documents SET doc = written_by(tbl, doc, p_old, p_new)
  WHERE team = ANY (v_teams) AND p_old IN (doc->>'changed_by', doc->>'by');
  UPDATE private_documents SET doc = written_by(tbl, doc, p_old, p_new)
  WHERE team = ANY (v_teams) AND author = p_new AND p_old IN (doc->>'changed_by', doc->>'by');
  PERFORM pg_notify(channel, 'access') FROM members WHERE team = ANY (v_teams) AND kind = 'mentor';
  RETURN cardinality(v_teams);
END
$$;

-- Whether a field of a document names a login: it is the rule of `fields_naming` in
-- data/store/rename_login.py.
CREATE FUNCTION is_login(p_tbl text, p_field text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT p_field = 'changed_by' OR (p_field = 'by' AND p_tbl = 'conflicts')
$$;

-- A document that names the new login where it named the old one. All else keeps its order and form.
CREATE FUNCTION written_by(p_tbl text, p_doc json, p_old text, p_new text) RETURNS json
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN json_typeof(p_doc) <> 'object' THEN p_doc ELSE (
    SELECT json_object_agg(key, CASE WHEN is_login(p_tbl, key) AND value #>> '{}' = p_old
      THEN to_json(p_new) ELSE value END ORDER BY place)
    FROM json_each(p_doc) WITH ORDINALITY AS one(key, value, place)) END
$$;

-- Make what a login keeps private in a team another one's. Of two that say the same, as when a
-- file was copied under both names, one is left.
CREATE FUNCTION take_private(p_team text, p_old text, p_new text) RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  DELETE FROM private_documents o USING private_documents n
  WHERE o.team = p_team AND o.author = p_old AND n.team = p_team AND n.author = p_new
    AND n.tbl = o.tbl AND n.id = o.id
    AND written_by(n.tbl, n.doc, p_old, p_new)::text = written_by(o.tbl, o.doc, p_old, p_new)::text;
  PERFORM FROM private_documents o JOIN private_documents n USING (team, tbl, id)
  WHERE o.team = p_team AND o.author = p_old AND n.author = p_new;
  IF FOUND THEN
    RAISE EXCEPTION 'both have written in one record' USING ERRCODE = 'MR022';
  END IF;
  UPDATE private_documents SET author = p_new WHERE team = p_team AND author = p_old;
  PERFORM FROM private_heads WHERE team = p_team AND author = p_new;
  IF FOUND THEN
    -- Nobody is logged in with either name who could read on in the journal.
    DELETE FROM private_heads WHERE team = p_team AND author = p_old;
    DELETE FROM private_commits WHERE team = p_team AND author = p_old;
  ELSE
    UPDATE private_heads SET author = p_new WHERE team = p_team AND author = p_old;
    UPDATE private_commits SET author = p_new WHERE team = p_team AND author = p_old;
  END IF;
END
$$;

-- Make what a login is and may see in a team another one's.
CREATE FUNCTION take_rights(p_team text, p_old text, p_new text) RETURNS void
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  UPDATE members n SET name = o.name FROM members o
  WHERE n.team = p_team AND n.login = p_new AND o.team = p_team AND o.login = p_old;
  DELETE FROM members o USING members n
  WHERE o.team = p_team AND o.login = p_old AND n.team = p_team AND n.login = p_new
    AND n.kind = o.kind;
  UPDATE members SET login = p_new WHERE team = p_team AND login = p_old;
  INSERT INTO access (team, mentee, login, until)
  SELECT team, mentee, p_new, until FROM access WHERE team = p_team AND login = p_old
  ON CONFLICT (team, mentee, login) DO UPDATE SET until = CASE
    WHEN access.until IS NULL OR EXCLUDED.until IS NULL THEN NULL
    ELSE greatest(access.until, EXCLUDED.until) END;
  DELETE FROM access WHERE team = p_team AND login = p_old;
  INSERT INTO deletion_readers (team, login, id, sees)
  SELECT team, p_new, id, sees FROM deletion_readers WHERE team = p_team AND login = p_old
  ON CONFLICT (team, login, id) DO UPDATE SET sees = deletion_readers.sees OR EXCLUDED.sees;
  DELETE FROM deletion_readers WHERE team = p_team AND login = p_old;
  DELETE FROM presence WHERE team = p_team AND login = p_old;
  DELETE FROM published o USING published n
  WHERE o.team = p_team AND o.login = p_old AND n.team = p_team AND n.login = p_new;
  UPDATE published SET login = p_new WHERE team = p_team AND login = p_old;
  DELETE FROM released o USING released n
  WHERE o.team = p_team AND o.manager = p_old AND n.team = p_team AND n.manager = p_new
    AND n.mentee = o.mentee;
  UPDATE released SET manager = p_new WHERE team = p_team AND manager = p_old;
  UPDATE released SET by = p_new WHERE team = p_team AND by = p_old;
END
$$;
