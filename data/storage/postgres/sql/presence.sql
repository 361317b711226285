-- Who else is there. A session holds an advisory lock from its first word to its end, however that
-- comes: the server lets go of it when the line is gone.

-- Anybody may take a lock: it is the session's only where the login's own line has it. Else a colleague
-- could have a dead session live for ever, and what was typed in it stay where nobody finds it.
CREATE FUNCTION lives_as(p_session text, p_login text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    JOIN pg_stat_activity a ON a.pid = l.pid AND a.usename::text = p_login
    WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.objsubid = 1
      AND ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended(p_session, 0))
$$;

-- Whether a session of the login itself lives.
CREATE FUNCTION lives(p_session text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT lives_as(p_session, session_user::text)
$$;

-- Whether a text is a time as programs write it and can read it again.
CREATE FUNCTION is_time(p_text text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF p_text ~ '^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-5]):[0-5]\d$' THEN
    RETURN p_text::timestamptz IS NOT NULL;
  END IF;
  RETURN false;
EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
  RETURN false;  -- such as the 30th of February
END
$$;

-- Say where a session is: with a mentee, in something of theirs ("mentee/talk"), or nowhere ('').
CREATE FUNCTION announce(p_team text, p_session text, p_since text, p_mentee text, p_place text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_before text;
BEGIN
  PERFORM holds_membership(p_team);
  IF (p_mentee = '' OR p_mentee IN (
    SELECT m.mentee FROM my_mentees() m WHERE m.team = p_team)) IS NOT TRUE THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'MR002';
  END IF;
  -- Others with access to the mentee are told the place.
  IF split_part(p_place, '/', 1) IS DISTINCT FROM p_mentee OR (p_mentee = '' AND p_place <> '')
    OR is_time(p_since) IS NOT TRUE THEN
    RAISE EXCEPTION 'that is no place, or no time' USING ERRCODE = '22023';
  END IF;
  SELECT mentee INTO v_before FROM presence
  WHERE team = p_team AND session = p_session AND login = session_user::text;
  INSERT INTO presence AS p (team, session, login, since, mentee, place)
  VALUES (p_team, p_session, session_user::text, p_since, p_mentee, p_place)
  ON CONFLICT (team, session) DO UPDATE
  SET since = EXCLUDED.since, mentee = EXCLUDED.mentee, place = EXCLUDED.place
  WHERE p.login = session_user::text;
  PERFORM pg_notify(channel, 'presence') FROM heads
  WHERE team = p_team AND mentee IN (p_mentee, coalesce(v_before, ''));
END
$$;

CREATE FUNCTION leave(p_team text, p_session text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
DECLARE
  v_mentee text;
BEGIN
  FOR v_mentee IN
    DELETE FROM presence p WHERE p.team = p_team AND p.login = session_user::text
      AND (p.session = p_session OR NOT lives_as(p.session, p.login)) RETURNING p.mentee
  LOOP
    PERFORM pg_notify(channel, 'presence') FROM heads WHERE team = p_team AND mentee = v_mentee;
  END LOOP;
END
$$;

-- The other sessions that one may know of.
CREATE FUNCTION present(p_team text)
RETURNS TABLE (session text, login text, since text, place text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mentorrollen, pg_temp AS $$
  SELECT p.session, p.login, p.since, p.place FROM presence p
  WHERE p.team = p_team AND lives_as(p.session, p.login)
$$;
