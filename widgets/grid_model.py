"""What a grid shows, as values, and how its columns share the width."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from typing import Literal

from rich.cells import cell_len, set_cell_size

from data.frozen import immutable
from data.text import clean
from widgets.glyphs import glyphs

Tone = Literal["", "muted", "strong", "mark"]
"""How a cell is drawn: plain, quiet, bold, or as something to look at."""


@immutable
class Choice:
    """One value of a choice column."""

    value: str
    label: str
    letter: str = ""
    """The key that picks it while the cell is being edited."""


def lettered(*pairs: tuple[str, str]) -> tuple[Choice, ...]:
    """Return (value, label) pairs as choices, each with a letter that none of the others has.

    The letter is that of one of its words, or else any in it; so it fits whatever the language.
    """
    taken: set[str] = set()
    found = []
    for value, label in pairs:
        folded = label.casefold()
        wanted = [word[0] for word in folded.split()] + list(folded)
        free = (char for char in wanted if char.isalpha() and char not in taken)
        letter = next(free, "")
        taken.add(letter)
        found.append(Choice(value, label, letter))
    return tuple(found)


@immutable
class Column:
    """A column of a grid."""

    key: str
    label: str
    width: int
    """Least width in cells."""
    flex: int = 0
    """Share of the width that is left over."""
    right: bool = False
    """Aligned to the right."""
    fixed: bool = False
    """Stays where it is while the others scroll sideways."""
    edit: Literal["", "text", "choice", "long"] = ""
    """How Enter edits a cell: not at all, in place, by choosing, or elsewhere (`Grid.Opened`)."""
    choices: tuple[Choice, ...] = ()
    quick: bool = True
    """Whether space gives the cell its next choice at once; otherwise it opens the choices."""
    check: Callable[[str], str] | None = None
    """Returns how a typed text is understood; raises ValueError saying what is wrong."""
    suggest: Callable[[str], Sequence[str]] | None = None
    """Returns what the typed text may be the beginning of, best first."""


@immutable
class Row:
    """A row of a grid. Cells are text to show, by column key; user text is never markup."""

    id: str
    cells: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)
    """What editing begins with, where it differs from the text shown."""
    tones: Mapping[str, Tone] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)
    """Columns, by key, that are edited in another way in this row than in the others."""
    wide: bool = False
    """Its first cell runs over all columns."""
    heading: bool = False
    """A line between groups: its first cell runs over all columns and the cursor passes it."""

    def value(self, key: str) -> str:
        """Return what editing the cell begins with."""
        return self.values.get(key, self.cells.get(key, ""))


@immutable
class Placed:
    """A column with its place on the line."""

    column: Column
    index: int
    x: int
    width: int


GAP = 1
"""Cells before each column; the cursor's marks stand there."""


@immutable
class Layout:
    """The columns that fit, and whether there are more to either side."""

    placed: tuple[Placed, ...]
    more_left: bool = False
    more_right: bool = False

    def find(self, index: int) -> Placed | None:
        """Return the place of a column, or None where it is out of sight."""
        return next((place for place in self.placed if place.index == index), None)


def lay_out(columns: Sequence[Column], width: int, first: int = 0) -> Layout:
    """Place columns in `width` cells, beginning the scrolling ones with number `first`.

    Fixed columns come first; columns that do not fit are left out on the right. The width that is
    left over goes to the columns with `flex`, in proportion.
    """
    fixed = [i for i, column in enumerate(columns) if column.fixed]
    loose = [i for i, column in enumerate(columns) if not column.fixed]
    room = width - GAP - sum(columns[i].width + GAP for i in fixed)
    shown: list[int] = []
    for i in loose[first:]:
        need = columns[i].width + GAP
        if need > room and (shown or fixed):
            break
        shown.append(i)
        room -= need
    chosen = fixed + shown
    widths = {i: columns[i].width for i in chosen}
    shares = sum(columns[i].flex for i in chosen)
    spare = max(room, 0)
    for i in chosen:
        if shares and columns[i].flex:
            extra = spare * columns[i].flex // shares
            widths[i] += extra
            spare -= extra
            shares -= columns[i].flex
    placed, x = [], GAP
    for i in chosen:
        cells = min(widths[i], max(width - x, 1))
        placed.append(Placed(columns[i], i, x, cells))
        x += cells + GAP
    return Layout(tuple(placed), first > 0, len(shown) + first < len(loose))


def run_on(places: Sequence[Placed], row: Row) -> tuple[Placed, ...]:
    """Return the places of a row's texts, each running on over the empty cells at its right."""
    found: list[Placed] = []
    for place in places:
        if found and not found[-1].column.right and not row.cells.get(place.column.key):
            found[-1] = replace(found[-1], width=place.x + place.width - found[-1].x)
        else:
            found.append(place)
    return tuple(found)


def first_to_show(columns: Sequence[Column], width: int, first: int, index: int) -> int:
    """Return the nearest beginning of the scrolling columns at which column `index` is in sight."""
    loose = [i for i, column in enumerate(columns) if not column.fixed]
    first = min(first, max(len(loose) - 1, 0))
    if index not in loose:
        return first
    place = loose.index(index)
    if place < first:
        return place
    while first < place and lay_out(columns, width, first).find(index) is None:
        first += 1
    while first and lay_out(columns, width, first - 1).find(index) is not None:
        if lay_out(columns, width, first).more_right:
            break
        first -= 1
    return first


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return the first line of `text` in exactly `width` cells, cut with an ellipsis."""
    line = text.split("\n", 1)[0].rstrip()
    cut = line != text.rstrip()
    if not line.isprintable():
        line = clean(line, lines=False)
    length = cell_len(line)
    if length > width or (cut and length >= width):
        return set_cell_size(line, max(width - 1, 0)) + glyphs("…")[:width]
    if cut:
        line += glyphs("…")
        length += 1
    pad = " " * (width - length)
    return pad + line if right else line + pad
