"""What the tasks of the plan have not got yet: no blame."""

from __future__ import annotations

from data.i18n import _
from data.method.indexed import once_for_each
from data.method.sparring import RESTING
from data.method.view import MenteeView
from data.records import Task, TaskStatus


def without_goals(view: MenteeView) -> tuple[Task, ...]:
    """Return the tasks that have no learning goal, in order; parked ones need none."""
    with_goals = {goal.task_id for goal in view.goals}
    return tuple(
        task
        for task in view.tasks
        if task.status is not TaskStatus.PARKED and task.id not in with_goals
    )


@once_for_each
def _ids_without_goals(view: MenteeView) -> frozenset[str]:
    return frozenset(task.id for task in without_goals(view))


def lacks(view: MenteeView, task: Task) -> list[str]:
    """Return in a few words each what the guide asks for and the task has not got yet.

    What is to come is asked only of a task that somebody works on.
    """
    found = [_("no goals")] if task.id in _ids_without_goals(view) else []
    if task.status not in RESTING:
        found += [_("no sparring date")] if task.sparring_on is None else []
        found += [] if task.next_step.strip() else [_("no next step")]
    return found
