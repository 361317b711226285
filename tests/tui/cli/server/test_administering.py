"""`mentor server`: an administrator prepares a database and says who is in which team."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest

from data.storage.postgres import schema
from tests.tools.postgres import Server, free_port
from tests.tools.prepared import a_login
from tests.tui.cli.tools import Mentor
from tui.cli.call import Status


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as one:
        yield one


@pytest.fixture
def address(server: Server) -> str:
    return server.address(server.database())


def test_a_database_is_prepared_and_gets_members(
    mentor: Mentor, server: Server, address: str
) -> None:
    login = a_login(server)
    grant = ("server", "grant", login, "mentor", "--team", "North", "--file", address)
    assert "mentor server init" in mentor(*grant, "--yes").problem
    assert mentor("server", "init", address, "--yes").status == Status.DONE
    assert mentor("server", "init", address, "--yes").status == Status.FILE
    assert "1" in mentor("server", "upgrade", address).out
    assert mentor(*grant, "--name", "Åse Holm", "--yes").status == Status.DONE
    listed = json.loads(mentor("server", "list", "--format", "json", "--file", address).out)
    member = {"team": "North", "login": login, "kind": "mentor", "name": "Åse Holm"}
    assert listed == [{**member, "can_log_in": True}]
    revoke = ("server", "revoke", login, "--team", "North", "--file", address, "--yes")
    assert mentor(*revoke).status == Status.DONE
    assert mentor(*revoke).status == Status.FILE


def test_a_member_whose_login_is_gone_from_the_server_is_marked(
    mentor: Mentor, server: Server, address: str
) -> None:
    gone, stays = a_login(server, "gone"), a_login(server, "stays")
    mentor("server", "init", address, "--yes")
    for login in (gone, stays):
        where = ("--team", "North", "--file", address, "--yes")
        assert mentor("server", "grant", login, "mentor", *where).status == Status.DONE
    assert "no such login" not in mentor("server", "list", "--file", address).out
    server.execute(f'DROP ROLE "{gone}"')
    told = " ".join(mentor("server", "list", "--file", address).out.split())
    assert (
        f"{gone}: mentor; the server has no such login any more:"
        f" mentor server revoke {gone} --team North"
    ) in told
    assert told.count("no such login") == 1
    listed = json.loads(mentor("server", "list", "--format", "json", "--file", address).out)
    assert {one["login"]: one["can_log_in"] for one in listed} == {gone: False, stays: True}


def test_sql_that_is_printed_is_not_run(mentor: Mentor, address: str) -> None:
    assert "CREATE SCHEMA mentorrollen" in mentor("server", "init", address, "--print").out
    assert "mentor server init" in mentor("server", "upgrade", address).problem


def test_a_login_that_is_not_there_is_refused_with_the_line_that_makes_it(
    mentor: Mentor, address: str
) -> None:
    mentor("server", "init", address, "--yes")
    grant = ("server", "grant", "nobody here", "mentor", "--team", "North", "--file", address)
    refused = mentor(*grant, "--yes", "--lang", "en")
    assert refused.status == Status.FILE
    assert 'CREATE ROLE "nobody here" LOGIN;' in refused.problem


def test_what_a_renamed_login_had_is_its_own_again(
    mentor: Mentor, server: Server, address: str
) -> None:
    old = a_login(server)
    new = f"{old}-new"
    mentor("server", "init", address, "--yes")
    at = ("--file", address, "--yes", "--lang", "en")
    mentor("server", "grant", old, "mentor", "--team", "North", *at)
    rename = ("server", "rename", old, new, *at)
    assert f'CREATE ROLE "{new}" LOGIN' in mentor(*rename).problem
    server.execute(f'CREATE ROLE "{new}" LOGIN')
    assert f'ALTER ROLE "{old}" RENAME TO "{new}"' in mentor(*rename).problem
    server.execute(f'DROP ROLE "{new}"')
    server.execute(f'ALTER ROLE "{old}" RENAME TO "{new}"')
    assert mentor(*rename).status == Status.DONE
    listed = json.loads(mentor("server", "list", "--format", "json", "--file", address).out)
    assert [one["login"] for one in listed] == [new]
    assert mentor(*rename).status == Status.FILE
    assert mentor("server", "rename", old, old, *at).status == Status.USAGE
    assert "rename_member" in mentor("server", "rename", old, new, "--print").out


def answering(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))


def test_what_is_made_is_said_in_a_few_lines_and_asked_about(
    mentor: Mentor, server: Server, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "no\n")
    asked = mentor("server", "init", address)
    assert asked.status == Status.USAGE
    assert "Nothing has been changed." in asked.err
    assert asked.out.count("\n") <= 20
    said = " ".join(asked.out.split())
    for name in (schema.OWNER, schema.READER, schema.MEMBER, "documents, commits, history"):
        assert name in said
    assert "mentor server init ADDRESS --print" in said
    assert "mentor server init" in mentor("server", "upgrade", address).problem, "nothing is made"

    answering(monkeypatch, "yes\n")
    assert mentor("server", "init", address).status == Status.DONE
    database = address.rsplit("/", 1)[1].partition("?")[0]
    tables = "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
    functions = "SELECT DISTINCT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
    where = "WHERE nspname = 'mentorrollen'"
    made = schema.made()
    for asked_for, named in (
        (f"{tables} {where} AND relkind = 'r'", made.tables),
        (f"{functions} {where}", made.functions),
    ):
        there = server.execute(asked_for, database=database)
        assert {name for (name,) in there} == set(named)


@pytest.mark.parametrize("wrong", ["away", "encoding", "prepared", "rights"])
def test_what_is_wrong_is_said_before_anything_is_asked(
    mentor: Mentor, server: Server, address: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if wrong == "away":
        address = f"postgresql://127.0.0.1:{free_port()}/x"
    elif wrong == "encoding":
        server.execute("CREATE DATABASE latin ENCODING LATIN1 LOCALE 'C' TEMPLATE template0")
        address = server.address("latin")
    elif wrong == "prepared":
        mentor("server", "init", address, "--yes")
    else:
        database = address.rsplit("/", 1)[1].partition("?")[0]
        address = server.address(database, a_login(server))
    answering(monkeypatch, "yes\n")
    refused = mentor("server", "init", address)
    assert (refused.status, refused.out) == (Status.FILE, "")
    assert refused.err.count("\n") == 1
    printed = mentor("server", "init", address, "--print")
    assert printed.out.rstrip() == schema.init_script().rstrip()


MEMBERS = (
    ("grant", "postgres", "mentor", "--team", "North"),
    ("revoke", "postgres", "--team", "North"),
    ("rename", "old", "new"),
    ("list",),
)
"""What is said about members, without the server."""


@pytest.mark.parametrize("words", MEMBERS, ids=lambda words: str(words[0]))
def test_so_it_is_where_members_are_changed(
    mentor: Mentor,
    server: Server,
    address: str,
    words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answering(monkeypatch, "yes\n" * 9)
    away = f"postgresql://127.0.0.1:{free_port()}/x"
    said = {
        "does not answer": mentor("server", *words, "--file", away),
        "is not prepared": mentor("server", *words, "--file", address),
    }
    mentor("server", "init", address, "--yes")
    database = address.rsplit("/", 1)[1].partition("?")[0]
    for version, expected in ((99, "newer version"), (0, "mentor server upgrade")):
        changed = f"UPDATE mentorrollen.meta SET version = {version}"
        server.execute(changed, database=database)
        said[expected] = mentor("server", *words, "--file", address)
    for expected, refused in said.items():
        assert (refused.status, refused.out) == (Status.FILE, "")
        assert expected in refused.problem
