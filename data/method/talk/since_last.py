"""What happened since the last talk (R29, R32, R48, R49). It is computed when it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data.method.view import MenteeView, held_on
from data.records import (
    Action,
    ActionState,
    Intent,
    Note,
    NoteKind,
    Step,
    Talk,
    TalkState,
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
    wanted: str = ""
    """What the mentee asked, in the last talk, to have more of or different in the sparring."""
    actions: tuple[Action, ...] = ()
    """Open actions from before this talk, however old."""
    carried_out: tuple[Action, ...] = ()
    """Actions done since the last talk."""
    intents: tuple[Intent, ...] = ()
    """If-then lines for which nobody has answered yet: "did you try it?"."""
    step_changes: tuple[StepChange, ...] = ()
    new_tasks: tuple[Task, ...] = ()
    notes: tuple[Note, ...] = ()
    """Notes written since the last talk, the oldest first.

    Private notes are among them. To leave them out, begin with a view made by `seen`.
    """
    doubts: tuple[Note, ...] = ()
    """Doubts and questions that are not answered, however old."""

    def __bool__(self) -> bool:
        parts = (self.actions, self.carried_out, self.intents, self.step_changes, self.new_tasks)
        return bool(self.wanted or self.notes or self.doubts or any(parts))


def last_before(view: MenteeView, talk: Talk) -> Talk | None:
    """Return the talk held before this one."""
    begun = talk.started_at
    earlier = [
        one
        for one in view.held
        if one.id != talk.id and (begun is None or one.started_at is None or one.started_at < begun)
    ]
    return earlier[-1] if earlier else None


def since_last(view: MenteeView, talk: Talk) -> SinceLast:
    """Return what is new between the talk before and this one, and what is still open."""
    last = last_before(view, talk)
    day = (held_on(last) or date.min) if last else date.min
    moment = (last.ended_at or last.started_at) if last else None
    until = talk.ended_at if talk.state is TalkState.HELD else None

    def new(at: datetime | None) -> bool:
        """Whether a moment is after the last talk, and not after the end of this one."""
        return at is not None and (moment is None or at > moment) and (until is None or at <= until)

    notes = [note for note in view.notes if new(note.at) and note.talk_id != talk.id]
    doubts = [
        note for note in view.notes if note.kind is NoteKind.DOUBT and note.answered_on is None
    ]
    before = [action for action in view.actions if action.talk_id != talk.id]
    return SinceLast(
        last=last,
        wanted=_wanted(view, last),
        actions=tuple(action for action in before if action.state is ActionState.OPEN),
        carried_out=tuple(
            action
            for action in before
            if action.state is ActionState.DONE and action.done_on and action.done_on > day
        ),
        intents=tuple(one for one in view.intents if not one.tried and one.talk_id != talk.id),
        step_changes=tuple(_step_changes(view, day)),
        new_tasks=tuple(task for task in view.tasks if new(task.created_at) and last is not None),
        notes=tuple(note for note in notes if note not in doubts),
        doubts=tuple(doubts),
    )


def _wanted(view: MenteeView, last: Talk | None) -> str:
    """Return what the mentee said about the sparring in the last talk, or ""."""
    if last is None:
        return ""
    answers = [one for one in view.answers_of(last.id) if one.key == "sparring"]
    return answers[0].mentee.strip() if answers else ""


def _step_changes(view: MenteeView, day: date) -> list[StepChange]:
    """Return the tasks that stand at another training step now than on that day."""
    found = []
    for task in view.tasks:
        fresh = [entry for entry in task.step_log if entry.on > day]
        old = [entry for entry in task.step_log if entry.on <= day]
        before = old[-1].step if old else None
        if fresh and fresh[-1].step is not before:
            found.append(StepChange(task, before, fresh[-1].step, fresh[-1].on))
    return found
