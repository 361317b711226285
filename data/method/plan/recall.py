"""What earlier tasks of a type have taught, to be offered with the next one (R23, R32, R63)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data.method.view import MenteeView
from data.records import Intent, Note, NoteKind, Task, Tip
from data.text import danish_key, spelling_key


@dataclass(frozen=True, slots=True)
class Recall:
    """What earlier tasks of a type have taught, the newest first."""

    next_steps: tuple[tuple[Task, str], ...] = ()
    """Pairs of a task and the next step that was noted on it."""
    intents: tuple[Intent, ...] = ()
    """Lines "Next time ..., I will ..."."""
    tips: tuple[Note, ...] = ()
    shared: tuple[Tip, ...] = ()
    """Tips that all mentees share."""

    def __bool__(self) -> bool:
        return bool(self.next_steps or self.intents or self.tips or self.shared)


def same_type(one: str, other: str) -> bool:
    """Whether two task types are the same but for case and spelling. An empty one never is."""
    return bool(one.strip()) and spelling_key(one.strip()) == spelling_key(other.strip())


def recall(view: MenteeView, task_type: str, except_id: str = "") -> Recall:
    """Return what tasks of a type have taught; `except_id` is the id of the task to leave out."""
    alike = [
        task for task in view.tasks if task.id != except_id and same_type(task.type, task_type)
    ]
    ids = {task.id for task in alike}
    steps: dict[str, tuple[Task, str]] = {}
    for task in sorted(alike, key=lambda task: task.id, reverse=True):
        if task.next_step.strip():
            steps.setdefault(spelling_key(task.next_step.strip()), (task, task.next_step.strip()))
    intents = [one for one in view.intents if same_type(one.task_type, task_type)]
    tips = [note for note in view.notes if note.kind is NoteKind.TIP and note.task_id in ids]
    shared = [one for one in view.tips if same_type(one.task_type, task_type)]
    return Recall(
        tuple(steps.values()), tuple(intents[::-1]), tuple(tips[::-1]), tuple(shared[::-1])
    )


def task_types(tasks: Iterable[Task]) -> list[str]:
    """Return the types of tasks, each once as it was first written, in Danish order."""
    found: dict[str, str] = {}
    for task in tasks:
        if task.type.strip():
            found.setdefault(spelling_key(task.type.strip()), task.type.strip())
    return sorted(found.values(), key=danish_key)
