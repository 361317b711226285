"""Sparring about a task: whether it is still to be held, whether it is due, and holding it (R21).

Today, the overview, the plan, the talk, the note and the commands all use these functions.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from data.records import Task, TaskStatus
from data.store.change import Change

RESTING: Final = frozenset({TaskStatus.DONE, TaskStatus.PARKED})
"""Statuses of a task that nobody works on."""


def is_awaited(task: Task) -> bool:
    """Whether sparring about the task has a date and is still to be held; never at rest.

    If the last sparring was held before that date, it was an earlier one.
    """
    return task.sparring_on is not None and not was_held(task) and task.status not in RESTING


def was_held(task: Task) -> bool:
    """Whether the sparring for which the task has a date was held, on that day or after it."""
    day, held = task.sparring_on, task.sparring_held_on
    return day is not None and held is not None and held >= day


def is_due(task: Task, until: date) -> bool:
    """Whether sparring about the task is still to be held, and its date is `until` or earlier.

    `until` is today, or the last day that Today shows (`Limits.horizon`).
    """
    return task.sparring_on is not None and task.sparring_on <= until and is_awaited(task)


def hold(task: Task, today: date) -> Change:
    """Return the change that notes that the sparring was held today.

    If its date is later, the date becomes today; or else the sparring would still be to be held.
    """
    if task.sparring_on is not None and task.sparring_on > today:
        return Change.edited(task, sparring_on=today, sparring_held_on=today)
    return Change.edited(task, sparring_held_on=today)
