"""The same `Disk` as in `backend`, whose documents are in a file, or in a PostgreSQL server."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from data.method.acting import SERVER_RULES
from data.storage.backend import JournalBackend
from data.storage.postgres.address import Address
from data.storage.postgres.backend import PostgresBackend
from data.storage.protocol import Backend, Commit, DocChange
from data.storage.references import OF_TEAM, scope_of
from tests.data.backend import Disk
from tests.data.storage.postgres.team_server import has_role
from tests.tools.postgres import Server

_numbers = count(1)


class _Closing(Disk):
    """A disk that closes what was opened on it."""

    def __init__(self) -> None:
        super().__init__()
        self._opened: list[Backend] = []

    def close(self) -> None:
        for one in self._opened:
            one.close()


class FileDisk(_Closing):
    """Documents in a record file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def _backend(self, by: str, *, listening: bool) -> Backend:
        found = JournalBackend(self.path, by=by or "met")
        self._opened.append(found)
        return found


class TestDatabase:
    """One database for all tests of a run; each test has a team of its own in it."""

    __test__ = False

    def __init__(self, server: Server, template: str) -> None:
        self.server = server
        self.name = server.database(template)
        self.line = psycopg.connect(server.address(self.name), autocommit=True)

    def run(self, statement: str, *values: Any) -> None:
        """Run a statement as the superuser."""
        self.line.execute(statement.encode(), values or None)


class ServerDisk(_Closing):
    """Documents of a team in a server. Whoever is in the team may see all its mentees.

    A file has no such thing as a role without which one sees nothing of a mentee; what that changes
    is tested with the server.
    """

    def __init__(self, database: TestDatabase) -> None:
        super().__init__()
        self.database = database
        self.team = f"team {next(_numbers)}"
        self._logins: set[str] = set()
        self._mentees: set[str] = set()
        database.run("INSERT INTO mentorrollen.teams VALUES (%s)", self.team)

    def _backend(self, by: str, *, listening: bool) -> Backend:
        login = by or "met"
        self._member(login)
        address = Address(
            self.database.server.address(self.database.name, login), self.team, "db/records"
        )
        found = PostgresBackend(address, SERVER_RULES, listening=listening)
        self._opened.append(found)
        return found

    def _member(self, login: str) -> None:
        if login in self._logins:
            return
        self._logins.add(login)
        run = self.database.run
        if not has_role(self.database.line, login):
            run(f"CREATE ROLE {login} LOGIN IN ROLE mentorrollen_member")
        run(
            "INSERT INTO mentorrollen.members VALUES (%s, %s, 'mentor', %s)",
            self.team,
            login,
            login,
        )
        self._give_access()

    def _give_access(self) -> None:
        self.database.run(
            "INSERT INTO mentorrollen.access SELECT h.team, h.mentee, m.login"
            " FROM mentorrollen.heads h JOIN mentorrollen.members m USING (team)"
            " WHERE h.team = %s AND h.mentee <> '' ON CONFLICT DO NOTHING",
            self.team,
        )
        self.database.run(
            "SELECT pg_notify(channel, 'access') FROM mentorrollen.members WHERE team = %s",
            self.team,
        )

    def make_ready(self, backend: Backend, changes: Sequence[DocChange]) -> tuple[Commit, ...]:
        """Give everybody access to the mentees that a commit is about."""
        docs = (
            (one.table, one.id, doc) for one in changes for doc in (one.before, one.after) if doc
        )
        scopes = {scope_of(*one) for one in docs} - {OF_TEAM} - self._mentees
        if not scopes:
            return ()
        self._mentees |= scopes
        for one in scopes:
            self.database.run(
                "INSERT INTO mentorrollen.heads VALUES (%s, %s, 0) ON CONFLICT DO NOTHING",
                self.team,
                one,
            )
        self._give_access()
        assert isinstance(backend, PostgresBackend)
        told: list[Commit] = []
        end = time.monotonic() + 10
        while not scopes <= backend.scopes():
            assert time.monotonic() < end, "was never told of the access"
            told += backend.poll()
        return tuple(told)
