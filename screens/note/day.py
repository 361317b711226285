"""Which day a note is about: today, unless another one is given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType

from data.clock import now, today
from data.dates import show_date, show_near
from data.i18n import N_, _
from data.method.notes import day_problem, on_day
from data.records import Note
from screens.dialogs.edit_record import Asker, Form, edit_records
from screens.dialogs.form import Field
from screens.frame.commands import Commands
from screens.frame.context import Context
from screens.frame.entries import dates_from


class Noting(Asker, Protocol):
    """The screen on which the note is written."""

    context: Context
    note: Note


class GiveNote(Protocol):
    """Gives fields of the note other values, and says what that was."""

    def __call__(self, seen: Note, what: str, /, *, at: datetime) -> None:
        """Change the note as the user saw it."""


class NoteDay(Commands):
    """The day of a note."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("ctrl+g", "do('day')", N_("Another day"), show=False, priority=True)
    ]

    def __init__(self, screen: Noting, give: GiveNote) -> None:
        self._screen = screen
        self._give = give

    async def day(self) -> None:
        """Ask which day the note is about."""
        seen = self._screen.note
        mentee = self._screen.context.mentee(seen.mentee_id)
        dates = dates_from(mentee.start if mentee else None).done
        before = seen.at or now()

        def problem(texts: Mapping[str, str]) -> str:
            return day_problem(dates.read(texts["day"]), today())

        field = Field("day", _("Day"), show_date(before.date()), check=dates.check, proposed=True)
        form = Form("note_day", _("Which day is the note about?"), [field], problem)
        texts = await edit_records(self._screen, seen, form, lambda _texts: [], "")
        day = dates.read(texts["day"]) if texts is not None else None
        if day is not None and day != before.date():
            what = _("The note is about {day}").format(day=show_near(day, today()))
            self._give(seen, what, at=on_day(before, day))


def day_words(note: Note) -> str:
    """Return which day the note is about, where that is not today; "" otherwise."""
    day = note.at.astimezone().date() if note.at else today()
    return show_near(day, today()) if day != today() else ""
