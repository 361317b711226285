-- Deleting for good, and who sees a mentee. What was deleted is remembered by digests of random ids, so
-- that nobody who was away writes it back. There is no name, no text and no id in that.
--
-- Rows that were deleted are bytes in the files of the server until it has tidied up (VACUUM), and in
-- its journal (WAL), replicas and backups until those are replaced: no function reaches them.

CREATE TABLE deletions (
  team text NOT NULL,
  id text NOT NULL,               -- its own random id
  at text NOT NULL,               -- the time of the session that made it
  by text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('mentee', 'private', 'earlier', 'record')),
  counts json NOT NULL,           -- table -> how many documents of it went
  owner text NOT NULL,            -- the digest of the mentee who went; '' for none
  docs text[] NOT NULL,           -- those of all documents that went
  parts json NOT NULL,            -- digest of a document -> what of it went
  open_docs text[] NOT NULL,      -- those of docs that the whole team could see
  team_n bigint NOT NULL,         -- the number of the team's commit that took those; 0 for none
  PRIMARY KEY (team, id)
);
CREATE INDEX ON deletions (team, owner);
CREATE INDEX ON deletions (team, team_n);

-- Who could see something of it, and so is told.
CREATE TABLE deletion_readers (
  team text NOT NULL,
  login text COLLATE "C" NOT NULL,
  id text NOT NULL,
  PRIMARY KEY (team, login, id)
);

-- The digest by which an id is known; see data/storage/deletion.py.
CREATE FUNCTION opaque(p_team text, p_id text) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT left(encode(sha256(convert_to(t.salt || ':' || p_id, 'UTF8')), 'hex'), 32)
  FROM teams t WHERE t.team = p_team
$$;

