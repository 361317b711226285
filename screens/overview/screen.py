"""A mentee at a glance: how far, what is next, what is missing, what the pointers rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.clock import today
from data.i18n import N_, _
from data.queries.views import due_limits, mentee_view
from data.records import Note, Task
from data.store.change import Change
from data.text import cell_width, first_line
from screens.dialogs.ask import AskDialog
from screens.frame.context import Context
from screens.frame.places import open_place
from screens.mentee.base import MenteeScreen
from screens.mentee.closing import ClosingScreen
from screens.mentee.form import close_mentee, edit_mentee
from screens.note.screen import NoteScreen
from screens.overview.lines import Line, Section, by_id, course, notes, sections
from screens.overview.pictures import course_by_week, learned_to_used
from screens.talk.open import open_talk
from widgets.grid import Column, Grid, Row

LABELS = ((110, 40), (76, 24), (0, 18))
"""From which width of the screen on the first column has how many cells."""
ROOMY = 30
"""From this height of the screen on, more of what is to come is named, and more tasks drawn."""
TASKS = 5
"""Tasks that are drawn on any screen before one asks for all."""
STEP_WORDS = 24
"""Cells kept behind the weeks for what they come to, in words."""


class OverviewScreen(MenteeScreen):
    """Lines under headings; Enter opens the place of the line under the cursor."""

    PLACE = "overview"
    HELP_TOPIC = "overview"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", N_("Edit")),
        Binding("s", "can_now", N_("Can do now"), show=False),
        Binding("x", "delete", N_("Delete note, or close the course"), show=False),
    ]

    DEFAULT_CSS = """
    OverviewScreen #overview-detail { height: 2; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id)
        self.grid = Grid(header=False)
        self.detail = Static(Content(""), id="overview-detail")
        self.lines: dict[str, Line] = {}
        self.all_notes = False
        self.all_tasks = False
        self._room = (0, 0)  # cells of a line's label and text

    def body(self) -> ComposeResult:
        """Lay the lines, and below them all of what is cut off in one."""
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Stand where one stood last."""
        super().on_mount()
        self.grid.go_to(self.context.positions.get(self.position_key, ("", ""))[0])
        self.grid.focus()

    # -- showing ------------------------------------------------------------------------------

    def show_records(self) -> None:
        """Show the lines anew."""
        mentee = self.mentee
        if mentee is None:
            self.action_back()
            return
        view = mentee_view(self.store, mentee)
        limits = due_limits(self.context.settings)
        width = self.app.size.width
        label = next(cells for least, cells in LABELS if width >= least)
        self._room = (label, width - label - 6)
        height = self.app.size.height
        most = None if self.all_tasks else max(TASKS, height - ROOMY)
        shown = [
            course(view, today()),
            course_by_week(view, today(), width - label - STEP_WORDS - 8, most=most),
            *sections(view, today(), limits, roomy=height >= ROOMY),
            learned_to_used(view, today(), limits.unused_days),
            notes(view, today(), self.context.reader, everything=self.all_notes),
        ]
        self.lines = by_id(shown)
        columns = (
            Column("label", "", label),
            Column("text", "", 20, flex=1),
            Column("key", "", 1),
        )
        self.grid.show(_rows(shown), columns)
        self._show_detail()

    def on_resize(self, _event: events.Resize) -> None:
        """Draw the pictures as wide as there is room."""
        self.show_records()

    @on(Grid.Moved)
    def _moved(self) -> None:
        self.context.positions[self.position_key] = (self.grid.row_id, "")
        self._show_detail()

    def _show_detail(self) -> None:
        line = self.line
        text = ""
        note = self.note
        if note is not None:
            text = " ".join(note.text.split())
        elif line is not None and line.whole:
            text = line.whole
        elif line is not None and not self._fits(line):
            text = f"{line.label}: {line.text}"
        self.detail.update(Content(text), layout=False)

    def _fits(self, line: Line) -> bool:
        """Whether nothing of the line is cut off."""
        label, text = self._room
        return cell_width(line.label) <= label and cell_width(line.text) <= text

    # -- the line under the cursor ------------------------------------------------------------

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self.lines.get(self.grid.row_id)

    @property
    def note(self) -> Note | None:
        """The note under the cursor."""
        line = self.line
        if line is None or line.place != "note" or not line.record_id:
            return None
        return self.store.get(Note, line.record_id)

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee, and the task that the line is about."""
        line = self.line
        task = self.store.get(Task, line.record_id) if line and line.record_id else None
        return self.mentee_id, task.id if task else ""

    @on(Grid.Opened)
    def _open(self) -> None:
        line = self.line
        if line is None:
            return
        if line.place == "talk":
            open_talk(self, self.mentee_id)
        elif line.place == "edit":
            self.action_edit()
        elif line.place == "notes":
            self.all_notes = True
            self.show_records()
        elif line.place == "weeks":
            self.all_tasks = True
            self.show_records()
        elif line.place == "note":
            note = NoteScreen(self.context, self.mentee_id, note_id=line.record_id)
            self.app.push_screen(note)
        elif line.place:
            open_place(self.app, self.context, line.place, self.mentee_id, line.record_id)

    # -- changing -----------------------------------------------------------------------------

    @work
    async def action_edit(self) -> None:
        """Edit the mentee's fields, and whether the course is paused."""
        await edit_mentee(self, self.mentee_id)

    def action_can_now(self) -> None:
        """Read what the mentee can do now and could not before (R6)."""
        self.app.push_screen(ClosingScreen(self.context, self.mentee_id))

    @work
    async def action_delete(self) -> None:
        """Delete the note under the cursor; anywhere else, close the course."""
        note = self.note
        if note is None:
            if await close_mentee(self, self.mentee_id):
                self.app.switch_screen(ClosingScreen(self.context, self.mentee_id))
            return
        dialog = AskDialog(_("Delete the note?"), first_line(note.text))
        if await self.app.push_screen_wait(dialog):
            current = self.store.get(Note, note.id)
            if current is not None:
                self.commit([Change.deleted(current)], _("note deleted"))


def _rows(shown: Sequence[Section]) -> list[Row]:
    rows = []
    for section in shown:
        rows.append(Row(f"heading:{section.title}", {"label": section.title}, heading=True))
        for line in section.lines:
            cells = {"label": line.label, "text": line.text, "key": line.key}
            tones = {"label": line.tone, "text": line.tone, "key": "muted"}
            rows.append(Row(line.id, cells, tones=tones))
    return rows
