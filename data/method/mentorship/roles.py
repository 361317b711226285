"""The role matrix: who does what for the newcomer, and the page that says so (R57-R74).

The guide has three roles: mentor, buddy and manager. For each duty, one role should have the main
responsibility; any number of others may take part or be informed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Final

from data.dates import show_date
from data.i18n import N_, _
from data.library.rolematrix import DefaultDuty
from data.method.mentorship.start import proposed_end
from data.method.talk.rhythm import series
from data.method.view import MenteeView
from data.method.words import word
from data.records import Duty, Holder, Mentee, Part, Person, Role, RoleKind
from data.store.change import Change, together

KINDS: Final = (
    RoleKind.MENTOR,
    RoleKind.BUDDY,
    RoleKind.MANAGER,
    RoleKind.NEWCOMER,
    RoleKind.COLLEAGUES,
)
"""The roles that every matrix has as columns, in their order (R58)."""
HELD: Final = (
    RoleKind.MENTOR,
    RoleKind.BUDDY,
    RoleKind.MANAGER,
    RoleKind.OWN,
    RoleKind.CO_MENTOR,
)
"""Kinds of roles that one person has."""
ADDED: Final = (RoleKind.OWN, RoleKind.CO_MENTOR)
"""Kinds of roles that are added to the matrix, and can be deleted from it."""

_SHORT: Final = {
    RoleKind.NEWCOMER: N_("Newcomer"),
    RoleKind.COLLEAGUES: N_("Others"),
    RoleKind.CO_MENTOR: N_("Co-ment."),
}
"""Shorter names, for a column of eight cells."""


def role_name(role: Role, *, short: bool = False) -> str:
    """Return what a role is called in the interface; `short` for a narrow column."""
    if role.kind is RoleKind.OWN:
        return role.name
    said = _(_SHORT[role.kind]) if short and role.kind in _SHORT else word(role.kind)
    return f"{said} {role.name}" if role.kind is RoleKind.CO_MENTOR and role.name else said


# -- changing the matrix --------------------------------------------------------------------------


def set_part(duty: Duty, role_id: str, part: Part | None) -> Change:
    """Return the change that gives a role a part in a duty; None takes its part away.

    Only one role can have the main responsibility: if another role had it, that one now takes
    part. If the main responsibility is taken away, nobody has it, and the matrix shows that.
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
    """Return the change that gives a role to a person, or to nobody ("").

    The person who had it before is stored in `Role.earlier`, with the day `on`. What is said of
    that person goes: how they and the mentee meet, and what to ask them about.
    """
    if not role.person_id or role.person_id == person_id:
        return Change.edited(role, person_id=person_id)
    earlier = (*role.earlier, Holder(person_id=role.person_id, until=on))
    return Change.edited(role, person_id=person_id, earlier=earlier, relation="", ask_about="")


def tick(duty: Duty, on: date, person_id: str = "") -> Change:
    """Return the change that ticks a duty as done on a day, or unticks it if it is ticked."""
    if duty.done_on is not None:
        return Change.edited(duty, done_on=None, done_by="")
    return Change.edited(duty, done_on=on, done_by=person_id)


def new_role(view: MenteeView, name: str) -> Change:
    """Return the change that adds a role of the workplace's own, as the last column."""
    order = max((role.order for role in view.roles), default=0.0) + 1
    return Change.created(Role(mentee_id=view.mentee.id, kind=RoleKind.OWN, name=name, order=order))


def new_co_mentor(view: MenteeView) -> Change:
    """Return the change that adds a co-mentor beside the main mentor, as the last column.

    A second one has a number, so that a form that comes back says which of them it means.
    """
    taken = {role.name for role in view.roles if role.kind is RoleKind.CO_MENTOR}
    number = next(one for one in count(1) if ("" if one == 1 else str(one)) not in taken)
    order = max((role.order for role in view.roles), default=0.0) + 1
    name = "" if number == 1 else str(number)
    made = Role(mentee_id=view.mentee.id, kind=RoleKind.CO_MENTOR, name=name, order=order)
    return Change.created(made)


def until_text(role: Role) -> str:
    """Return until when somebody has a role: "until 12-11-2026"; "" where it has no end."""
    return _("until {date}").format(date=show_date(role.until)) if role.until else ""


def with_holder(view: MenteeView, role: Role, *, nobody: str = "") -> str:
    """Return a role with who has it, and until when: "Co-mentor: Bo Lund (until 12-11-2026)".

    `nobody` stands for the person where nobody has it.
    """
    until = until_text(role)
    name = view.name_of(role.person_id) or nobody
    return f"{role_name(role)}: {name}{until and f' ({until})'}"


def remove_role(view: MenteeView, role: Role) -> list[Change]:
    """Return the changes that delete a role together with its parts in the duties."""
    changes = [
        Change.edited(duty, parts={id: part for id, part in duty.parts.items() if id != role.id})
        for duty in view.duties
        if role.id in duty.parts
    ]
    return together([*changes, Change.deleted(role)])


# -- a new mentee ---------------------------------------------------------------------------------


def default_roles(mentee_id: str, mentor_id: str = "") -> list[Role]:
    """Return the five roles of a new mentee. `mentor_id` is the person who is the mentor."""
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
    """Return the duties of a new mentee, due by days counted from the first day at work."""
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
    """Return the changes that make a new mentee, with roles, duties and talks to come.

    A period without an end gets the one of its rhythm (R5).
    """
    if mentee.ends is None:
        mentee = replace(mentee, ends=proposed_end(mentee.start, mentee.rhythm))
    roles = default_roles(mentee.id, mentor_id)
    duties = default_duties(mentee, roles, defaults)
    records = [mentee, *roles, *duties, *series(mentee, today)]
    return [Change.created(record) for record in records]


# -- the page for the newcomer (R73) ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoleOnPage:
    """One role, as the page for the newcomer describes it."""

    name: str
    person: str
    """The name of the person; "" if nobody has the role yet."""
    contact: str
    knows: str
    """What to ask the person about in general (R4)."""
    until: str
    """The last day of a co-mentor, as it is shown; "" where there is none."""
    relation: str
    ask_about: str
    duties: tuple[str, ...]
    """The duties that the role has the main responsibility for."""


def page(view: MenteeView) -> list[RoleOnPage]:
    """Return the roles on the page "Hvem gør hvad": all but that of the newcomer."""
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
                show_date(role.until) if person else "",
                role.relation,
                role.ask_about,
                main,
            )
        )
    return found
