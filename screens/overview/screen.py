"""A mentee at a glance: how far, what is next, what is missing, what the pointers rest on."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from data.clock import today
from data.queries.views import due_limits, mentee_view
from screens.frame.context import Context
from screens.frame.places import load, open_place
from screens.mentee.base import MenteeScreen
from screens.overview.commands import OverviewCommands
from screens.overview.page import Room, whole_page
from screens.overview.shown import ShownLines
from widgets.grid import Grid
from widgets.wrapping import wrap_within


class OverviewScreen(MenteeScreen):
    """Lines under headings; Enter opens what the line under the cursor is about."""

    PLACE = "overview"
    DOCUMENT = "overview"
    HELP_TOPIC = "overview"
    BINDINGS: ClassVar[list[BindingType]] = [*OverviewCommands.KEYS]

    DEFAULT_CSS = """
    OverviewScreen #overview-detail { height: 0; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id)
        self.shown = ShownLines(self.store)
        self.detail = Static(Content(""), id="overview-detail")
        self.commands = (OverviewCommands(self, self.shown), *self.commands)
        self._drawn_in = Size(0, 0)
        """The size of the screen that the pictures were drawn for."""
        self._all_tasks = False
        """Whether the user has asked for the picture of all tasks."""

    def body(self) -> ComposeResult:
        """Lay the lines, and below them what the one under the cursor has no room for."""
        yield self.shown.grid
        yield self.detail

    def on_mount(self) -> None:
        """Put the cursor on the line where it was left a moment ago, else on the first."""
        super().on_mount()
        self.shown.grid.go_to(self.context.position(self.position_key)[0])
        self.shown.grid.focus()

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee, and the task that the line is about."""
        return self.mentee_id, self.shown.task_id

    # -- showing ------------------------------------------------------------------------------

    def show_records(self) -> None:
        """Show the lines anew."""
        mentee = self.mentee
        if mentee is None:
            return
        self._drawn_in = self.app.size
        room = Room(*self._drawn_in)
        page = whole_page(
            mentee_view(self.store, mentee),
            today(),
            due_limits(self.context.settings),
            self.context.reader,
            room,
            all_tasks=self._all_tasks,
        )
        self.shown.show(page, room)
        self._show_detail()

    def on_resize(self, _event: events.Resize) -> None:
        """Draw the pictures as wide as there is room, where that is another one."""
        if self._drawn_in != self.app.size:
            self.show_records()

    @on(Grid.Moved)
    def _cursor_moved(self) -> None:
        self.context.positions[self.position_key] = (self.shown.grid.row_id, "")
        self._show_detail()

    def _show_detail(self) -> None:
        lines = wrap_within(self.shown.detail(), max(self.app.size.width - 2, 1), 2)
        # The page has all rows that it does not need.
        self.detail.styles.height = len(lines) if self.shown.detail() else 0
        self.detail.update(Content("\n".join(lines)), layout=False)

    # -- going on -----------------------------------------------------------------------------

    @on(Grid.Opened)
    def _open_line(self) -> None:
        line = self.shown.line
        if line is None:
            return
        if line.opens == "talk":
            load("talk")(self, self.mentee_id)
        elif line.opens == "edit":
            self.action_do("edit")
        elif line.opens == "note":
            note = load("note")(self.context, self.mentee_id, note_id=line.record_id)
            self.app.push_screen(note)
        elif line.opens == "notes":
            self.app.push_screen(load("notes")(self.context, self.mentee_id))
        elif line.opens == "weeks":
            self._all_tasks = True
            self.show_records()
        elif line.opens:
            open_place(self.app, self.context, line.opens, self.mentee_id, line.record_id)
