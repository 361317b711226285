-- The roles. They are the same for all databases of a server: there they may be already.
-- Error: MR017 somebody can log in as one of them.

DO $$
DECLARE
  v_role text;
  v_function regprocedure;
BEGIN
  FOREACH v_role IN ARRAY
    ARRAY['mentorrollen_owner', 'mentorrollen_reader', 'mentorrollen_member'] LOOP
    PERFORM FROM pg_roles WHERE rolname = v_role;
    IF NOT FOUND THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', v_role);
    END IF;
    PERFORM FROM pg_roles WHERE rolname = v_role AND (rolcanlogin OR rolsuper OR rolbypassrls);
    IF FOUND THEN
      RAISE EXCEPTION 'there is a login of the name %', v_role USING ERRCODE = 'MR017';
    END IF;
    -- A superuser may act as any role; another administrator must be let, from PostgreSQL 16 on.
    IF current_setting('is_superuser') <> 'on' AND v_role <> 'mentorrollen_member' THEN
      EXECUTE format('GRANT %I TO %I %s', v_role, current_user,
        CASE WHEN current_setting('server_version_num')::integer >= 160000
        THEN 'WITH INHERIT FALSE, SET TRUE' ELSE '' END);
    END IF;
  END LOOP;
  IF NOT pg_has_role('mentorrollen_owner', 'mentorrollen_reader', 'MEMBER') THEN
    GRANT mentorrollen_reader TO mentorrollen_owner;
  END IF;
  -- Before PostgreSQL 15 everybody could make functions there that others then call by mistake.
  IF has_schema_privilege('mentorrollen_member', 'public', 'CREATE') THEN
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  END IF;
  -- Values that sessions send are not for the server's log, nor are rows that do not fit.
  IF current_setting('is_superuser') = 'on' THEN
    EXECUTE format('ALTER DATABASE %I SET log_parameter_max_length = 0', current_database());
    EXECUTE format('ALTER DATABASE %I SET log_error_verbosity = terse', current_database());
    -- How many rows a call has read or deleted tells how many others have. All that the server counts is
    -- for those alone who watch it, and have a role for that; who is logged in, everybody may know.
    FOR v_function IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
      AND proname ~ '^pg_stat_get_(?!activity$|backend_(?!io$|wal$))' LOOP
      EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', v_function);
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pg_read_all_stats', v_function);
    END LOOP;
  END IF;
END
$$;
CREATE SCHEMA mentorrollen AUTHORIZATION mentorrollen_owner;
