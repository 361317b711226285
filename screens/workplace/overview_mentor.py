"""What one mentor publishes: the mentees, what needs help first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.published.overview import Mentor, Row
from data.published.overview_words import mentor_line, plain
from screens.frame.context import Context
from screens.frame.title import Title
from screens.workplace.overview_base import WorkplaceList
from screens.workplace.overview_files import WorkplaceFiles
from screens.workplace.overview_rows import by_id, mentee_columns, mentee_in_full, mentee_rows


class MentorScreen(WorkplaceList):
    """A list of one mentor's mentees, by numbers or initials, as the mentor has chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "do('write')", N_("Write document"), id="write"),
        Binding("escape", "back", N_("Back")),
    ]

    def __init__(self, context: Context, files: WorkplaceFiles, path: str) -> None:
        """Make the page of the mentor whose file is at `path`."""
        super().__init__(context, files)
        self.grid.opens = lambda: False
        self._path = path
        self._mentees: Mapping[str, Row] = {}
        """The mentees that are shown, by the ids of their rows."""

    @property
    def mentor(self) -> Mentor | None:
        """The mentor; None where nothing is published any more."""
        return next((one for one in self.files.page.mentors if one.path == self._path), None)

    def headline(self) -> Title:
        """Return whose mentees they are."""
        mentor = self.mentor
        return Title(plain(mentor.name) if mentor and self.is_shown else _("All mentors"))

    def instead(self) -> str:
        """Return what is said where there are no mentees to show."""
        if said := super().instead():
            return said
        if self.mentor is None:
            return _("This is published no more: Esc goes back to all mentors.")
        return "" if self.mentor.rows else _("No mentees: there may be room for some.")

    def show_records(self) -> None:
        """Show the mentees."""
        self.show_empty(self.instead())
        mentor = self.mentor
        if self.empty.display or mentor is None:
            return
        self.show_banner(mentor_line(mentor).partition(": ")[2])
        self._mentees = by_id(mentor)
        rows = [*mentee_rows(mentor, self.files.page.day)]
        self.show_rows(rows, mentee_columns(self.app.size.width))

    def on_resize(self, event: events.Resize) -> None:
        """Show as many columns as there is room for."""
        super().on_resize(event)
        self.show_records()

    def said_of(self, row_id: str) -> Sequence[str]:
        """Return all that is published of a mentee."""
        row = self._mentees.get(row_id)
        if row is None:
            return ()
        said = mentee_in_full(row, self.files.page.day)
        who, _colon, rest = said.partition(": ")
        return who, rest
