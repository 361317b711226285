"""Who acts as the mentor of a mentee: the main mentor, and co-mentors while their role lasts.

A mentee counts with the main mentor alone, in every list and number. A co-mentor stands in for a
holiday or an illness: does the same work, and sees the same lines of Today, until the last day.
What is private stays with who wrote it, whatever the role (`visibility`).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date

from data.method.view import MenteeView
from data.records import Role, RoleKind


def lasts(role: Role, today: date) -> bool:
    """Whether a role is had today: its last day, if it has one, has not passed."""
    return role.until is None or role.until >= today


def is_main_mentor(view: MenteeView, own: AbstractSet[str]) -> bool:
    """Whether one who is these persons is the main mentor, with whom the mentee counts.

    Nobody is where it is not known who they are.
    """
    main = view.role(RoleKind.MENTOR)
    return main is not None and main.person_id in own


def co_mentors(view: MenteeView) -> tuple[Role, ...]:
    """Return the roles of co-mentors, whether they last or not, in the order of their columns."""
    return tuple(role for role in view.roles if role.kind is RoleKind.CO_MENTOR)


def mentors(view: MenteeView, today: date) -> frozenset[str]:
    """Return the ids of those who act as mentor today: the main one, and co-mentors."""
    main = view.role(RoleKind.MENTOR)
    acting = [role for role in co_mentors(view) if lasts(role, today)]
    roles = [main, *acting] if main is not None else acting
    return frozenset(role.person_id for role in roles if role.person_id)


def is_for(view: MenteeView, own: AbstractSet[str], today: date) -> bool:
    """Whether Today of somebody has the rows about a mentee.

    That is so for those who act as mentor. Where nobody does, everybody has them, and somebody who
    is not known by name has those of all: no row is ever without a reader.

    Args:
        view: The mentee.
        own: The ids of the persons that the one who looks is, mostly one
            (`own_person.whose_today`); none where it is not known who that is.
        today: The day.
    """
    acting = mentors(view, today)
    return not own or not acting or not own.isdisjoint(acting)
