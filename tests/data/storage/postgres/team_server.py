"""A server with a team in it, and the backends of its mentors."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg

from data.method.acting import SERVER_RULES
from data.storage.postgres.address import Address
from data.storage.postgres.backend import PostgresBackend
from data.storage.postgres.servers import stand_in
from data.storage.protocol import Commit, DocChange, Tables
from data.store.opening import OpenedStore, open_store
from tests.tools.postgres import Server
from tui.cli.call import parting, server_rules


class TeamServer:
    """A database with the tables in it, and one team."""

    def __init__(self, server: Server, database: str) -> None:
        self.server = server
        self.database = database

    def drop(self) -> None:
        """Delete the database. So many tests have one that they would fill the memory."""
        self.server.drop(self.database)

    def grant(
        self, login: str, *, team: str = "team", kind: str = "mentor", name: str = ""
    ) -> None:
        """Make a login, if it is not there, a member of a team."""
        with psycopg.connect(self.server.address(self.database), autocommit=True) as line:
            if not has_role(line, login):
                line.execute(f"CREATE ROLE {login} LOGIN".encode())
            line.execute(f"GRANT mentorrollen_member TO {login}".encode())
            line.execute(
                "INSERT INTO mentorrollen.teams VALUES (%s) ON CONFLICT DO NOTHING", (team,)
            )
            line.execute(
                "INSERT INTO mentorrollen.members (team, login, kind, name)"
                " VALUES (%s, %s, %s, %s)",
                (team, login, kind, name or login),
            )

    def as_owner(self) -> psycopg.Connection[tuple[object, ...]]:
        """A line of the superuser, on which nothing is committed by itself."""
        return psycopg.connect(self.server.address(self.database), autocommit=True)

    def address(self, login: str, team: str = "") -> Address:
        """The address as a mentor has it in the settings."""
        return Address(self.server.address(self.database, login), team, "db/records")

    def backend(self, login: str, *, listening: bool = True) -> PostgresBackend:
        """A backend of one session, not loaded yet."""
        return PostgresBackend(self.address(login), SERVER_RULES, listening=listening)

    def stand_in(self, login: str) -> Path:
        """What stands for the records where a file would be named."""
        return stand_in(self.address(login).conninfo, os.environ)

    def opened(self, login: str, *, threaded: bool) -> OpenedStore:
        """The records, open as the screen (`threaded`) or a command has them."""
        return open_store(
            self.stand_in(login), threaded=threaded, parting=parting, on_server=server_rules
        )


def seeing(changes: Sequence[DocChange], known: Tables | None = None) -> list[DocChange]:
    """Return changes as somebody makes them who sees the people that are known, and new ones."""
    made = {one.id: one.after for one in changes if one.table == "people" and one.after}
    people = {**(known or {}).get("people", {}), **made}
    return [one._replace(sees=people) if one.table == "roles" else one for one in changes]


def until(backend: PostgresBackend, condition: Callable[[], bool]) -> list[Commit]:
    """What a session is told of others until something is so."""
    told: list[Commit] = []
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "was never told"
        select.select([backend.fileno()], [], [], 1)
        told += backend.poll()
    return told


def has_role(line: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
    """Whether the server has a role of that name."""
    found = line.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,))
    return found.fetchone() is not None
