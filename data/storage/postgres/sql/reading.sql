-- The one way to read. Members have no SELECT on the tables: EXPLAIN ANALYZE would tell them how many
-- rows a policy took away from what they ask for, and so, question by question, all that others have.
-- The functions belong to mentorrollen_reader, whom the policies hold for; what they do inside, no
-- EXPLAIN shows. Of a team that one is not a mentor of, nothing is even looked for.

-- What the login is, in which team, and the channel on which changes of that are told.
CREATE FUNCTION memberships() RETURNS TABLE (team text, kind text, name text, channel text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT m.team, m.kind, m.name, m.channel FROM members m
  WHERE m.login = session_user::text ORDER BY m.team, m.kind
$$;

-- The mentees that one may see in a team, and '' for what the team has.
CREATE FUNCTION my_scopes(p_team text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT ARRAY(
    SELECT '' WHERE p_team IN (SELECT my_teams())
    UNION ALL SELECT m.mentee FROM my_mentees() m WHERE m.team = p_team)
$$;

CREATE FUNCTION heads_of(p_team text) RETURNS TABLE (mentee text, n bigint, channel text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_scopes text[] := my_scopes(p_team);
BEGIN
  IF v_scopes <> '{}' THEN
    RETURN QUERY SELECT h.mentee, h.n, h.channel FROM heads h
      WHERE h.team = p_team AND h.mentee = ANY (v_scopes);
  END IF;
END
$$;

-- The documents in the order in which they were made.
CREATE FUNCTION documents_of(p_team text) RETURNS TABLE (tbl text, id text, doc text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_scopes text[] := my_scopes(p_team);
BEGIN
  IF v_scopes <> '{}' THEN
    RETURN QUERY SELECT d.tbl, d.id, d.doc::text FROM documents d
      WHERE d.team = p_team AND d.mentee = ANY (v_scopes) ORDER BY d.place;
  END IF;
END
$$;

-- The commits after the last ones that a session knows, each a mentee with a number.
CREATE FUNCTION commits_after(p_team text, p_mentees text[], p_numbers bigint[])
RETURNS TABLE (mentee text, n bigint, id text, at text, by text, session text, ops text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_scopes text[] := my_scopes(p_team);
BEGIN
  IF v_scopes <> '{}' THEN
    RETURN QUERY SELECT c.mentee, c.n, c.id, c.at, c.by, c.session, c.ops::text
      FROM unnest(p_mentees, p_numbers) AS known(mentee, n)
      JOIN commits c ON c.team = p_team AND c.mentee = known.mentee AND c.n > known.n
      WHERE known.mentee = ANY (v_scopes)
      ORDER BY c.made_at, c.n;
  END IF;
END
$$;

-- Who changed what and when of a mentee, the first change first.
CREATE FUNCTION history_of(p_team text, p_mentee text)
RETURNS TABLE (n bigint, place integer, at text, by text, tbl text, id text, kind text, fields text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  IF p_mentee <> '' AND p_mentee = ANY (my_scopes(p_team)) THEN
    RETURN QUERY SELECT h.n, h.place, h.at, h.by, h.tbl, h.id, h.kind, h.fields::text
      FROM history h WHERE h.team = p_team AND h.mentee = p_mentee ORDER BY h.n, h.place;
  END IF;
END
$$;

-- The same of what the login itself has written and keeps private.
CREATE FUNCTION private_head_of(p_team text) RETURNS TABLE (n bigint, channel text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  IF p_team IN (SELECT my_teams()) THEN
    RETURN QUERY SELECT h.n, h.channel FROM private_heads h
      WHERE h.team = p_team AND h.author = session_user::text;
  END IF;
END
$$;

CREATE FUNCTION private_documents_of(p_team text) RETURNS TABLE (tbl text, id text, doc text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  IF p_team IN (SELECT my_teams()) THEN
    RETURN QUERY SELECT d.tbl, d.id, d.doc::text FROM private_documents d
      WHERE d.team = p_team AND d.author = session_user::text ORDER BY d.place;
  END IF;
END
$$;

CREATE FUNCTION private_commits_after(p_team text, p_number bigint)
RETURNS TABLE (n bigint, id text, at text, session text, ops text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
BEGIN
  IF p_team IN (SELECT my_teams()) THEN
    RETURN QUERY SELECT c.n, c.id, c.at, c.session, c.ops::text FROM private_commits c
      WHERE c.team = p_team AND c.author = session_user::text AND c.n > p_number ORDER BY c.n;
  END IF;
END
$$;
