"""The people and networks that the mentee is to meet, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from data.clock import today
from data.date_parts import Lean
from data.dates import show_date, show_near
from data.i18n import N_, _, ngettext
from data.method.finished import finish_or_reopen, is_finished
from data.method.shared_people import origin_text
from data.method.view import MenteeView
from data.method.words import word
from data.queries.field_names import field_name
from data.queries.persons import met_person, names_of, to_meet
from data.records import Introduction, Person, PersonKind
from data.store.change import Change
from data.text import line
from tui.cli.base import say_wrapped
from tui.cli.plain.field import Field
from tui.cli.plain.listing import Item, Listing
from tui.cli.plain.moves import GoTo
from tui.cli.plain_job.person import about_person
from tui.cli.plain_job.record import RecordSheet
from tui.cli.plain_job.who import whole_name


class PeoplePlace(Listing):
    """Resource people and networks; those to be met come first."""

    name: ClassVar = "people"
    COMMANDS: ClassVar = {"add": N_("add"), "done": N_("done"), "delete": N_("delete")}
    KEYS: ClassVar = {"a": "add", "d": "done", "x": "delete", "u": "undo"}
    OF_ONE: ClassVar = frozenset({"done", "delete"})

    @property
    def prompt(self) -> str:
        """Where one is."""
        return _("People")

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _(
            "The number of a person or network, or the start of the name, opens it; a adds one, d "
            "and a number notes that they met today, x and a number deletes it, u undoes, an empty "
            "line says them again."
        )

    def heading(self) -> list[str]:
        """Return how many there are, and how many are still to be met."""
        view = self.view
        number = len(view.introductions)
        left = sum(not is_finished(one) for one in view.introductions)
        said = ngettext(
            "{name}: {left} of {number} person or network to meet.",
            "{name}: {left} of {number} people and networks to meet.",
            number,
        )
        return [said.format(name=view.mentee.name, left=left, number=number)]

    def items(self) -> Sequence[Item]:
        """Return the introductions."""
        view = self.view
        ordered = sorted(
            view.introductions, key=lambda i: (i.done_on is not None, i.planned_on or date.max)
        )
        return [Item(one.id, _name(view, one), _line(view, one)) for one in ordered]

    def open(self, item: Item) -> None:
        """Open an introduction."""
        raise GoTo(IntroductionSheet(self.desk, self.mentee_id, item.id))

    def add(self, text: str) -> None:
        """Add somebody to meet at once, and open it for the rest."""
        typed, store = line(text or self.desk.ask(_("Who is to be met"))), self.desk.store
        if not typed:
            return
        name = whole_name(self.desk, typed, names_of(store, to_meet))
        person_id, made = met_person(store, "", name, whole=True)
        one = Introduction(mentee_id=self.mentee_id, person_id=person_id)
        what = _("Introduction to {name}").format(name=name)
        self.desk.commit([*made, Change.created(one)], what)
        raise GoTo(IntroductionSheet(self.desk, self.mentee_id, one.id))

    def do_with(self, command: str, item: Item) -> None:
        """Note that they met today, or not yet; or delete it."""
        one = self.desk.store.get(Introduction, item.id)
        if one is None:
            say_wrapped(_("This is no longer there."))
        elif command == "done":
            what = _("Done: {name}").format(name=item.name)
            self.desk.commit([finish_or_reopen(one, today())], what)
            said = _("Reopened: {name}") if is_finished(one) else _("Done today: {name}")
            say_wrapped(said.format(name=item.name))
        else:
            question = _("Delete {name}?").format(name=item.name)
            what = _("Introduction to {name}").format(name=item.name)
            self.desk.delete_one(Introduction, one.id, question, what)


class IntroductionSheet(RecordSheet[Introduction]):
    """Somebody to meet who is open."""

    KIND = Introduction

    def title(self, record: Introduction) -> str:
        """Return whom the mentee is to meet."""
        return _name(self.view, record)

    def more(self) -> list[str]:
        """Return where the person comes from, if that is the workplace's library."""
        person = self.view.people.get(self.record.person_id)
        origin = origin_text(person, partial(field_name, Person.table)) if person else ""
        return [f"{origin[:1].upper()}{origin[1:]}."] if origin else []

    def fields(self) -> Sequence[Field]:
        """Return the fields of the introduction, and of the person."""
        person_id = self.record.person_id
        return [
            self.person(
                "person_id",
                named=partial(met_person, self.desk.store, whole=True),
                offered=partial(names_of, self.desk.store, to_meet),
            ),
            self.day("planned_on"),
            self.day("done_on", Lean.PAST),
            self.text("about"),
            self.person("by_id"),
            *about_person(self.desk, person_id, "knows", "contact", "kind"),
        ]


def _name(view: MenteeView, one: Introduction) -> str:
    return view.name_of(one.person_id) or _("deleted person")


def _line(view: MenteeView, one: Introduction) -> str:
    """Return somebody to meet in a line: who, when, what about, and through whom."""
    person = view.people.get(one.person_id)
    network = person is not None and person.kind is PersonKind.NETWORK
    when = ""
    if one.done_on:
        when = _("met {date}").format(date=show_date(one.done_on))
    elif one.planned_on:
        when = _("planned {date}").format(date=show_near(one.planned_on, today()))
    by = view.name_of(one.by_id)
    facts = (
        when,
        word(PersonKind.NETWORK).lower() if network else "",
        one.about or (person.knows if person else ""),
        _("through {name}").format(name=by) if by else "",
    )
    return f"{_name(view, one)}: {'; '.join(filter(None, facts))}".rstrip(": ")
