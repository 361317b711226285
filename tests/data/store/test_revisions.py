"""Every change is counted, wherever it comes from, with the mentee and the table that it is of."""

from __future__ import annotations

from data.records import Mentee, Note, Person, Task, Tip
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk
from tests.data.store.store_tools import direct, note_of, threaded, wait


def _counted(store: Store, *mentees: Mentee) -> list[int]:
    return [store.revisions.of(mentee.id) for mentee in mentees]


def test_what_was_read_of_the_file_is_no_change(disk: Disk, maja: Mentee) -> None:
    direct(disk).commit([Change.created(maja)])
    revisions = direct(disk).revisions
    assert (revisions.last, revisions.of(maja.id), revisions.of_table("mentees")) == (0, 0, 0)


def test_a_change_counts_for_its_mentee_and_its_table_alone(disk: Disk, maja: Mentee) -> None:
    store, bo = direct(disk), Mentee(name="Bo")
    store.commit([Change.created(maja), Change.created(bo)])
    before, tasks = _counted(store, maja, bo), store.revisions.of_table(Task.table)
    note = Note(mentee_id=maja.id, text="noget")
    store.commit([Change.created(note)])
    after = _counted(store, maja, bo)
    assert after[0] > before[0]
    assert after[1] == before[1]
    assert store.revisions.of_table(Note.table) == after[0] == store.revisions.last
    assert store.revisions.of_table(Task.table) == tasks


def test_undo_and_deletion_count(disk: Disk, maja: Mentee) -> None:
    store, note = direct(disk), Note(mentee_id=maja.id, text="noget")
    store.commit([Change.created(maja), Change.created(note)], "add")
    seen = [store.revisions.of(maja.id)]
    store.commit([Change.deleted(note_of(store, note))], "delete")
    seen.append(store.revisions.of(maja.id))
    store.undo()
    seen.append(store.revisions.of(maja.id))
    store.undo()
    seen.append(store.revisions.of(maja.id))
    assert seen == sorted(set(seen)), "each is a later one than that before"


def test_a_record_that_moves_counts_for_both_mentees(disk: Disk, maja: Mentee) -> None:
    store, bo = direct(disk), Mentee(name="Bo")
    note = Note(mentee_id=maja.id, text="noget")
    store.commit([Change.created(maja), Change.created(bo), Change.created(note)])
    before = _counted(store, maja, bo)
    store.commit([Change.edited(note_of(store, note), mentee_id=bo.id)])
    after = _counted(store, maja, bo)
    assert after[0] > before[0]
    assert after[1] > before[1]


def test_what_belongs_to_no_mentee_counts_for_its_table(disk: Disk, maja: Mentee) -> None:
    store = direct(disk)
    store.commit([Change.created(maja)])
    before = store.revisions.of(maja.id)
    for record in (Person(name="Vera"), Tip(text="Spørg")):
        store.commit([Change.created(record)])
        assert store.revisions.of_table(record.table) == store.revisions.last
    assert store.revisions.of(maja.id) == before


def test_typed_text_counts_at_each_key(disk: Disk, maja: Mentee) -> None:
    with threaded(disk) as (store, _backend):
        note = Note(mentee_id=maja.id, text="")
        store.commit([Change.created(maja), Change.created(note)])
        seen = []
        for text in ("d", "de", "det"):
            store.type_text(note_of(store, note), "text", text)
            seen.append(store.revisions.of(maja.id))
        assert seen == sorted(set(seen))


def test_what_another_session_changed_counts_when_it_has_arrived(disk: Disk, maja: Mentee) -> None:
    direct(disk).commit([Change.created(maja)])
    with threaded(disk) as (store, _backend):
        before = store.revisions.of(maja.id)
        note = Note(private=False, mentee_id=maja.id, text="udefra")
        direct(disk, "bob").commit([Change.created(note)])
        wait(store, lambda: store.get(Note, note.id) is not None)
        assert store.revisions.of(maja.id) > before
