"""What is recalled from records grouped once is what a look through all of them would find."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from data.method.plan.recall import Recall, recall, same_type
from data.method.view import MenteeView
from data.records import Intent, Mentee, Note, NoteKind, Record, Task, Tip
from data.text import spelling_key

TYPES = st.sampled_from(("", " ", "Sag", "sag ", "Møde", "Moede", "Æske"))
STEPS = st.sampled_from(("", "Ring", "ring ", "Læs", "Skriv"))
MENTEE = Mentee(name="Maja")


@st.composite
def _views(draw: st.DrawFn) -> MenteeView:
    tasks = [
        Task(mentee_id=MENTEE.id, title=str(at), type=draw(TYPES), next_step=draw(STEPS))
        for at in range(draw(st.integers(0, 7)))
    ]
    ids = st.sampled_from(["", "gone", *(task.id for task in tasks)])
    records: list[Record] = [*tasks]
    for at in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from((NoteKind.TIP, NoteKind.NOTE)))
        records.append(Note(mentee_id=MENTEE.id, text=str(at), kind=kind, task_id=draw(ids)))
        records.append(
            Intent(mentee_id=MENTEE.id, situation=str(at), act="så", task_type=draw(TYPES))
        )
    tips = [Tip(text=str(at), task_type=draw(TYPES)) for at in range(draw(st.integers(0, 3)))]
    return MenteeView.of(MENTEE, records, {}, tips)


def _plain(view: MenteeView, task_type: str, except_id: str) -> Recall:
    alike = [one for one in view.tasks if one.id != except_id and same_type(one.type, task_type)]
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


@given(_views(), TYPES)
def test_it_is_the_same(view: MenteeView, task_type: str) -> None:
    for id in ("", *(task.id for task in view.tasks)):
        assert recall(replace(view), task_type, id) == _plain(view, task_type, id)
        assert recall(view, task_type, id) == _plain(view, task_type, id)
