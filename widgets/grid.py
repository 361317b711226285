"""A grid of rows and columns in which cells can be edited in place.

The grid changes nothing itself. It posts what the user has typed or chosen, and the screen decides
what that changes and shows the rows anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from data.i18n import N_
from widgets.copying import UnderCursor
from widgets.edit_messages import Abandoned, Finished, Understood
from widgets.grid_body import GridBody
from widgets.grid_model import Choice, Column, Row, Tone, lettered
from widgets.grid_spoken import copied_at, naming_column
from widgets.spoken import Spoken, in_words

if TYPE_CHECKING:
    from textual.widgets import Input

    from widgets.cell_editor import CellChooser, CellInput

__all__ = ["Choice", "Column", "Grid", "Row", "Tone", "lettered"]


class Grid(Widget):
    """Rows and columns, with a cursor on a whole row or on a cell that can be edited in place.

    A `GridBody` draws them and has the focus. While a cell is edited, an editor stands over it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", N_("Open, or edit the cell"), show=False),
        Binding("enter", "open", N_("Open"), show=False),
        Binding("space", "cycle", N_("Next choice"), show=False),
    ]

    DEFAULT_CSS = """
    Grid { layers: base edit; height: 1fr; }
    """

    class Event(Message):
        """Posted about one cell or row of a grid; the messages below are kinds of it."""

        def __init__(self, grid: Grid, row_id: str, column: str) -> None:
            """Make the message: the grid, the id of the row, and the key of the column."""
            super().__init__()
            self.grid = grid
            self.row_id = row_id
            self.column = column

        @property
        def control(self) -> Grid:
            """The grid, for a selector in `@on`, such as `@on(Grid.Opened, "#plan")`."""
            return self.grid

    class Moved(Event):
        """Posted when the cursor is on another row or column than before."""

    class Opened(Event):
        """Posted when Enter is pressed on a row, or on a cell that is not edited in place."""

    class Edited(Event):
        """Posted when another text, which the column's check accepts, is typed into a cell."""

        def __init__(self, grid: Grid, row_id: str, column: str, text: str, seen: Any) -> None:
            """Make the message.

            Args:
                grid: The grid.
                row_id: Id of the row.
                column: Key of the column.
                text: The new text.
                seen: What `Grid.show` had been given when the edit began.
            """
            super().__init__(grid, row_id, column)
            self.text = text
            self.seen = seen

    class Chosen(Event):
        """Posted when a choice has been made in a cell."""

        def __init__(self, grid: Grid, row_id: str, column: str, value: str, seen: Any) -> None:
            """Make the message.

            Args:
                grid: The grid.
                row_id: Id of the row.
                column: Key of the column.
                value: The value that was chosen.
                seen: What `Grid.show` had been given when the edit began.
            """
            super().__init__(grid, row_id, column)
            self.value = value
            self.seen = seen

    class Typed(Event):
        """Posted after each key while a text is typed into a cell."""

        def __init__(self, grid: Grid, row_id: str, column: str, text: str, began: str) -> None:
            """Make the message.

            Args:
                grid: The grid.
                row_id: Id of the row.
                column: Key of the column.
                text: What the cell's editor holds now.
                began: What the cell held before the edit.
            """
            super().__init__(grid, row_id, column)
            self.text = text
            self.began = began

    class Hint(Message):
        """Posted with what to tell the user about the edit; an empty text when it is over."""

        def __init__(self, text: str, problem: bool = False) -> None:
            """Make the message: the text, and whether it says that something is wrong."""
            super().__init__()
            self.text = text
            self.problem = problem

    def __init__(
        self,
        columns: Sequence[Column] = (),
        *,
        cells: bool = False,
        header: bool = True,
        takes_focus: bool = True,
        id: str | None = None,
    ) -> None:
        """Make a grid without rows.

        Args:
            columns: The columns, from left to right.
            cells: Whether the cursor is on one cell instead of a whole row.
            header: Whether a line with the labels of the columns stands above the rows.
            takes_focus: Whether Tab and the mouse can give it the focus. Below a line that is typed
                in they must not: letters would be commands there, or nothing at all.
            id: Id of the widget.
        """
        super().__init__(id=id)
        self.begin_with: Callable[[str, str], str | None] = lambda _row_id, _column: None
        """Called when the edit of a cell begins, with the ids of its row and column. It returns
        what the editor holds at first; None for what the cell holds."""
        self.opens: Callable[[], bool] = lambda: True
        """Whether Enter does anything on a row, where the cursor is on a whole one."""
        self.body = GridBody(columns, cells=cells, header=header)
        self.body.can_focus = takes_focus
        self._editor: CellInput | CellChooser | None = None
        """The editor over a cell; None while nothing is edited."""
        self._text_before = ""
        """What the cell held when the edit began."""
        self._edited_cell: tuple[str, Column] = ("", Column("", "", 1))
        """The id of the row and the column of the cell that is being edited."""
        self._shown_from: Any = None
        """What the rows that are shown were made of (`seen` in `show`)."""
        self._edit_from: Any = None
        """What the rows were made of when the edit began."""

    def compose(self) -> ComposeResult:
        """Put the body into the grid."""
        yield self.body

    def show(
        self, rows: Sequence[Row], columns: Sequence[Column] | None = None, *, seen: Any = None
    ) -> None:
        """Show these rows. The cursor stays on its row, and an editor on its cell.

        Args:
            rows: All rows, from top to bottom.
            columns: The columns; None leaves them as they are.
            seen: What the rows were made of, such as the records. The message about an edit carries
                what was shown when it began, so that a change begins with the record that the user
                saw, even if another session has changed it meanwhile.
        """
        self._shown_from = seen
        self.body.show(rows, columns)
        self._place_editor()

    @property
    def row_id(self) -> str:
        """The id of the row under the cursor, or "" if there are no rows."""
        return self.body.row_id

    @property
    def column_key(self) -> str:
        """The key of the column under the cursor, or "" if there are no columns."""
        return self.body.column_key

    def under_cursor(self) -> UnderCursor | None:
        """Return the text of the cell under the cursor, or that of the whole row."""
        body = self.body
        return copied_at(body.row, body.columns, self.column_key if body.cells else "")

    @property
    def editing(self) -> bool:
        """Whether a cell is being edited."""
        return self._editor is not None

    def go_to(self, row_id: str, column_key: str = "") -> bool:
        """Put the cursor on a row, and on a column if its key is given and known.

        Returns:
            Whether there is such a row; without it the cursor stays where it is.
        """
        return self.body.go_to(row_id, column_key)

    def focus(self, scroll_visible: bool = True) -> Grid:
        """Give the focus to the body, which has the keys of the cursor."""
        self.body.focus(scroll_visible)
        return self

    @on(GridBody.Moved)
    def _post_moved(self, event: GridBody.Moved) -> None:
        """Post `Moved` for the body, whose own message does not say where the cursor is."""
        event.stop()
        self.post_message(self.Moved(self, self.row_id, self.column_key))

    def _cell_at_cursor(self) -> tuple[Row, Column] | None:
        """Return the row under the cursor, and the column as it is edited in that row."""
        row = self.body.row
        if row is None or not self.body.columns:
            return None
        column = self.body.columns[self.body.cursor_column if self.body.cells else 0]
        return row, row.columns.get(column.key, column)

    def action_open(self) -> None:
        """Post `Opened` for the row under the cursor."""
        here = self._cell_at_cursor()
        if here is not None and not self.editing:
            self.post_message(self.Opened(self, here[0].id, here[1].key))

    async def action_enter(self) -> None:
        """Edit the cell under the cursor, or post `Opened` if it is not edited in place."""
        here = self._cell_at_cursor()
        if here is None or self.editing:
            return
        if here[1].edit in {"", "long"}:
            self.action_open()
        else:
            await self.edit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open a row or a cell; the next choice only where some column has choices."""
        if action in {"enter", "open"}:
            return self.body.cells if action == "enter" else not self.body.cells and self.opens()
        row = self.body.row
        columns = (*self.body.columns, *(row.columns.values() if row else ()))
        return action != "cycle" or any(one.edit == "choice" for one in columns)

    async def action_cycle(self) -> None:
        """Give the cell under the cursor its next choice, or open its choices if that is not quick.

        A cell that holds none of the choices is given the first.
        """
        here = self._cell_at_cursor()
        if here is None or not self.body.cells or here[1].edit != "choice":
            return
        row, column = here
        if not column.quick:
            await self.action_enter()
            return
        values = [choice.value for choice in column.choices]
        value = row.value(column.key)
        at = (values.index(value) + 1) % len(values) if value in values else 0
        self.post_message(self.Chosen(self, row.id, column.key, values[at], self._shown_from))

    async def edit(self, text: str | None = None) -> None:
        """Put an editor over the cell under the cursor.

        Args:
            text: What the editor holds at first; None for what the cell holds.
        """
        here = self._cell_at_cursor()
        if here is None:
            return
        row, column = here
        if text is None:
            text = self.begin_with(row.id, column.key)
        value = row.value(column.key) if text is None else text
        # most grids open no editor
        from widgets.cell_editor import CellChooser, CellInput

        if column.edit == "choice":
            self._editor = CellChooser(column, value)
        else:
            self._editor = CellInput(column, value, row.value(column.key))
        self._edited_cell = (row.id, column)
        self._text_before = row.value(column.key)
        self._edit_from = self._shown_from
        self._place_editor()
        await self.mount(self._editor)
        self._editor.focus()

    def _place_editor(self) -> None:
        """Put the editor over its cell. If the row of the cell is gone, it stays where it is."""
        if self._editor is None or self.row_id != self._edited_cell[0]:
            return
        region = self.body.editor_region(self._editor.wanted_width)
        # An editor that begins to the left of its cell may cover half of a word. A blank separates
        # it from the other half.
        blank = 1 if 0 < region.x < self.body.cell_region().x else 0
        self._editor.styles.padding = (0, 0, 0, blank)
        self._editor.styles.offset = (region.x - blank, region.y)
        self._editor.styles.width = region.width + blank

    def on_resize(self) -> None:
        """Keep the editor over its cell when the columns have been laid out anew."""
        self.call_after_refresh(self._place_editor)

    @on(Finished)
    async def _finish(self, event: Finished) -> None:
        """Close the editor, and post what was typed or chosen."""
        event.stop()
        result = await self._close_with(event.text)
        if result is not None:
            self.post_message(result)
        if event.onward:
            self.edit_next_cell()

    async def _close_with(self, text: str) -> Edited | Chosen | None:
        """Close the editor, and return what came of the edit; None if nothing did."""
        row_id, column = self._edited_cell
        await self._close_editor()
        if column.edit == "choice":
            return self.Chosen(self, row_id, column.key, text, self._edit_from)
        if text != self._text_before:
            return self.Edited(self, row_id, column.key, text, self._edit_from)
        return None

    @property
    def may_save(self) -> bool:
        """Whether what is being edited can be saved as it is; so too where nothing is."""
        return self._editor is None or self._editor.may_save

    async def save_edit(self) -> Edited | Chosen | None:
        """Close the editor as Enter does, and return what came of it instead of posting that.

        For somebody who cannot wait for the message. Ask `may_save` first.
        """
        return None if self._editor is None else await self._close_with(self._editor.answer)

    def edit_next_cell(self) -> None:
        """Edit the next cell to the right that can be edited in this row, if there is one."""
        own = self.body.row.columns if self.body.row else {}
        for i in range(self.body.cursor_column + 1, len(self.body.columns)):
            column = self.body.columns[i]
            if own.get(column.key, column).edit:
                self.body.cursor_column = i
                # After the screen has saved the last cell and shown the rows anew.
                self.call_after_refresh(self.action_enter)
                return

    @on(Abandoned)
    async def _abandon(self, event: Abandoned) -> None:
        """Close the editor, and change nothing."""
        event.stop()
        await self._close_editor()

    async def _close_editor(self) -> None:
        """Take the editor away, and give the focus back to the rows."""
        editor, self._editor = self._editor, None
        if editor is not None:
            self.body.focus()
            await editor.remove()
        self.post_message(self.Hint(""))

    # By its name, as `Input` is loaded with the editors.
    def on_input_changed(self, event: Input.Changed) -> None:
        """Post `Typed` with what the editor holds now."""
        event.stop()
        row_id, column = self._edited_cell
        if self.editing:
            self.post_message(self.Typed(self, row_id, column.key, event.value, self._text_before))

    def names(self, spoken: Spoken) -> Spoken:
        """Return what an editor says, with the cell that it is over."""
        row, column = self.body.row, self._edited_cell[1]
        if self._editor is None or row is None:
            return spoken
        said = f"{column.label}: {spoken.line}" if spoken.line else column.label
        return replace(
            spoken, line=f"{said} · {in_words(row.said(naming_column(self.body.columns).key))}"
        )

    @on(Understood)
    def _post_hint(self, event: Understood) -> None:
        """Post `Hint` with what the editor says of its text."""
        event.stop()
        self.post_message(self.Hint(event.text, event.problem))
