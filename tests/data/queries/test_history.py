"""Who changed what and when, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from data.i18n import set_language
from data.queries.field_names import table_name
from data.queries.history import told
from data.records import (
    BY_TABLE,
    Agreement,
    Goal,
    Mentee,
    Note,
    Person,
    Step,
    Talk,
    TalkState,
    Task,
)
from data.storage.history import TABLES
from data.storage.protocol import Happening
from data.store.change import Change
from data.store.opening import OpenedStore, open_store

NOW = "2026-11-28T10:00:00+00:00"
MAJA = Mentee(name="Maja Holm", title="Socialrådgiver")


@pytest.fixture(autouse=True)
def danish() -> Iterator[None]:
    set_language("da")
    yield
    set_language("en")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenedStore]:
    tmp_path.chmod(0o700)
    found = open_store(tmp_path / "x.json", by="birgitte", threaded=False)
    found.store.commit([Change.created(MAJA)])
    yield found
    found.close()


def said(opened: OpenedStore, of: str = "") -> list[tuple[str, str, str]]:
    found = told(opened.store, opened.store.history(MAJA.id), of)
    return [(one.by, one.about, one.what) for one in found]


def test_dates_choices_and_people_are_told_in_words(opened: OpenedStore) -> None:
    store = opened.store
    mette = Person(name="Mette Lund")
    task = Task(mentee_id=MAJA.id, title="Afgørelse", step=Step.TOGETHER)
    store.commit([Change.created(mette), Change.created(task)])
    edited = Change.edited(
        task,
        step=Step.INDEPENDENT,
        sparring_on=date(2026, 12, 1),
        sparring_with=mette.id,
        estimate_min=300,
        description="x" * 90,
        extra={"Farve": "rød"},
        order=3.0,
    )
    opened.close()
    other = open_store(opened.path, by="bo", threaded=False)
    other.store.commit([edited])
    other.close()
    found = told(opened.store, opened.store.history(MAJA.id), task.id)
    assert [(one.by, one.about, one.what) for one in found] == [
        (
            "bo",
            "Opgave: Afgørelse",
            "Trin: Sammen → Selvstændig; Beskrivelse ændret; Forventet tid: – → 5 t; "
            "Sparring hvornår: – → 01-12-2026; Sparring med hvem: – → Mette Lund; Farve: – → rød",
        ),
        ("birgitte", "Opgave: Afgørelse", "tilføjet"),
    ]


def test_no_line_says_twice_what_it_is_about(opened: OpenedStore) -> None:
    task = Task(mentee_id=MAJA.id, title="Afgørelse")
    opened.store.commit([Change.created(task)])
    opened.close()
    other = open_store(opened.path, by="bo", threaded=False)
    other.store.commit([Change.edited(task, title="Afgørelser")])
    other.close()
    found = told(opened.store, opened.store.history(MAJA.id), task.id)
    assert found[0].what == "Navn: Afgørelse → Afgørelser"
    for table in TABLES:
        for name in (one.name for one in fields(BY_TABLE[table])):
            change = Happening(table, "1", MAJA.id, NOW, "bo", "set", {name: ("a", "b")})
            told_once = told(opened.store, [change])
            assert not any(one.what.startswith(f"{table_name(table)}: ") for one in told_once)


def test_what_is_filled_in_while_it_is_made_belongs_to_its_making(opened: OpenedStore) -> None:
    """It is promised nowhere that it is told, and docs/personal-data.md says so."""
    task = Task(mentee_id=MAJA.id, title="Første ord")
    opened.store.commit([Change.created(task)])
    opened.store.commit([Change.edited(task, title="Andre ord")])
    assert said(opened, task.id) == [("birgitte", "Opgave: Andre ord", "tilføjet")]
    documents = (Path(__file__).parents[3] / "docs/personal-data.md").read_text("utf-8")
    assert "within a minute of its making belongs to that" in documents


def test_what_is_deleted_keeps_its_name_and_goals_belong_to_their_task(
    opened: OpenedStore,
) -> None:
    task = Task(mentee_id=MAJA.id, title="Afgørelse")
    goal = Goal(mentee_id=MAJA.id, task_id=task.id, text="Kender fristen")
    other = Task(mentee_id=MAJA.id, title="Andet")
    opened.store.commit([Change.created(one) for one in (task, goal, other)])
    opened.store.commit([Change.deleted(goal), Change.deleted(task)])
    assert said(opened, task.id) == [
        ("birgitte", "Opgave: Afgørelse", "slettet"),
        ("birgitte", "Mål: Kender fristen", "slettet"),
        ("birgitte", "Mål: Kender fristen", "tilføjet"),
        ("birgitte", "Opgave: Afgørelse", "tilføjet"),
    ]


def test_talks_and_expectations_have_a_history_and_notes_have_none(opened: OpenedStore) -> None:
    talk = Talk(mentee_id=MAJA.id, number=2, planned_on=date(2026, 12, 1))
    opened.store.commit(
        [
            Change.created(talk),
            Change.created(Agreement(mentee_id=MAJA.id, place="Rum 1")),
            Change.created(Note(mentee_id=MAJA.id, text="en note", at=None)),
        ]
    )
    opened.store.commit([Change.edited(talk, state=TalkState.HELD)])
    about = {one[1] for one in said(opened)}
    assert about == {"Mentee", "Samtale 2", "Forventninger"}


def test_much_that_is_made_at_once_is_one_line(opened: OpenedStore) -> None:
    tasks = [Task(mentee_id=MAJA.id, title=f"Opgave {number}") for number in range(5)]
    opened.store.commit([Change.created(task) for task in tasks])
    whole = said(opened)
    assert whole[0] == ("birgitte", "", "tilføjet: Mentee 1, Opgave 5")
    assert said(opened, tasks[0].id) == [("birgitte", "Opgave: Opgave 0", "tilføjet")]


def test_fields_that_no_program_has_are_told_as_they_stand(opened: OpenedStore) -> None:
    """A colleague with a login may write into the history of a server what they like."""
    at = "2026-01-05T09:00:00+01:00"
    for table in sorted(TABLES):
        for name in ("day", "kind", "state", "number"):
            odd: dict[str, tuple[object, object]] = {name: ([["a"]], 1e308)}
            told(opened.store, [Happening(table, "5", MAJA.id, at, "bo", "set", odd)])
