"""The rows of Today about what has waited: checks, quiet tasks, unused knowledge, the period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from data.i18n import _, ngettext
from data.method.limits import Limits
from data.method.mentorship.phases import ends_soon
from data.method.today.rows import Due, DueKind, MarkAs, due_row, why_with_dates
from data.method.view import MenteeView
from data.records import Task, TaskStatus

_NOT_BEGUN: Final = frozenset({TaskStatus.PLANNED, TaskStatus.PARKED})
_UNDER_WAY: Final = frozenset({TaskStatus.ACTIVE, TaskStatus.READY})


def due_over_time(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    """Yield the rows about tasks and knowledge that wait, expectations, roles and the period."""
    yield from _checks(view)
    yield from _stale(view, today, limits)
    yield from _unused(view, today, limits)
    start = view.mentee.start
    if start is None or start <= today:
        yield from _expectations_and_roles(view, today)
    yield from _period(view, today, limits)


def _checks(view: MenteeView) -> Iterator[Due]:
    for task in view.tasks:
        if task.needs_check and not task.checks and task.status not in _NOT_BEGUN:
            why = _("Waiting for someone to check it.")
            yield due_row(view, DueKind.CHECK, task.id, on=None, name=task.title, why=why)


def _stale(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    for task in view.tasks:
        if task.status not in _UNDER_WAY:
            continue
        last = _quiet_since(view, task, today, limits)
        if last is None:
            continue
        days = (today - last).days
        why = ngettext(
            "No news for {days} day: still in progress?",
            "No news for {days} days: still in progress?",
            days,
        ).format(days=days)
        yield due_row(view, DueKind.STALE, task.id, on=None, name=task.title, why=why)


def _quiet_since(view: MenteeView, task: Task, today: date, limits: Limits) -> date | None:
    """Return the last day on which anything happened to a task; None if it is not quiet (R10).

    None too if no such day is known.
    """
    last = None
    for day in _touched(view, task):
        if (today - day).days <= limits.stale_days:
            return None
        last = max(day, last or day)
    return last


def _touched(view: MenteeView, task: Task) -> Iterator[date]:
    """Yield the days on which anything happened to a task: those first that cost least to find.

    A list of many mentees reads no notes of a task that something else has touched lately.
    """
    days = [_day(task.changed_at or task.created_at), task.sparring_held_on, task.first_used_on]
    yield from filter(None, days)
    yield from (entry.on for entry in task.step_log)
    yield from (check.on for check in task.checks)
    yield from filter(None, (_day(goal.changed_at) for goal in view.goals_of(task.id)))
    yield from filter(None, (_day(note.at) for note in view.notes_of(task.id)))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _unused(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    learned_ones = [
        (item.id, item.title, item.learned_on, item.use_planned_on, False)
        for item in view.knowledge
        if item.learned_on is not None and item.used_on is None
    ]
    learned_ones += [
        (task.id, task.title, task.learned_on, None, True)
        for task in view.tasks
        if task.learned_on is not None
        and task.first_used_on is None
        and task.status is not TaskStatus.PARKED
    ]
    for id, title, learned, planned, on_task in learned_ones:
        overdue = learned + timedelta(days=limits.unused_days + 1)
        if today < max(overdue, planned or overdue):
            continue
        why = why_with_dates(_("Learned {distance} and not used yet."), learned, today)
        yield due_row(
            view,
            DueKind.UNUSED,
            id,
            on=None,
            name=title,
            why=why,
            mark_as=MarkAs.USED,
            on_task=on_task,
        )


def _expectations_and_roles(view: MenteeView, today: date) -> Iterator[Due]:
    agreement = view.agreement
    if agreement is None or agreement.agreed_on is None:
        why = _("Agree on rhythm, confidentiality and what you expect of each other.")
        id = agreement.id if agreement else ""
        yield due_row(view, DueKind.AGREEMENT, id, on=None, why=why)
    elif agreement.review_on and agreement.review_on <= today:
        on = agreement.review_on
        why = why_with_dates(_("{date}, {distance}: due for review."), on, today)
        yield due_row(view, DueKind.AGREEMENT_REVIEW, agreement.id, on=on, dated=True, why=why)
    if view.mentee.roles_seen_on is None:
        why = _("The page has not been gone through with the newcomer.")
        yield due_row(view, DueKind.ROLES, "", on=None, why=why, mark_as=MarkAs.SEEN)


def _period(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    ends = view.mentee.ends
    if ends is None or not ends_soon(view.mentee, limits.ending(today)):
        return
    if ends < today:
        why = _("{date}: the mentorship ended. Close it, or agree on a later date.")
    else:
        why = _("{date}, {distance}: the mentorship ends.")
    yield due_row(
        view, DueKind.PERIOD, "", on=ends, dated=True, why=why_with_dates(why, ends, today)
    )
