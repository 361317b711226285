"""What the screen of people shows: people and networks to meet (R9, R22, R67)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from data.dates import show_date
from data.i18n import N_, _
from data.method.shared_people import origin_text
from data.method.view import MenteeView
from data.method.words import word
from data.queries.field_names import field_name
from data.records import Introduction, Person, PersonKind
from data.store.store import Store
from screens.mentee.listed import Full, ListPart, or_last, record_row
from screens.people.forms import introduction_form, new_introduction
from widgets.glyphs import dotted
from widgets.grid import Row


def _introductions(view: MenteeView) -> Iterator[Row]:
    for one in sorted(
        view.introductions, key=lambda i: (i.done_on is not None, or_last(i.planned_on))
    ):
        person = view.people.get(one.person_id)
        network = person is not None and person.kind is PersonKind.NETWORK
        what = dotted(
            person.name if person else _("deleted person"),
            word(PersonKind.NETWORK).lower() if network else "",
            one.about or (person.knows if person else ""),
        )
        by = view.name_of(one.by_id)
        who = _("through {name}").format(name=by) if by else ""
        yield record_row(f"introduction:{one.id}", what, who, one.planned_on, one.done_on)


def _introduction_in_full(view: MenteeView, one: Introduction) -> Full:
    person = view.people.get(one.person_id)
    by = view.name_of(one.by_id)
    dates = (
        _("planned {date}").format(date=show_date(one.planned_on)) if one.planned_on else "",
        _("met {date}").format(date=show_date(one.done_on)) if one.done_on else "",
        _("introduced by {name}").format(name=by) if by else "",
    )
    if person is None:
        return _("deleted person"), dotted(*dates), one.about
    return (
        dotted(person.name, person.title, person.contact),
        dotted(*dates, origin_text(person, partial(field_name, Person.table))),
        dotted(one.about, person.knows, _sparrings_with(view, person)),
    )


def _sparrings_with(view: MenteeView, person: Person) -> str:
    """Return the names of the tasks about which the mentee spars with the person (R22)."""
    tasks = [task.title for task in view.sparrings_with(person.id)]
    return _("sparring: {tasks}").format(tasks=", ".join(tasks)) if tasks else ""


def _name(store: Store, one: Introduction) -> str:
    """Return whom an introduction is to."""
    person = store.get(Person, one.person_id)
    return person.name if person else _("deleted person")


PARTS = (
    ListPart(
        kind="introduction",
        record=Introduction,
        heading=N_("Resource people and networks"),
        empty=N_("Nobody yet: a adds someone the mentee should meet"),
        rows=_introductions,
        in_full=_introduction_in_full,
        name=_name,
        new_form=new_introduction,
        form=introduction_form,
    ),
)
"""The parts of the screen in their order."""
