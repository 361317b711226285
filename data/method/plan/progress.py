"""How far the course has come: counts of tasks, duties and goals, never a measure of a person.

Professional and social progress stand side by side and are never merged (R2). Nothing to count is
None, shown as "–", and neither 0 % nor 100 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from data.frozen import immutable
from data.records import Duty, DutyKind, Goal, GoalStatus, Mentee, Step, Task, TaskStatus

STEPS: Final = tuple(Step)
SHARES: Final = {
    None: 0.0,
    Step.OBSERVES: 0.25,
    Step.TOGETHER: 0.5,
    Step.COACHED: 0.75,
    Step.INDEPENDENT: 1.0,
}
"""Each training step is a quarter of the way; only independent is all of it."""


@immutable
class Progress:
    """So many done of so many; `share` (0-1) counts what is part of the way."""

    done: int
    of: int
    share: float | None

    def __str__(self) -> str:
        return "–" if self.share is None else f"{self.done}/{self.of}"

    @property
    def percent(self) -> int | None:
        """The share in whole per cent; 0 and 100 only where nothing or everything is done."""
        if self.share is None:
            return None
        if 0 < self.share < 1:
            return min(99, max(1, round(self.share * 100)))
        return round(self.share * 100)


def _progress(shares: Iterable[float]) -> Progress:
    found = list(shares)
    done = sum(share == 1.0 for share in found)
    return Progress(done, len(found), sum(found) / len(found) if found else None)


def task_share(task: Task) -> float:
    """Return how far a task is by its training step (0-1)."""
    return SHARES[task.step]


def professional(tasks: Iterable[Task]) -> Progress:
    """Return the progress of the plan by training steps; parked tasks are left out."""
    return _progress(task_share(t) for t in tasks if t.status is not TaskStatus.PARKED)


def social(duties: Iterable[Duty]) -> Progress:
    """Return how many of the social duties are done (R2, R66)."""
    return _progress(float(bool(d.done_on)) for d in duties if d.kind is DutyKind.SOCIAL)


def goals_reached(goals: Iterable[Goal]) -> Progress:
    """Return how many learning goals are reached."""
    return _progress(float(goal.status is GoalStatus.REACHED) for goal in goals)


def days_to_first_independent(mentee: Mentee, tasks: Iterable[Task]) -> int | None:
    """Return the days from the first day at work to the first task done alone (R1)."""
    days = [e.on for task in tasks for e in task.step_log if e.step is Step.INDEPENDENT]
    if mentee.start is None or not days:
        return None
    return max(0, (min(days) - mentee.start).days)


@immutable
class Risen:
    """A task whose training step is higher now than at first (R6)."""

    task: Task
    first: Step | None
    """None: the task was in the plan before any step was noted."""
    now: Step
    on: date
    """The day the present step was reached."""


def can_now(tasks: Iterable[Task]) -> list[Risen]:
    """Return the tasks whose step rose, by the day they reached it: the list "Kan nu" (R6)."""
    found = [risen for task in tasks if (risen := _risen(task))]
    return sorted(found, key=lambda risen: (risen.on, risen.task.order, risen.task.id))


def _risen(task: Task) -> Risen | None:
    if task.step is None or not task.step_log:
        return None
    opening = task.step_log[0]
    created = task.created_at.date() if task.created_at else opening.on
    first = opening.step if opening.on <= created else None
    least = first or Step.OBSERVES  # watching is where training begins, not yet a thing one can
    if STEPS.index(task.step) <= STEPS.index(least):
        return None
    reached = task.step_log[-1].on
    for entry in reversed(task.step_log):
        if entry.step is not task.step:
            break
        reached = entry.on
    return Risen(task, first, task.step, reached)
