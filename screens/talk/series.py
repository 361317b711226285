"""The series of talks: numbered, held and planned (screen 3, R41)."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from data.i18n import _
from data.records import Talk, TalkState
from screens.frame.calendar_file import CalendarCommand
from screens.frame.context import Context
from screens.frame.proposed import Proposed
from screens.mentee.base import MenteeScreen
from screens.talk.open import open_talk, read_talk
from screens.talk.series_commands import ENDED, SeriesCommands
from screens.talk.series_rows import columns, nearest, rhythm_line, rows
from widgets.grid import Grid


class TalksScreen(MenteeScreen):
    """All talks of one mentee."""

    PLACE = "talks"
    DOCUMENT = "talks"
    HELP_TOPIC = "talks"
    BINDINGS: ClassVar[list[BindingType]] = [*SeriesCommands.KEYS, *CalendarCommand.KEYS]
    DEFAULT_CSS = """
    TalksScreen .talks-line { height: auto; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id)
        self.grid = Grid(())
        self.line = Static(Content(""), classes="talks-line")
        self._series = SeriesCommands(self, self.grid)
        self.commands = (self._series, CalendarCommand(self, mentee_id), *self.commands)

    def body(self) -> ComposeResult:
        """Lay the list over a line about the rhythm."""
        yield self.grid
        yield self.line

    def on_mount(self) -> None:
        """Put the cursor where it was left a moment ago, else on the talk that is next."""
        super().on_mount()
        row_id, _column = self.context.position(self.position_key)
        view = self._series.view
        if not (row_id and self.grid.go_to(row_id)) and view is not None:
            self.grid.go_to(nearest(view))
        self.grid.focus()

    def show_records(self) -> None:
        """Show the series."""
        view = self._series.view
        if view is not None:
            self.grid.show(rows(view), columns())
            self.line.update(Content(rhythm_line(view)))

    def proposed(self) -> Proposed:
        """Return the list, for `w`; documents about a talk are about the one under the cursor."""
        return Proposed(self.DOCUMENT, self.mentee_id, self.grid.row_id)

    @on(Grid.Moved)
    def _remember(self, event: Grid.Moved) -> None:
        self.context.positions[self.position_key] = (event.row_id, event.column)

    @on(Grid.Opened)
    def _open(self, event: Grid.Opened) -> None:
        """Read a talk that has ended; begin one to come, or go on with the one under way."""
        talk = self.store.get(Talk, event.row_id)
        if talk is None:
            return
        if talk.state in ENDED:
            read_talk(self, talk.id)
        elif talk.state is TalkState.CANCELLED:
            said = _("Talk {number} was cancelled; f plans it again")
            self.say(said.format(number=talk.number))
        else:
            open_talk(self, self.mentee_id, talk.id)
