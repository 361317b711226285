"""Sparring about a task: whether it is still to be held, whether it is due, and that it was (R21).

Today, the overview, the plan, the talk, the note and the commands all ask here.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from data.records import Task, TaskStatus
from data.store.change import Change

RESTING: Final = frozenset({TaskStatus.DONE, TaskStatus.PARKED})
"""Where a task stands when nobody works on it."""


def is_awaited(task: Task) -> bool:
    """Whether sparring has been agreed on and not been held; never for a task at rest.

    Sparring held before the day that is agreed now was another one.
    """
    day, held = task.sparring_on, task.sparring_held_on
    return day is not None and (held is None or held < day) and task.status not in RESTING


def is_due(task: Task, until: date) -> bool:
    """Whether sparring is awaited on a day up to and including `until`.

    Pass today, or the last day that Today looks ahead to (`Limits.horizon`).
    """
    return is_awaited(task) and task.sparring_on is not None and task.sparring_on <= until


def hold(task: Task, today: date) -> Change:
    """Note that the sparring was held today; one that was agreed for later is moved up to today.

    Without the move it would still be awaited on its own day.
    """
    if task.sparring_on is not None and task.sparring_on > today:
        return Change.edited(task, sparring_on=today, sparring_held_on=today)
    return Change.edited(task, sparring_held_on=today)
