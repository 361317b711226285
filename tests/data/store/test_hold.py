"""A hold: nothing about the mentee is deleted, in whatever way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from data.method.hold import answer_by, awaits_answer, hold, is_held, release
from data.records import (
    Answer,
    CalendarEntry,
    EntryKind,
    Mentee,
    Note,
    Postponed,
    Record,
    Talk,
    Task,
)
from data.store.change import Change
from data.store.hold import OnHold
from data.store.store import Store
from tests.data.backend import Disk

MAJA = Mentee(name="Maja Holm")
EMIL = Mentee(name="Emil Kragh")
DAY = date(2026, 12, 1)


@pytest.fixture
def store(disk: Disk) -> Store:
    found = Store(disk.backend(), by="met")
    found.commit([Change.created(MAJA), Change.created(EMIL)])
    return found


def put_on_hold(store: Store) -> None:
    maja = store.get(Mentee, MAJA.id)
    assert maja
    store.commit([hold(maja, DAY, "indsigt")])


def added(store: Store, record: Record) -> Record:
    store.commit([Change.created(record)])
    found = store.get(type(record), record.id)
    assert found
    return found


HOLDS: list[Callable[[], Record]] = [
    lambda: Note(mentee_id=MAJA.id, text="en note"),
    lambda: Task(mentee_id=MAJA.id, title="Afgørelse"),
    lambda: Answer(mentee_id=MAJA.id, talk_id="1", key="works", mentee="ja"),
    lambda: Talk(mentee_id=MAJA.id, number=1, by_hand=True),
]
HOLDS_NOTHING: list[Callable[[], Record]] = [
    lambda: Note(mentee_id=MAJA.id, text=" "),
    lambda: Answer(mentee_id=MAJA.id, talk_id="1", key="works"),
    lambda: Talk(mentee_id=MAJA.id, number=1),
    lambda: Postponed(mentee_id=MAJA.id, key="x", until=DAY),
    lambda: CalendarEntry(mentee_id=MAJA.id, kind=EntryKind.TALK, of_id="1"),
    lambda: Note(mentee_id=EMIL.id, text="en note om en anden"),
]


@pytest.mark.parametrize("make", HOLDS)
def test_on_hold_nothing_about_the_mentee_is_deleted(
    store: Store, make: Callable[[], Record]
) -> None:
    record = added(store, make())
    put_on_hold(store)
    with pytest.raises(OnHold, match=r"Maja Holm.*01-12-2026 \(indsigt\)"):
        store.commit([Change.deleted(record)])
    assert store.get(type(record), record.id) == record
    maja = store.get(Mentee, MAJA.id)
    assert maja
    with pytest.raises(OnHold):
        store.commit([Change.deleted(maja)])


@pytest.mark.parametrize("make", HOLDS_NOTHING)
def test_what_holds_nothing_may_go(store: Store, make: Callable[[], Record]) -> None:
    record = added(store, make())
    put_on_hold(store)
    store.commit([Change.deleted(record)])
    assert store.get(type(record), record.id) is None


def test_undo_and_redo_delete_nothing_either(store: Store) -> None:
    note = added(store, Note(mentee_id=MAJA.id, text="en note"))
    maja = store.get(Mentee, MAJA.id)
    assert maja
    store.commit([hold(maja, DAY)], undoable=False)
    with pytest.raises(OnHold):
        store.undo()
    assert store.get(Note, note.id)
    held = store.get(Mentee, MAJA.id)
    assert held
    store.commit([release(held)], undoable=False)
    store.undo()
    assert store.get(Note, note.id) is None
    store.commit([hold(store.get(Mentee, MAJA.id) or MAJA, DAY)], undoable=False)
    store.redo()
    assert store.get(Note, note.id)


def test_one_deletion_among_others_leaves_all_undone(store: Store) -> None:
    note = added(store, Note(mentee_id=MAJA.id, text="en note"))
    put_on_hold(store)
    emil = store.get(Mentee, EMIL.id)
    assert emil
    with pytest.raises(OnHold):
        store.commit([Change.edited(emil, team="Nyt"), Change.deleted(note)])
    assert store.get(Mentee, EMIL.id) == emil


def test_who_listens_hears_of_it_instead(store: Store) -> None:
    heard: list[OnHold] = []
    store.refusals.heard = heard.append
    note = added(store, Note(mentee_id=MAJA.id, text="en note"))
    put_on_hold(store)
    store.commit([Change.deleted(note)])
    assert len(heard) == 1
    assert store.get(Note, note.id)
    assert store.refusals.of([Change.deleted(note)])
    assert store.refusals.of([Change.edited(note, text="andet")]) is None


def test_who_asked_for_their_data_is_remembered_after_twenty_days() -> None:
    asked = Mentee(name="Maja", extract_asked_on=date(2026, 12, 1))
    assert answer_by(date(2026, 12, 1)) == date(2027, 1, 1)
    assert not awaits_answer(asked, date(2026, 12, 20))
    assert awaits_answer(asked, date(2026, 12, 21))
    given = Mentee(name="Maja", extract_asked_on=date(2026, 12, 1), extract_given_on=DAY)
    assert not awaits_answer(given, date(2026, 12, 30))
    assert is_held(hold(asked, DAY).after or asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 11, 12), date(2026, 12, 12)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2027, 2, 15), date(2027, 3, 15)),
        (date(2027, 7, 15), date(2027, 8, 15)),
    ],
)
def test_the_answer_is_due_a_month_after_the_day_on_which_they_asked(
    asked: date, due: date
) -> None:
    assert answer_by(asked) == due
