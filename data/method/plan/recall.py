"""What earlier tasks of a type have taught, to be offered with the next one (R23, R32, R63)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.method.indexed import grouped, once_for_each
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
    return bool(one.strip()) and _key(one) == _key(other)


def _key(text: str) -> str:
    """Return what types, or next steps, that are the same but for case and spelling share."""
    return spelling_key(text.strip())


def recall(view: MenteeView, task_type: str, except_id: str = "") -> Recall:
    """Return what tasks of a type have taught; `except_id` is the id of the task to leave out."""
    key = _key(task_type)
    if not key:
        return Recall()
    steps: list[tuple[Task, str]] = []
    for said in _steps_by_type(view).get(key, {}).values():
        steps += [one for one in said if one[0].id != except_id][:1]
    steps.sort(key=lambda one: one[0].id, reverse=True)
    tips = [note for note in _tips_by_type(view).get(key, ()) if note.task_id != except_id]
    return Recall(
        tuple(steps),
        _intents_by_type(view).get(key, ())[::-1],
        tuple(tips[::-1]),
        _shared_by_type(view).get(key, ())[::-1],
    )


@once_for_each
def _steps_by_type(view: MenteeView) -> Mapping[str, dict[str, list[tuple[Task, str]]]]:
    """Return type -> next step, however it is spelt -> the two newest tasks that have it."""
    found: dict[str, dict[str, list[tuple[Task, str]]]] = {}
    for task in sorted(view.tasks, key=lambda task: task.id, reverse=True):
        step = task.next_step.strip()
        if step:
            said = found.setdefault(_key(task.type), {}).setdefault(_key(step), [])
            if len(said) < 2:  # for where the newest is the one to leave out
                said.append((task, step))
    return found


@once_for_each
def _tips_by_type(view: MenteeView) -> Mapping[str, tuple[Note, ...]]:
    tips = [note for note in view.notes if note.kind is NoteKind.TIP]
    tasks = {note.task_id: view.task(note.task_id) for note in tips}
    known = {id: _key(task.type) for id, task in tasks.items() if task is not None}
    return grouped(tips, lambda note: known.get(note.task_id, ""))


@once_for_each
def _intents_by_type(view: MenteeView) -> Mapping[str, tuple[Intent, ...]]:
    return grouped(view.intents, lambda one: _key(one.task_type))


@once_for_each
def _shared_by_type(view: MenteeView) -> Mapping[str, tuple[Tip, ...]]:
    return grouped(view.tips, lambda one: _key(one.task_type))


def task_types(tasks: Iterable[Task]) -> list[str]:
    """Return the types of tasks, each once as it was first written, in Danish order."""
    found: dict[str, str] = {}
    for task in tasks:
        if task.type.strip():
            found.setdefault(spelling_key(task.type.strip()), task.type.strip())
    return sorted(found.values(), key=danish_key)
