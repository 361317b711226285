"""What a user can do with the plan. Each function returns changes, which the store commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from data.durations import show_duration
from data.frozen import immutable
from data.i18n import _, ngettext
from data.method.view import MenteeView
from data.records import (
    CheckResult,
    Goal,
    GoalEntry,
    GoalStatus,
    Need,
    QualityCheck,
    Record,
    Source,
    Step,
    StepEntry,
    Task,
    TaskStatus,
)
from data.store.change import Change, together
from data.text import line

ROOM = 1.0
"""The difference between the order numbers of two neighbours."""
_NARROW = 1e-6
"""A new order number has to differ by more than this from those beside it."""


def new_task(view: MenteeView, title: str, *, type: str = "", origin: str = "") -> Task:
    """Return a new task at the end of the plan.

    `origin` is the id of the talk or need that it comes from. What earlier tasks of the same type
    have taught is in `data.method.plan.recall`.
    """
    last = max((task.order for task in view.tasks), default=0.0)
    return Task(
        mentee_id=view.mentee.id, title=title, type=type, origin=origin, order=last + ROOM
    )  # fmt: skip


def new_goal(view: MenteeView, task_id: str, text: str, due: date | None = None) -> Goal:
    """Return a new learning goal, the last of its task; `due` is the day to reach it by."""
    last = max((goal.order for goal in view.goals_of(task_id)), default=0.0)
    return Goal(
        mentee_id=view.mentee.id, task_id=task_id, text=text, due=due, order=last + ROOM
    )  # fmt: skip


def set_step(task: Task, step: Step | None, on: date, by: str = "", with_id: str = "") -> Change:
    """Return the change that sets the training step of a task (R64).

    Each new step is added to the history, from which nothing is removed; steps may be skipped. A
    planned task becomes one in progress. `by` is the name of the one who notes it, `with_id` the
    id of the person who trained the mentee. The same step again is an empty change.
    """
    if step is None or step is task.step:
        return Change.edited(task, step=step)
    status = TaskStatus.ACTIVE if task.status is TaskStatus.PLANNED else task.status
    entry = StepEntry(step=step, on=on, by=by, with_id=with_id)
    return Change.edited(task, step=step, status=status, step_log=(*task.step_log, entry))


def delete_goal(view: MenteeView, goal: Goal) -> list[Change]:
    """Return the changes that delete a learning goal, together.

    Notes about it stay, without the link.
    """
    unlinked = [Change.edited(note, goal_id="") for note in view.notes_on_goal(goal.id)]
    return together([*unlinked, Change.deleted(goal)])


def set_goals(view: MenteeView, task_id: str, text: str) -> list[Change]:
    """Return the changes that give a task the learning goals in a text, one on each line (R18).

    If a line has been edited or moved, its goal is changed, and keeps its status. If a line has
    been deleted, its goal is deleted. For a new line a goal is made.
    """
    goals = view.goals_of(task_id)
    wanted = [found for one in text.split("\n") if (found := line(one))]
    lines = lines_of_goals([goal.text for goal in goals], wanted)
    changes: list[Change] = []
    order = 0.0
    for place, words in zip(lines, wanted, strict=True):
        goal = goals[place] if place is not None else new_goal(view, task_id, words)
        order = goal.order if goal.order > order and place is not None else order + ROOM
        after = replace(goal, text=words, order=order)
        changes.append(Change.created(after) if place is None else Change.between(goal, after))
    gone = [goal for place, goal in enumerate(goals) if place not in lines]
    changes += [change for goal in gone for change in delete_goal(view, goal)]
    return [change for change in changes if not change.is_empty]


def lines_of_goals(before: Sequence[str], after: Sequence[str]) -> list[int | None]:
    """Return, for each line of `after`, its index in `before`; None if the line is new."""
    found: list[int | None] = [None] * len(after)
    free = list(range(len(before)))
    for place, words in enumerate(after):
        same = next((one for one in free if before[one] == words), None)
        if same is not None:
            found[place] = same
            free.remove(same)
    for tag, i, i_end, j, j_end in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "replace":
            for old, new in zip(range(i, i_end), range(j, j_end), strict=False):
                if old in free and found[new] is None:
                    found[new] = old
                    free.remove(old)
    return found


def set_goal_status(goal: Goal, status: GoalStatus, on: date, talk_id: str = "") -> Change:
    """Return the change that sets a goal's status, and stores the day and the talk (R34)."""
    if status is goal.status:
        return Change.edited(goal)
    entry = GoalEntry(status=status, on=on, talk_id=talk_id)
    return Change.edited(goal, status=status, log=(*goal.log, entry))


def add_check(
    task: Task, on: date, result: CheckResult = CheckResult.FINE, by: str = "", note: str = ""
) -> Change:
    """Return the change that adds a quality check to the task (R65). `by` is who checked it."""
    check = QualityCheck(on=on, by=by, result=result, note=note)
    return Change.edited(task, checks=(*task.checks, check))


