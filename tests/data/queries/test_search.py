"""Search over everything: what is found, where it opens, and what a shared view never shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from data.clock import Clock, now, set_clock
from data.method.plan.fields import FIELDS, TEXTS
from data.method.visibility import Reader
from data.queries.search import KINDS, Hit, search
from data.records import (
    Answer,
    Duty,
    Goal,
    Introduction,
    Mentee,
    Need,
    Note,
    NoteKind,
    Person,
    Record,
    Talk,
    Task,
)
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.tools.example import example_changes


def store(*records: Record) -> Store:
    found = Store(MemoryBackend(Disk()), by="met")
    found.commit([Change.created(record) for record in records])
    return found


MAJA = Mentee(name="Maja Ågård")


def texts(hits: list[Hit]) -> list[str]:
    return [hit.text for hit in hits]


@pytest.mark.parametrize("query", ["Ågård", "aagaard", "ÅGÅRD", "agard", "  ågård "])
def test_letters_are_folded(query: str) -> None:
    assert texts(search(store(MAJA), query)) == ["Maja Ågård"]


@pytest.mark.parametrize(
    ("text", "query"),
    [("Børnesamtale", "boern"), ("Børnesamtale", "born"), ("Ærø", "aero"), ("Naïve", "naive")],
)
def test_danish_letters_are_found_without_them(text: str, query: str) -> None:
    task = Task(mentee_id=MAJA.id, title=text)
    assert texts(search(store(MAJA, task), query)) == [text]


@pytest.mark.parametrize("query", ["", " ", "a", "  x "])
def test_one_letter_finds_nothing_yet(query: str) -> None:
    assert search(store(MAJA), query) == []


def test_names_come_first_and_each_record_once() -> None:
    task = Task(mentee_id=MAJA.id, title="Maja maja", description="maja")
    note = Note(mentee_id=MAJA.id, text="Om Maja\nog maja igen")
    hits = search(store(note, task, MAJA), "maja")
    assert [hit.kind for hit in hits] == [Mentee, Task, Note]
    assert len({hit.id for hit in hits}) == 3


def test_a_hit_stands_in_its_context() -> None:
    note = Note(mentee_id=MAJA.id, text="ord " * 100 + "nålen\n" + "andet " * 100)
    (hit,) = search(store(MAJA, note), "nålen", width=40)
    assert hit.text[slice(*hit.span)] == "nålen"
    assert len(hit.text) <= 40
    assert "\n" not in hit.text


def test_a_hit_opens_what_it_belongs_to() -> None:
    task = Task(mentee_id=MAJA.id, title="Opgave")
    goal = Goal(mentee_id=MAJA.id, task_id=task.id, text="kan findes")
    talk = Talk(mentee_id=MAJA.id, number=1)
    answer = Answer(mentee_id=MAJA.id, talk_id=talk.id, key="x", mentee="findes her")
    person = Person(name="Findes Andersen")
    met = Introduction(mentee_id=MAJA.id, person_id=person.id)
    stranger = Person(name="Findes Ikke")
    duty = Duty(mentee_id=MAJA.id, text="skal findes")
    hits = search(store(MAJA, task, goal, talk, answer, person, met, stranger, duty), "findes")

    assert {(hit.place, hit.record_id, hit.mentee_id) for hit in hits} == {
        ("plan", task.id, MAJA.id),
        ("talks", talk.id, MAJA.id),
        ("people", met.id, MAJA.id),
        ("people", stranger.id, ""),
        ("roles", duty.id, MAJA.id),
    }


PRIVATE = [
    Note(mentee_id=MAJA.id, text="kanariefugl", private=True),
    Note(mentee_id=MAJA.id, text="kanariefugl", private=False, kind=NoteKind.DOUBT),
    Answer(mentee_id=MAJA.id, talk_id="1", key="trivsel", mentee="kanariefugl", private=True),
    Need(mentee_id=MAJA.id, area="Skrive", mentor_view="kanariefugl"),
]


@pytest.mark.parametrize("record", PRIVATE, ids=lambda one: type(one).__name__)
def test_a_shared_view_finds_nothing_private(record: Record) -> None:
    found = store(MAJA, record)
    assert len(search(found, "kanariefugl")) == 1
    assert search(found, "kanariefugl", reader=Reader.SHARED) == []


def test_a_shared_view_still_finds_what_is_shared() -> None:
    note = Note(mentee_id=MAJA.id, text="kanariefugl", private=False)
    assert (
        len(search(store(MAJA, note), "kanariefugl", reader=Reader.SHARED, in_front=MAJA.id)) == 1
    )


@pytest.mark.parametrize("query", ["[red]", "(.*", "\\d", "a|b", "^$", "+++"])
def test_a_query_is_text_and_no_pattern(query: str) -> None:
    note = Note(mentee_id=MAJA.id, text=f"før {query} efter")
    assert len(search(store(MAJA, note), query)) == 1


def test_there_is_an_end_to_what_is_found() -> None:
    notes = [Note(mentee_id=MAJA.id, text=f"samme {number}") for number in range(30)]
    assert len(search(store(MAJA, *notes), "samme", limit=10)) == 10


def test_every_kind_of_the_example_can_be_found_by_its_own_words() -> None:
    set_clock(Clock(datetime(2026, 11, 23, 8, 5)))  # noqa: DTZ001
    found = Store(MemoryBackend(Disk()), by="met")
    found.commit(example_changes(now(), "da"))
    assert {hit.kind for query in ("samtale", "jonas", "ma") for hit in search(found, query)} == {
        *KINDS
    }


def test_a_hit_says_what_it_belongs_to() -> None:
    person = Person(name="Farid Amiri", knows="Partshøring og aktindsigt")
    meeting = Introduction(mentee_id=MAJA.id, person_id=person.id, about="Høring af parter")
    task = Task(mentee_id=MAJA.id, title="Afgørelse", next_step="Skrive høringen")
    goal = Goal(mentee_id=MAJA.id, task_id=task.id, text="Kan høre en part")

    found = search(store(MAJA, person, meeting, task, goal), "hør")
    assert [(hit.kind, hit.title) for hit in found] == [
        (Task, "Afgørelse"),
        (Goal, "Afgørelse"),
        (Introduction, "Farid Amiri"),
        (Person, "Farid Amiri"),
    ]
    assert [hit.title for hit in search(store(MAJA, task, person), "f")] == []
    assert [hit.title for hit in search(store(MAJA, task, person), "af")] == [""]


def test_every_text_of_a_task_is_found_also_in_own_columns() -> None:
    written: dict[str, Any] = {one.key: f"kilde {one.key}" for one in FIELDS if one.kind in TEXTS}
    task = Task(mentee_id=MAJA.id, extra={"Sagsnr": "kilde Sagsnr"}, **written)
    found = store(MAJA, task)
    for name in (*written, "Sagsnr"):
        assert texts(search(found, f"kilde {name}")) == [f"kilde {name}"]
