"""Words said at *Potential* and *Next step* are that task's potential and next step (R54, R55).

What stands on the task because of an answer is kept in `Answer.placed`, so that the words can be
mended, moved to another task or taken off again without touching what others wrote there:

    "task"    id of the task on which the words stand
    "text"    the words as they stand there
    "before"  the next step that they took the place of; the potential that said the same already
    "source"  who had pointed out the potential that stood there before
    "way"     a value of `Way`: what was chosen for them
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final

from data.i18n import _
from data.library import StepText
from data.method.talk.flow import MENTOR_FIRST, FlowStep, TalkFlow, said
from data.method.talk.outcomes import to_next_step, to_potential
from data.method.visibility import Reader, may_see
from data.records import Answer, Source, Task
from data.store.change import Change

PLACED: Final = ("potential", "next")
"""Keys of the steps whose words stand on the task that they are about."""


class Way(StrEnum):
    """What becomes of the words. Its value is stored in `Answer.placed`."""

    ON = ""
    """They stand on the task; as a next step in the place of the one before."""
    BOTH = "both"
    """They stand on the task below the next step before."""
    OFF = "off"
    """They stay in the talk."""


def tasks_of(flow: TalkFlow, step: FlowStep) -> list[Task]:
    """Return the tasks that the words of a step are about.

    Where the mentor speaks, that is the task of the step before until another one is chosen.
    """
    answer = flow.answer(step.key)
    ids = [step.task_id, *((answer.task_id, *answer.task_ids) if answer else ())]
    if step.base in MENTOR_FIRST and not any(ids):
        place = MENTOR_FIRST.index(step.base)
        earlier = [flow.answer(key) for key in reversed(MENTOR_FIRST[:place])]
        ids = [one.task_id for one in earlier if one and one.task_id][:1]
        ids = ids or ([*flow.talk.task_ids] if len(flow.talk.task_ids) == 1 else [])
    return [task for id in dict.fromkeys(ids) if (task := flow.view.task(id))]


def way_of(answer: Answer | None) -> Way:
    """Return what was chosen for the words of an answer."""
    value = answer.placed.get("way", "") if answer else ""
    return Way(value) if value in Way.__members__.values() else Way.ON


def replaces(flow: TalkFlow, step: FlowStep) -> str:
    """Return the next step that the words take the place of, or will when they are written; ""."""
    answer, tasks = flow.answer(step.key), tasks_of(flow, step)
    if step.base != "next" or not tasks or way_of(answer) is not Way.ON:
        return ""
    task = tasks[0]
    if answer is not None and answer.placed.get("task") == task.id:
        return answer.placed.get("before", "")
    return task.next_step.strip()


def ways(flow: TalkFlow, key: str) -> tuple[Way, ...]:
    """Return what else can become of the words of a step, the natural one first.

    Nothing where they stand on no task and nobody took them off one.
    """
    answer, step = flow.answer(key), flow.step(key)
    if answer is None or step is None or step.base not in PLACED or not tasks_of(flow, step):
        return ()
    if not words_of(answer, step.words)[0]:
        return ()
    match way_of(answer):
        case Way.OFF:
            return (Way.ON,)
        case Way.BOTH:
            return (Way.ON, Way.OFF)
        case _:
            return (Way.BOTH, Way.OFF) if replaces(flow, step) else (Way.OFF,)


def words_of(answer: Answer, words: StepText) -> tuple[str, Source]:
    """Return what was said, and the voice that said it; where both spoke, each line says whose."""
    mentee, mentor = said(answer.mentee, words), said(answer.mentor, words)
    if mentee and mentor:
        both = (_("Mentor: {text}").format(text=mentor), _("Mentee: {text}").format(text=mentee))
        return "\n".join(both), Source.MENTOR
    return (mentor, Source.MENTOR) if mentor else (mentee, Source.MENTEE)


def place(flow: TalkFlow, key: str, way: Way | None = None) -> list[Change]:
    """Return the changes that bring the task up to date with what is said at the step `key`.

    `way` is what has been chosen for the words now; None leaves it. Private words stand on no task.
    Where the words are as they were placed, nothing happens: what was mended in the plan stays.
    """
    answer, step = flow.answer(key), flow.step(key)
    if answer is None or step is None or step.base not in PLACED:
        return []
    old, chosen = answer.placed, way_of(answer) if way is None else way
    text, source = words_of(answer, step.words)
    tasks = tasks_of(flow, step)
    on_task = chosen is not Way.OFF and text and tasks and may_see(answer, Reader.SHARED)
    task = tasks[0] if on_task else None
    now_there = (task.id if task else "", text if task else "", chosen.value)
    if now_there == (old.get("task", ""), old.get("text", ""), old.get("way", "")):
        return []
    changed: dict[str, Task] = {}
    before, by = _take_off(flow, step, old, changed), None
    if task is not None:
        if old.get("task") != task.id:
            before = task.next_step.strip() if step.base == "next" else ""
        at_hand = changed.get(task.id, task)
        if step.base == "potential":
            before = text if text in at_hand.potential else ""
            by = at_hand.potential_source
            changed[task.id] = _after(to_potential(at_hand, text, source))
        elif before != text:
            whole = f"{before}\n{text}" if before and chosen is Way.BOTH else text
            changed[task.id] = _after(to_next_step(at_hand, whole))
    placed = {"way": chosen.value}
    if task is not None:
        placed |= {"task": task.id, "text": text, "before": before}
        placed["source"] = by.value if by else ""
    fields: dict[str, Any] = {"placed": {key: value for key, value in placed.items() if value}}
    if task is not None and not answer.task_id:
        fields["task_id"] = task.id
    return [Change.edited(answer, **fields), *_task_changes(flow, changed.values())]


def _after(change: Change) -> Task:
    assert isinstance(change.after, Task)  # noqa: S101 - that is what the two functions change
    return change.after


def _task_changes(flow: TalkFlow, changed: Iterable[Task]) -> list[Change]:
    pairs = [(flow.view.task(task.id), task) for task in changed]
    return [Change.between(old, new) for old, new in pairs if old is not None and old != new]


def _take_off(flow: TalkFlow, step: FlowStep, old: dict[str, str], changed: dict[str, Task]) -> str:
    """Take the words off the task on which they stand, into `changed`.

    Returns the next step that stood there before them. What somebody has rewritten in the plan
    since then is left alone, and is itself what stood there before.
    """
    task = flow.view.task(old.get("task", ""))
    text, before = old.get("text", ""), old.get("before", "")
    if task is None or not text:
        return before
    if step.base == "potential":
        lines = f"\n{task.potential.strip()}\n"
        if before != text and f"\n{text}\n" in lines:
            rest = lines.replace(f"\n{text}\n", "\n", 1).strip()
            source = Source(old["source"]) if old.get("source") in [*Source] else None
            changed[task.id] = replace(task, potential=rest, potential_source=source)
        return ""
    stands = task.next_step.strip()
    if stands not in (text, f"{before}\n{text}".strip()):
        return stands
    changed[task.id] = replace(task, next_step=before)
    return before
