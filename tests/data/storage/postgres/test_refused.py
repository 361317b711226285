"""What a server refuses, and what of it passes: nothing stands in front of the next for ever."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from data.method.acting import SERVER_RULES
from data.storage.postgres.backend import PostgresBackend
from data.storage.postgres.line import Line
from data.storage.problems import ErrorKind, NotSaved, StorageError
from data.storage.protocol import DocChange
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server
from tests.tools.prepared import prepared
from tests.tools.proxy import Cut, How, Proxy, Where
from tests.tools.replica import Replica

RULES = SERVER_RULES.merging
MAJA = DocChange("mentees", "1", None, {"name": "Maja", "rev": 1})


def note(id: str, text: str, *, private: bool = False) -> DocChange:
    doc = {"mentee_id": "1", "kind": "note", "private": private, "text": text, "rev": 1}
    return DocChange("notes", id, None, doc)


@pytest.fixture
def met(team: TeamServer) -> Iterator[PostgresBackend]:
    backend = team.backend("met")
    backend.load()
    backend.commit([MAJA], RULES)
    yield backend
    backend.close()


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_a_letter_that_the_server_cannot_hold_is_shown_as_one(
    met: PostgresBackend, team: TeamServer, text: str, private: bool
) -> None:
    met.commit([note("9", text, private=private)], RULES)
    assert met.known()["notes"]["9"]["text"] == "a\N{REPLACEMENT CHARACTER}b"
    again = team.backend("met", listening=False)
    assert again.load()["notes"] == met.known()["notes"]
    again.close()


def test_a_limit_of_the_administrator_does_not_end_the_wait_for_a_replica(
    team: TeamServer,
) -> None:
    team.server.execute("ALTER ROLE met SET statement_timeout = '2s'")
    try:
        line = Line(team.address("met"))
        line.connect()
        asked = ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout")
        assert [line.ask(f"SHOW {name}")[0][0] for name in asked] == ["0", "10s", "6s"]
        line.close()
    finally:
        team.server.execute("ALTER ROLE met RESET statement_timeout")


def test_too_many_connections_is_said_and_passes(team: TeamServer) -> None:
    team.grant("fuld")
    team.server.execute("ALTER ROLE fuld CONNECTION LIMIT 1")
    first, second = team.backend("fuld"), team.backend("fuld")
    first.load()
    with pytest.raises(StorageError) as found:
        second.load()
    assert found.value.kind is ErrorKind.TOO_MANY
    second.close()
    first.close()
    end = time.monotonic() + 20
    while time.monotonic() < end and not second.by:  # the server has to notice that one has gone
        with suppress(StorageError):
            second.load()
    assert second.by == "fuld"
    second.close()


def test_a_session_goes_on_when_the_server_has_been_stopped_and_started() -> None:
    with Server({}) as server:
        team = TeamServer(server, server.database(prepared(server)))
        team.grant("met")
        met = team.backend("met")
        met.load()
        met.commit([MAJA], RULES)
        server.stop()
        for _ in range(2):
            with pytest.raises(NotSaved) as found:
                met.commit([note("9", "en")], RULES)
        assert found.value.kind in {ErrorKind.SERVER_AWAY, ErrorKind.SERVER_STOPPING}
        assert met.fileno() == -1
        server.start()
        (*_others, commit) = met.commit([note("9", "en")], RULES)
        assert commit.own
        assert met.known()["notes"]["9"]["text"] == "en"
        met.close()


def test_a_server_that_is_a_replica_says_so_and_is_used_once_it_is_not() -> None:
    with Server({}) as primary:
        team = TeamServer(primary, primary.database(prepared(primary)))
        team.grant("met")
        with Replica(primary) as replica:
            met = TeamServer(replica, team.database).backend("met")
            with pytest.raises(StorageError) as found:
                met.load()
            assert found.value.kind is ErrorKind.SERVER_READ_ONLY
            replica.promote()
            met.load()
            met.commit([MAJA], RULES)
            met.close()


def test_a_command_says_that_it_may_have_been_saved(
    team: TeamServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.storage.postgres.backend.WAIT_SECONDS", 0.0)
    with Proxy(team.server.port) as proxy:
        through = TeamServer(team.server, team.database).address("met")
        address = through.conninfo.replace(str(team.server.port), str(proxy.port))
        met = PostgresBackend(
            type(through)(address, "", "db"), SERVER_RULES, listening=False, patience=0.3
        )
        met.load()
        met.commit([MAJA], RULES)
        proxy.cut = Cut(b"written once", Where.AFTER, How.END)
        with pytest.raises(NotSaved) as found:
            met.commit([note("9", "written once")], RULES)
        assert found.value.kind is ErrorKind.UNSURE
        (commit,) = met.commit([note("9", "written once")], RULES)
        assert [one.id for one in commit.changes] == ["9"]
        met.close()


def test_a_command_waits_for_the_line_and_is_sure(team: TeamServer) -> None:
    with Proxy(team.server.port) as proxy:
        through = team.address("met")
        address = through.conninfo.replace(str(team.server.port), str(proxy.port))
        met = PostgresBackend(
            type(through)(address, "", "db"), SERVER_RULES, listening=False, patience=0.3
        )
        met.load()
        met.commit([MAJA], RULES)
        for where in (Where.BEFORE, Where.AFTER):
            proxy.cut = Cut(where.value.encode() + b"!", where, How.RESET)
            (commit,) = met.commit([note(f"1{len(where)}", f"{where.value}!")], RULES)
            assert (commit.own, len(commit.changes)) == (True, 1)
        met.close()
