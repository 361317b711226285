"""The one door: what memory shows, what is saved, what others change, and undo."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from tinydb import where

from data.clock import Clock, set_clock
from data.records import Answer, Conflict, Mentee, Note, Task, is_part_id, new_id, part_id
from data.storage.problems import ErrorKind, NotSaved
from data.storage.protocol import Presence
from data.store import saver
from data.store.change import Change
from data.store.database import ReadOnly
from data.store.store import Event, SaveState, Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.store.store_tools import direct, note_of, threaded, wait

# -- reading and changing -------------------------------------------------------------------------


def test_a_commit_is_read_back_stamped(disk: Disk, maja: Mentee) -> None:
    store = direct(disk)
    store.commit([Change.created(maja)], "Add Maja")
    found = store.get(Mentee, maja.id)
    assert found is not None
    assert (found.name, found.rev, found.changed_by) == ("Maja", 1, "met")
    assert found.created_at is not None
    assert direct(disk).get(Mentee, maja.id) == found


def test_records_come_oldest_first_even_after_undo(disk: Disk, maja: Mentee) -> None:
    store = direct(disk)
    notes = [Note(mentee_id=maja.id, text=str(number)) for number in range(4)]
    store.commit([Change.created(maja), *map(Change.created, notes)])
    assert [note.text for note in store.of(Note, maja.id)] == ["0", "1", "2", "3"]
    assert len(store.all(Note)) == 4
    store.commit([Change.deleted(note_of(store, notes[1]))], "Delete")
    assert [note.text for note in store.of(Note, maja.id)] == ["0", "2", "3"]
    store.undo()
    assert [note.text for note in store.of(Note, maja.id)] == ["0", "1", "2", "3"]
    assert [note.text for note in store.all(Note)] == ["0", "1", "2", "3"]
    assert store.of(Note, "1") == []


def test_records_whose_ids_tell_no_time_come_in_the_order_they_were_made(disk: Disk) -> None:
    set_clock(Clock(datetime(2026, 11, 23, 8, 0)))  # noqa: DTZ001 - the clock adds the offset
    store = direct(disk)
    for number in range(6):
        key = f"step{number}"
        set_clock(Clock(datetime(2026, 11, 23, 8, number)))  # noqa: DTZ001
        id = part_id("1790000000000000001", key)
        answer = Answer(id=id, mentee_id="1", talk_id="1790000000000000001", key=key)
        store.commit([Change.created(answer)])
        if number == 3:
            assert len(store.of(Answer, "1")) == 4
    set_clock(None)
    for again in (store, direct(disk)):
        assert [one.key for one in again.of(Answer, "1")] == [f"step{n}" for n in range(6)]
        assert [one.key for one in again.all(Answer)] == [f"step{n}" for n in range(6)]


def test_mentees_come_in_the_order_in_which_they_were_made(disk: Disk) -> None:
    """Their ids tell the time only roughly: of those of one moment they keep the order."""
    store = direct(disk)
    digits = "973125"
    for minute, digit in enumerate(digits):
        set_clock(Clock(datetime(2026, 11, 23, 8, minute // 2)))  # noqa: DTZ001
        mentee = Mentee(id=f"179600{digit}{'0' * 12}", name=digit)
        store.commit([Change.created(mentee)])
        assert len(store.all(Mentee)) == minute + 1
    set_clock(None)
    for again in (store, direct(disk)):
        assert [one.name for one in again.all(Mentee)] == ["7", "9", "1", "3", "2", "5"]


def test_the_id_of_a_part_is_always_the_same() -> None:
    ids = {part_id("1790000000000000001", f"step{number}") for number in range(1000)}
    assert len(ids) == 1000
    assert all(is_part_id(id) and id.isdecimal() for id in ids)
    assert not is_part_id(new_id())
    assert part_id("1", "next") == part_id("1", "next") != part_id("2", "next")


def test_empty_changes_make_no_step(disk: Disk, maja: Mentee) -> None:
    store = direct(disk)
    store.commit([Change.created(maja)], "Add")
    found = store.get(Mentee, maja.id)
    assert found is not None
    store.commit([Change.edited(found, name="Maja")], "Nothing")
    assert store.undo() == "Add"
    assert store.undo() is None


def test_undo_and_redo_go_through_every_step(disk: Disk, maja: Mentee) -> None:
    store = direct(disk)
    task = Task(mentee_id=maja.id, title="One")
    store.commit([Change.created(maja), Change.created(task)], "Add")
    for new in ("Two", "Three"):
        found = store.get(Task, task.id)
        assert found is not None
        store.commit([Change.edited(found, title=new)], new)

    def title() -> str | None:
        found = store.get(Task, task.id)
        return found.title if found else None

    assert [(store.undo(), title()) for _ in range(4)] == [
        ("Three", "Two"),
        ("Two", "One"),
        ("Add", None),
        (None, None),
    ]
    assert [(store.redo(), title()) for _ in range(4)] == [
        ("Add", "One"),
        ("Two", "Two"),
        ("Three", "Three"),
        (None, "Three"),
    ]
    assert store.undo() == "Three"
    found = store.get(Task, task.id)
    assert found is not None
    store.commit([Change.edited(found, title="Other")], "Other")
    assert store.redo() is None
    other = direct(disk).get(Task, task.id)
    assert other is not None
    assert other.title == "Other"


def test_undo_leaves_what_another_changed(disk: Disk, maja: Mentee) -> None:
    mine, theirs = direct(disk), direct(disk, "bo")
    task = Task(mentee_id=maja.id, title="One")
    mine.commit([Change.created(task)], "Add")
    found = mine.get(Task, task.id)
    assert found is not None
    mine.commit([Change.edited(found, title="Two")], "Title")
    theirs = direct(disk, "bo")
    seen = theirs.get(Task, task.id)
    assert seen is not None
    theirs.commit([Change.edited(seen, type="Home visit")])
    assert mine.undo() == "Title"
    after = mine.get(Task, task.id)
    assert after is not None
    assert (after.title, after.type) == ("One", "Home visit")


def test_a_failed_commit_changes_nothing(disk: Disk, maja: Mentee) -> None:
    backend = disk.backend()
    store = Store(backend, by="met")
    backend.full.set()
    with pytest.raises(NotSaved):
        store.commit([Change.created(maja)], "Add")
    assert store.get(Mentee, maja.id) is None
    assert store.undo() is None
    backend.full.clear()
    store.commit([Change.created(maja)], "Add")
    backend.full.set()
    with pytest.raises(NotSaved):
        store.undo()
    assert store.get(Mentee, maja.id) is not None
    backend.full.clear()
    assert store.undo() == "Add"


def test_all_tables_can_be_asked_as_a_tinydb(disk: Disk, maja: Mentee) -> None:
    with threaded(disk) as (store, backend):
        db = store.tables()
        open_tasks = (where("mentee_id") == maja.id) & (where("status") != "done")
        assert db.table("tasks").count(open_tasks) == 0
        backend.gate.clear()
        task = Task(mentee_id=maja.id, title="One")
        store.commit([Change.created(task)])
        (found,) = db.table("tasks").search(open_tasks)
        assert store.get(Task, str(found.doc_id)) == store.all(Task)[0], "unsaved, and there"
        backend.gate.set()
        assert store.flush()
        store.commit([Change.deleted(store.all(Task)[0])])
        assert db.table("tasks").search(open_tasks) == []
        with pytest.raises(ReadOnly):
            db.table("tasks").insert({"title": "Two"})
        assert store.all(Task) == []


# -- others ---------------------------------------------------------------------------------------


def test_others_changes_arrive_and_are_told(disk: Disk, maja: Mentee) -> None:
    with threaded(disk) as (store, _backend):
        events: list[Event] = []
        end = store.subscribe(events.append)
        other = direct(disk, "bo")
        other.commit([Change.created(maja)])
        wait(store, lambda: store.get(Mentee, maja.id) is not None)
        assert Event(frozenset({"mentees"}), own=False) in events
        end()
        end()
        events.clear()
        other.commit([Change.edited(other.all(Mentee)[0], team="North")])
        wait(store, lambda: store.all(Mentee)[0].team == "North")
        assert not events


def test_different_fields_merge_while_ours_waits(disk: Disk, maja: Mentee) -> None:
    other = direct(disk, "bo")
    other.commit([Change.created(maja)])
    with threaded(disk) as (store, backend):
        backend.gate.clear()
        store.commit([Change.edited(store.all(Mentee)[0], title="Social worker")])
        assert store.all(Mentee)[0].title == "Social worker"
        other.commit([Change.edited(other.all(Mentee)[0], team="North")])
        backend.gate.set()
        wait(store, lambda: not store.unsaved)
        seen = store.all(Mentee)[0]
        assert (seen.title, seen.team) == ("Social worker", "North")
        assert direct(disk).all(Mentee)[0] == seen


def test_a_value_that_lost_its_place_is_kept(disk: Disk, maja: Mentee) -> None:
    other = direct(disk, "bo")
    other.commit([Change.created(maja)])
    with threaded(disk) as (store, backend):
        clashes: list[Event] = []
        store.subscribe(lambda event: clashes.append(event) if event.clashes else None)
        backend.gate.clear()
        store.commit([Change.edited(store.all(Mentee)[0], title="Mine")])
        other.commit([Change.edited(other.all(Mentee)[0], title="Theirs")])
        backend.gate.set()
        wait(store, lambda: not store.unsaved and bool(clashes))
        assert store.all(Mentee)[0].title == "Theirs"
        (conflict,) = store.all(Conflict)
        assert (conflict.mine, conflict.theirs, conflict.mentee_id) == ("Mine", "Theirs", maja.id)
        assert store.flush()
    assert [one.mine for one in direct(disk).all(Conflict)] == ["Mine"]


def test_an_edit_of_what_another_deleted_shows_what_is_there(disk: Disk, maja: Mentee) -> None:
    other = direct(disk, "bo")
    task = Task(mentee_id=maja.id, title="One")
    other.commit([Change.created(task)])
    with threaded(disk) as (store, backend):
        backend.gate.clear()
        store.commit([Change.edited(store.all(Task)[0], title="Two")])
        other.commit([Change.deleted(other.all(Task)[0])])
        backend.gate.set()
        wait(store, lambda: bool(store.all(Conflict)) and not store.unsaved)
        assert store.all(Task) == []
        assert [one.mine for one in store.all(Conflict)] == ["Two"]
        assert [one.mentee_id for one in store.all(Conflict)] == [maja.id]


def test_a_deletion_of_what_another_edited_does_not_take_it_away(disk: Disk, maja: Mentee) -> None:
    other = direct(disk, "bo")
    other.commit([Change.created(Task(mentee_id=maja.id, title="One"))])
    with threaded(disk) as (store, backend):
        backend.gate.clear()
        store.commit([Change.deleted(store.all(Task)[0])], "Delete")
        assert store.all(Task) == []
        other.commit([Change.edited(other.all(Task)[0], title="Two")])
        backend.gate.set()
        wait(store, lambda: not store.unsaved)
        assert [task.title for task in store.all(Task)] == ["Two"]
        assert store.all(Conflict) == []


# -- saving ---------------------------------------------------------------------------------------


def test_a_failing_disk_is_told_and_tried_again(
    disk: Disk, maja: Mentee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "FIRST_RETRY_SECONDS", 0.005)
    with threaded(disk) as (store, backend):
        backend.full.set()
        store.commit([Change.created(maja)], "Add")
        wait(store, lambda: store.status.state is SaveState.FAILED)
        assert store.status.problem is not None
        assert store.status.problem.kind is ErrorKind.FULL
        assert store.unsaved == 1
        note = Note(mentee_id=maja.id)
        store.commit([Change.created(note)], "Note")
        store.type_text(note, "text", "Kept")
        assert store.status.problem is not None, "more work does not take it back"
        wait(store, lambda: backend.tries > 2)
        assert note_of(store, note).text == "Kept"
        assert not disk.now()
        backend.full.clear()
        store.retry()
        assert store.flush()
        after = store.status
        assert (after.state, after.problem) == (SaveState.SAVED, None)
        assert after.at is not None
    assert direct(disk).all(Note)[0].text == "Kept"


def test_an_error_that_nobody_knows_does_not_end_the_saving(
    disk: Disk, maja: Mentee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "FIRST_RETRY_SECONDS", 0.005)
    with threaded(disk) as (store, backend):

        def unforeseen(*_args: object) -> None:
            raise KeyError("unforeseen")

        monkeypatch.setattr(backend.backend, "commit", unforeseen)
        store.commit([Change.created(maja)], "Add")
        wait(store, lambda: store.status.state is SaveState.FAILED)
        assert store.status.problem is not None
        assert store.status.problem.kind is ErrorKind.FAULT
        monkeypatch.undo()
        store.retry()
        assert store.flush()
    assert direct(disk).all(Mentee)[0].name == maja.name


def test_leaving_with_a_full_disk_says_so(
    disk: Disk, maja: Mentee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "FIRST_RETRY_SECONDS", 0.005)
    backend = disk.backend(listening=True)
    store = Store(backend, by="met")
    store.start_saver(lambda: None)
    backend.full.set()
    store.commit([Change.created(maja)])
    assert not store.flush(0.05)
    assert not store.close(0.05)
    assert backend.closed


def test_the_saver_wakes_its_listener_from_its_own_thread(disk: Disk, maja: Mentee) -> None:
    woken = threading.Event()
    threads: set[str] = set()

    def wake() -> None:
        threads.add(threading.current_thread().name)
        woken.set()
        raise RuntimeError("the event loop is gone")

    store = direct(disk)
    store.start_saver(wake)
    store.commit([Change.created(maja)])
    assert woken.wait(10)
    assert store.close(), "a wake that fails stops nothing"
    assert threads == {"saver"}


def test_many_commits_reach_the_disk_in_order(disk: Disk, maja: Mentee) -> None:
    with threaded(disk) as (store, _backend):
        store.commit([Change.created(maja)])
        for number in range(200):
            store.commit([Change.edited(store.all(Mentee)[0], title=str(number))])
        assert store.flush()
        assert store.all(Mentee)[0].title == "199"
        assert store.all(Mentee)[0].rev == 201
    assert direct(disk).all(Mentee)[0].title == "199"


class Failing(MemoryBackend):
    """A backend in which everything fails but saving and looking."""

    def presence(self) -> tuple[Presence, ...]:
        raise RuntimeError

    def announce(self, where: str) -> None:
        raise RuntimeError

    def idle(self) -> None:
        self.idled = True
        raise RuntimeError


def test_nothing_that_fails_beside_it_ends_saving(
    maja: Mentee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "IDLE_SECONDS", 0.0)
    monkeypatch.setattr(saver, "POLL_SECONDS", 0.005)
    backend = Failing(Disk())
    store = Store(backend, by="met")
    store.start_saver(lambda: None)
    store.announce(maja.id)
    wait(store, lambda: getattr(backend, "idled", False))
    store.commit([Change.created(maja)])
    wait(store, lambda: store.status.state is SaveState.SAVED)
    assert store.close(5)
