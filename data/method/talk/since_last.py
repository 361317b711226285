"""What happened since the last talk (R29, R32, R48, R49). It is computed when it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from data.method.actions import is_open
from data.method.doubts import open_doubts
from data.method.talk.before import last_before
from data.method.talk.heaps import Heap, Item, items
from data.method.view import MenteeView, held_on
from data.records import (
    Action,
    ActionState,
    Goal,
    Intent,
    Note,
    Step,
    Talk,
    Task,
)


@dataclass(frozen=True, slots=True)
class StepChange:
    """A task whose training step changed since the last talk."""

    task: Task
    before: Step | None
    after: Step
    on: date


@dataclass(frozen=True, slots=True)
class SinceLast:
    """What mentor and mentee look at in a talk before the questions."""

    last: Talk | None
    """The talk held before this one."""
    wanted: dict[str, str] = field(default_factory=dict)
    """What was said in the last talk about their sparring, by voice: "mentee" and "mentor"."""
    learned: str = ""
    """What the mentor noted to have learned in the last talk; it is for the mentor alone."""
    parked: tuple[Item, ...] = ()
    """What was parked in the last talk (R30)."""
    actions: tuple[Action, ...] = ()
    """Open actions from before this talk, however old."""
    carried_out: tuple[Action, ...] = ()
    """Actions done since the last talk."""
    intents: tuple[Intent, ...] = ()
    """If-then lines for which nobody has answered yet: "did you try it?"."""
    step_changes: tuple[StepChange, ...] = ()
    new_tasks: tuple[Task, ...] = ()
    new_goals: tuple[Goal, ...] = ()
    """Learning goals that were set since the last talk."""
    notes: tuple[Note, ...] = ()
    """Notes written since the last talk, the oldest first.

    Private notes are among them. To leave them out, begin with a view made by `seen`.
    """
    doubts: tuple[Note, ...] = ()
    """Doubts and questions that are not answered, however old."""

    def __bool__(self) -> bool:
        parts = (self.actions, self.carried_out, self.intents, self.step_changes, self.new_tasks)
        said = (self.wanted, self.learned, self.parked, self.new_goals)
        return bool(self.notes or self.doubts or any(parts) or any(said))


class _Window:
    """The time between two talks: after the end of the last one, up to the end of this one."""

    def __init__(self, last: Talk | None, talk: Talk) -> None:
        self._last = last
        self.day = (held_on(last) or date.min) if last else date.min
        """The day of the last talk."""
        self._from = (last.ended_at or last.started_at) if last else None
        self._until = talk.ended_at

    def has(self, at: datetime | None) -> bool:
        """Whether a moment is in it. Of a talk without a time, all of its day is part."""
        if at is None or (self._until is not None and at > self._until):
            return False
        return at > self._from if self._from is not None else at.date() > self.day

    def has_day(self, on: date | None, stored_at: datetime | None) -> bool:
        """Whether something of a day is in it.

        What is of the day of the last talk is, if its record was stored after the talk.
        """
        if on is None or (self._until is not None and on > self._until.date()):
            return False
        return on > self.day or (on == self.day and self._last is not None and self.has(stored_at))


def since_last(view: MenteeView, talk: Talk) -> SinceLast:
    """Return what is new between the talk before and this one, and what is still open."""
    last = last_before(view, talk)
    window = _Window(last, talk)
    notes = [note for note in view.notes if window.has(note.at) and note.talk_id != talk.id]
    doubts = open_doubts(view)
    open_ones = {doubt.id for doubt in doubts}
    before = [action for action in view.actions if action.talk_id != talk.id]
    return SinceLast(
        last=last,
        wanted=_said(view, last, "sparring"),
        learned=_said(view, last, "close").get("mentor", ""),
        parked=_parked(view, last),
        actions=tuple(action for action in before if is_open(action)),
        carried_out=tuple(
            action
            for action in before
            if action.state is ActionState.DONE
            and window.has_day(action.done_on, action.changed_at)
        ),
        intents=tuple(one for one in view.intents if not one.tried and one.talk_id != talk.id),
        step_changes=tuple(_step_changes(view, window, last)),
        new_tasks=tuple(
            task for task in view.tasks if window.has(task.created_at) and last is not None
        ),
        new_goals=tuple(
            goal for goal in view.goals if window.has(goal.created_at) and last is not None
        ),
        notes=tuple(note for note in notes if note.id not in open_ones),
        doubts=tuple(doubts),
    )


def _said(view: MenteeView, last: Talk | None, key: str) -> dict[str, str]:
    """Return what was said to a step of the last talk, by voice: "mentee" and "mentor"."""
    if last is None:
        return {}
    found = next((one for one in view.answers_of(last.id) if one.key == key), None)
    said = {"mentee": found.mentee.strip(), "mentor": found.mentor.strip()} if found else {}
    return {voice: text for voice, text in said.items() if text}


def _parked(view: MenteeView, last: Talk | None) -> tuple[Item, ...]:
    """Return what was put on the heap Park in the last talk (R30)."""
    found = items(view, last) if last is not None else []
    return tuple(item for item in found if item.heap is Heap.PARK)


def _step_changes(view: MenteeView, window: _Window, last: Talk | None) -> list[StepChange]:
    """Return the tasks that stand at another training step now than after the last talk.

    A step that was set in the last talk itself, with both looking on, is not new.
    """
    edits = last.plan_edits if last is not None else ()
    agreed = {(edit.task_id, edit.after) for edit in edits if edit.field == "step"}
    found = []
    for task in view.tasks:
        log = task.step_log
        fresh = [
            entry
            for entry in log
            if window.has_day(entry.on, task.changed_at)
            and not (entry.on == window.day and (task.id, entry.step) in agreed)
        ]
        old = [entry for entry in log if entry not in fresh]
        before = old[-1].step if old else None
        if fresh and fresh[-1].step is not before:
            found.append(StepChange(task, before, fresh[-1].step, fresh[-1].on))
    return found
