"""Making the tables, bringing them up, and members of teams: the SQL that administrators run."""

from __future__ import annotations

import json
from collections.abc import Iterator

import psycopg
import pytest

from data.records import Person
from data.storage.postgres import schema
from data.store.codec import decode, encode
from tests.tools.postgres import Server
from tests.tools.prepared import AT, a_login, ask, grant, prepared, run


@pytest.fixture
def database(server: Server, template: str) -> Iterator[str]:
    """A database with the tables in it. What is set for all of one is not: see `ALTER DATABASE`."""
    name = server.database(template)
    yield name
    server.drop(name)


def state_of(error: pytest.ExceptionInfo[psycopg.Error]) -> str:
    return error.value.sqlstate or ""


# -- init -------------------------------------------------------------------------------------


def test_tables_are_made_once(server: Server, database: str) -> None:
    with pytest.raises(psycopg.Error) as error:
        run(server, database, schema.init_script())
    assert state_of(error) == "MR011"
    found = run(server, database, "SELECT version FROM mentorrollen.meta")
    assert found == [(schema.VERSION,)]


def test_several_databases_of_a_server_share_the_roles(server: Server, database: str) -> None:
    assert prepared(server) != database, "both have been prepared, one after the other"


def test_a_database_that_cannot_hold_every_letter_is_refused(server: Server) -> None:
    server.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'")
    with pytest.raises(psycopg.Error) as error:
        run(server, "latin", schema.init_script())
    assert state_of(error) == "MR010"


def test_an_administrator_who_is_no_superuser_needs_only_roles_and_the_database(
    server: Server,
) -> None:
    with Server() as other:  # whose roles are not there yet
        admin = a_login(other, "admin", "CREATEROLE")
        mentor = a_login(other, "mentor")
        other.execute(f'CREATE DATABASE own OWNER "{admin}"')
        run(other, "own", schema.init_script(), admin)
        script = schema.grant_script(
            "North", mentor, "mentor", name=None, person="1", at=AT, again=False
        )
        run(other, "own", script, admin)
        assert ask(other, "own", mentor, "SELECT team FROM mentorrollen.memberships()")
        counted = "SELECT n_tup_del FROM pg_stat_xact_user_tables"
        assert ask(other, "own", mentor, counted)
        again, _schema = schema.sql("roles").split("CREATE SCHEMA")
        run(other, "own", again)  # by a superuser, as docs/team.md says
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(other, "own", mentor, counted)


def test_one_without_rights_makes_nothing(server: Server) -> None:
    name, login = server.database(), a_login(server)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(server, name, schema.init_script(), login)


def test_nobody_makes_functions_where_others_may_call_them_by_mistake(server: Server) -> None:
    name, login = server.database(), a_login(server)
    run(server, name, "GRANT CREATE ON SCHEMA public TO PUBLIC")  # as before PostgreSQL 15
    run(server, name, schema.init_script())
    grant(server, name, login)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(
            server, name, login, "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'"
        )


def test_the_server_logs_no_values(server: Server) -> None:
    made = prepared(server)
    for name, value in (("log_parameter_max_length", "0"), ("log_error_verbosity", "terse")):
        assert ask(server, made, "postgres", f"SHOW {name}") == [(value,)]


# -- members ----------------------------------------------------------------------------------


def test_a_mentor_is_on_the_list_of_people_of_the_team(server: Server, database: str) -> None:
    login = a_login(server)
    grant(server, database, login, name="Åse Holm")
    ((table, id, line),) = ask(
        server, database, login, "SELECT * FROM mentorrollen.documents_of('North')"
    )
    doc = json.loads(line)
    person = decode(Person, id, doc)
    assert (table, person.name) == ("people", "Åse Holm")
    assert list(encode(person).items()) == list(doc.items())  # as the program itself writes it
    ((n, _channel),) = ask(
        server, database, login, "SELECT n, channel FROM mentorrollen.heads_of('North')"
    )
    (commit,) = ask(
        server, database, login,
        "SELECT n, at, by, ops FROM mentorrollen.commits_after('North', ARRAY[''], ARRAY[0])",
    )  # fmt: skip
    assert commit[:3] == (n, AT, schema.OWNER)
    assert json.loads(commit[3]) == [{"t": "people", "i": id, "put": doc}]


def test_somebody_who_is_on_the_list_is_not_added(server: Server, database: str) -> None:
    first, other = a_login(server), a_login(server)
    grant(server, database, first, name="Åse Holm")
    grant(server, database, first, name="åse  holm")
    grant(server, database, other, "manager", name="Bo Dahl")
    rows = ask(server, database, first, "SELECT tbl FROM mentorrollen.documents_of('North')")
    assert rows == [("people",)]


def test_open_sessions_hear_of_a_new_person(server: Server, database: str) -> None:
    first, other = a_login(server), a_login(server)
    grant(server, database, first)
    with psycopg.connect(server.address(database, first), autocommit=True) as line:
        ((channel,),) = line.execute(
            "SELECT channel FROM mentorrollen.heads_of('North')"
        ).fetchall()
        line.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
        grant(server, database, other)
        assert [one.payload for one in line.notifies(timeout=5, stop_after=1)] == [""]


def test_two_of_a_team_have_different_names(server: Server, database: str) -> None:
    first, other = a_login(server), a_login(server)
    grant(server, database, first, name="Åse Holm")
    grant(server, database, other, team="South", name="Åse Holm")
    with pytest.raises(psycopg.Error) as error:
        grant(server, database, other, name="ÅSE Holm")
    assert state_of(error) == "MR013"


