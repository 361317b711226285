-- Deleting for good. What was deleted is remembered by digests of random ids, so that nobody who was
-- away writes it back. There is no name, no text and no id in that.
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
  about text NOT NULL,            -- that of the mentee whom all of it is about; '' for none
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
  sees boolean NOT NULL,          -- whether they had access; else it took what is private of theirs
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

-- Whether a mentee is on hold. It is asked only for one who may see the mentee.
CREATE FUNCTION is_held(p_team text, p_mentee text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = mentorrollen, pg_temp AS $$
  SELECT EXISTS (SELECT FROM documents d WHERE d.team = p_team AND d.mentee = p_mentee
    AND d.tbl = 'mentees' AND d.id = p_mentee AND d.doc->>'held_since' IS NOT NULL)
$$;

-- Delete for good, in one transaction. Nothing is looked at that the login may not see before it is
-- asked whether it may: how many rows that takes can be found out.
--
--   id: of this deletion. If the login has made it, nothing happens.
--   kind: 'mentee': a mentee with all that anybody has about them. 'private': what the login keeps
--         private. 'earlier': what was about the mentee and has been deleted. 'record': one document.
--   mentee: whom it is about; '' for a document of the team
--   parts: as `save` takes them, "told" without content: what goes from elsewhere, and, but for the
--         first kind, what goes from the mentee
--   cut: digest of a document -> what of it goes, of documents that stay
--   counts: for the log
--
-- Errors: as `save`, and MR002 too for one who acts as mentor until a last day; MR005 the mentee is on
-- hold; MR007 a colleague has made a deletion with this id.
CREATE FUNCTION forget(
  p_team text, p_id text, p_session text, p_at text, p_kind text, p_mentee text,
  p_parts json, p_cut json, p_counts json)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_login text := session_user::text;
  v_whole boolean := p_kind = 'mentee';
  v_about text := CASE WHEN p_mentee = '' THEN '' ELSE opaque(p_team, p_mentee) END;
  v_at text := p_at;
  v_sees boolean;
  v_by text;
  v_ids text[];
  v_docs text[];
  v_open text[];
  v_scopes text[];
  v_readers text[] := ARRAY[v_login];
  v_authors text[];
  v_table regclass;
  v_n bigint := 0;
BEGIN
  PERFORM holds_membership(p_team);
  IF is_time(p_at) IS NOT TRUE OR p_at::timestamptz > now() + interval '1 day' THEN
    RAISE EXCEPTION 'that is no time' USING ERRCODE = '22007';
  END IF;
  -- Sessions compare it with what they write later, which is by their clocks.
  IF p_at::timestamptz > now() THEN
    v_at := to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"');
  END IF;
  IF p_mentee IS NULL OR p_kind IS NULL OR (v_whole AND p_mentee = '') THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
  END IF;
  IF json_typeof(p_cut) <> 'object' THEN
    RAISE EXCEPTION 'cut is no object' USING ERRCODE = '22023';
  END IF;
  -- In the order of `save`. Nobody saves anything about the mentee from here on. One who does not see
  -- the mentee holds nobody up.
  v_sees := p_mentee <> '' AND p_mentee IN (
    SELECT m.mentee FROM my_mentees() m WHERE m.team = p_team);
  PERFORM FROM heads WHERE team = p_team
    AND mentee = ANY (CASE WHEN v_sees THEN ARRAY['', p_mentee] ELSE ARRAY[''] END)
  ORDER BY mentee FOR UPDATE;
  -- While this waited, the access may have been taken away.
  v_sees := v_sees AND has_access(p_team, p_mentee, v_login);
  SELECT by INTO v_by FROM deletions WHERE team = p_team AND id = p_id;
  IF v_by = v_login THEN
    RETURN;
  ELSIF FOUND THEN
    RAISE EXCEPTION 'another deletion has this id' USING ERRCODE = 'MR007';
  END IF;
  IF p_mentee <> '' AND p_kind <> 'private' THEN
    PERFORM FROM access
    WHERE team = p_team AND mentee = p_mentee AND login = v_login AND until IS NULL;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
    END IF;
  END IF;
  IF v_sees AND is_held(p_team, p_mentee) THEN
    RAISE EXCEPTION 'the mentee is on hold' USING ERRCODE = 'MR005';
  END IF;
  -- Nor is anything deleted for good about other mentees than one may delete.
  PERFORM FROM json_array_elements(p_parts) part
  WHERE scope_of_part(part) NOT IN ('', CASE WHEN p_kind = 'private' THEN '' ELSE p_mentee END)
    AND EXISTS (SELECT FROM json_array_elements(part->'docs') d WHERE d->>'d' IS NULL)
    AND CASE WHEN EXISTS (SELECT FROM access WHERE team = p_team AND mentee = scope_of_part(part)
        AND login = v_login AND until IS NULL)
      THEN is_held(p_team, scope_of_part(part)) ELSE true END;
  IF FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
  END IF;
  SELECT coalesce(array_agg(DISTINCT opaque(p_team, key_of(one.tbl, one.id))), '{}'),
         coalesce(array_agg(DISTINCT opaque(p_team, key_of(one.tbl, one.id)))
           FILTER (WHERE one.scope = ''), '{}'),
         coalesce(array_agg(DISTINCT one.id), '{}'),
         coalesce(array_agg(DISTINCT one.scope) FILTER (WHERE one.scope IS NOT NULL), '{}')
  INTO v_docs, v_open, v_ids, v_scopes
  FROM (
    SELECT p_mentee AS scope, tbl, id FROM documents
    WHERE v_whole AND team = p_team AND mentee = p_mentee
    UNION ALL
    -- What others keep private is not asked for: that would tell whether they do.
    SELECT p_mentee, tbl, id FROM private_documents
    WHERE v_whole AND team = p_team AND mentee = p_mentee AND author = v_login
    UNION ALL
    -- of private fields only a part of a document goes: see `cut`
    SELECT scope_of_part(part), d->>'t', d->>'i'
    FROM json_array_elements(p_parts) part, json_array_elements(part->'docs') d
    WHERE d->>'d' IS NULL AND (v_whole OR d->>'t' NOT LIKE '%.fields')
      AND was_there(p_team, scope_of_part(part), v_login, d->>'t', d->>'i',
        CASE WHEN p_kind = 'earlier' AND v_sees THEN p_mentee END)
  ) one;
  IF p_mentee = '' THEN
    -- That of one document: whom it was about, so that it can be deleted again and nothing else.
    v_about := coalesce((SELECT min(opaque(p_team, m))
      FROM unnest(array_remove(v_scopes, '')) m HAVING count(*) = 1), '');
  END IF;
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
  IF p_kind <> 'private' THEN
    v_authors := ARRAY(
      SELECT DISTINCT unnest(
        forget_private(p_team, m, v_login, v_whole AND m = p_mentee, v_ids))
      FROM (SELECT unnest(v_scopes) AS m UNION SELECT p_mentee WHERE v_whole) o);
  END IF;
  -- What the journal says of these goes, too.
  v_ids := v_ids || ARRAY(
    SELECT DISTINCT d->>'i'
    FROM json_array_elements(p_parts) part, json_array_elements(part->'docs') d
    WHERE v_whole OR scope_of_part(part) IS DISTINCT FROM '');
  IF v_whole THEN
    v_ids := v_ids || p_mentee;
    PERFORM pg_notify(channel, 'gone') FROM heads WHERE team = p_team AND mentee = p_mentee;
    -- The conflicts and unfinished forms of one's own that say of nobody that they are about them.
    DELETE FROM private_documents WHERE team = p_team AND author = v_login
      AND (mentee = p_mentee OR (mentee = '' AND names_one(doc::text, v_ids)));
    DELETE FROM private_commits WHERE team = p_team AND author = v_login
      AND names_one(ops::text, v_ids);
    PERFORM take_published(p_team, v_readers || v_authors);
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
    DELETE FROM commits c WHERE c.team = p_team
      AND c.mentee = ANY (CASE WHEN v_sees THEN ARRAY['', p_mentee] ELSE ARRAY[''] END)
      AND (names_one(c.ops::text, v_ids) OR (p_kind = 'earlier' AND c.mentee <> ''));
    IF v_sees AND p_kind <> 'private' THEN
      DELETE FROM history h WHERE h.team = p_team AND h.mentee = p_mentee
        AND h.tbl <> 'released' AND NOT EXISTS (
          SELECT FROM documents d WHERE d.team = p_team AND d.mentee = h.mentee
          AND d.tbl = h.tbl AND d.id = h.id);
    END IF;
  END IF;
  INSERT INTO deletions
    (team, id, at, by, kind, counts, owner, about, docs, parts, open_docs, team_n)
  VALUES (p_team, p_id, v_at, v_login, p_kind, p_counts,
    CASE WHEN v_whole THEN v_about ELSE '' END, v_about, v_docs, p_cut, v_open, v_n);
  INSERT INTO deletion_readers (team, login, id, sees)
  SELECT p_team, one, p_id, one = ANY (v_readers)
  FROM unnest(v_readers || v_authors) one WHERE one IS NOT NULL
  ON CONFLICT DO NOTHING;
  PERFORM pg_notify(channel, 'gone') FROM members
  WHERE team = p_team AND kind = 'mentor' AND login = ANY (v_readers || v_authors);
END
$$;

-- What a commit does, of what should be an array: nobody else is kept from anything by what is not.
CREATE FUNCTION ops_in(p_ops json) RETURNS SETOF json
LANGUAGE sql IMMUTABLE AS $$
  SELECT json_array_elements(CASE WHEN json_typeof(p_ops) = 'array' THEN p_ops ELSE '[]' END)
$$;

-- Delete what others than the login keep private about a mentee; or, unless the mentee goes as a whole,
-- the private fields of documents that went: there is nothing any more that they are fields of. What
-- goes is found by the mentee alone. Any other id could have been put among those that go, to have
-- others lose what names it, or to find out whether something does.
--
-- Returns the authors.
CREATE FUNCTION forget_private(
  p_team text, p_mentee text, p_login text, p_whole boolean, p_ids text[]) RETURNS text[]
LANGUAGE plpgsql SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_authors text[];
BEGIN
  v_authors := ARRAY(SELECT DISTINCT p.author FROM private_documents p
    WHERE p.team = p_team AND p.mentee = p_mentee AND p.author <> p_login
    AND (p_whole OR is_orphan(p, p_ids)));
  PERFORM FROM private_heads WHERE team = p_team AND author = ANY (v_authors)
  ORDER BY author FOR UPDATE;
  WITH gone AS (
    DELETE FROM private_documents p WHERE p.team = p_team AND p.mentee = p_mentee
      AND p.author = ANY (v_authors) AND (p_whole OR is_orphan(p, p_ids))
    RETURNING p.author, p.id)
  DELETE FROM private_commits c USING (
    SELECT author, array_agg(id) AS ids FROM gone GROUP BY author) g
  WHERE c.team = p_team AND c.author = g.author AND names_one(c.ops::text, g.ids);
  IF p_whole THEN
    -- The journal may tell of documents that have been deleted since. A session that lacks it reads
    -- all again.
    DELETE FROM private_commits c WHERE c.team = p_team AND c.author <> p_login AND (
      c.author = ANY (v_authors)
      OR c.author IN (SELECT login FROM access WHERE team = p_team AND mentee = p_mentee)
      OR EXISTS (SELECT FROM ops_in(c.ops) o WHERE o->'put'->>'mentee_id' = p_mentee));
  END IF;
  UPDATE private_heads SET n = n + 1 WHERE team = p_team AND author = ANY (v_authors);
  RETURN v_authors;
END
$$;

-- Whether a private document is the private fields of one that went.
CREATE FUNCTION is_orphan(p_doc private_documents, p_ids text[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = mentorrollen, pg_temp AS $$
  SELECT p_doc.tbl LIKE '%.fields' AND p_doc.id = ANY (p_ids) AND NOT EXISTS (
    SELECT FROM documents d WHERE d.team = p_doc.team AND d.mentee = p_doc.mentee
    AND d.tbl = replace(p_doc.tbl, '.fields', '') AND d.id = p_doc.id)
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
