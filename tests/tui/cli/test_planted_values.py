"""Whatever another program stores in a record, every command does its work."""

from __future__ import annotations

import io
import sys
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from data.privacy.bundle import read_bundle
from data.records import Goal, Mentee, Person, Task
from data.storage.backend import JournalBackend
from data.storage.protocol import DocChange
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.example import example_file_at
from tests.tools.planted import Planter, plant
from tests.tui.cli.tools import NOW, Mentor

CASES = [
    *((date, 0, only) for only in range(17)),  # a mentee has so many days
    *((datetime, first, None) for first in (0, 4)),
    *((kind, 0, None) for kind in (int, float, bool, dict)),
    *((kind, first, None) for kind in (str, Enum) for first in (0, 2)),
]
"""Which values are stored: of which type, which one first, and in which of the fields alone."""


def commands(folder: Path) -> list[tuple[str, ...]]:
    return [
        ("list", "--all"),
        ("show", "Maja", "--private", "--all"),
        ("show", "Maja", "--private", "--all", "--format", "json"),
        ("due",),
        ("today", "--plain"),
        ("remind",),
        ("calendar", "--names", "-o", str(folder / "all.ics")),
        ("export", "Maja", "all", "-o", str(folder / "all.txt")),
        ("extract", "Maja", "-o", str(folder / "extract")),
        ("handover", "Maja", "-o", str(folder / "maja.mentor")),
        ("publish", "show"),
    ]


@pytest.fixture
def example(file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("MENTOR_NOW", NOW)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    example_file_at(file)
    return file


@pytest.mark.parametrize("case", CASES)
def test_every_command_does_its_work(
    mentor: Mentor, example: Path, tmp_path: Path, case: tuple[type, int, int | None]
) -> None:
    kind, first, only = case
    plant(example, Planter(frozenset({kind}), first, only))
    for command in commands(tmp_path):
        sys.stdin.seek(0)
        done = mentor(*command)
        assert done.status in {0, 1}, (command, done.err)
    assert read_bundle((tmp_path / "maja.mentor").read_bytes()).tables["mentees"]


def stored(file: Path) -> dict[str, dict[str, dict[str, Any]]]:
    backend = JournalBackend(file, by="bo")
    try:
        return {table: dict(docs) for table, docs in backend.load().items()}
    finally:
        backend.close()


def test_a_value_that_cannot_be_read_stays_where_it_is(mentor: Mentor, example: Path) -> None:
    plant(example, Planter(frozenset({date}), 0, 0))
    before = stored(example)["mentees"]
    (id,) = (id for id, doc in before.items() if doc["name"] == "Maja Holm")
    assert before[id]["start"] in {"9999-12-31", "0001-01-01"}
    opened = open_store(example, threaded=False)
    maja = opened.store.get(Mentee, id)
    assert maja is not None
    assert maja.start is None
    opened.store.commit([Change.edited(maja, title="Psychologist")])
    opened.close()
    after = stored(example)["mentees"][id]
    assert after["start"] == before[id]["start"]
    assert after["title"] == "Psychologist"
    done = mentor("doctor")
    assert f"mentees {id}: start" in " ".join(done.out.split())


def test_what_no_bundle_can_hold_stays_here_and_that_is_said(
    mentor: Mentor, example: Path, tmp_path: Path
) -> None:
    tables = stored(example)
    (maja,) = (id for id, doc in tables["mentees"].items() if doc["name"] == "Maja Holm")
    task = {"mentee_id": maja, "title": "Odd", "rev": 1}
    goal = {"mentee_id": maja, "task_id": "../t", "text": "Odd", "rev": 1}
    person, doc = next((id, doc) for id, doc in tables["people"].items() if doc["kind"] == "person")
    other = {"name": "Other", "start": "2025-11-03", "rev": 1}
    changes = [
        DocChange(Task.table, "../t", None, task),
        DocChange(Goal.table, "a b\x1b[1m", None, goal),
        DocChange(Person.table, person, doc, {**doc, "kind": "", "rev": "one", "team": 5}),
        DocChange(Mentee.table, "../m", None, other),
    ]
    backend = JournalBackend(example, by="bo")
    backend.load()
    backend.commit(changes, {})
    backend.close()
    bundle = tmp_path / "maja.mentor"
    done = mentor("handover", "Maja", "-o", str(bundle))
    assert done.status == 0, done.err
    text = "2 records of another program stay here: no bundle can hold them."
    assert text in " ".join(done.err.split())
    found = read_bundle(bundle.read_bytes()).tables
    assert len(found["tasks"]) == sum(one["mentee_id"] == maja for one in tables["tasks"].values())
    assert "../t" not in {one["id"] for one in found["tasks"]}
    for command in (("handover", "Other"), ("lend", "Other", "--until", "2025-12-20")):
        done = mentor(*command, "-o", str(tmp_path / "other.mentor"))
        assert "Another program has added Other" in done.problem
    assert not (tmp_path / "other.mentor").exists()
