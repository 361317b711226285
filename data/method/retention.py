"""When what is kept about a mentee is due for deletion (section 4 of the project's method).

The law names no period: data must be needed for a stated purpose. So a workplace sets two numbers
of days after the close: for what is private, and for the rest. Nothing is deleted unasked unless
the workplace has said so, and nothing about a mentee on hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from data.frozen import immutable
from data.method.hold import is_held
from data.method.lending import borrowed
from data.method.limits import Limits
from data.method.view import MenteeView
from data.method.visibility import Reader, hidden
from data.records import CourseState, Mentee, Record


class What(StrEnum):
    """What is due for deletion."""

    PRIVATE = "private"
    """What is private: notes, answers, doubts."""
    ALL = "all"
    """Everything about the mentee."""


@immutable
class DueDeletion:
    """That something is due for deletion, and since when."""

    what: What
    since: date


def deletion_day(mentee: Mentee, what: What, limits: Limits) -> date | None:
    """Return the day from which something is due for deletion; None while it is not closed."""
    if mentee.state is not CourseState.CLOSED or mentee.closed_on is None:
        return None
    days = limits.private_days if what is What.PRIVATE else limits.rest_days
    return mentee.closed_on + min(timedelta(days=days), date.max - mentee.closed_on)


def due_deletion(view: MenteeView, today: date, limits: Limits) -> DueDeletion | None:
    """Return what of a mentee is due for deletion today; None for nothing, or while on hold.

    A copy that was borrowed goes back first.
    """
    mentee = view.mentee
    here = borrowed(view.loans)
    if is_held(mentee) or (here is not None and here.back_on is None):
        return None
    for what in (What.ALL, What.PRIVATE):
        since = deletion_day(mentee, what, limits)
        is_due = since is not None and since <= today
        if is_due and since is not None and (what is What.ALL or private_of(view)):
            return DueDeletion(what, since)
    return None


def private_of(view: MenteeView) -> list[Record]:
    """Return the records about a mentee that are private."""
    tables: Iterable[Iterable[Record]] = (view.notes, view.answers, view.needs)
    return [record for table in tables for record in hidden(table, Reader.WRITTEN)]