def reorder(tasks: Sequence[Task], task_id: str, to: int) -> list[Change]:
    """Return the changes that move a task to the index `to` of the list.

    Only its own order number changes, unless there is none left between its new neighbours: then
    all are numbered again. Raises ValueError if the task is not in the list.
    """
    moving = next((task for task in tasks if task.id == task_id), None)
    if moving is None:
        raise ValueError(task_id)
    rest = [task for task in tasks if task.id != task_id]
    to = max(0, min(to, len(rest)))
    if tasks.index(moving) == to:
        return []
    before = rest[to - 1].order if to else None
    after = rest[to].order if to < len(rest) else None
    if before is None or after is None:
        edge = after - ROOM if after is not None else (before or 0.0) + ROOM
        return [Change.edited(moving, order=edge)]
    middle = (before + after) / 2
    if min(middle - before, after - middle) > _NARROW:
        return [Change.edited(moving, order=middle)]
    laid = [*rest[:to], moving, *rest[to:]]
    return [
        Change.edited(task, order=place * ROOM)
        for place, task in enumerate(laid, 1)
        if task.order != place * ROOM
    ]


@immutable
class Deletion:
    """What the deletion of a task does, to be shown before it is committed."""

    changes: tuple[Change, ...]
    goals: int
    """How many learning goals are deleted with it."""
    stays: int
    """How many notes, actions, answers and knowledge stay, without their link to the task."""

    @property
    def sentence(self) -> str:
        """What is deleted and what stays, translated; "" if nothing belongs to the task."""
        parts = []
        if self.goals:
            parts.append(
                ngettext(
                    "{number} learning goal is deleted with it.",
                    "{number} learning goals are deleted with it.",
                    self.goals,
                ).format(number=self.goals)
            )
        if self.stays:
            parts.append(
                ngettext(
                    "{number} note, action or answer about it is kept.",
                    "{number} notes, actions and answers about it are kept.",
                    self.stays,
                ).format(number=self.stays)
            )
        return " ".join(parts)


def delete_task(view: MenteeView, task: Task) -> Deletion:
    """Return what the deletion of a task does, with its goals: all of it together, or nothing.

    What was said and agreed about it stays.
    """
    goals = view.goals_of(task.id)
    goal_ids = {goal.id for goal in goals}
    loose: list[Change] = []
    for note in view.notes:
        if note.task_id == task.id or note.goal_id in goal_ids:
            kept_goal = "" if note.goal_id in goal_ids else note.goal_id
            loose.append(Change.edited(note, task_id="", goal_id=kept_goal))
    loose += [Change.edited(a, task_id="") for a in view.actions if a.task_id == task.id]
    for answer in view.answers:
        if answer.task_id == task.id or task.id in answer.task_ids:
            own = "" if answer.task_id == task.id else answer.task_id
            ids = _without(answer.task_ids, task.id)
            loose.append(Change.edited(answer, task_id=own, task_ids=ids))
    for item in view.knowledge:
        if task.id in item.task_ids:
            loose.append(Change.edited(item, task_ids=_without(item.task_ids, task.id)))
    links: list[Change] = [
        Change.edited(talk, task_ids=_without(talk.task_ids, task.id))
        for talk in view.talks
        if task.id in talk.task_ids
    ]
    links += [Change.edited(need, origin="") for need in view.needs if need.origin == task.id]
    gone: list[Record] = [*goals, task]
    changes = together([*loose, *links, *(Change.deleted(record) for record in gone)])
    return Deletion(tuple(changes), len(goals), len(loose))


def _without(ids: Iterable[str], id: str) -> tuple[str, ...]:
    return tuple(one for one in ids if one != id)


def send_potential_to_need(view: MenteeView, task: Task, on: date) -> list[Change]:
    """Return the change that makes a need of a task's potential, in the latest round (R24).

    The text becomes the view of the mentee or of the mentor, whoever identified the potential. If
    it is empty, or was made a need before, there are no changes.
    """
    text = task.potential.strip()
    if not text:
        return []
    if any(need.origin == task.id and text in _views(need) for need in view.needs):
        return []
    need = Need(
        mentee_id=view.mentee.id,
        area=task.type or task.title,
        round=max((need.round for need in view.needs), default=1),
        on=on,
        origin=task.id,
    )
    if task.potential_source is Source.MENTEE:
        return [Change.created(replace(need, mentee_view=text))]
    return [Change.created(replace(need, mentor_view=text))]


def _views(need: Need) -> tuple[str, str]:
    return need.mentee_view, need.mentor_view


def time_text(task: Task) -> str:
    """Return how the actual time compares with the estimate; "" if one is missing (R20)."""
    if task.estimate_min is None or task.actual_min is None:
        return ""
    difference = task.actual_min - task.estimate_min
    if abs(difference) <= task.estimate_min * 0.1:
        return _("About as expected.")
    if difference > 0:
        text = _("{time} more than expected: worth knowing for the next task of this type.")
    else:
        text = _("{time} less than expected: worth knowing for the next task of this type.")
    return text.format(time=show_duration(abs(difference)))
