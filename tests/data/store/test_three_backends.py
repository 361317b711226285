"""The same changes by several sessions come to the same documents in memory, file and server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.records import Conflict, Goal, Mentee, Note, Record, Task
from data.store.change import Change, together
from data.store.store import Store
from tests.data.backend import Disk

NAMES = ("anna", "bo", "karla")
STAMPS = ("created_at", "changed_at")
MAJA = Mentee(id="1790000000000000001", name="Maja")
TASK = Task(id="1790000000000000002", mentee_id=MAJA.id, title="Sag", next_step="En.\nTo.\n")
GOAL = Goal(id="1790000000000000003", mentee_id=MAJA.id, task_id=TASK.id, text="Kan")
NOTE = Note(id="1790000000000000004", mentee_id=MAJA.id, text="Start her.\n", private=False)
ACTIONS = ("look", "title", "type", "steps", "words", "goal", "delete", "clear", "undo", "redo")


def act(store: Store, action: str, number: int) -> None:
    """Do something in a session, with what it knows by then."""
    task, note = store.get(Task, TASK.id), store.get(Note, NOTE.id)
    changes: list[Change] = []
    if action == "look":
        store.pump()
    elif action == "undo":
        store.undo()
    elif action == "redo":
        store.redo()
    elif action == "goal" and task is not None:
        goal = replace(GOAL, id=f"18{number:017}", text=f"Kan {number}")
        changes = [Change.created(goal)]
    elif action in {"delete", "clear"}:
        found: list[Record] = [one for one in (task, *store.all(Goal)) if one is not None]
        changes = [Change.deleted(one) for one in found]
        changes = together(changes) if action == "clear" else changes
    elif action == "words" and note is not None:
        changes = [Change.edited(note, text=f"{number}: {note.text}{store.by} {number}.\n")]
    elif action == "steps" and task is not None:
        changes = [Change.edited(task, next_step=f"{task.next_step}{store.by} {number}.\n")]
    elif action in {"title", "type"} and task is not None:
        changes = [Change.edited(task, **{action: f"{store.by} {number}"})]
    store.commit(changes, action)


def come_to(disk: Disk, actions: list[tuple[int, str]]) -> dict[str, Any]:
    """Do all actions, and return what there is in the end, without times."""
    first = Store(disk.backend(NAMES[0]), by=NAMES[0])
    first.commit([Change.created(one) for one in (MAJA, TASK, GOAL, NOTE)])
    stores = [Store(disk.backend(name), by=name) for name in NAMES]
    for number, (place, action) in enumerate(actions):
        act(stores[place], action, number)
    kept = {
        (one.by, one.of_id, one.of_field, one.mine, one.theirs)
        for name in NAMES
        for one in Store(disk.backend(name), by=name).all(Conflict)
    }
    tables = {name: docs for name, docs in disk.now(NAMES[0]).items() if name != Conflict.table}
    for docs in tables.values():
        for id, doc in docs.items():
            docs[id] = {name: value for name, value in doc.items() if name not in STAMPS}
    disk.close()
    return {"tables": tables, "kept": sorted(kept)}


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(ACTIONS)), min_size=3, max_size=20))
def test_the_same_changes_come_to_the_same(
    new_disks: Mapping[str, Callable[[], Disk]], actions: list[tuple[int, str]]
) -> None:
    found = {kind: come_to(make(), actions) for kind, make in new_disks.items()}
    assert found["file"] == found["memory"]
    assert found["postgres"] == found["file"]
