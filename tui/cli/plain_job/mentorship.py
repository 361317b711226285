"""The mentorship itself, line by line: job title, first day, end, pause, and closing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from data.clock import today
from data.date_parts import Lean
from data.dates import EntryError, echo_date, mentorship_week, show_date
from data.i18n import N_, _, ngettext
from data.method.mentorship.closing import close_course, closing_lines, period_problem
from data.method.mentorship.ending import AfterEnd, after_end, talks_after_end, within_again
from data.method.mentorship.names import clean_name, name_problem
from data.method.mentorship.start import start_doubt
from data.method.mentorship.still_open import still_open
from data.method.talk.rhythm import Rescheduling, moves_text
from data.method.words import word
from data.queries.edit_mentee import edit_mentee, end_of, may_ask_about_end
from data.queries.field_names import field_name
from data.queries.views import mentee_view
from data.records import CourseState, Mentee
from data.store.change import Change
from data.typed_dates import parse_date
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain.field import Field
from tui.cli.plain.moves import Leave
from tui.cli.plain_job.record import DATE_TAKES, RecordSheet

_ENDS = (AfterEnd.KEEP, AfterEnd.MOVE, AfterEnd.CANCEL)


class MentorshipSheet(RecordSheet[Mentee]):
    """The mentorship with one mentee."""

    KIND = Mentee
    name: ClassVar = "mentorship"
    COMMANDS: ClassVar = {"close": N_("close")}

    def __init__(self, desk: Desk, mentee_id: str) -> None:
        super().__init__(desk, mentee_id, mentee_id)

    def title(self, record: Mentee) -> str:
        """Return the name of the mentee."""
        return record.name

    def heading(self) -> list[str]:
        """Return the name, and how far the mentorship has come."""
        mentee = self.record
        week = mentorship_week(mentee.start, today())
        return [f"{', '.join(filter(None, (mentee.name, week)))}."]

    def fields(self) -> Sequence[Field]:
        """Return its fields."""
        mentee = self.record
        found = [
            self._name(),
            self.text("title"),
            self.text("team"),
            self.text("about", long=True),
            self._day("start", Lean.EITHER),
            self._day("ends", Lean.PLAN),
        ]
        if mentee.state is not CourseState.CLOSED:
            found.append(self._state())
        if mentee.state is CourseState.PAUSED:
            found.append(self.day("back_on"))
        return found

    def _name(self) -> Field:
        field = self.text("name", required=_("A mentee needs a name"))

        def write(typed: str) -> str:
            if problem := name_problem(clean_name(typed)):
                raise EntryError(problem)
            return field.write(clean_name(typed))

        return replace(field, write=write)

    def _state(self) -> Field:
        """Return the field that pauses the mentorship, or takes it up again."""
        states = (CourseState.ACTIVE, CourseState.PAUSED)

        def edit(mentee: Mentee, state: CourseState) -> Mentee:
            back_on = mentee.back_on if state is CourseState.PAUSED else None
            return replace(mentee, state=state, back_on=back_on)

        field = self.choice("state", CourseState, edit=edit)
        return replace(field, choices=tuple((one, word(one)) for one in states))

    def _day(self, key: str, lean: Lean) -> Field:
        """Return the field of the first day or of the end, which may move talks."""
        seen = [self.record]
        label = field_name(Mentee.table, key)

        def write(typed: str) -> str:
            mentee = seen[0]
            day = parse_date(typed, today(), mentee.start, lean)
            after = replace(mentee, start=day) if key == "start" else replace(mentee, ends=day)
            if problem := period_problem(after.start, after.ends):
                raise EntryError(problem)
            edit = edit_mentee(self.desk.store, mentee, after, today())
            doubt = start_doubt(day, today()) if key == "start" else ""
            if not self._may(edit, doubt):
                return _("Nothing was changed.")
            edit = self._with_talks(mentee, edit)
            self.desk.commit(edit.changes, _("edit {name}").format(name=mentee.name))
            seen[0] = self.record
            return f"{label}: {echo_date(day, today()) if day else '–'}"

        return Field(
            label,
            show_date(getattr(seen[0], key)),
            write,
            _(DATE_TAKES),
            can_be_empty=key == "ends",
        )

    def _may(self, edit: Rescheduling, doubt: str) -> bool:
        """Ask where the edit moves talks, or where the day is odd."""
        if edit.moved:
            number = len(edit.moved)
            text = ngettext("This moves {number} talk", "This moves {number} talks", number)
            say_wrapped(f"{text.format(number=number)}:")
            say_wrapped(moves_text(edit.moved))
        question = doubt or (_("Is that right?") if edit.moved else "")
        return not question or self.desk.is_yes(question)

    def _with_talks(self, seen: Mentee, edit: Rescheduling) -> Rescheduling:
        """Return the edit with what becomes of talks after the end, where it sets another."""
        if not may_ask_about_end(self.desk.store, seen, edit):
            return edit
        view = mentee_view(self.desk.store, seen)
        edit = within_again(view, edit)
        talks = talks_after_end(view, edit, today())
        if not talks:
            return edit
        text = ngettext(
            "{number} talk is planned after the end on {date}",
            "{number} talks are planned after the end on {date}",
            len(talks),
        )
        say_wrapped(f"{text.format(number=len(talks), date=show_date(end_of(edit)))}.")
        ways = (_("Keep them"), _("Move them"), _("Cancel them"))
        say_wrapped(", ".join(f"{number} {way}" for number, way in enumerate(ways, 1)))
        place = self.desk.choose(_("Which (leave empty to keep them)"), len(ways))
        return after_end(view, edit, _ENDS[place or 0], today())

    def do(self, command: str, rest: str) -> None:
        """Ask, and close the mentorship; what is still open is said first, and stays as it is."""
        if rest:
            self.desk.keep(rest)
        mentee = self.record
        if mentee.state is CourseState.CLOSED:
            say_wrapped(_("It is closed already."))
            return
        for line in closing_lines(self.view):
            say_wrapped(f"{line}.")
        for one in still_open(self.view):
            what = f"{one.label}: {one.name}; {one.word(one.ways[0])}"
            say_wrapped(_("Still open: {what}.").format(what=what))
        question = _("Close the mentorship with {name}?").format(name=mentee.name)
        why = _("Nothing is deleted. Planned talks are cancelled.")
        if self.desk.is_yes(f"{question} {why}"):
            changes: Sequence[Change] = close_course(self.view, today())
            what = _("close mentorship with {name}").format(name=mentee.name)
            self.desk.commit(changes, what)
            say_wrapped(_("Mentorship with {name} closed.").format(name=mentee.name))
            raise Leave
