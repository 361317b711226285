"""The rows of Today about what has waited: checks, quiet tasks, unused knowledge, the period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from data.i18n import _, ngettext
from data.method.limits import Limits
from data.method.mentorship.phases import ends_soon
from data.method.today.rows import Due, DueKind, MarkAs, due_row, why_with_dates
from data.method.view import MenteeView
from data.records import TaskStatus


def due_over_time(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    """Yield the rows about tasks and knowledge that wait, expectations, roles and the period."""
    yield from _checks(view)
    yield from _stale(view, today, limits)
    yield from _unused(view, today, limits)
    start = view.mentee.start
    if start is None or start <= today:
        yield from _expectations_and_roles(view, today)
    yield from _period(view, today, limits)


def last_touched(view: MenteeView) -> dict[str, date]:
    """Return task id -> the last day on which anything happened to the task (R10).

    Tasks for which no such day is known are left out.
    """
    last = _touched_without_note(view)
    for note in view.notes:
        if note.at is not None:
            day = note.at.date()
            last[note.task_id] = max(day, last.get(note.task_id, day))
    return last


def _touched_without_note(view: MenteeView) -> dict[str, date]:
    """Return what `last_touched` returns, but for what was written down."""
    last: dict[str, date] = {}

    def touch(task_id: str, day: date | None) -> None:
        if day is not None:
            last[task_id] = max(day, last.get(task_id, day))

    for goal in view.goals:
        touch(goal.task_id, goal.changed_at and goal.changed_at.date())
    for task in view.tasks:
        moment = task.changed_at or task.created_at
        days = [moment and moment.date(), task.sparring_held_on, task.first_used_on]
        days += [entry.on for entry in task.step_log]
        days += [check.on for check in task.checks]
        for day in days:
            touch(task.id, day)
    return last


def _checks(view: MenteeView) -> Iterator[Due]:
    not_begun = (TaskStatus.PLANNED, TaskStatus.PARKED)
    for task in view.tasks:
        if task.needs_check and not task.checks and task.status not in not_begun:
            why = _("Waiting for someone to check it.")
            yield due_row(view, DueKind.CHECK, task.id, on=None, name=task.title, why=why)


def _stale(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    under_way = [one for one in view.tasks if one.status in {TaskStatus.ACTIVE, TaskStatus.READY}]
    touched = _touched_without_note(view)
    quiet = [one for one in under_way if _is_quiet(touched.get(one.id), today, limits)]
    if quiet:  # only then does it matter what was written down
        touched = last_touched(view)
    for task in quiet:
        last = touched.get(task.id)
        if last is None or not _is_quiet(last, today, limits):
            continue
        days = (today - last).days
        why = ngettext(
            "No news for {days} day: still in progress?",
            "No news for {days} days: still in progress?",
            days,
        ).format(days=days)
        yield due_row(view, DueKind.STALE, task.id, on=None, name=task.title, why=why)


def _is_quiet(last: date | None, today: date, limits: Limits) -> bool:
    return last is None or (today - last).days > limits.stale_days


def _unused(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    items = [
        (item.id, item.title, item.learned_on, item.used_on, item.use_planned_on, False)
        for item in view.knowledge
    ]
    items += [
        (task.id, task.title, task.learned_on, task.first_used_on, None, True)
        for task in view.tasks
        if task.status is not TaskStatus.PARKED
    ]
    for id, title, learned, used, planned, on_task in items:
        if learned is None or used is not None:
            continue
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
