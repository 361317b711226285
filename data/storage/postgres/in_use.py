"""What is used where this login does not see it: it is not deleted, as in a file that all see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from data.storage.postgres.line import Line
from data.storage.protocol import Clash, DocChange

PEOPLE: Final = "people"
"""The table of the team's list of people, whom documents about mentees name."""


def one_is_unused(changes: Sequence[DocChange]) -> bool:
    """Return whether something is to go only if it is unused."""
    return any(map(_if_unused, changes))


def without_used(
    line: Line, team: str, changes: Sequence[DocChange]
) -> tuple[Sequence[DocChange], list[Clash]]:
    """Return changes without the deletions of people whom others use, and a clash for each.

    All else that a document names is about the same mentee, and is seen by whoever sees it.

    Args:
        line: The line to the server.
        team: The team.
        changes: The changes.

    Raises:
        StorageError: The line is broken.
    """
    going = [one.id for one in changes if one.table == PEOPLE and _if_unused(one)]
    if not going:
        return changes, []
    rows = line.ask("SELECT * FROM mentorrollen.named_by_others(%s, %s::text[])", team, going)
    used = {id for (id,) in rows}
    left = [one for one in changes if not (one.table == PEOPLE and one.id in used)]
    return left, [Clash(PEOPLE, id, PEOPLE, None, id, "", merged=False) for id in sorted(used)]


def _if_unused(change: DocChange) -> bool:
    return change.if_unused and change.after is None
