"""Accesses to case systems: how far each has come, and which do not work yet (R60)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from data.method.view import MenteeView
from data.records import Duty, DutyKind


class Access(StrEnum):
    """How far the access to a case system has come."""

    NOT_ORDERED = "not_ordered"
    ORDERED = "ordered"
    WORKS = "works"
    IN_USE = "in_use"


def systems(view: MenteeView) -> list[Duty]:
    """Return the duties that are about a case system, in their order."""
    return [duty for duty in view.duties if duty.kind is DutyKind.SYSTEM]


def access_of(system: Duty) -> Access:
    """Return how far the access to a case system has come."""
    if system.first_used_on:
        return Access.IN_USE
    if system.access_on:
        return Access.WORKS
    return Access.ORDERED if system.access_ordered_on else Access.NOT_ORDERED


def lacks_access(duty: Duty) -> bool:
    """Return whether the duty is about a case system to which the access does not work yet."""
    return duty.kind is DutyKind.SYSTEM and duty.access_on is None


def without_access(view: MenteeView) -> list[Duty]:
    """Return the case systems that are not settled and to which the access does not work yet."""
    return [duty for duty in view.duties if lacks_access(duty) and duty.done_on is None]


def is_late(view: MenteeView, system: Duty, today: date) -> bool:
    """Return whether the mentee is at work and the access does not work yet."""
    start = view.mentee.start
    return lacks_access(system) and start is not None and start <= today
