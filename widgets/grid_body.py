"""The part of a grid that draws the rows, moves the cursor and has the focus.

It is apart from `Grid` because the editor of a cell stands over it: an editor inside it would
scroll away with the rows. It draws line by line and redraws only what has changed, so that a plan
of many tasks answers a key as quickly as a short one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from widgets.grid_drawing import Cursor, Drawing, header_line, line_below, row_line
from widgets.grid_lines import GridLines, grid_lines, nearest_row, row_is_cut
from widgets.grid_model import GAP, Column, Layout, Row, editor_span, first_to_show, lay_out
from widgets.grid_rows import LateRows, ids_of
from widgets.grid_spoken import said_at
from widgets.spoken import Spoken
from widgets.vim_moves import VIM_KEYS, VimMoves


class GridBody(VimMoves, ScrollView, can_focus=True):
    """Rows under a header line, with a cursor on a whole row or on one cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1, 0)", show=False),
        Binding("down,j", "move(1, 0)", show=False),
        Binding("left,h", "move(0, -1)", show=False),
        Binding("right,l", "move(0, 1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
        *VIM_KEYS,
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

    # Without `repaint`, since the watchers below redraw only the lines that have changed.
    cursor_row: reactive[int] = reactive(0, repaint=False)
    """The row that the cursor is on, counted from 0."""
    cursor_column: reactive[int] = reactive(0, repaint=False)
    """The column that the cursor is on, counted from 0.

    Where the cursor is on a whole row, this is the column that has to be in sight.
    """

    class Moved(Message):
        """Posted when the cursor has come to another row or column."""

    def __init__(
        self, columns: Sequence[Column] = (), *, cells: bool = False, header: bool = True
    ) -> None:
        """Make a body without rows.

        Args:
            columns: The columns, from left to right.
            cells: Whether the cursor is on one cell instead of a whole row.
            header: Whether a line with the labels of the columns stands above the rows.
        """
        super().__init__()
        self.columns = tuple(columns)
        self.rows: Sequence[Row] = ()
        self.cells = cells
        self.header = 1 if header else 0
        """How many lines the header takes up."""
        self.nothing = ""
        """What is said where there are no rows, translated; "" to say that the list is empty."""
        self._first_column = 0
        """Which of the columns that scroll sideways is the first in sight."""
        self._layout = Layout(())
        self._lines = GridLines()
        """The lines that the rows take up."""
        self._laid_out = (0, 0)
        """The width and height that `_layout` and `_lines` were made for."""

    # -- what it shows ------------------------------------------------------------------------

    def show(self, rows: Sequence[Row], columns: Sequence[Column] | None = None) -> None:
        """Show these rows, redrawing only the lines that differ.

        The cursor stays on the row that it is on, wherever that row has come to. If the row is
        gone, the cursor is on the row that now has its place.

        Args:
            rows: All rows, from top to bottom.
            columns: The columns; None leaves them as they are.
        """
        old: Sequence[Row] = self.rows
        here = self.row_id
        self.rows = rows if isinstance(rows, LateRows) else tuple(rows)
        if columns is not None and tuple(columns) != self.columns:
            key = self.column_key
            self.columns = tuple(columns)
            keys = [column.key for column in self.columns]
            self.set_reactive(GridBody.cursor_column, keys.index(key) if key in keys else 0)
            old = ()  # with other columns every line has to be redrawn
        spread_before = self._lines.spread
        self._lay_out()
        if self._lines.spread != spread_before:
            old = ()  # rows have come to other lines
        self.virtual_size = Size(self.size.width, self._lines.count + self.header)
        ids = ids_of(self.rows)
        target = ids.index(here) if here in ids else min(self.cursor_row, len(ids) - 1)
        moved = target != self.cursor_row or here != (ids[target] if ids else "")
        # Set without calling the watcher: what it does is done below, for the new rows.
        self.set_reactive(GridBody.cursor_row, nearest_row(self.rows, max(target, 0)))
        # Only rows in sight are compared. Where some take up several lines, all are in sight.
        top = self.scroll_offset.y
        sight = slice(top, top + self.size.height)
        pairs = zip_longest(old[sight], self.rows[sight]) if old else ()
        for i, (before, after) in enumerate(pairs, top):
            if before is not after and before != after:
                self._refresh_row(i)
        if not old:
            self.refresh()
        if moved:
            self.refresh()
            self._keep_cursor_in_sight()
            self.post_message(self.Moved())

    @property
    def row(self) -> Row | None:
        """The row under the cursor, or None if there are no rows."""
        return self.rows[self.cursor_row] if 0 <= self.cursor_row < len(self.rows) else None

    @property
    def row_id(self) -> str:
        """The id of the row under the cursor, or "" if there are no rows."""
        return self.row.id if self.row else ""

    @property
    def column_key(self) -> str:
        """The key of the column under the cursor, or "" if there are no columns."""
        if 0 <= self.cursor_column < len(self.columns):
            return self.columns[self.cursor_column].key
        return ""

    def go_to(self, row_id: str, column_key: str = "") -> bool:
        """Put the cursor on a row, and on a column if its key is given and known.

        Returns:
            Whether there is such a row; without it the cursor stays where it is.
        """
        ids = ids_of(self.rows)
        if row_id not in ids:
            return False
        for c, column in enumerate(self.columns):
            if column.key == column_key:
                self.cursor_column = c
        self.cursor_row = ids.index(row_id)
        return True

    def cell_region(self) -> Region:
        """Return the place of the cell under the cursor, relative to this widget.

        It is the whole line if the cell's column is out of sight.
        """
        place = self._layout.find(self.cursor_column)
        y = self._line_of(self.cursor_row)
        if place is None:
            return Region(0, y, self.size.width, 1)
        return Region(place.x, y, place.width, 1)

    def editor_region(self, wanted: int) -> Region:
        """Return the place of an editor for the cell under the cursor, relative to this widget.

        `wanted` is how many cells of the screen the editor needs.
        """
        cell = self.cell_region()
        x, width = editor_span(self._layout, cell.x, cell.width, wanted, self._line_width)
        return Region(x, cell.y, width, 1)

    def spoken(self) -> Spoken:
        """Return what stands at the cursor, in words."""
        if not self.rows and self.nothing:
            return Spoken(self.nothing)
        return said_at(self.columns, self.rows, self.cursor_row, self.column_key, self.cells)

    # -- moving -------------------------------------------------------------------------------

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor by a number of rows and columns.

        Where the cursor is on a whole row, left and right bring other columns in sight instead.
        """
        if rows and self.rows:
            self.cursor_row = nearest_row(self.rows, self.cursor_row + rows, rows)
        if columns and self.cells and self.columns:
            last = len(self.columns) - 1
            self.cursor_column = max(0, min(self.cursor_column + columns, last))
        elif columns:
            self._scroll_columns(columns)

    def _scroll_columns(self, way: int) -> None:
        """Bring the next column on the right (`way` is 1) or left (-1) in sight, if any is left."""
        shown = [place.index for place in self._layout.placed if not place.column.fixed]
        if shown and way > 0 and self._layout.more_right:
            self.cursor_column = max(shown) + 1
        elif shown and way < 0 and self._layout.more_left:
            self.cursor_column = min(shown) - 1

    def action_page(self, way: int) -> None:
        """Move the cursor by a page, down (`way` is 1) or up (-1), and scroll as far.

        One row of the old page stays in sight: the last becomes the first.
        """
        page = way * max(self.size.height - self.header - 1, 1)
        top = max(0, min(self.scroll_offset.y + page, self.max_scroll_y))
        # Moving the cursor scrolls no further than it must, so the page is scrolled afterwards.
        self.action_move(page, 0)
        self.scroll_to(y=top, animate=False, immediate=True, force=True)
        self._keep_cursor_in_sight()

    def action_edge(self, way: int) -> None:
        """Move the cursor to the last row (`way` is 1) or the first (-1)."""
        self.action_move(way * max(len(self.rows), 1), 0)

    def place(self) -> int:
        """Return the row of the cursor."""
        return self.cursor_row

    def to_edge(self, way: int) -> None:
        """Move the cursor to the last row (`way` is 1) or the first (-1)."""
        self.action_edge(way)

    def by_half_page(self, way: int) -> None:
        """Move the cursor by half a page, down (`way` is 1) or up (-1)."""
        self.action_move(way * max((self.size.height - self.header) // 2, 1), 0)

    def watch_cursor_row(self, old: int, new: int) -> None:
        """Redraw the cursor where it was and where it is, scroll to it, and post `Moved`."""
        if old != new:
            self._refresh_cursor(old, self.cursor_column)
            self._refresh_cursor(new, self.cursor_column)
            self._keep_cursor_in_sight()
            self.post_message(self.Moved())

    def watch_cursor_column(self, old: int, new: int) -> None:
        """Redraw the cursor where it was and where it is, and post `Moved`.

        If the new column is out of sight, the columns scroll sideways and everything is redrawn.
        """
        if old == new:
            return
        before = self._layout
        self._lay_out()
        if before != self._layout:
            self.refresh()
        else:
            self._refresh_cursor(self.cursor_row, old)
            self._refresh_cursor(self.cursor_row, new)
        self._put_terminal_cursor()
        self.post_message(self.Moved())

    def _keep_cursor_in_sight(self) -> None:
        """Scroll as little as needed for the cursor's row to be seen, and its heading above it."""
        height = self.size.height - self.header
        if height > 0:
            top = self.scroll_offset.y
            # The cursor never stands on a heading, so nothing else would bring it in sight.
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
        """Where the terminal's cursor belongs: on the mark. A block on a letter can hide it."""
        x = max(self.cell_region().x - GAP, 0) if self.cells else 0
        return self.content_region.offset + Offset(x, self._line_of(self.cursor_row))

    def _put_terminal_cursor(self) -> None:
        """Put the terminal's cursor where ours is, if the keys go to this grid."""
        if self.has_focus and self.app.screen is self.screen:
            self.app.cursor_position = self.cursor_screen_offset

    # -- drawing ------------------------------------------------------------------------------

    @property
    def _line_width(self) -> int:
        """How many cells of a line there are beside the scrollbar."""
        return self.scrollable_content_region.width

    def _lay_out(self) -> None:
        """Share the width between the columns, so that the column under the cursor is in sight."""
        width = self._line_width
        self._laid_out = (width, self.size.height)
        self._first_column = first_to_show(
            self.columns, width, self._first_column, self.cursor_column
        )
        self._layout = lay_out(self.columns, width, self._first_column)
        height = self.size.height - self.header
        self._lines = grid_lines(self.rows, self._layout, width, height)

    def lines_wanted(self, most: int) -> int:
        """Return how many lines of at most `most` it has use for, the header included."""
        height = most - self.header
        return self.header + grid_lines(self.rows, self._layout, self._line_width, height).count

    def _line_of(self, index: int) -> int:
        """Return where the first line of a row is, relative to this widget."""
        return self._lines.first_of(index) + self.header - self.scroll_offset.y

    @property
    def is_cut(self) -> bool:
        """Whether some text of the row under the cursor is cut off, or a column out of sight."""
        if self.row is None:
            return False
        return row_is_cut(self._layout, self.row, self._lines, self.cursor_row, self.cells)

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the columns and rows out for the new size, and say so where that cuts a row off."""
        was_cut = self.is_cut
        self._lay_out()
        if self.is_cut != was_cut and any(column.below for column in self.columns):
            self.post_message(self.Moved())
        self.virtual_size = Size(self.size.width, self._lines.count + self.header)
        self._keep_cursor_in_sight()
        self.refresh()

    def on_focus(self) -> None:
        """Draw the cursor as the one that the keys move."""
        self._refresh_cursor(self.cursor_row, self.cursor_column)
        self.app.cursor_position = self.cursor_screen_offset

    def on_blur(self) -> None:
        """Draw the cursor as one that the keys do not move."""
        self._refresh_cursor(self.cursor_row, self.cursor_column)

    def _refresh_row(self, index: int) -> None:
        """Redraw one row, if it is in sight."""
        y = self._line_of(index)
        if self.header <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _refresh_cursor(self, row: int, column: int) -> None:
        """Redraw the place of a cursor at this row and column, if it is in sight."""
        if not self.cells:
            self._refresh_row(row)
            return
        place = self._layout.find(column)
        y = self._line_of(row)
        if place is not None and self.header <= y < self.size.height:
            # The marks of the cursor stand one cell before and one behind the text.
            self.refresh(Region(place.x - 1, y, place.width + 2, 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the grid; where no scrollbar is, as its other blanks are drawn."""
        width = self._line_width
        if (width, self.size.height) != self._laid_out:
            # After a change of size Textual may draw before it calls `on_resize`.
            self._lay_out()
        style_of = self.get_component_rich_style
        drawing = Drawing(self._layout, width, self.cells, self.rich_style, style_of)
        strip = self._draw_line(y, drawing)
        return strip.adjust_cell_length(self.size.width, drawing.base)

    def _draw_line(self, y: int, drawing: Drawing) -> Strip:
        """Draw the header, a row, or nothing below the last row, as wide as the columns are."""
        if y < self.header:
            return header_line(drawing)
        index, below = self._lines.at(y - self.header + self.scroll_offset.y)
        if not 0 <= index < len(self.rows):
            return Strip.blank(drawing.width, drawing.base)
        wide = self._lines.spread.get(index)
        if wide is not None and below:
            return line_below(self.rows[index], wide, drawing, below - 1)
        here = index == self.cursor_row
        cursor = Cursor(self.cursor_column, self.has_focus) if here else None
        return row_line(self.rows[index], drawing, cursor, wide)
