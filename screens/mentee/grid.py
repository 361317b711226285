"""A screen of a mentee that is one grid."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from data.i18n import _
from data.method.view import MenteeView
from data.queries.views import mentee_view
from data.records import Record
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import delete_record
from screens.frame.context import Context
from screens.mentee.base import MenteeScreen
from widgets.grid import Grid
from widgets.reading import Footnote


class GridScreen(MenteeScreen):
    """One grid over all that belongs to the mentee, and what its cursor stands on, in full.

    The cursor is where it was the last time.

    Rows of several kinds have ids such as "action:1763…": a kind and the record's own id.
    """

    def __init__(self, context: Context, mentee_id: str, grid: Grid) -> None:
        super().__init__(context, mentee_id)
        self.grid = grid
        self.detail = Footnote()
        self.view: MenteeView | None = None
        """The mentee's records as they were shown last."""

    def body(self) -> ComposeResult:
        """Lay the grid, and under it what its cursor stands on."""
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Stand where one stood last."""
        super().on_mount()
        self.go_to(*self.context.positions.get(self.position_key, ("", "")))
        self.grid.focus()

    def go_to(self, record_id: str, column: str = "") -> None:
        """Put the cursor on the row of a record, whatever its kind; stay where there is none."""
        for row in self.grid.body.rows:
            if record_id and record_id in (row.id, row.id.partition(":")[2]):
                self.grid.go_to(row.id, column)

    def here(self) -> tuple[str, str]:
        """Return kind and id of what the cursor stands on, or ""."""
        kind, _sep, id = self.grid.row_id.partition(":")
        return kind, id

    def show_records(self) -> None:
        """Show the records, unless somebody else has deleted the mentee."""
        mentee = self.mentee
        if mentee is None:
            self.action_back()
            return
        self.view = mentee_view(self.store, mentee)
        self.show_view(self.view)
        self.detail.show(*self.in_full(self.view))

    def show_view(self, view: MenteeView) -> None:
        """Show all that belongs to the mentee."""

    def in_full(self, view: MenteeView) -> Sequence[str]:
        """Return heading and lines about what the cursor stands on."""
        return ()

    @on(Grid.Moved)
    def _moved(self, event: Grid.Moved) -> None:
        """Say what one stands on now, and remember the place."""
        self.context.positions[self.position_key] = (event.row_id, event.column)
        if self.view is not None:
            self.detail.show(*self.in_full(self.view))

    async def ask_delete(self, record: Record, name: str, told: str = "") -> None:
        """Delete a record after a question; `name` is what it is called. Call it from a worker.

        `told` is what undo calls it, where `name` is not for everybody's eyes.
        """
        question = AskDialog(_("Delete {name}?").format(name=name))
        what = _("Deleted: {name}").format(name=told or name)
        await delete_record(self, self.store, record, question, what)
