"""`mentor server`: an administrator prepares a database and says who is in which team."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator

import pytest

from data.records import Mentee
from data.storage.postgres import schema
from data.storage.postgres.servers import stand_in
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.postgres import Server, free_port
from tests.tools.prepared import a_login
from tests.tui.cli.tools import Mentor
from tui.cli.call import Status, parting, server_rules


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


def test_members_are_listed_as_people_sort_names(
    mentor: Mentor, server: Server, address: str
) -> None:
    """Not by the codes of the letters, as the server has it, where small ones come last."""
    mentor("server", "init", address, "--yes")
    names = ["anders And", "Bo Berg", "Zoe Lund", "Åse Holm"]
    for team in ("west", "North"):
        for name in reversed(names):
            given = ("--team", team, "--name", f"{name} {team}", "--file", address, "--yes")
            member = a_login(server), "mentor"
            assert mentor("server", "grant", *member, *given).status == Status.DONE
    listed = json.loads(mentor("server", "list", "--format", "json", "--file", address).out)
    wanted = [f"{name} {team}" for team in ("North", "west") for name in names]
    assert [one["name"] for one in listed] == wanted


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
        f"{gone}: mentor; the server has no such login any more. If it was renamed:"
        f" mentor server rename {gone} NEW; if it is gone: mentor server revoke {gone} --team North"
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
    for there in (False, True):
        if there:
            server.execute(f'CREATE ROLE "{new}" LOGIN')
        assert f'ALTER ROLE "{old}" RENAME TO "{new}"' in mentor(*rename).problem
    server.execute(f'DROP ROLE "{new}"')
    server.execute(f'ALTER ROLE "{old}" RENAME TO "{new}"')
    slip = mentor("server", "rename", old, f"{old}-nwe", *at).problem
    assert slip.startswith(f"The server has no login {old}-nwe. Check the spelling:")
    assert "CREATE ROLE" not in slip, "the old one could not get that name then"
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


@pytest.mark.parametrize("refused", ["grant", "a name", "revoke", "rename"])
def test_what_the_server_would_refuse_is_said_before_anything_is_shown(
    mentor: Mentor, server: Server, address: str, refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    login, other = a_login(server), a_login(server)
    mentor("server", "init", address, "--yes")
    where = ("--team", "North")
    at = ("--file", address, "--lang", "en")
    mentor("server", "grant", login, "mentor", *where, "--name", "Åse Holm", *at, "--yes")
    words, expected = {
        "grant": (("grant", "nobody", "mentor", *where), "has no login nobody"),
        "a name": (("grant", other, "mentor", *where, "--name", "Åse Holm"), "has the name"),
        "revoke": (("revoke", other, *where), "was not that in North"),
        "rename": (("rename", login, other), "is still a login of the server"),
    }[refused]
    answering(monkeypatch, "yes\n")
    told = mentor("server", *words, *at)
    assert (told.status, told.out) == (Status.FILE, "")
    assert expected in told.problem


def test_what_is_only_tried_changes_nothing(
    mentor: Mentor, server: Server, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    login = a_login(server)
    mentor("server", "init", address, "--yes")
    grant = ("server", "grant", login, "mentor", "--team", "North", "--file", address)
    answering(monkeypatch, "no\n")
    assert mentor(*grant).status == Status.USAGE
    assert json.loads(mentor("server", "list", "--format", "json", "--file", address).out) == []
    answering(monkeypatch, "yes\n")
    assert mentor(*grant).status == Status.DONE
    answering(monkeypatch, "no\n")
    mentor("server", "revoke", login, "--team", "North", "--file", address)
    assert login in mentor("server", "list", "--file", address).out


def test_a_team_that_is_new_is_said(mentor: Mentor, server: Server, address: str) -> None:
    login = a_login(server)
    mentor("server", "init", address, "--yes")
    at = ("--file", address, "--yes", "--lang", "en")
    grant = ("server", "grant", login, "mentor", *at, "--team")
    assert "North is a new team, the first one." in mentor(*grant, "North").out
    told = mentor(*grant, "north ")
    assert told.status != Status.DONE
    assert "There is a team North already." in told.problem
    assert "South is a new team. There are already: North" in mentor(*grant, "South").out
    assert "new team" not in mentor(*grant, "South").out


def test_only_mentees_that_are_there_are_counted_and_what_comes_next_is_said(
    mentor: Mentor, server: Server, address: str
) -> None:
    database = address.rsplit("/", 1)[1].partition("?")[0]
    leaves, stays = a_login(server), a_login(server)
    mentor("server", "init", address, "--yes")
    at = ("--team", "North", "--file", address, "--yes", "--lang", "en")
    for login in (leaves, stays):
        mentor("server", "grant", login, "mentor", *at)
    own = ("--file", server.address(database, leaves), "--lang", "en")
    for name in ("Maja Holm", "Noah Lind"):
        assert mentor("add", name, "--start", "2025-11-03", *own).status == Status.DONE
    opened = open_store(
        stand_in(server.address(database, leaves), os.environ),
        threaded=False,
        parting=parting,
        on_server=server_rules,
    )
    (noah,) = (one for one in opened.store.all(Mentee) if one.name == "Noah Lind")
    opened.store.commit([Change.deleted(noah)])
    opened.close()
    told = " ".join(mentor("server", "revoke", leaves, *at).out.split())
    assert "1 mentee can be seen by nobody now, or by a co-mentor until the last day" in told
    given = mentor("server", "grant", stays, "mentor", "--mentees-of", leaves, *at)
    told = " ".join(given.out.split())
    assert f"{stays} sees 1 mentee of {leaves} now." in told
    assert f"{stays} opens each mentee, presses 4, and chooses the new name." in told
    mentor("server", "grant", leaves, "mentor", "--again", *at)
    given = mentor("server", "grant", leaves, "mentor", "--mentees-of", stays, *at)
    told = " ".join(given.out.split())
    assert f"{leaves} sees 1 mentee of {stays} now." in told
    assert "The roles" not in told, "both are mentors of the team"
