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
from data.records import Mentee, Note
from data.store.change import Change
from screens.dialogs.edit_record import Asker, Form, edit_records
from screens.dialogs.form import Field
from screens.frame.commands import Commands
from screens.frame.context import Context
from screens.frame.entries import Dates, dates_from


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
        form = day_form(seen, mentee)
        texts = await edit_records(self._screen, seen, form, lambda _texts: [], "")
        at = _given(seen, mentee, texts) if texts is not None else None
        if at is not None:
            what = _("The note is about {day}").format(day=show_near(at.date(), today()))
            self._give(seen, what, at=at)


def day_form(note: Note, mentee: Mentee | None) -> Form:
    """Return the form that asks which day a note is about; `mentee` is whom it is about."""
    dates = _dates(mentee)

    def problem(texts: Mapping[str, str]) -> str:
        return day_problem(dates.read(texts["day"]), today())

    before = show_date((note.at or now()).date())
    field = Field("day", _("Day"), before, check=dates.check, proposed=True)
    return Form("note_day", _("Which day is the note about?"), [field], problem)


def day_changes(note: Note, mentee: Mentee | None, texts: Mapping[str, str]) -> list[Change]:
    """Return the changes that the form calls for."""
    at = _given(note, mentee, texts)
    return [Change.edited(note, at=at)] if at is not None else []


def _given(note: Note, mentee: Mentee | None, texts: Mapping[str, str]) -> datetime | None:
    """Return when the note is about by the form; None where that is the day that it had."""
    before, day = note.at or now(), _dates(mentee).read(texts["day"])
    return on_day(before, day) if day is not None and day != before.date() else None


def _dates(mentee: Mentee | None) -> Dates:
    return dates_from(mentee.start if mentee else None).done


def day_words(note: Note) -> str:
    """Return which day the note is about, where that is not today; "" otherwise."""
    day = note.at.astimezone().date() if note.at else today()
    return show_near(day, today()) if day != today() else ""
