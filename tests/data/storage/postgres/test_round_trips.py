"""How often a start waits for the server: on a long line each time counts.

Counted are the server's words that it is ready for the next question: it says so once for all that
was sent without waiting in between.
"""

from __future__ import annotations

import select
import socket
import threading
from types import TracebackType
from typing import Final, Self

import pytest

from data.method.acting import SERVER_RULES
from data.storage.postgres.address import Address
from data.storage.postgres.backend import PostgresBackend
from data.storage.postgres.joining import member_of
from data.storage.postgres.line import Line
from data.storage.problems import ErrorKind, StorageError
from data.storage.protocol import DocChange
from tests.data.storage.postgres.team_server import TeamServer

READY: Final = b"Z"
"""The kind of the message with which a server says that it waits for a question."""


class Counting:
    """One line through this computer, on which the server's messages are counted."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._came = b""
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        client, _address = self._listening.accept()
        with client, socket.create_connection(("127.0.0.1", self._to)) as server:
            other = {client: server, server: client}
            while True:
                for one in select.select(list(other), [], [])[0]:
                    data = one.recv(1 << 20)
                    if not data:
                        return
                    self._came += data if one is server else b""
                    other[one].sendall(data)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listening.close()
        self._thread.join(10)

    def trips(self) -> int:
        """How often the server has said that it is ready, once the line is closed."""
        found, at = 0, 0
        while at < len(self._came):
            found += self._came[at : at + 1] == READY
            at += 1 + int.from_bytes(self._came[at + 1 : at + 5])
        return found


@pytest.mark.parametrize(("listening", "most"), [(True, 7), (False, 6)])
def test_a_start_waits_for_the_server_a_few_times(
    team: TeamServer, listening: bool, most: int
) -> None:
    writer = team.backend("met")
    writer.load()
    for number in range(6):
        mentee = DocChange("mentees", str(number), None, {"name": f"Maja {number}", "rev": 1})
        writer.commit([mentee], SERVER_RULES.merging)
    writer.close()
    with Counting(team.server.port) as counting:
        text = team.address("met").conninfo.replace(f":{team.server.port}/", f":{counting.port}/")
        address = Address(f"{text}?sslmode=disable", "", "db/records")
        backend = PostgresBackend(address, SERVER_RULES, listening=listening)
        assert len(backend.load()["mentees"]) == 6
        backend._line.close()
    assert counting.trips() <= most


def test_another_version_is_told_where_a_function_is_missing(team: TeamServer) -> None:
    change = "UPDATE mentorrollen.meta SET version = 99; DROP FUNCTION mentorrollen.memberships()"
    team.server.execute(change, database=team.database)
    line = Line(team.address("met"))
    line.connect()
    with pytest.raises(StorageError) as raised:
        member_of(line, "")
    line.close()
    assert raised.value.kind is ErrorKind.NEWER


def test_what_was_sent_together_leaves_no_broken_transaction_behind(team: TeamServer) -> None:
    line = Line(team.address("met"))
    line.connect()
    with pytest.raises(StorageError):
        line.ask_together(("SELECT 1 FROM nothing_of_that_name", ()))
    with pytest.raises(StorageError):
        line.ask_at_once(("SELECT 1 FROM nothing_of_that_name", ()), ("SELECT 1", ()))
    assert line.ask_at_once(("SELECT 1", ()), ("SELECT 2", ())) == [[(1,)], [(2,)]]
    line.close()
