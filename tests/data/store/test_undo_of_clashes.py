"""A step that met somebody else's work is taken back whole: the records are as they were before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.records import Answer, Conflict, Mentee, Note, Record, Task, part_id
from data.storage.problems import NotSaved
from data.store.change import Change, unstamped
from data.store.opening import open_store
from data.store.store import Store
from tests.data.backend import Disk
from tests.data.store.store_tools import Log, direct, threaded, wait

Held = Callable[[], None]


@pytest.fixture
def task(maja: Mentee, disk: Disk) -> Task:
    task = Task(mentee_id=maja.id, title="A", type="Sag", next_step="Læse loven.")
    direct(disk).commit([Change.created(maja), Change.created(task)])
    return task


def all_of(store: Store) -> dict[str, Record]:
    kinds: tuple[type[Record], ...] = (Mentee, Task, Note, Answer, Conflict)
    found = (record for kind in kinds for record in store.all(kind))
    return {record.id: unstamped(record) for record in found}


@contextmanager
def behind(disk: Disk, mine: Change, theirs: Change) -> Iterator[tuple[Store, dict[str, Record]]]:
    """A session whose change is saved after another one that it has not seen.

    Yields its store, and the records as the file held them before its own change.
    """
    other = direct(disk, "bo")
    with threaded(disk) as (store, backend):
        backend.gate.clear()
        store.commit([mine], "Edit")
        other.commit([theirs])
        before = all_of(direct(disk))
        backend.gate.set()
        assert store.flush()
        yield store, before


def undo_and_redo(disk: Disk, store: Store, before: dict[str, Record]) -> None:
    came_to = all_of(store)
    assert came_to != before
    for _time in range(2):
        assert store.undo() == "Edit"
        assert store.flush()
        assert all_of(store) == before == all_of(direct(disk))
        assert store.redo() == "Edit"
        assert store.flush()
        assert all_of(store) == came_to == all_of(direct(disk))


def test_a_value_that_lost_its_place_is_undone_with_its_conflict(disk: Disk, task: Task) -> None:
    seen = direct(disk).all(Task)[0]
    mine = Change.edited(seen, type="Min", title="AA")
    with behind(disk, mine, Change.edited(seen, type="Deres")) as (store, before):
        (kept,) = store.all(Conflict)
        assert (kept.mine, kept.theirs, store.all(Task)[0].title) == ("Min", "Deres", "AA")
        undo_and_redo(disk, store, before)


def test_a_step_that_only_lost_is_undone_with_its_conflict(disk: Disk, task: Task) -> None:
    seen = direct(disk).all(Task)[0]
    with behind(disk, Change.edited(seen, type="Min"), Change.edited(seen, type="Deres")) as found:
        undo_and_redo(disk, *found)


@pytest.mark.parametrize(
    "theirs", ["Læse loven. Ringe til Lone.", "Læse. Ringe.", "", "Læse loven.\nB", "Noget andet"]
)
@pytest.mark.parametrize("mine", ["Læse loven. Skrive.", "Skrive.", "\n\nC", "Læse loven.\n\nD\n"])
def test_a_text_of_both_becomes_theirs_again(
    disk: Disk, task: Task, mine: str, theirs: str
) -> None:
    seen = direct(disk).all(Task)[0]
    changes = [Change.edited(seen, next_step=text) for text in (mine, theirs)]
    with behind(disk, changes[0], changes[1]) as found:
        undo_and_redo(disk, *found)


def test_lists_and_columns_of_both_become_theirs_again(disk: Disk, task: Task) -> None:
    store = direct(disk)
    store.commit([Change.edited(store.all(Mentee)[0], columns=("A",))])
    seen = store.all(Mentee)[0]
    mine = Change.edited(seen, columns=("B",), plan_agreed_rows={"1": "x"}, about="Min")
    theirs = Change.edited(seen, columns=("A", "C"), plan_agreed_rows={"1": "y", "2": "z"})
    with behind(disk, mine, theirs) as found:
        undo_and_redo(disk, *found)


def test_a_record_that_both_made_stays_theirs(disk: Disk, maja: Mentee, task: Task) -> None:
    id = part_id("1", "optaget")
    mine, theirs = (
        Answer(id=id, mentee_id=maja.id, talk_id="1", key="optaget", mentee=text)
        for text in ("Mine ord", "Deres ord")
    )
    with behind(disk, Change.created(mine), Change.created(theirs)) as found:
        undo_and_redo(disk, *found)


def test_an_edit_of_what_was_deleted_is_undone_with_its_conflict(disk: Disk, task: Task) -> None:
    seen = direct(disk).all(Task)[0]
    with behind(disk, Change.edited(seen, type="Min"), Change.deleted(seen)) as found:
        assert len(found[0].all(Conflict)) == 1
        undo_and_redo(disk, *found)


def test_what_both_made_the_same_is_nothing_to_undo(disk: Disk, task: Task) -> None:
    seen = direct(disk).all(Task)[0]
    same = Change.edited(seen, type="Ens")
    with behind(disk, same, same) as (store, before):
        assert store.undo() is None
        assert all_of(store) == before


@pytest.mark.parametrize("redo", [False, True])
def test_a_step_undone_before_it_was_saved_leaves_no_conflict(
    disk: Disk, task: Task, *, redo: bool
) -> None:
    other = direct(disk, "bo")
    with threaded(disk) as (store, backend):
        backend.gate.clear()
        store.commit([Change.edited(store.all(Task)[0], type="Min")], "Edit")
        other.commit([Change.edited(other.all(Task)[0], type="Deres")])
        before = all_of(direct(disk))
        assert store.undo() == "Edit"
        if redo:
            assert store.redo() == "Edit"
        backend.gate.set()
        assert store.flush()
        if redo:
            assert [one.mine for one in store.all(Conflict)] == ["Min"]
            undo_and_redo(disk, store, before)
        assert all_of(store) == before or redo
        if not redo:
            assert store.redo() == "Edit"
            assert store.flush()
            assert [one.mine for one in store.all(Conflict)] == ["Min"]


def test_a_conflict_that_was_settled_meanwhile_stays_settled(disk: Disk, task: Task) -> None:
    seen = direct(disk).all(Task)[0]
    with behind(disk, Change.edited(seen, type="M"), Change.edited(seen, type="D")) as (store, _b):
        other = direct(disk)
        other.commit([Change.edited(other.all(Conflict)[0], settled=True)])
        store.undo()
        assert store.flush()
        assert [one.settled for one in direct(disk).all(Conflict)] == [True]


def test_typing_in_a_note_that_was_deleted_is_undone_with_its_conflict(
    disk: Disk, maja: Mentee
) -> None:
    other = direct(disk, "bo")
    note = Note(private=False, mentee_id=maja.id, text="Start.")
    other.commit([Change.created(note)])
    with threaded(disk, log=Log()) as (store, backend):
        store.type_text(store.all(Note)[0], "text", "Start. Mere", "Edit")
        store.commit_typing()
        assert store.flush()
        backend.gate.clear()
        store.type_text(store.all(Note)[0], "text", "Start. Mere endnu", "Edit")
        store.commit_typing()
        other = direct(disk, "bo")
        other.commit([Change.deleted(other.all(Note)[0])])
        backend.gate.set()
        wait(store, lambda: bool(store.all(Conflict)))
        store.end_typing()
        assert store.flush()
        assert [one.mine for one in store.all(Conflict)] == ["Start. Mere endnu"]
        undo_and_redo(disk, store, {})


def test_what_came_of_typing_is_undone_with_its_conflict(disk: Disk, task: Task) -> None:
    other = direct(disk, "bo")
    other.commit([Change.created(Note(private=False, mentee_id=task.mentee_id, text="Start."))])
    with threaded(disk, log=Log()) as (store, backend):
        store.type_text(store.all(Note)[0], "text", "Start. Mere", "Edit")
        store.commit_typing()
        assert store.flush()
        backend.gate.clear()
        store.end_typing([Change.edited(store.all(Task)[0], type="Min")])
        other.commit([Change.edited(other.all(Task)[0], type="Deres")])
        backend.gate.set()
        assert store.flush()
        assert [one.mine for one in store.all(Conflict)] == ["Min"]
        assert store.undo() == "Edit"
        assert store.flush()
        assert store.all(Conflict) == []
        assert [one.text for one in store.all(Note)] == ["Start."]
        assert [one.type for one in store.all(Task)] == ["Deres"]


def test_typing_that_could_not_be_saved_is_no_step(disk: Disk, maja: Mentee) -> None:
    store = direct(disk)
    note = Note(mentee_id=maja.id, text="Start.")
    store.commit([Change.created(note)], "Note")
    store.type_text(store.all(Note)[0], "text", "Start. Mere", "Edit")
    backend = store._sync.backend
    backend.full.set()  # type: ignore[attr-defined]
    with pytest.raises(NotSaved):
        store.commit_typing()
    assert [step.what for step in store._history.done] == ["Note"]
    backend.full.clear()  # type: ignore[attr-defined]
    assert store.undo() == "Edit"


def test_two_sessions_on_one_file(tmp_path: Path, maja: Mentee) -> None:
    path = tmp_path / "records.json"
    stores = [open_store(path, by=by, threaded=True).store for by in ("met", "bo")]
    mine, theirs = stores
    try:
        task = Task(mentee_id=maja.id, title="A", type="Sag", next_step="Læse.")
        mine.commit([Change.created(maja), Change.created(task)])
        assert mine.flush()
        wait(theirs, lambda: bool(theirs.all(Task)))
        seen = mine.all(Task)[0]
        theirs.commit([Change.edited(theirs.all(Task)[0], type="Deres", next_step="Læse.\nRinge.")])
        assert theirs.flush()
        before = all_of(theirs)
        mine.commit([Change.edited(seen, type="Min", next_step="Læse.\nSkrive.")], "Edit")
        assert mine.flush()
        assert len(mine.all(Conflict)) == 1
        assert mine.undo() == "Edit"
        assert mine.flush()
        assert all_of(mine) == before
        wait(theirs, lambda: all_of(theirs) == before)
        assert mine.redo() == "Edit"
        assert mine.flush()
        assert [one.mine for one in mine.all(Conflict)] == ["Min"]
        assert "Skrive." in mine.all(Task)[0].next_step
        assert "Ringe." in mine.all(Task)[0].next_step
    finally:
        for store in stores:
            store.close()
