"""Databases with the tables in them, and logins, for the tests that lean on a server."""

from __future__ import annotations

from itertools import count
from typing import Any

import psycopg

from data.records import new_id
from data.storage.postgres import schema
from tests.tools.postgres import Server

AT = "2026-01-02T10:00:00+01:00"
_numbers = count(1)


def prepared(server: Server) -> str:
    """Make a database as `mentor server init` does; return its name."""
    name = server.database()
    run(server, name, schema.init_script())
    return name


def run(server: Server, database: str, script: str, login: str = "postgres") -> list[Any]:
    """Run a script; return the rows of the last statement that has any."""
    rows: list[Any] = []
    with psycopg.connect(server.address(database, login), autocommit=True) as line:
        cursor = line.execute(script.encode())
        while True:
            if cursor.description is not None:
                rows = cursor.fetchall()
            if not cursor.nextset():
                return rows


def a_login(server: Server, name: str = "login", options: str = "") -> str:
    """Make a login of its own; return its name, which begins as given."""
    made = f"{name}_{next(_numbers)}"
    server.execute(f'CREATE ROLE "{made}" LOGIN {options}')
    return made


def grant(
    server: Server,
    database: str,
    login: str,
    kind: str = "mentor",
    *,
    team: str = "North",
    name: str | None = None,
    again: bool = False,
    mentees_of: str | None = None,
) -> None:
    """Make a login a member of a team, as `mentor server grant` does."""
    script = schema.grant_script(
        team,
        login,
        kind,
        name=name,
        person=new_id(),
        at=AT,
        again=again,
        mentees_of=mentees_of,
    )
    run(server, database, script)


def ask(server: Server, database: str, login: str, statement: str, *values: Any) -> list[Any]:
    """Ask something as a login; return the rows."""
    with psycopg.connect(server.address(database, login), autocommit=True) as line:
        cursor = line.execute(statement.encode(), values or None)
        return cursor.fetchall() if cursor.description is not None else []
