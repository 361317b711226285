-- What a mentor asks about mentees and about what was deleted for good. Of what one does not see it is
-- told only who of the team's list of people has a part in it: see `needed_people`.

-- How many documents about a mentee have been deleted and are in the history or the journal yet.
CREATE FUNCTION count_earlier(p_team text, p_mentee text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  IF (p_mentee <> '' AND p_mentee = ANY (my_scopes(p_team))) IS NOT TRUE THEN
    RETURN 0;
  END IF;
  RETURN (SELECT count(*) FROM (
    SELECT h.tbl, h.id FROM history h
    WHERE h.team = p_team AND h.mentee = p_mentee AND h.tbl <> 'released'
    UNION
    SELECT o->>'t', o->>'i' FROM commits c, ops_in(c.ops) o
    WHERE c.team = p_team AND c.mentee = p_mentee
    UNION
    SELECT replace(o->>'t', '.fields', ''), o->>'i'
    FROM private_commits c, ops_in(c.ops) o
    WHERE c.team = p_team AND c.author = session_user::text
      AND names_one(o::text, ARRAY[p_mentee])
  ) one
  WHERE NOT EXISTS (
      SELECT FROM documents d WHERE d.team = p_team AND d.mentee = p_mentee
      AND d.tbl = one.tbl AND d.id = one.id)
    AND NOT EXISTS (
      SELECT FROM private_documents d WHERE d.team = p_team AND d.author = session_user::text
      AND d.tbl = one.tbl AND d.id = one.id));
END
$$;

-- What was deleted for good that the login could see something of; and, after a number of the team's
-- commits, what was deleted of what the whole team has. Those who could not see it are not told its
-- id: whoever knew it could delete something with the same id, where an older state was restored.
CREATE FUNCTION deletions_of(p_team text, p_after bigint)
RETURNS TABLE (id text, at text, by text, kind text, salt text, counts text,
  owner text, about text, docs text[], open_docs text[], parts text, who text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  IF (p_team IN (SELECT my_teams())) IS NOT TRUE THEN
    RETURN;
  END IF;
  RETURN QUERY
  SELECT d.id, d.at, d.by, d.kind, t.salt, d.counts::text, d.owner, d.about, d.docs, d.open_docs,
    d.parts::text,
    (SELECT m.name FROM members m WHERE m.team = d.team AND m.login = d.by LIMIT 1)
  FROM deletion_readers r JOIN deletions d ON d.team = r.team AND d.id = r.id
  JOIN teams t ON t.team = d.team
  WHERE r.team = p_team AND r.login = session_user::text AND r.sees
  UNION ALL
  -- Whoever kept something private without access to the mentee is told that it has gone.
  SELECT opaque(d.team, d.id), d.at, '', d.kind, t.salt, '{}', d.owner, d.about, d.open_docs,
    d.open_docs, '{}', NULL
  FROM deletion_readers r JOIN deletions d ON d.team = r.team AND d.id = r.id
  JOIN teams t ON t.team = d.team
  WHERE r.team = p_team AND r.login = session_user::text AND NOT r.sees
  UNION ALL
  SELECT opaque(d.team, d.id), d.at, '', d.kind, t.salt, '{}', '', '', d.open_docs, d.open_docs,
    '{}', NULL
  FROM deletions d JOIN teams t ON t.team = d.team
  WHERE d.team = p_team AND d.team_n > 0 AND d.team_n > p_after
    AND NOT EXISTS (SELECT FROM deletion_readers r
      WHERE r.team = d.team AND r.login = session_user::text AND r.id = d.id)
  ORDER BY 2;
END
$$;

-- What the ids of a team are hidden with in digests.
CREATE FUNCTION salt_of(p_team text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT t.salt FROM teams t WHERE t.team = p_team AND p_team IN (SELECT my_teams())
$$;

-- Which people of the team's list are mentors themselves, or are named by what is about other mentees.
-- Only one who may delete the mentee may ask. What is private names nobody of the list.
CREATE FUNCTION needed_people(p_team text, p_mentee text, p_people text[]) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  PERFORM FROM access a JOIN members m ON m.team = a.team AND m.login = a.login AND m.kind = 'mentor'
  WHERE a.team = p_team AND a.mentee = p_mentee AND a.login = session_user::text AND a.until IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
  END IF;
  RETURN QUERY SELECT p.id FROM documents p
    WHERE p.team = p_team AND p.mentee = '' AND p.tbl = 'people' AND p.id = ANY (p_people) AND (
      EXISTS (SELECT FROM members m
        WHERE m.team = p_team AND same_name(m.name) = same_name(p.doc->>'name'))
      OR EXISTS (SELECT FROM documents d
        WHERE d.team = p_team AND d.mentee NOT IN ('', p_mentee)
          AND names_person(d.doc::text, p.id)));
END
$$;

-- Add what happened to a mentee elsewhere, as a hand-over brings it, before all else; told once, it is
-- not told again. Who did it is followed by the one who adds it, so that nobody can make a colleague
-- have done something.
--
--   rows: [{"at", "by", "t", "i", "k", "c"}], oldest first; what is at no time is left out
CREATE FUNCTION take_history(p_team text, p_mentee text, p_rows json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  PERFORM holds_mentee(p_team, p_mentee);
  INSERT INTO history (team, mentee, n, place, at, by, tbl, id, kind, fields)
  SELECT p_team, p_mentee, 0, r.place + (
      SELECT coalesce(max(h.place), 0) FROM history h
      WHERE h.team = p_team AND h.mentee = p_mentee AND h.n = 0),
    r.one->>'at', said_by(r.one->>'by'), r.one->>'t', r.one->>'i',
    r.one->>'k', r.one->'c'
  FROM json_array_elements(p_rows) WITH ORDINALITY AS r(one, place)
  WHERE is_time(r.one->>'at') AND NOT EXISTS (SELECT FROM history h
    WHERE h.team = p_team AND h.mentee = p_mentee AND h.n = 0 AND h.at = r.one->>'at'
      AND h.tbl = r.one->>'t' AND h.id = r.one->>'i' AND h.kind = r.one->>'k');
END
$$;

-- Who has access to a mentee whom one has access to oneself.
CREATE FUNCTION access_to(p_team text, p_mentee text)
RETURNS TABLE (login text, name text, until date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  IF p_mentee = ANY (my_scopes(p_team)) THEN
    RETURN QUERY SELECT a.login, m.name, a.until
      FROM access a JOIN members m ON m.team = a.team AND m.login = a.login AND m.kind = 'mentor'
      WHERE a.team = p_team AND a.mentee = p_mentee AND (a.until IS NULL OR a.until >= today())
      ORDER BY m.name;
  END IF;
END
$$;
