"""The part of a grid that draws rows and has the focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from widgets.glyphs import glyphs
from widgets.grid_model import (
    GAP,
    Column,
    Layout,
    Placed,
    Row,
    first_to_show,
    fit,
    lay_out,
    run_on,
)


class GridBody(ScrollView, can_focus=True):
    """Rows under a header line, with a cursor on a row or on a cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1, 0)", show=False),
        Binding("down,j", "move(1, 0)", show=False),
        Binding("left,h", "move(0, -1)", show=False),
        Binding("right,l", "move(0, 1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--header",
        "grid--cursor",
        "grid--mark",
        "grid--muted",
        "grid--strong",
        "grid--heading",
    }

    DEFAULT_CSS = """
    GridBody { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """

    cursor_row: reactive[int] = reactive(0, repaint=False)
    cursor_column: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor moved."""

    def __init__(
        self, columns: Sequence[Column] = (), *, cells: bool = False, header: bool = True
    ) -> None:
        """Make a body. `cells`: the cursor is on one cell instead of the whole row."""
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[Row, ...] = ()
        self.cells = cells
        self.header = 1 if header else 0
        self._first = 0
        self._layout = Layout(())
        self._laid_out = 0  # for how many cells the layout is

    # -- what it shows ------------------------------------------------------------------------

    def show(self, rows: Sequence[Row], columns: Sequence[Column] | None = None) -> None:
        """Show these rows, redrawing only lines that differ. The cursor stays on its row by id."""
        old, here = self.rows, self.row_id
        self.rows = tuple(rows)
        if columns is not None and tuple(columns) != self.columns:
            key = self.column_key
            self.columns = tuple(columns)
            keys = [column.key for column in self.columns]
            self.set_reactive(GridBody.cursor_column, keys.index(key) if key in keys else 0)
            old = ()
        self._place()
        self.virtual_size = Size(self.size.width, len(self.rows) + self.header)
        ids = [row.id for row in self.rows]
        target = ids.index(here) if here in ids else min(self.cursor_row, len(ids) - 1)
        moved = target != self.cursor_row or here != (ids[target] if ids else "")
        self.set_reactive(GridBody.cursor_row, self._allowed(max(target, 0)))
        for i, (before, after) in enumerate(zip_longest(old, self.rows) if old else ()):
            if before != after:
                self._refresh_row(i)
        if not old:
            self.refresh()
        if moved:
            self.refresh()
            self._follow()
            self.post_message(self.Moved())

    @property
    def row(self) -> Row | None:
        """The row under the cursor, or None where there are none."""
        return self.rows[self.cursor_row] if 0 <= self.cursor_row < len(self.rows) else None

    @property
    def row_id(self) -> str:
        """The id of the row under the cursor, or ""."""
        return self.row.id if self.row else ""

    @property
    def column_key(self) -> str:
        """The key of the column under the cursor, or ""."""
        if 0 <= self.cursor_column < len(self.columns):
            return self.columns[self.cursor_column].key
        return ""

    def go_to(self, row_id: str, column_key: str = "") -> bool:
        """Put the cursor on a row (and column); False where there is no such row."""
        for i, row in enumerate(self.rows):
            if row.id == row_id:
                for c, column in enumerate(self.columns):
                    if column.key == column_key:
                        self.cursor_column = c
                self.cursor_row = i
                return True
        return False

    def cell_region(self) -> Region:
        """Return where the cell under the cursor stands, relative to this widget."""
        place = self._layout.find(self.cursor_column)
        y = self.cursor_row + self.header - self.scroll_offset.y
        if place is None:
            return Region(0, y, self.size.width, 1)
        return Region(place.x, y, place.width, 1)

    def editor_region(self, wanted: int) -> Region:
        """Return where `wanted` cells over the cell under the cursor stand.

        It ends where a cell ends, so that no half of a word is left beside it.
        """
        cell, width = self.cell_region(), self._line_width
        ends = [place.x + place.width for place in self._layout.placed]
        long_enough = (end for end in ends if end - cell.x >= wanted)
        right = max(cell.right, next(long_enough, width))
        x = max(min(cell.x, right - wanted), 0)
        return Region(x, cell.y, min(right, width) - x, 1)

    # -- moving -------------------------------------------------------------------------------

    def _allowed(self, index: int, way: int = 1) -> int:
        """Return the nearest row that the cursor may stand on."""
        last = len(self.rows) - 1
        index = max(0, min(index, last))
        for step in (1, -1) if way > 0 else (-1, 1):
            at = index
            while 0 <= at <= last:
                if not self.rows[at].heading:
                    return at
                at += step
        return max(index, 0)

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor; where it is on a whole row, left and right show other columns."""
        if rows and self.rows:
            self.cursor_row = self._allowed(self.cursor_row + rows, rows)
        if columns and self.cells and self.columns:
            last = len(self.columns) - 1
            self.cursor_column = max(0, min(self.cursor_column + columns, last))
        elif columns:
            self._scroll_columns(columns)

    def _scroll_columns(self, way: int) -> None:
        """Bring the next column to that side in sight, where one is out of it."""
        shown = [place.index for place in self._layout.placed if not place.column.fixed]
        if shown and way > 0 and self._layout.more_right:
            self.cursor_column = max(shown) + 1
        elif shown and way < 0 and self._layout.more_left:
            self.cursor_column = min(shown) - 1

    def action_page(self, way: int) -> None:
        """Move by a page, and the rows with the cursor: what was last is first."""
        page = way * max(self.size.height - self.header - 1, 1)
        top = max(0, min(self.scroll_offset.y + page, self.max_scroll_y))
        self.action_move(page, 0)
        self.scroll_to(y=top, animate=False, immediate=True, force=True)
        self._follow()

    def action_edge(self, way: int) -> None:
        """Move to the first or last row."""
        self.action_move(way * max(len(self.rows), 1), 0)

    def watch_cursor_row(self, old: int, new: int) -> None:
        """Redraw the two rows, keep the new one in sight and tell."""
        if old != new:
            self._refresh_cursor(old, self.cursor_column)
            self._refresh_cursor(new, self.cursor_column)
            self._follow()
            self.post_message(self.Moved())

    def watch_cursor_column(self, old: int, new: int) -> None:
        """Redraw the two cells, scroll sideways where needed and tell."""
        if old == new:
            return
        before = self._layout
        self._place()
        if before != self._layout:
            self.refresh()
        else:
            self._refresh_cursor(self.cursor_row, old)
            self._refresh_cursor(self.cursor_row, new)
        self._put_terminal_cursor()
        self.post_message(self.Moved())

    def _follow(self) -> None:
        height = self.size.height - self.header
        if height > 0:
            top = self.scroll_offset.y
            first = self.cursor_row
            while first and self.rows[first - 1].heading:
                first -= 1
            if first < top:
                top = first
            elif self.cursor_row >= top + height:
                top = self.cursor_row - height + 1
            if top != self.scroll_offset.y:
                self.scroll_to(y=top, animate=False, immediate=True, force=True)
        self._put_terminal_cursor()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: at the cell, or at the beginning of the row."""
        region = self.cell_region()
        return self.content_region.offset + Offset(region.x if self.cells else GAP, region.y)

    def _put_terminal_cursor(self) -> None:
        if self.has_focus and self.app.screen is self.screen:
            self.app.cursor_position = self.cursor_screen_offset

    # -- drawing ------------------------------------------------------------------------------

    @property
    def _line_width(self) -> int:
        """Cells of a line that are not under the scrollbar."""
        return self.scrollable_content_region.width

    def _place(self) -> None:
        width = self._laid_out = self._line_width
        self._first = first_to_show(self.columns, width, self._first, self.cursor_column)
        self._layout = lay_out(self.columns, width, self._first)

    def on_resize(self, _event: events.Resize) -> None:
        """Share the new width between the columns."""
        self._place()
        self.virtual_size = Size(self.size.width, len(self.rows) + self.header)
        self._follow()
        self.refresh()

    def on_focus(self) -> None:
        """Show the cursor."""
        self._refresh_cursor(self.cursor_row, self.cursor_column)
        self.app.cursor_position = self.cursor_screen_offset

    def on_blur(self) -> None:
        """Draw the cursor as one that is elsewhere."""
        self._refresh_cursor(self.cursor_row, self.cursor_column)

    def _refresh_row(self, index: int) -> None:
        y = index + self.header - self.scroll_offset.y
        if self.header <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _refresh_cursor(self, row: int, column: int) -> None:
        if not self.cells:
            self._refresh_row(row)
            return
        place = self._layout.find(column)
        y = row + self.header - self.scroll_offset.y
        if place is not None and self.header <= y < self.size.height:
            self.refresh(Region(place.x - 1, y, place.width + 2, 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        width = self._line_width
        if width != self._laid_out:  # drawn before it was told of its new size
            self._place()
        base = self.rich_style
        if y < self.header:
            return self._header_line(width)
        index = y - self.header + self.scroll_offset.y
        if not 0 <= index < len(self.rows):
            return Strip.blank(width, base)
        return self._row_line(self.rows[index], index == self.cursor_row, base, width)

    def _header_line(self, width: int) -> Strip:
        style = self.get_component_rich_style("grid--header")
        text = [" " * width]
        for place in self._layout.placed:
            _put(text, place.x, fit(place.column.label, place.width, right=place.column.right))
        if self._layout.more_left and len(self._layout.placed):
            fixed = [place for place in self._layout.placed if place.column.fixed]
            _put(text, (fixed[-1].x + fixed[-1].width) if fixed else 0, glyphs("‹"))
        if self._layout.more_right:
            _put(text, width - 1, glyphs("›"))
        return Strip([Segment(text[0], style)], width)

    def _row_line(self, row: Row, current: bool, base: Style, width: int) -> Strip:
        if row.heading:
            first = next(iter(row.cells.values()), "")
            style = self.get_component_rich_style("grid--heading")
            return Strip([Segment(fit(f" {first}", width), style)], width)
        places = self._layout.placed
        if row.wide and places:
            places = (replace(places[0], width=width - places[0].x),)
        elif not self.cells:
            places = run_on(places, row)
        segments: list[Segment] = []
        x = 0
        for place in places:
            before, after = self._marks(place, current, base)
            if place.x - 1 > x:
                segments.append(Segment(" " * (place.x - 1 - x), base))
            if place.x - 1 >= x:
                segments.append(before)
            text = fit(row.cells.get(place.column.key, ""), place.width, right=place.column.right)
            segments.append(Segment(text, self._tone(row, place, current, base)))
            x = place.x + place.width
            if after is not None and x < width:
                segments.append(after)
                x += 1
        if x < width:
            segments.append(Segment(" " * (width - x), base))
        return Strip(segments).adjust_cell_length(width, base)

    def _marks(self, place: Placed, current: bool, base: Style) -> tuple[Segment, Segment | None]:
        """Return what stands before and after a cell: the cursor's marks, or a blank before."""
        if not current:
            return Segment(" ", base), None
        style = self.get_component_rich_style("grid--cursor")
        if not self.cells:
            first = place.x == 1
            return Segment(glyphs("▎") if first else " ", style if first else base), None
        if place.index != self.cursor_column:
            return Segment(" ", base), None
        return Segment(glyphs("▐"), style), Segment(glyphs("▌"), style)

    def _tone(self, row: Row, place: Placed, current: bool, base: Style) -> Style:
        tone = row.tones.get(place.column.key, "")
        if current and not self.cells and place.x == 1:
            reverse = self.has_focus
            return base + Style(bold=True, reverse=reverse)
        return self.get_component_rich_style(f"grid--{tone}") if tone else base


def _put(line: list[str], x: int, text: str) -> None:
    """Write `text` over the (single-width) characters of line[0] from cell `x`."""
    line[0] = line[0][:x] + text + line[0][x + cell_len(text) :]
