"""Sending a commit to the server."""

from __future__ import annotations

from collections.abc import Sequence

from data.storage.journal import to_json
from data.storage.postgres.line import Line
from data.storage.protocol import Doc


def send(
    line: Line,
    team: str,
    session: str,
    parts: Sequence[Doc],
    *,
    id: str,
    at: str,
    grants: Sequence[Doc] = (),
) -> None:
    """Have the server save the parts of a commit, all of them or none.

    Args:
        line: The line to the server.
        team: The team.
        session: The id of the session.
        parts: What it does (see `sql/save.sql`).
        id: The random id of the commit.
        at: When it is made: ISO local time with its offset.
        grants: Who has access then to the mentees whose roles it changes.

    Raises:
        StorageError: The line is broken, or the server refuses.
        ServerRefusal: Likewise: see `Line.ask`.
    """
    line.ask(
        "SELECT mentorrollen.save(%s, %s, %s, %s, %s::json, %s::json)",
        team,
        id,
        session,
        at,
        to_json(parts).decode(),
        to_json(grants).decode() if grants else None,
    )
