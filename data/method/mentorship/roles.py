"""The role matrix as rules: who does what for the newcomer, and the page that tells it (R57-R74).

The guide gives three roles: mentor, buddy and manager. To each duty exactly one role has the main
responsibility; any number take part or are informed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from data.i18n import N_, _
from data.library.rolematrix import DefaultDuty
from data.method.talk.rhythm import series
from data.method.view import MenteeView
from data.method.words import word
from data.records import Duty, Holder, Mentee, Part, Person, Role, RoleKind
from data.store.change import Change

KINDS: Final = (
    RoleKind.MENTOR,
    RoleKind.BUDDY,
    RoleKind.MANAGER,
    RoleKind.NEWCOMER,
    RoleKind.COLLEAGUES,
)
"""The columns that every matrix has, in their order (R58)."""
HELD: Final = (RoleKind.MENTOR, RoleKind.BUDDY, RoleKind.MANAGER, RoleKind.OWN)
"""Roles that a person stands behind."""
PAGE_WIDTH: Final = 72

_SHORT: Final = {RoleKind.NEWCOMER: N_("Newcomer"), RoleKind.COLLEAGUES: N_("Colleag.")}
"""Names that fit over a column of eight cells."""


def role_name(role: Role, *, short: bool = False) -> str:
    """Return what a role is called in the interface, or its own name."""
    if role.kind is RoleKind.OWN:
        return role.name
    return _(_SHORT[role.kind]) if short and role.kind in _SHORT else word(role.kind)


# -- changing the matrix --------------------------------------------------------------------------


def set_part(duty: Duty, role_id: str, part: Part | None) -> Change:
    """Give a role its part in a duty; None takes it away.

    A new main responsibility leaves the former one taking part, so that there is never more than
    one; giving one up leaves a gap that the matrix shows.
    """
    parts = dict(duty.parts)
    if part is Part.MAIN:
        parts = {
            other: Part.TAKES_PART if was is Part.MAIN else was for other, was in parts.items()
        }
    if part is None:
        parts.pop(role_id, None)
    else:
        parts[role_id] = part
    return Change.edited(duty, parts=parts)


def assign(role: Role, person_id: str, on: date) -> Change:
    """Put a person behind a role, or nobody (""); who held it before is remembered."""
    earlier = role.earlier
    if role.person_id and role.person_id != person_id:
        earlier = (*earlier, Holder(person_id=role.person_id, until=on))
    return Change.edited(role, person_id=person_id, earlier=earlier)


def tick(duty: Duty, on: date, person_id: str = "") -> Change:
    """Tick a duty off on that day, or take the tick away where it has one."""
    if duty.done_on is not None:
        return Change.edited(duty, done_on=None, done_by="")
    return Change.edited(duty, done_on=on, done_by=person_id)


def new_role(view: MenteeView, name: str) -> Change:
    """Add a column of the workplace's own."""
    order = max((role.order for role in view.roles), default=0.0) + 1
    return Change.created(Role(mentee_id=view.mentee.id, kind=RoleKind.OWN, name=name, order=order))


def remove_role(view: MenteeView, role: Role) -> list[Change]:
    """Take a column of one's own away, with its parts in the duties."""
    changes = [
        Change.edited(duty, parts={id: part for id, part in duty.parts.items() if id != role.id})
        for duty in view.duties
        if role.id in duty.parts
    ]
    return [*changes, Change.deleted(role)]


# -- a new mentee ---------------------------------------------------------------------------------


def default_roles(mentee_id: str, mentor_id: str = "") -> list[Role]:
    """Return the five roles of a new mentee, with the mentor's person behind the mentor."""
    return [
        Role(
            mentee_id=mentee_id,
            kind=kind,
            order=float(order),
            person_id=mentor_id if kind is RoleKind.MENTOR else "",
        )
        for order, kind in enumerate(KINDS)
    ]


def default_duties(
    mentee: Mentee, roles: Iterable[Role], defaults: Sequence[DefaultDuty]
) -> list[Duty]:
    """Return the rows that a matrix begins with, due by the first day at work."""
    ids = {role.kind: role.id for role in roles}
    return [
        Duty(
            mentee_id=mentee.id,
            text=row.text,
            kind=row.kind,
            key=row.key,
            parts={ids[kind]: part for kind, part in row.parts.items() if kind in ids},
            due=row.due(mentee.start),
            order=float(order),
        )
        for order, row in enumerate(defaults)
    ]


def new_mentee_records(
    mentee: Mentee, mentor_id: str, defaults: Sequence[DefaultDuty], today: date
) -> list[Change]:
    """Return what makes a new mentee: the record, the roles, the duties and the talks to come."""
    roles = default_roles(mentee.id, mentor_id)
    duties = default_duties(mentee, roles, defaults)
    records = [mentee, *roles, *duties, *series(mentee, today)]
    return [Change.created(record) for record in records]


# -- the page to the newcomer (R73) ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoleOnPage:
    """One role as the newcomer reads it."""

    name: str
    person: str
    """"" where nobody has the role yet."""
    contact: str
    knows: str
    """The person's field (R4)."""
    relation: str
    ask_about: str
    duties: tuple[str, ...]
    """What the role has the main responsibility for."""


def page(view: MenteeView) -> list[RoleOnPage]:
    """Return the roles for the page "Hvem gør hvad": every role but the newcomer's own."""
    found = []
    for role in view.roles:
        if role.kind is RoleKind.NEWCOMER:
            continue
        person: Person | None = view.people.get(role.person_id)
        main = tuple(duty.text for duty in view.duties if duty.parts.get(role.id) is Part.MAIN)
        if role.kind is RoleKind.COLLEAGUES and not (main or person):
            main = tuple(
                duty.text for duty in view.duties if duty.parts.get(role.id) is Part.TAKES_PART
            )
        found.append(
            RoleOnPage(
                role_name(role),
                person.name if person else "",
                person.contact if person else "",
                person.knows if person else "",
                role.relation,
                role.ask_about,
                main,
            )
        )
    return found


def page_text(view: MenteeView, width: int = PAGE_WIDTH) -> str:
    """Return the page "Hvem gør hvad" as plain text, written to the newcomer."""
    lines = [_("Who does what, {name}").format(name=view.mentee.name), ""]
    opening = _(
        "These are the people who help you get a good start. You may ask any of them about"
        " anything; this is only so that you know where to begin."
    )
    lines += textwrap.wrap(opening, width)
    for role in page(view):
        lines += ["", *_role_lines(role, width)]
    return "\n".join(lines)


def _role_lines(role: RoleOnPage, width: int) -> list[str]:
    person = role.person or _("not decided yet")
    about = ", ".join(filter(None, (role.relation, role.contact)))
    head = f"{role.name}: {person}" if role.person or role.name != _("Colleagues") else role.name
    lines = textwrap.wrap(f"{head} ({about})" if about else head, width)
    told = (
        _("Field: {what}").format(what=" ".join(role.knows.split())) if role.knows else "",
        _("Ask about: {what}").format(what=" ".join(role.ask_about.split()))
        if role.ask_about
        else "",
    )
    for text in filter(None, told):
        lines += textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="  ")
    for duty in role.duties:
        lines += textwrap.wrap(duty, width, initial_indent="  - ", subsequent_indent="    ")
    return lines
