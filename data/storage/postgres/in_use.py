"""What is used where this login does not see it: it is not deleted, as in a file that all see."""

from __future__ import annotations

from collections.abc import Sequence

from data.storage.postgres.line import Line
from data.storage.protocol import Clash, DocChange, TableRules


def one_is_unused(changes: Sequence[DocChange]) -> bool:
    """Return whether something is to go only if it is unused."""
    return any(one.if_unused and one.after is None for one in changes)


def without_used(
    line: Line, team: str, changes: Sequence[DocChange], rules: TableRules
) -> tuple[Sequence[DocChange], list[Clash]]:
    """Return changes without the deletions of what others use, and a clash for each of those.

    Args:
        line: The line to the server.
        team: The team.
        changes: The changes.
        rules: How documents are merged, which says what names what.

    Raises:
        StorageError: The line is broken.
    """
    if not one_is_unused(changes):
        return changes, []
    going = [one for one in changes if one.if_unused and one.after is None]
    used = _used_elsewhere(line, team, going, rules)
    named = {(one.table, one.id) for one in used}
    return [one for one in changes if (one.table, one.id) not in named], used


def _used_elsewhere(
    line: Line, team: str, going: Sequence[DocChange], rules: TableRules
) -> list[Clash]:
    """Return a clash for each document that is to go if it is unused, and that others use."""
    found: list[Clash] = []
    for table in sorted({one.table for one in going}):
        ids = [one.id for one in going if one.table == table]
        naming = [
            name
            for name, of_table in rules.items()
            if table in of_table.owners.values()
            or any(table in refers.tables for refers in of_table.refers.values())
        ]
        rows = line.ask(
            "SELECT * FROM mentorrollen.named_by_others(%s, %s::text[], %s::text[])",
            team,
            naming,
            ids,
        )
        found += [Clash(table, id, table, None, id, "", merged=False) for (id,) in rows]
    return found
