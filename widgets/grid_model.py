"""What a grid shows, as values, and how its columns share the width of a line.

All widths and places are in cells of the terminal: a letter takes up one, some signs take up two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from rich.cells import cell_len, set_cell_size

from data.frozen import immutable
from data.text import clean
from widgets.glyphs import glyphs

Tone = Literal["", "muted", "strong", "mark"]
"""How a cell is drawn: as plain text, quietly, bold, or as something that needs attention."""


@immutable
class Choice:
    """One of the values that a cell of a choice column can hold."""

    value: str
    """What the program calls it."""
    label: str
    """What the user reads."""
    letter: str = ""
    """The key that takes this choice while the cell is being edited; "" for none."""


def lettered(*pairs: tuple[str, str]) -> tuple[Choice, ...]:
    """Return (value, label) pairs as choices, each with a letter of its own.

    The letter is the first of one of the label's words, or else any letter in the label. So it
    suits the label in every language. A choice whose letters are all taken by those before it gets
    none.
    """
    taken: set[str] = set()  # the letters of the choices so far
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
    """Names the column in `Row.cells` and in the messages of the grid."""
    label: str
    """The heading that the user reads."""
    width: int
    """How wide the column is at least."""
    flex: int = 0
    """How big a share of the width that is left over it gets; 0 for none."""
    right: bool = False
    """Whether its texts are aligned to the right."""
    keeps_end: bool = False
    """Whether a text that has no room loses its middle, as the name of a file does, and not its
    end: there is what tells it from others."""
    fixed: bool = False
    """Whether it stays where it is while the other columns scroll sideways."""
    names: bool = False
    """Whether its text is what a row is called; else that of the first column is."""
    speaks: bool = False
    """Whether its texts say what they are, so that its label is not said before them."""
    lists: bool = False
    """Whether its label is the name of the whole list."""
    below: str = ""
    """Key of the column under which its text goes on in lines of its own, where the row would be
    cut off and the grid has lines to spare; "" for a text that stays in its line."""
    whole_from: int = 0
    """So wide must it be for texts that have shorter ones to be shown whole: all rows alike."""
    edit: Literal["", "text", "choice", "long"] = ""
    """How Enter edits a cell.

    "": not at all. "text": in a line over the cell. "choice": by choosing over the cell. "long":
    the grid only posts `Opened`, and the screen opens an editor of its own.
    """
    choices: tuple[Choice, ...] = ()
    """What the cells of a choice column can hold."""
    quick: bool = True
    """Whether Space gives a cell its next choice at once; otherwise it opens the choices."""
    check: Callable[[str], str] | None = None
    """Checks a typed text, see `widgets.checked_input.Check`; None accepts everything."""
    suggest: Callable[[str], Sequence[str]] | None = None
    """Completes a typed text, see `widgets.checked_input.Suggest`; None offers nothing."""
    asks: Callable[[str], str] | None = None
    """Says what a typed text would make that is new, so that Enter is needed for it: Tab, which
    elsewhere completes names, leaves that. It returns "" for any other text; None asks nothing."""


_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
"""What most rows have none of: one for all rows, as there may be thousands."""


class Row(NamedTuple):
    """A row of a grid. Its texts are shown as they are, never as markup."""

    id: str
    """Tells the rows apart, so that the cursor can stay on its row when they change."""
    cells: Mapping[str, str]
    """The texts to show, by the key of their column. A column that is not there is empty."""
    values: Mapping[str, str] = _NOTHING
    """What editing a cell begins with, where that is not the text that is shown."""
    tones: Mapping[str, Tone] = _NOTHING
    """How cells are drawn, by the key of their column."""
    columns: Mapping[str, Column] = _NOTHING
    """Columns, by key, that are edited otherwise in this row than in the others."""
    wide: bool = False
    """Whether the first text runs over all columns."""
    heading: bool = False
    """Whether this is a line between groups, which the cursor passes over.

    It has its first text as heading, and behind that the second, which is drawn as texts are.
    """
    short: Mapping[str, str] = _NOTHING
    """Shorter texts, by the key of their column, for where the whole ones have no room."""
    words: Mapping[str, str] = _NOTHING
    """What cells say in words, by the key of their column, where the text has a picture in it."""

    def said(self, key: str) -> str:
        """Return what a cell says in words."""
        return self.words.get(key, self.cells.get(key, ""))

    def value(self, key: str) -> str:
        """Return what editing the cell of a column begins with."""
        return self.values.get(key, self.cells.get(key, ""))

    def shortened(self, places: Sequence[Placed]) -> Row:
        """Return the row with its shorter texts where the whole ones have no room at `places`."""
        short = {
            place.column.key: self.short[place.column.key]
            for place in places
            if place.column.key in self.short
            and place.width < max(place.column.whole_from, cell_len(self.cells[place.column.key]))
        }
        return self._replace(cells={**self.cells, **short}, short={}) if short else self


@immutable
class Placed:
    """A column with its place on the line."""

    column: Column
    index: int
    """Which of all the columns it is, from 0."""
    x: int
    """Where its texts begin, from 0."""
    width: int
    """How wide its texts may be."""


GAP = 1
"""How many cells are free before each column. The marks of the cursor stand there."""


@immutable
class Layout:
    """The columns that are in sight, with their places."""

    placed: tuple[Placed, ...]
    """The columns in sight, from left to right."""
    more_left: bool = False
    """Whether columns have been scrolled out of sight at the left."""
    more_right: bool = False
    """Whether columns at the right did not fit."""

    def find(self, index: int) -> Placed | None:
        """Return the place of a column, or None if it is out of sight."""
        return next((place for place in self.placed if place.index == index), None)


def lay_out(columns: Sequence[Column], width: int, first: int = 0) -> Layout:
    """Return where columns stand on a line.

    Fixed columns come first. Scrolling ones follow as far as they fit; at least one column is shown
    however narrow the line is. Width that is left over is shared between the columns with `flex`.

    Args:
        columns: All columns.
        width: How wide the line is.
        first: Which of the scrolling columns to begin with, counted from 0.
    """
    fixed = [i for i, column in enumerate(columns) if column.fixed]
    scrolling = [i for i, column in enumerate(columns) if not column.fixed]
    room = width - GAP - sum(columns[i].width + GAP for i in fixed)
    shown: list[int] = []
    for i in scrolling[first:]:
        need = columns[i].width + GAP
        # The first column is shown even if it is too wide: a line must show something.
        if need > room and (shown or fixed):
            break
        shown.append(i)
        room -= need
    chosen = fixed + shown
    # Each takes its share of what those before it have left, so that no cell is lost to rounding.
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
    return Layout(tuple(placed), first > 0, len(shown) + first < len(scrolling))


def editor_span(layout: Layout, x: int, width: int, wanted: int, line: int) -> tuple[int, int]:
    """Return where an editor for a cell begins on its line, and how wide it is.

    It covers the cell, and more if it needs to. It ends where some cell ends, so that no half word
    is left at its right.

    Args:
        layout: The columns that are in sight.
        x: Where the cell begins.
        width: How wide the cell is.
        wanted: How many cells of the screen the editor needs.
        line: How wide the line is.
    """
    ends = [place.x + place.width for place in layout.placed]
    long_enough = (end for end in ends if end - x >= wanted)
    right = max(x + width, next(long_enough, line))
    start = max(min(x, right - wanted), 0)
    return start, min(right, line) - start


def run_on(places: Sequence[Placed], row: Row) -> tuple[Placed, ...]:
    """Return places for the texts of a row, in which each text may use the empty cells behind it.

    A text that is aligned to the right stays in its own column.
    """
    found: list[Placed] = []
    for place in places:
        if found and not found[-1].column.right and not row.cells.get(place.column.key):
            found[-1] = replace(found[-1], width=place.x + place.width - found[-1].x)
        else:
            found.append(place)
    return tuple(found)


def is_cut(places: Sequence[Placed], row: Row) -> bool:
    """Return whether some text of a row has no room at its place."""
    texts = ((row.cells.get(place.column.key, ""), place.width) for place in places)
    cut = any("\n" in text.rstrip() or cell_len(text) > width for text, width in texts)
    return cut or row.shortened(places) is not row


def first_to_show(columns: Sequence[Column], width: int, first: int, index: int) -> int:
    """Return with which scrolling column a line must begin for a certain column to be in sight.

    The line scrolls as little as that needs. It does scroll back where there is room for more
    columns than are shown, as after the terminal has been made wider.

    Args:
        columns: All columns.
        width: How wide the line is.
        first: The scrolling column that the line begins with now, counted from 0.
        index: The column that must be in sight, counted among all columns.
    """
    scrolling = [i for i, column in enumerate(columns) if not column.fixed]
    first = min(first, max(len(scrolling) - 1, 0))
    if index not in scrolling:
        return first
    place = scrolling.index(index)
    if place < first:
        return place
    # Forward until the column is in sight, then back for as long as that fills free room.
    while first < place and lay_out(columns, width, first).find(index) is None:
        first += 1
    while first and lay_out(columns, width, first - 1).find(index) is not None:
        if lay_out(columns, width, first).more_right:
            break
        first -= 1
    return first


def fit_ends(text: str, width: int) -> str:
    """Return a text of one line as `fit`; without room it has an ellipsis before its last part."""
    line = clean(text, lines=False)
    if cell_len(line) <= width:
        return fit(line, width)
    room = max(width - 1, 0)
    end = line
    while cell_len(end) > (room + 1) // 2:
        end = end[1:]
    return set_cell_size(line, room - cell_len(end)) + glyphs("…")[:width] + end


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return a text that takes up exactly `width` cells of one line.

    Only the first line of the text is used. An ellipsis at the end says that something was left
    out.

    Args:
        text: Any text, also one with control characters, which are taken out.
        width: How many cells to fill.
        right: Whether a shorter text stands at the right of them.
    """
    line = text.split("\n", 1)[0].rstrip()
    cut = line != text.rstrip()
    if not line.isprintable():  # cleaning is slow, and hardly any text needs it
        line = clean(line, lines=False)
    length = cell_len(line)
    # The ellipsis takes up the last cell, also where the first line would just fit but more follow.
    if length > width or (cut and length >= width):
        return set_cell_size(line, max(width - 1, 0)) + glyphs("…")[:width]
    if cut:
        line += glyphs("…")
        length += 1
    pad = " " * (width - length)
    return pad + line if right else line + pad
