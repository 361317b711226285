"""Rows of a grid in several lines, so that nothing is cut off while there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Final

from data.frozen import immutable
from widgets.grid_model import Column, Layout, Placed, Row, is_cut, run_on
from widgets.wrapping import wrap, wrap_within

_INDENT: Final = 2
"""How many cells the lines below begin to the right of a text that runs over all columns."""


@immutable
class Spread:
    """A row that takes up more than one line, so that nothing of it is cut off."""

    first: tuple[Placed, ...]
    """The columns in its first line."""
    column: Column
    """The column whose text stands in the lines below."""
    x: int
    """Where those lines begin, from 0."""
    lines: tuple[str, ...]
    """Those lines."""
    cut: bool
    """Whether they have no room for all of the text."""
    begins: str = ""
    """What of that text stands in the first line; "" where all of it is in the lines below."""


def spread(layout: Layout, row: Row, width: int, most: int) -> Spread | None:
    """Return how a row is drawn in several lines, or None if one is enough or all there is.

    Args:
        layout: The columns that are in sight.
        row: The row.
        width: How wide the line is.
        most: How many lines there are to spare; what has no room in them is cut off.
    """
    if row.heading or most < 1 or not layout.placed:
        return None
    if row.wide:
        return _spread_wide(layout.placed[0], row, width, most)
    last = next((place for place in layout.placed if place.column.below), None)
    if last is None or not is_cut(run_on(layout.placed, row), row):
        return None
    text = row.cells.get(last.column.key, "")
    under = next((one for one in layout.placed if one.column.key == last.column.below), None)
    if under is None or not text:
        return None
    x = min(under.x, width // 2)
    rest = {key: cell for key, cell in row.cells.items() if key != last.column.key}
    room = max(width - x, 1)
    lines = wrap_within(text, room, most)
    cut = len(wrap(text, room)) > most
    first = run_on(layout.placed, row._replace(cells=rest))
    # It has a place there where the text before it, at the right of its column, does not run on.
    first = tuple(place for place in first if place.column.key != last.column.key)
    return Spread(first, last.column, x, tuple(lines), cut)


def _spread_wide(place: Placed, row: Row, width: int, most: int) -> Spread | None:
    """Return how a row whose first text runs over all columns goes on in the lines below."""
    room = max(width - place.x, 1)
    begins, *more = wrap(row.cells.get(place.column.key, ""), room)
    if not more:
        return None
    x = min(place.x + _INDENT, width // 2)
    rest, below = " ".join(more), max(width - x, 1)
    lines = wrap_within(rest, below, most)
    cut = len(wrap(rest, below)) > most
    return Spread((replace(place, width=room),), place.column, x, tuple(lines), cut, begins)


@immutable
class GridLines:
    """The lines that the rows of a grid take up."""

    rows: int = 0
    """How many rows there are."""
    spread: Mapping[int, Spread] = field(default_factory=dict)
    """The rows that take up several lines, by number and in order. There are none where rows have
    to be scrolled."""

    @property
    def count(self) -> int:
        """How many lines all rows take up."""
        return self.rows + sum(len(wide.lines) for wide in self.spread.values())

    def first_of(self, index: int) -> int:
        """Return the first line of a row, counted from 0."""
        return index + sum(len(wide.lines) for at, wide in self.spread.items() if at < index)

    def at(self, line: int) -> tuple[int, int]:
        """Return which row a line belongs to, and which of the row's lines it is, from 0."""
        for index, wide in self.spread.items():
            if line <= index:
                break
            below = min(line - index, len(wide.lines))
            line -= below
            if line == index:
                return index, below
        return line, 0


def grid_lines(rows: Sequence[Row], layout: Layout, width: int, height: int) -> GridLines:
    """Return the lines of rows in a grid of `height` lines, `width` cells wide each.

    Rows that would be cut off take up several, from the top for as long as there are lines to
    spare.
    """
    found: dict[int, Spread] = {}
    spare = height - len(rows)
    for index, row in enumerate(rows if spare > 0 else ()):
        wide = spread(layout, row, width, spare)
        if wide is not None:
            found[index] = wide
            spare -= len(wide.lines)
    return GridLines(len(rows), found)


def nearest_row(rows: Sequence[Row], index: int, way: int = 1) -> int:
    """Return the row nearest to `index` that is not a heading: only there may the cursor stand.

    Args:
        rows: All rows.
        index: The row that is wanted; it may be outside the grid.
        way: Where to look first: below (1 or more) or above (less).
    """
    last = len(rows) - 1
    index = max(0, min(index, last))
    for step in (1, -1) if way > 0 else (-1, 1):
        at = index
        while 0 <= at <= last:
            if not rows[at].heading:
                return at
            at += step
    return max(index, 0)


def row_is_cut(layout: Layout, row: Row, lines: GridLines, at: int, cells: bool) -> bool:
    """Return whether some text of a row is cut off, or a column out of sight.

    Args:
        layout: The columns that are in sight.
        row: The row.
        lines: The lines that the rows take up.
        at: Which row it is, counted from 0.
        cells: Whether the cursor of the grid is on one cell instead of a whole row.
    """
    wide = lines.spread.get(at)
    if wide is not None:
        return wide.cut or (not wide.begins and is_cut(wide.first, row))
    if layout.more_left or layout.more_right:
        return True
    return is_cut(layout.placed if cells else run_on(layout.placed, row), row)
