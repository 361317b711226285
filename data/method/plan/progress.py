"""How far a mentorship has come: counts of tasks, duties and goals, never a score of a person.

Professional and social progress are shown side by side and never added together (R2). If there is
nothing to count, the share is None, which is shown as "–", not as 0 % or 100 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from data.durations import show_duration
from data.frozen import immutable
from data.i18n import ngettext
from data.method.view import MenteeView
from data.records import Duty, DutyKind, Goal, GoalStatus, Mentee, Step, Task, TaskStatus

STEPS: Final = tuple(Step)
SHARES: Final = {
    None: 0.0,
    Step.OBSERVES: 0.25,
    Step.TOGETHER: 0.5,
    Step.COACHED: 0.75,
    Step.INDEPENDENT: 1.0,
}
"""Training step -> how far a task has come, from 0 to 1."""


class Progress(NamedTuple):
    """How many are done, of how many; `share` (0-1) also counts those that are partly done."""

    done: int
    of: int
    share: float | None

    def __str__(self) -> str:
        return "–" if self.share is None else f"{self.done}/{self.of}"

    @property
    def percent(self) -> int | None:
        """The share in whole per cent. It is 0 only if nothing is done, and 100 only if all is."""
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
    """Return how far a task has come by its training step, from 0 to 1."""
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
    days = [entry.on for task in tasks for entry in task.step_log if entry.step is Step.INDEPENDENT]
    if mentee.start is None or not days:
        return None
    return max(0, (min(days) - mentee.start).days)


@immutable
class Risen:
    """A task whose training step is higher now than at first (R6)."""

    task: Task
    first: Step | None
    """The first step; None if the task was in the plan before any step was noted."""
    now: Step
    on: date
    """The day on which the mentee came to the step `now`."""


def can_now(tasks: Iterable[Task]) -> list[Risen]:
    """Return the tasks whose training step has risen, by day: the list "Kan nu" (R6)."""
    found = [risen for task in tasks if (risen := _risen(task))]
    return sorted(found, key=lambda risen: (risen.on, risen.task.order, risen.task.id))


def _risen(task: Task) -> Risen | None:
    if task.step is None or not task.step_log:
        return None
    opening = task.step_log[0]
    created = task.created_at.date() if task.created_at else opening.on
    first = opening.step if opening.on <= created else None
    # To watch a task is where training begins, and not yet something that the mentee can do.
    least = first or Step.OBSERVES
    if STEPS.index(task.step) <= STEPS.index(least):
        return None
    reached = task.step_log[-1].on
    for entry in reversed(task.step_log):
        if entry.step is not task.step:
            break
        reached = entry.on
    return Risen(task, first, task.step, reached)


def time_spent_text(view: MenteeView) -> str:
    """Return the expected and the actual time of all tasks that have both, added up (R20)."""
    both = [t for t in view.tasks if t.estimate_min is not None and t.actual_min is not None]
    expected = sum(task.estimate_min or 0 for task in both)
    actual = sum(task.actual_min or 0 for task in both)
    if not both or not expected:
        return ""
    return ngettext(
        "{number} task: {actual} spent, {expected} expected",
        "{number} tasks: {actual} spent, {expected} expected",
        len(both),
    ).format(number=len(both), actual=show_duration(actual), expected=show_duration(expected))
