"""What each login can do to each table in plain SQL: nothing but read the version.

A table that is added is found by itself. Where members are to read it without a function, it needs
a row in `READABLE`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import psycopg
import pytest

from tests.data.storage.postgres.world import LOGINS, World, told

READABLE: Final[dict[str, set[str]]] = {"mentorrollen.meta": set(LOGINS) - {"zed"}}
"""Table -> who may SELECT from it. Of all others nobody may."""
READING: Final = {
    "select": ["SELECT * FROM {t}"],
    "table": ["TABLE {t}"],
    "count": ["SELECT count(*) FROM {t}"],
    "system columns": ["SELECT ctid, xmin, tableoid FROM {t}"],
    "json": ["SELECT json_agg(t) FROM {t} t"],
    "copy": ["COPY {t} TO STDOUT"],
    "copy of a query": ["COPY (SELECT * FROM {t}) TO STDOUT"],
    "prepared": ["DEALLOCATE ALL", "PREPARE p AS SELECT * FROM {t}", "EXECUTE p"],
    "cursor": ["DECLARE c CURSOR FOR SELECT * FROM {t}", "FETCH ALL FROM c"],
    "view": ["CREATE TEMP VIEW v AS SELECT * FROM {t}", "SELECT * FROM v"],
    "open view": [
        "CREATE TEMP VIEW v WITH (security_barrier = false) AS SELECT * FROM {t}",
        "SELECT * FROM v",
    ],
    "new table": ["CREATE TEMP TABLE x AS SELECT * FROM {t}", "SELECT * FROM x"],
    "like": ["CREATE TEMP TABLE x (LIKE {t} INCLUDING ALL)", "SELECT (SELECT t FROM {t} t)"],
    "function": [
        "CREATE FUNCTION pg_temp.f() RETURNS SETOF text LANGUAGE sql AS"
        " 'SELECT t::text FROM {t} t'",
        "SELECT pg_temp.f()",
    ],
    "function of another's": [
        "CREATE FUNCTION pg_temp.f() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS"
        " 'SELECT t::text FROM {t} t'",
        "SELECT pg_temp.f()",
    ],
    "function in a filter": [
        "CREATE FUNCTION pg_temp.f(anyelement) RETURNS bool LANGUAGE plpgsql COST 0.0001 AS"
        " 'BEGIN RAISE NOTICE ''%'', $1; RETURN true; END'",
        "SELECT FROM {t} t WHERE pg_temp.f(t)",
    ],
    "notice": ["DO 'DECLARE r record; BEGIN FOR r IN SELECT * FROM {t} LOOP RAISE NOTICE ''%'', r;"
               " END LOOP; END'"],
    "error": ["SELECT (t::text)::int FROM {t} t"],
    "explain": ["EXPLAIN (VERBOSE) SELECT * FROM {t}"],
    "explain analyze": ["EXPLAIN (ANALYZE, VERBOSE, BUFFERS, FORMAT JSON) SELECT * FROM {t}"],
    "without policies": ["SET LOCAL row_security = off", "SELECT * FROM {t}"],
    "as the role": ["SET ROLE mentorrollen_member", "SELECT * FROM {t}"],
    "sampled": ["SELECT * FROM {t} TABLESAMPLE SYSTEM (100)"],
}  # fmt: skip
"""How one may try to read a table."""
CHANGING: Final = {
    "insert": ["INSERT INTO {t} DEFAULT VALUES RETURNING *"],
    "insert a query": ["INSERT INTO {t} OVERRIDING SYSTEM VALUE SELECT * FROM {t}"],
    "update": ["UPDATE {t} SET {c} = {c} RETURNING *"],
    "update without reading": ["UPDATE {t} SET {c} = DEFAULT"],
    "delete": ["DELETE FROM {t} RETURNING *"],
    "delete without reading": ["DELETE FROM {t}"],
    "merge": ["MERGE INTO {t} USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE"],
    "truncate": ["TRUNCATE {t} CASCADE"],
    "copy": ["COPY {t} FROM STDIN"],
    "copy of a file": ["COPY {t} FROM '/etc/passwd'"],
    "program": ["COPY {t} TO PROGRAM 'cat'"],
    "for update": ["SELECT * FROM {t} FOR UPDATE"],
    "for key share": ["SELECT * FROM {t} FOR KEY SHARE"],
    "lock": ["LOCK TABLE {t} IN EXCLUSIVE MODE"],
    "light lock": ["LOCK TABLE {t} IN ROW EXCLUSIVE MODE"],
    "no more policies": ["ALTER TABLE {t} DISABLE ROW LEVEL SECURITY"],
    "not forced": ["ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY"],
    "own policy": ["CREATE POLICY p ON {t} USING (true)"],
    "no policy": ["DROP POLICY owner ON {t}"],
    "grant": ["GRANT ALL ON {t} TO PUBLIC"],
    "own": ["ALTER TABLE {t} OWNER TO CURRENT_USER"],
    "rename": ["ALTER TABLE {t} RENAME TO t"],
    "column": ["ALTER TABLE {t} ADD COLUMN x text"],
    "trigger": [
        "CREATE FUNCTION pg_temp.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER t BEFORE INSERT ON {t} FOR EACH ROW EXECUTE FUNCTION pg_temp.f()",
    ],
    "rule": ["CREATE RULE r AS ON INSERT TO {t} DO ALSO SELECT 1"],
    "index": ["CREATE INDEX ON {t} ((pg_backend_pid()))"],
    "statistics": ["CREATE STATISTICS s ON {c}, ctid FROM {t}"],
    "inherit": ["CREATE TEMP TABLE x () INHERITS ({t})"],
    "comment": ["COMMENT ON TABLE {t} IS 'x'"],
    "drop": ["DROP TABLE {t} CASCADE"],
    "cluster": ["CLUSTER {t}"],
    "refer": ["CREATE TEMP TABLE x (one text REFERENCES {t})"],
    "publication": ["CREATE PUBLICATION p FOR TABLE {t}"],
}
"""How one may try to change a table, or what holds for it."""
SYNTAX_AND_SUCH: Final = {"42601", "0A000", "42P17", "42830", "42P16", "42809", "42703", "428C9"}
"""SQLSTATE of what the server refuses to everybody, whatever rights they have."""

NO_EFFECT: Final = "no privileges were granted"
"""What the server says, as a warning, to one who grants what is not theirs."""


@pytest.fixture(scope="module")
def world(first_world: World) -> Iterator[World]:
    made = World.copy_of(first_world)
    yield made
    made.close()


def columns(world: World, table: str) -> str:
    """The first column of a table."""
    statement = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1"
    return str(world.rows(statement, table)[0][0])


@pytest.mark.parametrize("login", LOGINS)
def test_no_table_can_be_read_but_that_of_the_version(world: World, login: str) -> None:
    with world.line(login) as line:
        for table in world.tables():
            may = login in READABLE.get(table, ())
            for how, statements in READING.items():
                said, state = told(line, *(one.format(t=table) for one in statements))
                assert not world.leaks(login, said), (table, how)
                if may and how != "without policies":
                    assert state in {"", "22P02"}, (table, how, said)
                else:
                    assert state == "42501", (table, how, said)


@pytest.mark.parametrize("login", LOGINS)
def test_no_table_can_be_changed(world: World, login: str) -> None:
    before = world.everything()
    with world.line(login) as line:
        for table in world.tables():
            first = columns(world, table)
            for how, statements in CHANGING.items():
                said, state = told(line, *(one.format(t=table, c=first) for one in statements))
                refused = state in {"42501", *SYNTAX_AND_SUCH} or NO_EFFECT in said
                assert refused, (table, how, state, said)
                assert not world.leaks(login, said), (table, how)
    assert world.everything() == before


def test_row_level_security_is_forced_on_every_table(world: World) -> None:
    statement = """
    SELECT relname FROM pg_class WHERE relnamespace = 'mentorrollen'::regnamespace
    AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)"""
    assert not world.rows(statement)
    assert not world.rows(
        "SELECT polname FROM pg_policy WHERE 0 = ANY (polroles)"  # what holds for PUBLIC
    )


def test_nobody_logs_in_as_the_owner_and_nothing_belongs_to_another(world: World) -> None:
    roles = world.rows(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'mentorrollen%' AND (rolcanlogin OR"
        " rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)"
    )
    assert not roles
    owners = world.rows(
        "SELECT DISTINCT relowner::regrole::text FROM pg_class"
        " WHERE relnamespace = 'mentorrollen'::regnamespace"
    )
    assert owners == [("mentorrollen_owner",)]


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE mentorrollen_owner",
        "SET ROLE mentorrollen_reader",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION postgres",
        "CREATE TABLE mentorrollen.mine (one text)",
        "CREATE FUNCTION mentorrollen.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE public.mine (one text)",
        "CREATE SCHEMA mine",
        "GRANT mentorrollen_member TO pg_monitor",
        "GRANT mentorrollen_owner TO CURRENT_USER",
        "ALTER ROLE mentorrollen_owner LOGIN",
        "ALTER SCHEMA mentorrollen OWNER TO CURRENT_USER",
        "DROP SCHEMA mentorrollen CASCADE",
        "ALTER DEFAULT PRIVILEGES FOR ROLE mentorrollen_owner GRANT SELECT ON TABLES TO PUBLIC",
        "REASSIGN OWNED BY mentorrollen_owner TO CURRENT_USER",
        "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION pg_temp.f()",
        "ALTER SYSTEM SET log_statement = 'all'",
        "SET log_parameter_max_length = -1",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('.')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT pg_current_logfile()",
        "SELECT * FROM pg_authid",
        "SELECT * FROM pg_statistic",
        "SELECT * FROM pg_largeobject",
        "SELECT * FROM pg_hba_file_rules",
        "SELECT pg_create_logical_replication_slot('s', 'test_decoding')",
        "SELECT pg_create_physical_replication_slot('s')",
        "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p",
        "CREATE EXTENSION pageinspect",
        "LOAD 'auto_explain'",
    ],
)
def test_nobody_takes_more_rights(world: World, login: str, statement: str) -> None:
    with world.line(login) as line, pytest.raises(psycopg.Error) as error:
        line.execute(statement.encode())
    assert error.value.sqlstate in {"42501", "0A000", "58P01"}, error.value