-- By what a document is known: ids of this program are those of one document only.
CREATE FUNCTION key_of(p_tbl text, p_id text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_id ~ '^[0-9]{19,20}$' THEN p_id ELSE p_tbl || '/' || p_id END
$$;

-- Whether a text of JSON names one of the ids.
CREATE FUNCTION names_one(p_text text, p_ids text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT EXISTS (
    SELECT FROM regexp_matches(p_text, '(?<![0-9])[0-9]{19,20}(?![0-9])', 'g') AS f(found)
    WHERE f.found[1] = ANY (p_ids)
  ) OR EXISTS (
    SELECT FROM unnest(p_ids) AS i(id)
    WHERE i.id !~ '^[0-9]{19,20}$' AND strpos(p_text, '"' || i.id || '"') > 0)
$$;

-- Delete for good, in one transaction.
--
--   id: of this deletion. If it has been made, nothing happens.
--   kind: 'mentee': a mentee with all that anybody has about them. 'private': what the login keeps
--         private. 'earlier': what was about the mentee and has been deleted. 'record': one document.
--   mentee: whom it is about; '' for a document of the team
--   parts: as `save` takes them, "told" without content: what goes from elsewhere, and, but for the
--         first kind, what goes from the mentee
--   cut: digest of a document -> what of it goes, of documents that stay
--   counts: for the log
--
-- Errors: as `save`, and MR002 too for one who acts as mentor until a last day; MR005 the mentee is on
-- hold.
CREATE FUNCTION forget(
  p_team text, p_id text, p_session text, p_at text, p_kind text, p_mentee text,
  p_parts json, p_cut json, p_counts json)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_login text := session_user::text;
  v_whole boolean := p_kind = 'mentee';
  v_sees boolean;
  v_ids text[] := '{}';
  v_own text[];
  v_docs text[];
  v_open text[];
  v_readers text[] := ARRAY[v_login];
  v_authors text[];
  v_table regclass;
  v_n bigint := 0;
  v_cut json;
BEGIN
  PERFORM refuse_old_sight();
  -- Sessions compare it with what they write later.
  IF p_at !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$'
    OR p_at::timestamptz > now() + interval '1 day' THEN
    RAISE EXCEPTION 'that is no time' USING ERRCODE = '22007';
  END IF;
  PERFORM FROM members WHERE team = p_team AND login = v_login AND kind = 'mentor';
  IF NOT FOUND OR p_mentee IS NULL OR p_kind IS NULL OR (v_whole AND p_mentee = '') THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
  END IF;
  -- In the order of `save`. Nobody saves anything about the mentee from here on. One who does not see
  -- the mentee holds nobody up.
  v_sees := p_mentee <> '' AND p_mentee IN (
    SELECT m.mentee FROM my_mentees() m WHERE m.team = p_team);
  PERFORM FROM heads WHERE team = p_team AND (mentee = '' OR (v_sees AND mentee = p_mentee))
  ORDER BY mentee FOR UPDATE;
  PERFORM FROM deletions WHERE team = p_team AND id = p_id;
  IF FOUND THEN
    RETURN;
  END IF;
  IF p_mentee <> '' AND p_kind <> 'private' THEN
    PERFORM FROM access
    WHERE team = p_team AND mentee = p_mentee AND login = v_login AND until IS NULL;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
    END IF;
  END IF;
  PERFORM FROM documents WHERE team = p_team AND mentee = p_mentee AND v_sees
    AND tbl = 'mentees' AND id = p_mentee AND doc->>'held_since' IS NOT NULL;
  IF FOUND THEN
    RAISE EXCEPTION 'the mentee is on hold' USING ERRCODE = 'MR005';
  END IF;
  -- Nor is anything deleted for good about other mentees than one may delete.
  PERFORM FROM json_array_elements(p_parts) part
  WHERE part->>'m' NOT IN ('', CASE WHEN p_kind = 'private' THEN '' ELSE p_mentee END)
    AND EXISTS (SELECT FROM json_array_elements(part->'docs') d WHERE d->>'d' IS NULL)
    AND (NOT EXISTS (SELECT FROM access WHERE team = p_team AND mentee = part->>'m'
        AND login = v_login AND until IS NULL)
      OR EXISTS (SELECT FROM documents WHERE team = p_team AND mentee = part->>'m'
        AND tbl = 'mentees' AND id = part->>'m' AND doc->>'held_since' IS NOT NULL));
  IF FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
  END IF;
  v_cut := own_cut(p_team, p_mentee, v_login, v_sees, p_parts, p_cut);
  SELECT array_agg(DISTINCT opaque(p_team, key_of(one.tbl, one.id))),
         array_agg(DISTINCT opaque(p_team, key_of(one.tbl, one.id))) FILTER (WHERE one.scope = ''),
         array_agg(DISTINCT one.id)
  INTO v_docs, v_open, v_ids
  FROM (
    SELECT p_mentee AS scope, tbl, id FROM documents
    WHERE v_whole AND team = p_team AND mentee = p_mentee
    UNION ALL
    SELECT p_mentee, tbl, id FROM private_documents
    WHERE v_whole AND team = p_team AND mentee = p_mentee
    UNION ALL
    -- of private fields only a part of a document goes: see `cut`
    SELECT part->>'m', d->>'t', d->>'i'
    FROM json_array_elements(p_parts) part, json_array_elements(part->'docs') d
    WHERE d->>'d' IS NULL AND (v_whole OR d->>'t' NOT LIKE '%.fields')
      AND was_there(p_team, part->>'m', v_login, d->>'t', d->>'i',
        CASE WHEN p_kind = 'earlier' AND v_sees THEN p_mentee END)
  ) one
  WHERE NOT is_elsewhere(p_team, coalesce(one.scope, p_mentee), v_login, one.id)
    AND (v_whole OR NOT EXISTS (
      SELECT FROM private_documents o WHERE o.team = p_team AND o.id = one.id
      AND o.author <> v_login AND o.tbl NOT LIKE '%.fields'));
  v_docs := coalesce(v_docs, '{}');
  v_open := coalesce(v_open, '{}');
  v_ids := coalesce(v_ids, '{}') || ARRAY(
    SELECT DISTINCT d->>'i'
    FROM json_array_elements(p_parts) part, json_array_elements(part->'docs') d
    WHERE v_whole OR part->>'m' IS DISTINCT FROM '');
  -- What others keep private and names these goes too. So only ids of this program are among them, for
  -- any word could be made one; and none that is another document's: it could have been put there to
  -- have others lose what names that.
  v_own := ARRAY(
    SELECT one FROM unnest(v_ids || p_mentee) one
    WHERE v_whole AND one ~ '^[0-9]{19,20}$' AND NOT is_elsewhere(p_team, p_mentee, v_login, one));
  IF json_array_length(p_parts) > 0 THEN
    PERFORM save(p_team, p_id, p_session, p_at, p_parts, NULL);
  END IF;
  IF v_open <> '{}' THEN
    SELECT n INTO v_n FROM heads WHERE team = p_team AND mentee = '';
    PERFORM pg_notify(channel, 'gone') FROM heads WHERE team = p_team AND mentee = '';
  END IF;
  IF p_kind <> 'private' AND p_mentee <> '' THEN
    SELECT v_readers || array_agg(login) INTO v_readers FROM access
    WHERE team = p_team AND mentee = p_mentee;
  END IF;
  IF v_whole THEN
    v_ids := v_ids || p_mentee;
    PERFORM pg_notify(channel, 'gone') FROM heads WHERE team = p_team AND mentee = p_mentee;
    -- What others keep private of it, and their conflicts and unfinished forms that name it.
    SELECT array_agg(DISTINCT p.author) INTO v_authors FROM private_documents p
    WHERE p.team = p_team AND is_about(p, p_mentee,
      CASE WHEN p.author = v_login THEN v_ids ELSE v_own END);
    PERFORM FROM private_heads WHERE team = p_team AND author = ANY (v_authors)
    ORDER BY author FOR UPDATE;
    DELETE FROM private_documents p WHERE p.team = p_team AND is_about(p, p_mentee,
      CASE WHEN p.author = v_login THEN v_ids ELSE v_own END);
    DELETE FROM private_commits c WHERE c.team = p_team
      AND names_one(c.ops::text, CASE WHEN c.author = v_login THEN v_ids ELSE v_own END);
    UPDATE private_heads SET n = n + 1
    WHERE team = p_team AND author = ANY (v_authors) AND author <> v_login;
    v_readers := v_readers || v_authors;
    PERFORM take_published(p_team, v_readers);
    -- What was released goes with the rest below; the managers' open sessions take it away too.
    PERFORM pg_notify(m.channel, 'released') FROM members m
    WHERE m.team = p_team AND m.kind = 'manager' AND m.login IN (
      SELECT r.manager FROM released r WHERE r.team = p_team AND r.mentee = p_mentee);
    DELETE FROM commits c WHERE c.team = p_team AND c.mentee = '' AND names_one(c.ops::text, v_ids);
    -- Every table that says about whom a row is, whatever comes to be among them.
    FOR v_table IN
      SELECT c.oid FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'mentee' AND NOT a.attisdropped
      JOIN pg_attribute b ON b.attrelid = c.oid AND b.attname = 'team' AND NOT b.attisdropped
      WHERE c.relnamespace = 'mentorrollen'::regnamespace AND c.relkind IN ('r', 'p')
    LOOP
      EXECUTE format('DELETE FROM %s WHERE team = $1 AND mentee = $2', v_table)
      USING p_team, p_mentee;
    END LOOP;
  ELSE
    DELETE FROM private_commits c WHERE c.team = p_team AND c.author = v_login
      AND names_one(c.ops::text, array_remove(v_ids || p_mentee, ''));
    DELETE FROM commits c WHERE c.team = p_team AND c.mentee IN ('', p_mentee)
      AND (names_one(c.ops::text, v_ids) OR (p_kind = 'earlier' AND c.mentee <> ''))
      AND (c.mentee = '' OR EXISTS (
        SELECT FROM access a WHERE a.team = p_team AND a.mentee = p_mentee AND a.login = v_login
        AND (a.until IS NULL OR a.until >= today())));
    DELETE FROM history h WHERE h.team = p_team AND h.mentee = p_mentee AND p_mentee <> ''
      AND p_kind <> 'private' AND h.tbl <> 'released' AND NOT EXISTS (
        SELECT FROM documents d WHERE d.team = p_team AND d.mentee = h.mentee
        AND d.tbl = h.tbl AND d.id = h.id);
  END IF;
  INSERT INTO deletions (team, id, at, by, kind, counts, owner, docs, parts, open_docs, team_n)
  VALUES (p_team, p_id, p_at, v_login, p_kind, p_counts,
    CASE WHEN v_whole THEN opaque(p_team, p_mentee) ELSE '' END, v_docs, v_cut, v_open, v_n);
  INSERT INTO deletion_readers (team, login, id)
  SELECT DISTINCT p_team, one, p_id FROM unnest(v_readers) one WHERE one IS NOT NULL;
  PERFORM pg_notify(channel, 'gone') FROM members
  WHERE team = p_team AND kind = 'mentor' AND login = ANY (v_readers);
END
$$;

-- Whether an id is that of a document about something else than a mentee. To put that id among what
-- goes with the mentee would be a way to have others lose what is theirs.
CREATE FUNCTION is_elsewhere(p_team text, p_mentee text, p_login text, p_id text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM documents d WHERE d.team = p_team AND d.id = p_id AND d.mentee <> p_mentee)
  OR EXISTS (
    SELECT FROM private_documents d WHERE d.team = p_team AND d.id = p_id
    AND d.mentee <> p_mentee AND d.author <> p_login)
$$;

-- Whether a login has a document that it deletes, or, with a mentee, whether there was one that has been
-- deleted before. Of any other id it would be said that it is gone, and colleagues would lose what they
-- write by it.
CREATE FUNCTION was_there(
  p_team text, p_scope text, p_login text, p_tbl text, p_id text, p_mentee text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM documents d
    WHERE d.team = p_team AND d.mentee = p_scope AND d.tbl = p_tbl AND d.id = p_id)
  OR EXISTS (SELECT FROM private_documents d
    WHERE d.team = p_team AND d.author = p_login AND d.tbl = p_tbl AND d.id = p_id)
  OR p_mentee IS NOT NULL AND (
    EXISTS (SELECT FROM history h
      WHERE h.team = p_team AND h.mentee = p_mentee AND h.tbl = p_tbl AND h.id = p_id)
    OR EXISTS (SELECT FROM commits c
      WHERE c.team = p_team AND c.mentee = p_mentee AND names_one(c.ops::text, ARRAY[p_id]))
    OR EXISTS (SELECT FROM private_commits c
      WHERE c.team = p_team AND c.author = p_login AND names_one(c.ops::text, ARRAY[p_id])))
$$;

-- Whether a private document goes with a mentee: it is about them; or it says of nobody that it is about
-- them, and names one of the ids that go.
CREATE FUNCTION is_about(p_doc private_documents, p_mentee text, p_ids text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT p_doc.mentee = p_mentee OR (p_doc.mentee = '' AND names_one(p_doc.doc::text, p_ids))
$$;

-- What of `cut` is about documents that one deletes something of oneself. Of any other it would make
-- the sessions of colleagues cut theirs.
CREATE FUNCTION own_cut(
  p_team text, p_mentee text, p_login text, p_sees boolean, p_parts json, p_cut json) RETURNS json
LANGUAGE sql STABLE SET search_path = mentorrollen, pg_temp AS $$
  WITH mine (id) AS (
    SELECT key_of(replace(tbl, '.fields', ''), id) FROM documents
    WHERE p_sees AND team = p_team AND mentee = p_mentee
    UNION
    SELECT key_of(replace(tbl, '.fields', ''), id) FROM private_documents
    WHERE team = p_team AND author = p_login
    UNION
    SELECT key_of(replace(d->>'t', '.fields', ''), d->>'i')
    FROM json_array_elements(p_parts) part, json_array_elements(part->'docs') d
    WHERE NOT is_elsewhere(p_team, coalesce(part->>'m', p_mentee), p_login, d->>'i'))
  SELECT coalesce(json_object_agg(c.key, c.value), '{}') FROM json_each(p_cut) c
  WHERE c.key IN (SELECT opaque(p_team, mine.id) FROM mine)
$$;

-- How many documents about a mentee have been deleted and are in the history or the journal yet.
CREATE FUNCTION count_earlier(p_team text, p_mentee text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT count(*) FROM (
    SELECT h.tbl, h.id FROM history h
    WHERE h.team = p_team AND h.mentee = p_mentee AND h.tbl <> 'released'
    UNION
    SELECT o->>'t', o->>'i' FROM commits c, json_array_elements(c.ops) o
    WHERE c.team = p_team AND c.mentee = p_mentee
    UNION
    SELECT replace(o->>'t', '.fields', ''), o->>'i'
    FROM private_commits c, json_array_elements(c.ops) o
    WHERE c.team = p_team AND c.author = session_user::text
      AND names_one(o::text, ARRAY[p_mentee])
  ) one
  WHERE p_mentee IN (SELECT m.mentee FROM my_mentees() m WHERE m.team = p_team)
    AND NOT EXISTS (
      SELECT FROM documents d WHERE d.team = p_team AND d.mentee = p_mentee
      AND d.tbl = one.tbl AND d.id = one.id)
    AND NOT EXISTS (
      SELECT FROM private_documents d WHERE d.team = p_team AND d.author = session_user::text
      AND d.tbl = one.tbl AND d.id = one.id)
$$;

-- What was deleted for good that the login could see something of; and, after a number of the team's
-- commits, what was deleted of what the whole team has.
CREATE FUNCTION deletions_of(p_team text, p_after bigint)
RETURNS TABLE (id text, at text, by text, kind text, salt text, counts text,
  owner text, docs text[], parts text, who text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT d.id, d.at, d.by, d.kind, t.salt, d.counts::text, d.owner, d.docs, d.parts::text,
    (SELECT m.name FROM members m WHERE m.team = d.team AND m.login = d.by LIMIT 1)
  FROM deletion_readers r JOIN deletions d ON d.team = r.team AND d.id = r.id
  JOIN teams t ON t.team = d.team
  WHERE r.team = p_team AND r.login = session_user::text AND p_team IN (SELECT my_teams())
  UNION ALL
  SELECT d.id, d.at, '', d.kind, t.salt, '{}', '', d.open_docs, '{}', NULL
  FROM deletions d JOIN teams t ON t.team = d.team
  WHERE d.team = p_team AND d.team_n > 0 AND d.team_n > p_after AND p_team IN (SELECT my_teams())
    AND NOT EXISTS (SELECT FROM deletion_readers r
      WHERE r.team = d.team AND r.login = session_user::text AND r.id = d.id)
  ORDER BY 2
$$;

-- What the ids of a team are hidden with in digests.
CREATE FUNCTION salt_of(p_team text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT t.salt FROM teams t WHERE t.team = p_team AND p_team IN (SELECT my_teams())
$$;

-- Which people of the team's list are named by anything but what is about a mentee, or are mentors
-- themselves. Only one who may delete the mentee may ask.
CREATE FUNCTION needed_people(p_team text, p_mentee text, p_people text[]) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  PERFORM FROM access a JOIN members m ON m.team = a.team AND m.login = a.login AND m.kind = 'mentor'
  WHERE a.team = p_team AND a.mentee = p_mentee AND a.login = session_user::text AND a.until IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
  END IF;
  RETURN QUERY SELECT p.id FROM documents p
    WHERE p.team = p_team AND p.mentee = '' AND p.tbl = 'people' AND p.id = ANY (p_people)
      -- Any other id could be a text that is asked for.
      AND p.id ~ '^[0-9]{19,20}$' AND (
      EXISTS (SELECT FROM members m
        WHERE m.team = p_team AND same_name(m.name) = same_name(p.doc->>'name'))
      OR EXISTS (SELECT FROM documents d
        WHERE d.team = p_team AND d.mentee <> p_mentee
          AND NOT (d.mentee = '' AND d.tbl = 'people' AND d.id = p.id)
          AND names_one(d.doc::text, ARRAY[p.id]))
      OR EXISTS (SELECT FROM private_documents d
        WHERE d.team = p_team AND d.mentee NOT IN ('', p_mentee)
          AND names_one(d.doc::text, ARRAY[p.id])));
END
$$;

-- Add what happened to a mentee elsewhere, as a hand-over brings it, before all else; told once, it is
-- not told again. Who did it is followed by the one who adds it, so that nobody can make a colleague
-- have done something.
--
--   rows: [{"at", "by", "t", "i", "k", "c"}], oldest first
CREATE FUNCTION take_history(p_team text, p_mentee text, p_rows json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  PERFORM FROM heads WHERE team = p_team AND mentee = p_mentee FOR UPDATE;
  PERFORM FROM my_mentees() m WHERE m.team = p_team AND m.mentee = p_mentee;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
  END IF;
  INSERT INTO history (team, mentee, n, place, at, by, tbl, id, kind, fields)
  SELECT p_team, p_mentee, 0, r.place + (
      SELECT coalesce(max(h.place), 0) FROM history h
      WHERE h.team = p_team AND h.mentee = p_mentee AND h.n = 0),
    r.one->>'at', said_by(r.one->>'by'), r.one->>'t', r.one->>'i',
    r.one->>'k', r.one->'c'
  FROM json_array_elements(p_rows) WITH ORDINALITY AS r(one, place)
  WHERE NOT EXISTS (SELECT FROM history h WHERE h.team = p_team AND h.mentee = p_mentee
    AND h.n = 0 AND h.at = r.one->>'at' AND h.tbl = r.one->>'t' AND h.id = r.one->>'i'
    AND h.kind = r.one->>'k');
END
$$;

-- Who has access to a mentee whom one has access to oneself.
CREATE FUNCTION access_to(p_team text, p_mentee text)
RETURNS TABLE (login text, name text, until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT a.login, m.name, a.until
  FROM access a JOIN members m ON m.team = a.team AND m.login = a.login AND m.kind = 'mentor'
  WHERE a.team = p_team AND a.mentee = p_mentee AND (a.until IS NULL OR a.until >= today())
    AND p_mentee IN (SELECT mine.mentee FROM my_mentees() mine WHERE mine.team = p_team)
  ORDER BY m.name
$$;
