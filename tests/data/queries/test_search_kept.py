"""Search in the texts that are kept finds what a look through all records would find."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.method.visibility import Reader, may_see, may_see_of
from data.queries import search as module
from data.queries.search import Hit, read_ahead, search
from data.queries.searchable import Searchable, forget_searched, texts_of, written_on
from data.records import (
    Answer,
    Introduction,
    Mentee,
    MenteeRecord,
    Need,
    Note,
    Person,
    Record,
    Talk,
    TalkState,
    Task,
    part_id,
)
from data.store.change import Change
from data.store.store import Store
from data.text import clean, in_context, matches, skeleton
from tests.data.backend import Disk
from tests.data.store.store_tools import direct
from tests.tools.steps import steps_of

LETTERS = st.text("aeoæøå AEÅßé\nbrnk-'\"", max_size=12)
DAY = datetime(2026, 3, 2, 9).astimezone()


@given(LETTERS, LETTERS)
def test_what_is_found_has_the_skeleton_of_what_was_searched(text: str, query: str) -> None:
    if matches(clean(text, lines=True), query):
        assert skeleton(query) in skeleton(clean(text, lines=True))


def _plain(store: Store, query: str, reader: Reader, in_front: str) -> list[Hit]:
    """Search as if nothing were kept."""

    def hits(record: Record) -> Iterator[Hit]:
        kind = type(record)
        target, mentee = module._target(store, record)
        if not may_see_of(mentee, reader, in_front):
            return
        for name, value in texts_of(record, module._FIELDS[kind]):
            where = matches(value, query) if value and may_see(record, reader, name) else []
            if where:
                text, span = in_context(value, where[0], 60)
                place, title = module._PLACES[kind], module._title(store, record, name)
                on = written_on(store, record)
                yield Hit(kind, record.id, target, mentee, place, text, span, title, on)
                return

    found = [
        hit for kind in module._FIELDS for one in reversed(store.all(kind)) for hit in hits(one)
    ]
    found.sort(key=lambda hit: (hit.kind is Mentee, hit.on or date.min), reverse=True)
    return found


class _Walk:
    def __init__(self, seed: int) -> None:
        self._any = random.Random(seed)

    def _words(self) -> str:
        words = ("Åse", "aase", "børn", "boern", "Ærø", "sag 12", "nål\npind", 'sagt: "ja"')
        return " ".join(self._any.sample(words, 2))

    def _new(self, store: Store) -> Record:
        chosen = self._any.choice
        mentees, talks, people = store.all(Mentee), store.all(Talk), store.all(Person)
        if not mentees:
            return Mentee(name=self._words())
        of, at = chosen(mentees).id, DAY - timedelta(days=self._any.randrange(9))
        made: list[Record] = [
            Mentee(name=self._words()),
            Note(mentee_id=of, text=self._words(), at=at, private=chosen((True, False))),
            Note(mentee_id=of, text=self._words()),
            Task(mentee_id=of, title=self._words(), extra={"Farve": self._words()}),
            Talk(mentee_id=of, number=1, started_at=at, state=TalkState.HELD),
            Person(name=self._words()),
        ]
        if talks:
            talk = chosen(talks)
            made.append(
                Answer(mentee_id=talk.mentee_id, talk_id=talk.id, key="k", mentee=self._words())
            )
        if people:
            made.append(Introduction(mentee_id=of, person_id=chosen(people).id))
        return replace(chosen(made), created_at=at)

    def step(self, store: Store) -> None:
        act, chosen = self._any.randrange(8), self._any.choice
        kinds: tuple[type[Record], ...] = (Mentee, Note, Task, Talk, Person, Answer, Introduction)
        every = [one for kind in kinds for one in store.all(kind)]
        if act < 4 or not every:
            store.commit([Change.created(self._new(store))], "new")
        elif act == 4:
            store.undo()
        elif act == 5:
            store.commit([Change.deleted(chosen(every))], "delete")
        else:
            record = chosen(every)
            if isinstance(record, Talk):
                change = Change.edited(record, started_at=DAY + timedelta(days=act))
            elif isinstance(record, Note):
                change = Change.edited(record, text=self._words(), at=DAY)
            elif isinstance(record, MenteeRecord):
                change = Change.edited(record, mentee_id=chosen(store.all(Mentee) or [record]).id)
            else:
                change = Change.edited(record, name=self._words())
            store.commit([change], "edit")


@pytest.mark.parametrize("seed", range(5))
def test_it_finds_the_same_after_every_change(seed: int) -> None:
    store, walk = direct(Disk()), _Walk(seed)
    for step in range(60):
        walk.step(store)
        for query in ("ase", "børn", "oe", "ærø", "12", 'sagt: "', "nål pind", "aa"):
            for reader in (Reader.MENTOR, Reader.SHARED):
                in_front = store.all(Mentee)[0].id if store.all(Mentee) and step % 2 else ""
                wanted = _plain(store, query, reader, in_front)
                assert search(store, query, reader=reader, in_front=in_front) == wanted[:200]
                few = search(store, query, reader=reader, in_front=in_front, limit=3)
                assert few == wanted[:3]
    forget_searched(store)
    assert search(store, "ase") == _plain(store, "ase", Reader.MENTOR, "")[:200]


def _steps_of_a_letter(notes: int) -> int:
    store = direct(Disk())
    mentee = Mentee(name="Maja")
    made = [Note(mentee_id=mentee.id, text=f"Ord nummer {at}", at=DAY) for at in range(notes)]
    store.commit([Change.created(one) for one in (mentee, *made)])
    search(store, "ord n", limit=20)
    return steps_of(lambda: search(store, "ord n", limit=20))


def test_a_letter_looks_at_what_is_shown() -> None:
    assert _steps_of_a_letter(600) < 1.2 * _steps_of_a_letter(60)


def test_a_change_is_read_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    store = direct(Disk())
    mentee = Mentee(name="Maja")
    notes = [Note(mentee_id=mentee.id, text=f"Ord {at}") for at in range(9)]
    store.commit([Change.created(one) for one in (mentee, *notes)])
    search(store, "ord")
    read: list[str] = []
    entry = Searchable._entry

    def counted(self: Searchable, kind: type[Record], id: str, doc: dict[str, object]) -> object:
        read.append(id)
        return entry(self, kind, id, doc)

    monkeypatch.setattr(Searchable, "_entry", counted)
    found = store.get(Note, notes[3].id)
    assert found is not None
    store.commit([Change.edited(found, text="Nyt ord")])
    assert len(search(store, "nyt")) == 1
    assert read == [notes[3].id]


def test_what_changes_while_it_is_read_is_found() -> None:
    store, mentee = direct(Disk()), Mentee(name="Maja")
    notes = [Note(mentee_id=mentee.id, text=f"Ord {at}") for at in range(200)]
    store.commit([Change.created(one) for one in (mentee, *notes)])
    assert not read_ahead(store, 0), "some are left"
    first, last = (store.get(Note, notes[at].id) for at in (0, -1))
    assert first is not None
    assert last is not None
    store.commit([Change.deleted(last), Change.edited(first, text="Nyt ord")])
    made = Note(mentee_id=mentee.id, text="Nyeste ord")
    store.commit([Change.created(made)])
    while not read_ahead(store, 0):
        pass
    assert search(store, "nye") == _plain(store, "nye", Reader.MENTOR, "")
    assert search(store, "ord", limit=900) == _plain(store, "ord", Reader.MENTOR, "")


def test_records_that_are_as_old_as_each_other_are_told_apart(disk: Disk) -> None:
    store = direct(disk)
    mentee = Mentee(name="Maja")
    needs = [
        Need(id=part_id(mentee.id, str(at)), mentee_id=mentee.id, area=f"behov {at}")
        for at in range(5)
    ]
    store.commit([Change.created(one) for one in (mentee, *needs)])
    assert len(search(store, "behov")) == 5
    for need in needs:
        stored = store.get(Need, need.id)
        assert stored is not None
        store.commit([Change.between(stored, replace(stored, area=f"{stored.area} nu"))])
        assert {hit.id for hit in search(store, "behov")} == {one.id for one in needs}
        assert len(search(store, "behov")) == 5
    last = store.get(Need, needs[2].id)
    assert last is not None
    store.commit([Change.deleted(last)])
    assert {hit.id for hit in search(store, "behov")} == {
        one.id for one in needs if one is not needs[2]
    }
