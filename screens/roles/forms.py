"""The forms of the role matrix: one for a duty, one for a role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.method.mentorship.roles import assign, role_name
from data.queries.persons import offered_name, person_id
from data.records import Duty, DutyKind, Person, Role, RoleKind
from data.store.change import Change
from data.store.store import Store
from data.text import line, lines
from screens.dialogs.edit_record import Form
from screens.dialogs.form import Field, Filled
from screens.frame.entries import (
    Dates,
    choices,
    person_check,
    person_suggest,
)


def duty_form(duty: Duty, dates: Dates, *, title: str = "", system: bool = False) -> Form:
    """Return the form of a duty.

    Args:
        duty: The duty, stored or new.
        dates: Checks the dates.
        title: The title of the form; "" for the text of the duty.
        system: Whether it is known to be a case system: it is called that, and its kind is not
            asked for.
    """
    name, needed = _("Duty"), _("A duty needs a name")
    if system:
        name, needed = _("Case system"), _("A case system needs a name")
    fields = [Field("text", name, duty.text, required=needed)]
    if not system:
        fields.append(Field("kind", _("Kind"), duty.kind, "choice", choices(DutyKind)))
    names = {"due": _("When"), "done_on": _("Done on")}
    if not duty.rev or duty.kind is DutyKind.SYSTEM:
        names |= {
            "access_ordered_on": _("Access ordered on"),
            "access_on": _("Access from"),
            "first_used_on": _("First used on"),
        }
    for key, label in names.items():
        fields.append(
            Field(
                key,
                label,
                show_date(getattr(duty, key)),
                check=(dates if key == "due" else dates.done).check,
            )
        )
    return Form("duty", title or duty.text, fields)


def filled_duty(dates: Dates, duty: Duty, texts: Filled) -> Duty:
    """Return the duty with the changed fields of the form."""
    day = dates.done.read
    days = texts.read(
        due=dates.read, done_on=day, access_ordered_on=day, access_on=day, first_used_on=day
    )
    return replace(duty, **texts.read(text=line, kind=DutyKind), **days)


def role_form(store: Store, role: Role, dates: Dates) -> Form:
    """Return the form of a role and of the person who has it; `dates` checks the last day."""
    person = store.get(Person, role.person_id)
    stood = offered_name(store, person) if person else ""
    fields = [
        Field(
            "person",
            _("Person"),
            stood,
            check=person_check(store, stood=stood),
            suggest=person_suggest(store),
        ),
        Field("relation", _("Relation"), role.relation, hint=_("office mate, same team …")),
        Field("contact", _("Contact"), person.contact if person else ""),
        Field("knows", _("Knows about"), person.knows if person else ""),
        Field("ask_about", _("Ask about"), role.ask_about, "lines"),
    ]
    if role.kind is RoleKind.OWN:
        fields.insert(0, Field("name", _("Role"), role.name, required=_("A role needs a name")))
    if role.kind is RoleKind.CO_MENTOR:
        until = Field("until", _("Until"), show_date(role.until), check=dates.check)
        fields.insert(1, until)
    return Form("role", role_name(role), fields)


def role_changes(
    store: Store, role: Role, person: Person | None, texts: Filled, dates: Dates
) -> Sequence[Change]:
    """Return the changes of the role, and of the person who has it, that the form calls for.

    Fields about the person that were not changed are not read: if another person takes the role
    over, they hold what is known about the one before.

    Args:
        store: Where persons are looked up.
        role: The role as the form showed it.
        person: The person whom the form showed; None if nobody had the role.
        texts: The texts of the form.
        dates: Reads the last day.
    """
    holder, is_new, assigned = person, False, role
    if "person" in texts.changed:
        holder, is_new = _named(store, person, texts["person"])
        after = assign(role, holder.id if holder else "", today()).after
        assert isinstance(after, Role)  # noqa: S101 - what assign() returns
        assigned = after
    changes: list[Change] = []
    if holder is not None:
        described = replace(holder, **texts.read(contact=line, knows=line))
        changes.append(Change.created(described) if is_new else Change.between(holder, described))
    filled = replace(assigned, **_of_role(texts, dates))
    return [*changes, Change.between(role, filled)]


def _of_role(texts: Filled, dates: Dates) -> dict[str, Any]:
    return texts.read(relation=line, ask_about=lines, name=line, until=dates.read)


def _named(store: Store, shown: Person | None, text: str) -> tuple[Person | None, bool]:
    """Return the person whom a typed name means, and whether that is a new one."""
    id, changes = person_id(store, text)
    created = changes[0].after if changes else None
    if isinstance(created, Person):
        return created, True
    return (shown if shown is not None and shown.id == id else store.get(Person, id)), False
