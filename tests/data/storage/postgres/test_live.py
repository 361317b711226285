"""What a session asks a server while nobody does anything, and while others do very much."""

from __future__ import annotations

import re
import select
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.method.acting import SERVER_RULES
from data.storage.postgres.backend import PostgresBackend
from data.storage.protocol import Commit, DocChange
from data.store.store import Store
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server
from tests.tools.prepared import prepared

RULES = SERVER_RULES.merging
MAJA = DocChange("mentees", "1", None, {"name": "Maja", "rev": 1})


@pytest.fixture
def talking() -> Iterator[TeamServer]:
    """A server of its own, whose log has what it is asked."""
    with Server({"log_statement": "all", "fsync": "off"}) as server:
        team = TeamServer(server, server.database(prepared(server)))
        team.grant("met")
        yield team


def asked(team: TeamServer, since: int) -> list[str]:
    """What the server was asked since its log was so long, in bytes."""
    log = (team.server.folder / "log").read_bytes()[since:].decode()
    return re.findall(r"(?:execute [^:]*|statement): (.*)", log)


def length(team: TeamServer) -> int:
    return Path(team.server.folder / "log").stat().st_size


class Looking(PostgresBackend):
    """A session's backend that counts how often the thread looks for news."""

    looks = 0

    def poll(self) -> tuple[Commit, ...]:
        self.looks += 1
        return super().poll()


def idle_session(team: TeamServer, looks: int) -> list[str]:
    """What a session has asked when it has looked for news so often, about twice a second."""
    backend = Looking(team.address("met"), SERVER_RULES)
    store = Store(backend, by="met")
    store.start_saver(lambda: None)
    settled(team)
    before, end = length(team), backend.looks + looks
    while backend.looks < end:
        time.sleep(0.05)
    found = asked(team, before)
    store.close()
    return found


def test_a_session_asks_nothing_while_nothing_happens(talking: TeamServer) -> None:
    assert idle_session(talking, 6) == []


def settled(team: TeamServer) -> None:
    """Wait until a session has done what it does once when it is idle."""
    end = time.monotonic() + 30
    while not any("tidy" in one for one in asked(team, 0)):
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.soak
def test_in_a_minute_a_session_asks_once_whether_all_is_as_it_knows(talking: TeamServer) -> None:
    found = idle_session(talking, 122)
    print(f"\nidle: asked in 61 s: {found}")
    # how far everything is, who is there, and by which names
    assert len([one for one in found if one.startswith("SELECT")]) <= 3


def test_five_hundred_commits_of_others_are_read_in_few_questions(talking: TeamServer) -> None:
    met, other = talking.backend("met"), talking.backend("met")
    met.load()
    met.commit([MAJA], RULES)
    other.load()
    for number in range(500):
        doc = {"mentee_id": "1", "text": str(number), "rev": 1}
        met.commit([DocChange("tips", f"5{number}", None, doc)], RULES)
    before = length(talking)
    commits = read_on(other)
    found = asked(talking, before)
    assert len(commits) == 500
    assert len(found) <= 4
    for one in (met, other):
        one.close()


def read_on(backend: PostgresBackend) -> list[Commit]:
    """What a session hears once it looks."""
    found: list[Commit] = []
    while len(found) < 500:
        select.select([backend.fileno()], [], [], 5)
        told = backend.poll()
        assert told, "was not told"
        found += told
    return found
