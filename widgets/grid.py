"""An editable grid: a cell cursor, edit in place. It posts what was asked and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from data.i18n import N_
from widgets.cell_editor import Abandoned, CellChooser, CellInput, Finished
from widgets.checked_input import Understood
from widgets.grid_body import GridBody
from widgets.grid_model import Choice, Column, Row, Tone, lettered

__all__ = ["Choice", "Column", "Grid", "Row", "Tone", "lettered"]


class Grid(Widget):
    """Rows and columns with a cursor on a row, or on a cell that can be edited in place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", N_("Open, or edit the cell"), show=False),
        Binding("space", "cycle", N_("Next choice"), show=False),
    ]

    DEFAULT_CSS = """
    Grid { layers: base edit; height: 1fr; }
    """

    class Event(Message):
        """Something about one cell or row of a grid."""

        def __init__(self, grid: Grid, row_id: str, column: str) -> None:
            """Make it."""
            super().__init__()
            self.grid = grid
            self.row_id = row_id
            self.column = column

        @property
        def control(self) -> Grid:
            """The grid, for `@on(Grid.Opened, "#plan")`."""
            return self.grid

    class Moved(Event):
        """The cursor stands elsewhere, or on another row than before."""

    class Opened(Event):
        """Enter was pressed on a row, or on a cell that is not edited in place."""

    class Edited(Event):
        """Another text was typed into a cell; `Column.check` accepts it."""

        def __init__(self, grid: Grid, row_id: str, column: str, text: str, seen: Any) -> None:
            """Make it. `seen` is what `Grid.show` was given when the edit began."""
            super().__init__(grid, row_id, column)
            self.text = text
            self.seen = seen

    class Chosen(Event):
        """A choice was made in a cell."""

        def __init__(self, grid: Grid, row_id: str, column: str, value: str, seen: Any) -> None:
            """Make it. `seen` is what `Grid.show` was given when the edit began."""
            super().__init__(grid, row_id, column)
            self.value = value
            self.seen = seen

    class Typed(Event):
        """What stands in a cell that is being edited, after each key."""

        def __init__(self, grid: Grid, row_id: str, column: str, text: str, began: str) -> None:
            """Make it. `began` is what stood there before."""
            super().__init__(grid, row_id, column)
            self.text = text
            self.began = began

    class Hint(Message):
        """What to say about the edit under way; empty when it is over."""

        def __init__(self, text: str, problem: bool = False) -> None:
            """Make it."""
            super().__init__()
            self.text = text
            self.problem = problem

    def __init__(
        self,
        columns: Sequence[Column] = (),
        *,
        cells: bool = False,
        header: bool = True,
        id: str | None = None,
    ) -> None:
        """Make a grid. `cells`: the cursor is on one cell instead of the whole row."""
        super().__init__(id=id)
        self.body = GridBody(columns, cells=cells, header=header)
        self._editor: CellInput | CellChooser | None = None
        self._began = ""
        """What the cell held when the edit began."""
        self._edited: tuple[str, Column] = ("", Column("", "", 1))
        self._shown: Any = None
        self._seen: Any = None

    def compose(self) -> ComposeResult:
        """Lay the body."""
        yield self.body

    def show(
        self, rows: Sequence[Row], columns: Sequence[Column] | None = None, *, seen: Any = None
    ) -> None:
        """Show these rows (and columns); the cursor stays on its row by id, an edit on its cell.

        `seen` is what the rows were made of. An edit is told with what was shown when it began, so
        that a change can begin with the record that the user saw.
        """
        self._shown = seen
        self.body.show(rows, columns)
        self._place_editor()

    @property
    def row_id(self) -> str:
        """The id of the row under the cursor, or ""."""
        return self.body.row_id

    @property
    def column_key(self) -> str:
        """The key of the column under the cursor, or ""."""
        return self.body.column_key

    @property
    def editing(self) -> bool:
        """Whether a cell is being edited."""
        return self._editor is not None

    def go_to(self, row_id: str, column_key: str = "") -> bool:
        """Put the cursor on a row (and column); False where there is no such row."""
        return self.body.go_to(row_id, column_key)

    def focus(self, scroll_visible: bool = True) -> Grid:
        """Give the focus to the body."""
        self.body.focus(scroll_visible)
        return self

    @on(GridBody.Moved)
    def _tell_moved(self, event: GridBody.Moved) -> None:
        event.stop()
        self.post_message(self.Moved(self, self.row_id, self.column_key))

    def _here(self) -> tuple[Row, Column] | None:
        row = self.body.row
        if row is None or not self.body.columns:
            return None
        column = self.body.columns[self.body.cursor_column if self.body.cells else 0]
        return row, row.columns.get(column.key, column)

    async def action_enter(self) -> None:
        """Open the row, or edit the cell."""
        here = self._here()
        if here is None or self.editing:
            return
        row, column = here
        if not self.body.cells or column.edit in {"", "long"}:
            self.post_message(self.Opened(self, row.id, column.key))
            return
        await self.edit()

    async def action_cycle(self) -> None:
        """Give the cell its next choice."""
        here = self._here()
        if here is None or not self.body.cells or here[1].edit != "choice":
            return
        row, column = here
        if not column.quick:
            await self.action_enter()
            return
        values = [choice.value for choice in column.choices]
        value = row.value(column.key)
        at = (values.index(value) + 1) % len(values) if value in values else 0
        self.post_message(self.Chosen(self, row.id, column.key, values[at], self._shown))

    async def edit(self, text: str | None = None) -> None:
        """Begin editing the cell under the cursor, with `text` or with what stands there."""
        here = self._here()
        if here is None:
            return
        row, column = here
        value = row.value(column.key) if text is None else text
        if column.edit == "choice":
            self._editor = CellChooser(column, value)
        else:
            self._editor = CellInput(column, value)
        self._edited = (row.id, column)
        self._began = row.value(column.key)
        self._seen = self._shown
        self._place_editor()
        await self.mount(self._editor)
        self._editor.focus()

    def _place_editor(self) -> None:
        """Put the edit under way over its cell; it stays where it is if its row has gone."""
        if self._editor is None or self.row_id != self._edited[0]:
            return
        region = self.body.editor_region(self._editor.wanted_width)
        # A blank tells it from the half of a word that it leaves of the cell before.
        blank = 1 if 0 < region.x < self.body.cell_region().x else 0
        self._editor.styles.padding = (0, 0, 0, blank)
        self._editor.styles.offset = (region.x - blank, region.y)
        self._editor.styles.width = region.width + blank

    def on_resize(self) -> None:
        """Keep an edit under way over its cell."""
        self.call_after_refresh(self._place_editor)

    @on(Finished)
    async def _finish(self, event: Finished) -> None:
        event.stop()
        row_id, column = self._edited
        await self._put_away()
        if column.edit == "choice":
            self.post_message(self.Chosen(self, row_id, column.key, event.text, self._seen))
        elif event.text != self._began:
            self.post_message(self.Edited(self, row_id, column.key, event.text, self._seen))
        if event.onward:
            self.onward()

    def onward(self) -> None:
        """Go on to the next cell to the right that can be edited, and begin."""
        own = self.body.row.columns if self.body.row else {}
        for i in range(self.body.cursor_column + 1, len(self.body.columns)):
            column = self.body.columns[i]
            if own.get(column.key, column).edit:
                self.body.cursor_column = i
                self.call_after_refresh(self.action_enter)
                return

    @on(Abandoned)
    async def _abandon(self, event: Abandoned) -> None:
        event.stop()
        await self._put_away()

    async def _put_away(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            self.body.focus()
            await editor.remove()
        self.post_message(self.Hint(""))

    @on(Input.Changed)
    def _tell_typed(self, event: Input.Changed) -> None:
        event.stop()
        row_id, column = self._edited
        if self.editing:
            self.post_message(self.Typed(self, row_id, column.key, event.value, self._began))

    @on(Understood)
    def _pass_on(self, event: Understood) -> None:
        event.stop()
        self.post_message(self.Hint(event.text, event.problem))
