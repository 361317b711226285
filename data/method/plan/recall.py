"""What earlier tasks of a type left behind, offered again at the next one (R23, R32, R63)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data.method.view import MenteeView
from data.records import Intent, Note, NoteKind, Task, Tip
from data.text import danish_key, spelling_key


@dataclass(frozen=True, slots=True)
class Recall:
    """What earlier tasks of a type left behind, the newest first."""

    next_steps: tuple[tuple[Task, str], ...] = ()
    """The task it was written at, and the step."""
    intents: tuple[Intent, ...] = ()
    """Lines "Next time ..., I will ..."."""
    tips: tuple[Note, ...] = ()
    shared: tuple[Tip, ...] = ()
    """Tips of the library for this type, which know of no mentee."""

    def __bool__(self) -> bool:
        return bool(self.next_steps or self.intents or self.tips or self.shared)


def same_type(one: str, other: str) -> bool:
    """Whether two task types are the same, case and spelling aside; no type is like no other."""
    return bool(one.strip()) and spelling_key(one.strip()) == spelling_key(other.strip())


def recall(view: MenteeView, task_type: str, but: str = "") -> Recall:
    """Return what earlier tasks of that type left; `but` is the id of the task asking."""
    alike = [t for t in view.tasks if t.id != but and same_type(t.type, task_type)]
    ids = {task.id for task in alike}
    steps: dict[str, tuple[Task, str]] = {}
    for task in sorted(alike, key=lambda task: task.id, reverse=True):
        if task.next_step.strip():
            steps.setdefault(spelling_key(task.next_step.strip()), (task, task.next_step.strip()))
    intents = [one for one in view.intents if same_type(one.task_type, task_type)]
    tips = [n for n in view.notes if n.kind is NoteKind.TIP and n.task_id in ids]
    shared = [one for one in view.tips if same_type(one.task_type, task_type)]
    return Recall(
        tuple(steps.values()), tuple(intents[::-1]), tuple(tips[::-1]), tuple(shared[::-1])
    )


def task_types(tasks: Iterable[Task]) -> list[str]:
    """Return the types in use, each once as first written, the Danish way."""
    found: dict[str, str] = {}
    for task in tasks:
        if task.type.strip():
            found.setdefault(spelling_key(task.type.strip()), task.type.strip())
    return sorted(found.values(), key=danish_key)
