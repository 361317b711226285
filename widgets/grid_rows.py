"""Rows of a grid that are made when they are first seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from widgets.grid_model import Row


class LateRows(Sequence[Row]):
    """Rows of which only the ids are known until one is looked at. None of them is a heading.

    A grid of many rows draws a screen full of them, so that the others are never made.
    """

    def __init__(self, ids: Sequence[str], make: Callable[[int], Row]) -> None:
        """Make none of them yet.

        Args:
            ids: The ids of all rows, from top to bottom.
            make: Makes the row of that number. What it is made of must not change.
        """
        self.ids = tuple(ids)
        self._make = make
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[at] for at in range(len(self))[index]]
        at = range(len(self))[index]
        row = self._made.get(at)
        if row is None:
            row = self._made[at] = self._make(at)
        return row


def ids_of(rows: Sequence[Row]) -> Sequence[str]:
    """Return the ids of rows, without making any of them."""
    return rows.ids if isinstance(rows, LateRows) else [row.id for row in rows]
