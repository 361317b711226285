-- What the database and the login must be. Nothing is changed here, so it is asked before anything is.
-- Errors: MR010 the encoding is not UTF8; MR011 the tables are there already; MR016 the server is too
-- old; 42501 the login may not make a schema in the database, or roles that are not there.

DO $$
BEGIN
  IF current_setting('server_version_num')::integer < 130000 THEN
    RAISE EXCEPTION 'PostgreSQL 13 or newer is needed' USING ERRCODE = 'MR016';
  END IF;
  IF current_setting('server_encoding') <> 'UTF8' THEN
    RAISE EXCEPTION 'the encoding of the database is not UTF8' USING ERRCODE = 'MR010';
  END IF;
  PERFORM FROM pg_namespace WHERE nspname = 'mentorrollen';
  IF FOUND THEN
    RAISE EXCEPTION 'the tables are there already' USING ERRCODE = 'MR011';
  END IF;
  PERFORM FROM pg_roles WHERE rolname = current_user AND (rolsuper OR (
    has_database_privilege(current_database(), 'CREATE') AND (rolcreaterole OR 3 = (
      SELECT count(*) FROM pg_roles WHERE rolname IN
        ('mentorrollen_owner', 'mentorrollen_reader', 'mentorrollen_member')))));
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no right to prepare the database' USING ERRCODE = '42501';
  END IF;
END
$$;