def test_the_name_is_the_login_until_another_is_given(server: Server, database: str) -> None:
    login = a_login(server)
    names = []
    for name in (None, "Åse Holm", None):
        grant(server, database, login, name=name)
        names += ask(server, database, login, "SELECT name FROM mentorrollen.memberships()")
    assert names == [(login,), ("Åse Holm",), ("Åse Holm",)]


def test_a_login_that_the_server_has_not_is_refused(server: Server, database: str) -> None:
    with pytest.raises(psycopg.Error) as error:
        grant(server, database, "nobody here")
    assert state_of(error) == "MR012"


@pytest.mark.parametrize("options", ["SUPERUSER", "BYPASSRLS", "IN ROLE mentorrollen_owner"])
def test_a_login_that_would_see_everything_is_no_member(
    server: Server, database: str, options: str
) -> None:
    with pytest.raises(psycopg.Error) as error:
        grant(server, database, a_login(server, options=options))
    assert state_of(error) == "MR014"


@pytest.mark.parametrize("odd", ['a"b', "a'b", "$$; DROP SCHEMA mentorrollen CASCADE; --", "a\\"])
def test_names_are_no_sql(server: Server, database: str, odd: str) -> None:
    login = a_login(server)
    quoted = psycopg.sql.Identifier(odd + login).as_string(None)
    server.execute(f"CREATE ROLE {quoted} LOGIN")
    grant(server, database, odd + login, team=odd, name=odd)
    rows = run(server, database, "SELECT team, login, name FROM mentorrollen.members")
    assert rows == [(odd, odd + login, odd)]


def test_a_nul_is_refused_before_anything_is_run() -> None:
    with pytest.raises(ValueError, match="\0"):
        schema.revoke_script("North\0", "a", None)


# -- revoke -----------------------------------------------------------------------------------


def test_a_membership_is_taken_away_at_once(server: Server, database: str) -> None:
    login = a_login(server)
    grant(server, database, login)
    with psycopg.connect(server.address(database, login), autocommit=True) as line:
        ((channel,),) = line.execute("SELECT channel FROM mentorrollen.memberships()").fetchall()
        line.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
        assert line.execute("SELECT FROM mentorrollen.documents_of('North')").fetchall()
        taken = run(server, database, schema.revoke_script("North", login, None))
        assert taken == [(1, 0)]
        assert [one.payload for one in line.notifies(timeout=5, stop_after=1)] == ["access"]
        assert not line.execute("SELECT FROM mentorrollen.documents_of('North')").fetchall()
        assert not line.execute("SELECT FROM mentorrollen.memberships()").fetchall()


def test_one_of_several_memberships_is_taken_away(server: Server, database: str) -> None:
    login = a_login(server)
    for kind in schema.KINDS:
        grant(server, database, login, kind)
    assert run(server, database, schema.revoke_script("North", login, "mentor")) == [(1, 0)]
    kinds = ask(server, database, login, "SELECT kind FROM mentorrollen.memberships()")
    assert kinds == [("coordinator",), ("manager",)]
    assert run(server, database, schema.revoke_script("North", login, "mentor")) == [(0, 0)]


def test_whoever_comes_by_a_name_does_not_come_by_its_records(
    server: Server, database: str
) -> None:
    login = a_login(server)
    grant(server, database, login)
    save = "SELECT mentorrollen.save('North', 'c', 's', %s, %s, NULL)"
    note = {"t": "notes", "i": "5", "m": "7", "d": {"text": "mine"}}
    part = {"own": True, "n": 0, "docs": [note], "ops": []}
    ask(server, database, login, save, AT, json.dumps([part]))
    run(server, database, schema.revoke_script("North", login, None))
    with pytest.raises(psycopg.Error) as error:
        grant(server, database, login)
    assert state_of(error) == "MR015"
    grant(server, database, login, again=True)
    grant(server, database, login, "coordinator")  # who is a member yet, need not say so
    server.execute(f"DROP ROLE {login}")
    server.execute(f"CREATE ROLE {login} LOGIN")
    with pytest.raises(psycopg.Error) as error:
        grant(server, database, login)
    assert state_of(error) == "MR015"


# -- upgrade ----------------------------------------------------------------------------------

ADDED = "ALTER TABLE meta ADD COLUMN told text; CREATE TABLE later (one text);"


def test_steps_are_made_one_after_the_other(server: Server, database: str) -> None:
    steps = {2: ADDED, 3: "UPDATE meta SET told = 'by step 3';"}
    run(server, database, schema.upgrade_script(1, 3, steps))
    found = run(server, database, "SELECT version, told FROM mentorrollen.meta")
    assert found == [(3, "by step 3")]
    forced = run(
        server, database, "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'later'"
    )
    assert forced == [(True,)], "what holds for all tables holds for those of a step, too"


def test_a_step_that_fails_leaves_everything_as_it_was(server: Server, database: str) -> None:
    with pytest.raises(psycopg.Error):
        run(server, database, schema.upgrade_script(1, 3, {2: ADDED, 3: "SELECT 1/0;"}))
    assert run(server, database, "SELECT * FROM mentorrollen.meta")[0][0] == 1
    assert not run(server, database, "SELECT FROM pg_class WHERE relname = 'later'")


def test_tables_of_another_version_than_was_shown_are_left_alone(
    server: Server, database: str
) -> None:
    run(server, database, schema.upgrade_script(1, 2, {2: ADDED}))
    with pytest.raises(psycopg.Error) as error:
        run(server, database, schema.upgrade_script(1, 2, {2: ADDED}))
    assert state_of(error) == "MR018"


def test_there_is_a_step_to_every_version() -> None:
    assert set(schema.STEPS) == set(range(2, schema.VERSION + 1))
    assert all(schema.sql(name) for name in schema.STEPS.values())
