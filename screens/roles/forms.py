"""The forms of the role matrix: one for a duty, one for a role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.method.mentorship.roles import assign
from data.records import Duty, DutyKind, Person, Role, RoleKind
from data.store.change import Change
from data.store.store import Store
from data.text import line
from screens.dialogs.form import Field
from screens.frame.entries import (
    Dates,
    choices,
    lines,
    person_check,
    person_id,
    person_suggest,
)

_DATES = ("due", "done_on", "access_ordered_on", "access_on", "first_used_on")


def duty_fields(duty: Duty | None, dates: Dates) -> list[Field]:
    """Return the fields of a duty, or of a new one."""
    kind = duty.kind if duty else DutyKind.PROFESSIONAL
    text = duty.text if duty else ""
    fields = [
        Field("text", _("Duty"), text, required=_("A duty needs a name")),
        Field("kind", _("Kind"), kind, "choice", choices(DutyKind)),
    ]
    names = {"due": _("When"), "done_on": _("Done on")}
    if duty is None or duty.kind is DutyKind.SYSTEM:
        names |= {
            "access_ordered_on": _("Access ordered on"),
            "access_on": _("Access since"),
            "first_used_on": _("First used on"),
        }
    for key, label in names.items():
        value = show_date(getattr(duty, key)) if duty else ""
        fields.append(Field(key, label, value, check=dates.check))
    return fields


def filled_duty(duty: Duty, texts: Mapping[str, str], dates: Dates) -> Duty:
    """Return the duty with what was typed."""
    days = {key: dates.read(texts[key]) for key in _DATES if key in texts}
    named = replace(duty, text=line(texts["text"]), kind=DutyKind(texts["kind"]))
    return replace(
        named,
        due=days.get("due", duty.due),
        done_on=days.get("done_on", duty.done_on),
        access_ordered_on=days.get("access_ordered_on", duty.access_ordered_on),
        access_on=days.get("access_on", duty.access_on),
        first_used_on=days.get("first_used_on", duty.first_used_on),
    )


def role_fields(store: Store, role: Role) -> list[Field]:
    """Return the fields of a role and of the person behind it."""
    person = store.get(Person, role.person_id)
    fields = [
        Field(
            "person",
            _("Person"),
            person.name if person else "",
            check=person_check(store),
            suggest=person_suggest(store),
        ),
        Field("relation", _("Relation"), role.relation, hint=_("office mate, same team …")),
        Field("contact", _("Contact"), person.contact if person else ""),
        Field("knows", _("Knows about"), person.knows if person else ""),
        Field("ask_about", _("Ask about"), role.ask_about, "lines"),
    ]
    if role.kind is RoleKind.OWN:
        fields.insert(0, Field("name", _("Role"), role.name, required=_("A role needs a name")))
    return fields


def role_changes(store: Store, role: Role, texts: Mapping[str, str]) -> list[Change]:
    """Return what the typed fields change: the role, and the person's contact and field."""
    who, changes = person_id(store, texts["person"])
    known, before = store.get(Person, who), store.get(Person, role.person_id)
    # The fields began with what is told of the person before, which is not the new one's.
    contact, knows = (
        _typed(line(texts[key]), getattr(before, key, ""), getattr(known, key, ""))
        for key in ("contact", "knows")
    )
    if known is not None and (contact, knows) != (known.contact, known.knows):
        changes = [Change.edited(known, contact=contact, knows=knows)]
    elif changes and isinstance(changes[0].after, Person):
        changes = [Change.created(replace(changes[0].after, contact=contact, knows=knows))]
    assigned = assign(role, who, today()).after
    assert isinstance(assigned, Role)  # noqa: S101 - what assign() returns
    after = replace(
        assigned,
        relation=line(texts["relation"]),
        ask_about=lines(texts["ask_about"]),
        name=line(texts.get("name", role.name)),
    )
    return [*changes, Change.between(role, after)]


def _typed(text: str, before: str, now: str) -> str:
    """Return what was typed, or what is there where the field was left as it began."""
    return now if text == before else text
