"""The mentees, line by line: choosing one, and adding one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from data.clock import today
from data.date_parts import Lean
from data.dates import echo_date, show_date
from data.i18n import N_, _, language, ngettext
from data.library import duties
from data.method.mentorship.names import clean_name, name_problem
from data.method.mentorship.roles import new_mentee_records
from data.method.mentorship.start import proposed_end, start_doubt
from data.queries.mentees import is_there_already, mentees, told_apart
from data.queries.own_person import own_person
from data.queries.views import mentee_view
from data.records import Mentee
from tui.cli.base import say_wrapped
from tui.cli.plain.listing import Item, Listing
from tui.cli.plain.moves import GoTo
from tui.cli.plain_job.today import TodayPlace
from tui.cli.read import mentee_line


class MenteesPlace(Listing):
    """The mentees whose mentorship is not closed."""

    name: ClassVar = "mentees"
    COMMANDS: ClassVar = {"add": N_("add")}
    KEYS: ClassVar = {"a": "add", "u": "undo"}

    @property
    def prompt(self) -> str:
        """Where one is."""
        return _("Mentees")

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _(
            "The number of a mentee, or the start of the name, chooses one; a adds one, u undoes, "
            "an empty line says them again."
        )

    def heading(self) -> list[str]:
        """Return how many there are."""
        number = len(mentees(self.desk.store))
        if not number:
            return [_("No mentees yet; a adds one.")]
        return [ngettext("{number} mentee.", "{number} mentees.", number).format(number=number)]

    def items(self) -> Sequence[Item]:
        """Return the mentees by name."""
        store = self.desk.store
        return [
            Item(
                one.id,
                one.name,
                mentee_line(told_apart(store, one), mentee_view(store, one), today()),
            )
            for one in mentees(store)
        ]

    def open(self, item: Item) -> None:
        """Choose a mentee, and say what needs attention."""
        raise GoTo(TodayPlace(self.desk, item.id))

    def add(self, text: str) -> None:
        """Ask for name and first day, and add a mentee; the name is kept meanwhile."""
        name = clean_name(text or self.desk.ask(_("Name of the mentee")))
        if not name:
            return
        if problem := name_problem(name):
            say_wrapped(problem)
            return
        with self.desk.saved_meanwhile(name, of_table=Mentee.table, of_field="name"):
            mentee = self._asked_about(name)
            if mentee is not None:
                self._add(mentee)
        if mentee is None:
            say_wrapped(_("Nothing has been added."))
        else:
            raise GoTo(TodayPlace(self.desk, mentee.id))

    def _asked_about(self, name: str) -> Mentee | None:
        """Ask for the first day of a new mentee; return the mentee, or None if it is given up."""
        there = is_there_already(self.desk.store, name)
        question = _("{there} Add another with that name?").format(there=there)
        if there and not self.desk.is_yes(question):
            return None
        start = self.desk.ask_date(_("First day at work, such as 1/8 or Monday"), Lean.EITHER)
        doubt = start_doubt(start, today())
        question = _("First day at work: {doubt} Add anyway?").format(doubt=doubt)
        if start is None or (doubt and not self.desk.is_yes(question)):
            return None
        return Mentee(name=name, start=start)

    def _add(self, mentee: Mentee) -> None:
        """Add the mentee with the default roles, duties and talks, and say so."""
        mentor, making = own_person(self.desk.store)
        changes = new_mentee_records(mentee, mentor.id, duties(language()), today())
        self.desk.commit([*making, *changes], _("Add {name}").format(name=mentee.name))
        told = _("{name} added. First day at work: {date}. Ends on: {end}. Mentor: {mentor}.")
        end = show_date(proposed_end(mentee.start, mentee.rhythm))
        day = echo_date(mentee.start, today()) if mentee.start else ""
        say_wrapped(told.format(name=mentee.name, date=day, end=end, mentor=mentor.name))
