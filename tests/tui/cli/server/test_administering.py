"""`mentor server`: an administrator prepares a database and says who is in which team."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.tools.postgres import Server
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
