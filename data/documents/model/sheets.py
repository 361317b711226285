"""A wide table as several that fit on a sheet of paper, one below the other."""

from __future__ import annotations

from math import ceil
from typing import Final

from data.documents.model.document import Table

ROOM: Final = 30
"""The sum of the columns' shares that a sheet on its side has room for."""


def on_sheets(table: Table, room: int = ROOM) -> list[Table]:
    """Return the table as one or more tables with at most about `room` of shares each.

    The number and the name of a row are in each. The other columns are shared out evenly, so that
    the last table is not nearly empty.
    """
    columns = table.columns
    named = [column.key for column in columns].index(table.named_by) if table.named_by else 0
    repeated = sorted({0, named})
    others = [place for place in range(len(columns)) if place not in repeated]
    left = max(room - sum(columns[place].share for place in repeated), 1)
    whole = sum(columns[place].share for place in others)
    number = max(1, ceil(whole / left))
    found: list[list[int]] = [[]]
    filled = 0.0
    for place in others:
        share = columns[place].share
        if found[-1] and len(found) < number and filled + share / 2 > whole / number * len(found):
            found.append([])
        found[-1].append(place)
        filled += share
    return [_only(table, sorted([*repeated, *places])) for places in found]


def _only(table: Table, places: list[int]) -> Table:
    return Table(
        tuple(table.columns[place] for place in places),
        tuple(tuple(row[place] for place in places) for row in table.rows),
        table.named_by,
    )
