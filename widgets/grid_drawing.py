"""How the lines of a grid are drawn: from values to strips, without a widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from widgets.glyphs import glyphs
from widgets.grid_lines import Spread
from widgets.grid_model import GAP, Layout, Placed, Row, fit, fit_ends, run_on

WIDEST_REVERSED: Final = 12
"""How wide a cell may be to be reversed as a whole: to send a wider one again with each step of the
cursor would take too long on a slow line."""


_BOLD: Final = Style(bold=True)
_REVERSED: Final = Style(bold=False, reverse=True)
"""Never both: PuTTY and the console show bold as another colour, and then it is grey on grey."""


class Drawing(NamedTuple):
    """What all lines of a grid have in common."""

    layout: Layout
    """The columns that are in sight, with their places."""
    width: int
    """How many cells a line takes up."""
    cells: bool
    """Whether the cursor is on one cell instead of a whole row."""
    base: Style
    """The style of the widget."""
    style_of: Callable[[str], Style]
    """Returns the style of a part of the widget, by the name of its component class."""


class Cursor(NamedTuple):
    """The cursor, as far as the row under it is drawn otherwise than the others."""

    column: int
    """The column it is on, counted from 0; where it is on a whole row this has no meaning."""
    focused: bool
    """Whether the grid has the focus."""


def header_line(drawing: Drawing) -> Strip:
    """Return the labels of the columns, with an angle at each side where there are more columns."""
    layout, width = drawing.layout, drawing.width
    line = " " * width
    for place in layout.placed:
        label = fit(place.column.label, place.width, right=place.column.right)
        line = _overwritten(line, place.x, label)
    if layout.more_left and layout.placed:
        # The columns that scroll begin behind the fixed ones.
        fixed = [place for place in layout.placed if place.column.fixed]
        line = _overwritten(line, (fixed[-1].x + fixed[-1].width) if fixed else 0, glyphs("‹"))
    if layout.more_right:
        line = _overwritten(line, width - 1, glyphs("›"))
    return Strip([Segment(line, drawing.style_of("grid--header"))], width)


def _overwritten(line: str, x: int, text: str) -> str:
    """Return the line with `text` in place of what begins at cell `x`.

    It counts a character of the line as one cell, which holds for the blanks that are overwritten.
    """
    return line[:x] + text + line[x + cell_len(text) :]


def line_below(row: Row, wide: Spread, drawing: Drawing, index: int) -> Strip:
    """Return one of the lines of a row below its first, counted from 0."""
    room = drawing.width - wide.x
    tone = row.tones.get(wide.column.key, "")
    style = drawing.style_of(f"grid--{tone}") if tone else drawing.base
    text = _cell(fit(wide.lines[index], room), style, drawing.base)
    return Strip([Segment(" " * wide.x, drawing.base), *text], drawing.width)


def row_line(
    row: Row, drawing: Drawing, cursor: Cursor | None, wide: Spread | None = None
) -> Strip:
    """Return a row as it is drawn, or its first line if it is drawn in several (`wide`).

    `cursor` is None where the cursor is on another row.
    """
    width, base = drawing.width, drawing.base
    if row.heading:
        return _heading_line(row, drawing)
    row, places = _placed(row, drawing, wide)
    segments: list[Segment] = []
    x = 0
    for place in places:
        before, after = _cursor_marks(place, drawing, cursor)
        # The cursor's mark behind a cell stands in the gap before the next one, so that cell must
        # not draw the gap again.
        if place.x - 1 > x:
            segments.append(Segment(" " * (place.x - 1 - x), base))
        if place.x - 1 >= x:
            segments.append(before)
        cell = row.cells.get(place.column.key, "")
        if place.column.keeps_end:
            text = fit_ends(cell, place.width)
        else:
            text = fit(cell, place.width, right=place.column.right)
        segments += _cell(text, _cell_style(row, place, drawing, cursor), base)
        x = place.x + place.width
        if after is not None and x < width:
            segments.append(after)
            x += 1
    if x < width:
        segments.append(Segment(" " * (width - x), base))
    return Strip(segments).adjust_cell_length(width, base)


def _placed(row: Row, drawing: Drawing, wide: Spread | None) -> tuple[Row, Sequence[Placed]]:
    """Return a row with the texts of its first line, and the places of these."""
    places = drawing.layout.placed
    if wide is not None:
        if wide.begins:
            row = row._replace(cells={wide.column.key: wide.begins})
        return row, wide.first
    row = row.shortened(places)
    if row.wide and places:
        return row, (replace(places[0], width=drawing.width - places[0].x),)
    # Without a cursor on single cells, it need not be seen where an empty cell ends.
    return row, places if drawing.cells else run_on(places, row)


def _heading_line(row: Row, drawing: Drawing) -> Strip:
    """Return a heading, and what stands behind it in the colour of the rows below."""
    width, style = drawing.width, drawing.style_of("grid--heading")
    first, *behind = [*row.cells.values(), ""]
    rest = "".join(behind)
    # What fills the line up is as other blanks are: then a terminal can be told to erase it.
    room = min(cell_len(first) + GAP, width)
    segments = [Segment(fit(" " * GAP + first, room), style)]
    if room < width:
        segments.append(Segment(fit(rest, width - room), drawing.base))
    return Strip(segments, width)


def _cursor_marks(
    place: Placed, drawing: Drawing, cursor: Cursor | None
) -> tuple[Segment, Segment | None]:
    """Return what stands before and behind a cell: the marks of the cursor, or a blank before it.

    A row under the cursor has one mark, before its first cell. A cell under it has one on each
    side, which no terminal can fail to show; where the keys go they are reversed too.
    """
    blank = Segment(" ", drawing.base)
    if cursor is None:
        return blank, None
    style = drawing.style_of("grid--cursor")
    if not drawing.cells:
        return (Segment(glyphs("▎"), style) if place.x == GAP else blank), None
    if place.index != cursor.column:
        return blank, None
    style += _of_cursor(cursor)
    return Segment("[", style), Segment("]", style)


def _cell(text: str, style: Style, base: Style) -> list[Segment]:
    """Return a cell's text in its style, and what fills it up as other blanks are.

    A terminal is sent fewer bytes for blanks that are all alike. Blanks that show the style, such
    as reversed ones, keep it.
    """
    words = text.strip()
    if style.reverse or style.underline or style.bgcolor != base.bgcolor or len(words) == len(text):
        return [Segment(text, style)]
    start = len(text) - len(text.lstrip()) if words else 0
    end = start + len(words)
    parts = (text[:start], base), (words, style), (text[end:], base)
    return [Segment(part, its_style) for part, its_style in parts if part]


def _cell_style(row: Row, place: Placed, drawing: Drawing, cursor: Cursor | None) -> Style:
    """Return the style of a cell's text: its tone, or that of the cursor on a whole row."""
    if cursor is not None and not drawing.cells and place.x == GAP:
        # Reversed only with the focus, so that the user sees at a glance where the keys go.
        return drawing.base + _of_cursor(cursor)
    tone = row.tones.get(place.column.key, "")
    style = drawing.style_of(f"grid--{tone}") if tone else drawing.base
    here = cursor is not None and cursor.focused and place.index == cursor.column
    if here and drawing.cells and place.width <= WIDEST_REVERSED:
        return style + _REVERSED
    return style


def _of_cursor(cursor: Cursor) -> Style:
    """Return the style of what the cursor is on: reversed where the keys go, else bold."""
    return _REVERSED if cursor.focused else _BOLD
