"""A screen of a mentee that consists of one grid."""

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
    """A grid of records that belong to the mentee, above the details of the one under the cursor.

    The cursor begins where it was left a moment ago, else on what is next. If the rows show several
    kinds of records, their ids hold a kind and the id of the record, such as "action:1763…".
    """

    DEFAULT_CSS = """
    GridScreen Footnote { max-height: 30%; }
    """

    def __init__(self, context: Context, mentee_id: str, grid: Grid) -> None:
        super().__init__(context, mentee_id)
        self.grid = grid
        self.detail = Footnote()
        self.view: MenteeView | None = None
        """The mentee's records as they were last shown; None before the first time."""

    def body(self) -> ComposeResult:
        """Put the grid above the details."""
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Put the cursor where it was left a moment ago, else on what is next."""
        super().on_mount()
        row_id, column = self.context.position(self.position_key)
        if row_id or self.view is None:
            self.go_to(row_id, column)
        else:
            self.grid.go_to(self.next_row(self.view))
        self.grid.focus()

    def next_row(self, view: MenteeView) -> str:
        """Return the id of the row of what is next; "" for the first one."""
        return ""

    def go_to(self, record_id: str, column: str = "") -> None:
        """Put the cursor on the row of a record of any kind; leave it if there is no such row."""
        for row in self.grid.body.rows:
            if record_id and record_id in (row.id, row.id.partition(":")[2]):
                self.grid.go_to(row.id, column)

    def here(self) -> tuple[str, str]:
        """Return the kind and the id of the record under the cursor, each "" if there is none."""
        kind, _sep, id = self.grid.row_id.partition(":")
        return kind, id

    def show_records(self) -> None:
        """Show the records as they are now."""
        mentee = self.mentee
        if mentee is None:
            return
        self.view = mentee_view(self.store, mentee)
        self.show_view(self.view)
        self.detail.show(*self.in_full(self.view))

    def show_view(self, view: MenteeView) -> None:
        """Show the records in the grid; each screen has its own rows."""

    def in_full(self, view: MenteeView) -> Sequence[str]:
        """Return the heading and the lines of the details of what the cursor is on."""
        return ()

    @on(Grid.Moved)
    def _moved(self, event: Grid.Moved) -> None:
        """Show the details of what the cursor is on now, and remember where it is."""
        self.context.positions[self.position_key] = (event.row_id, event.column)
        if self.view is not None:
            self.detail.show(*self.in_full(self.view))

    async def ask_delete(self, record: Record, name: str, public_name: str = "") -> None:
        """Ask, and delete a record. Call it from a worker.

        Args:
            record: The record as the user saw it.
            name: What the question calls it.
            public_name: What undo calls it, if `name` must not be seen in the shared view; "" if
                it is the same.
        """
        question = AskDialog(_("Delete {name}?").format(name=name))
        what = _("Deleted: {name}").format(name=public_name or name)
        await delete_record(self, self.store, record, question, what)
