"""Who changed what and when: the same before and after folds, and whatever is cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.method.visibility import _PRIVATE_FIELDS
from data.records import BY_TABLE, Answer, Conflict, Need, Note, Unfinished
from data.storage.history import TABLES, changed_fields, joined, read_history
from data.storage.protocol import Happening
from tests.data.storage.crash.disks import QUICK, CountingDisk, DyingDisk, Killed
from tests.data.storage.support import Session, close_all, open_files

MAJA = {"mentee_id": "m1"}


def told(path: Path, mentee: str = "m1") -> list[tuple[str, str, str, str, dict[str, Any]]]:
    """What the history tells of a mentee, without the times."""
    found = read_history(path, mentee)
    return [(one.table, one.id, one.by, one.kind, dict(one.fields)) for one in found]


def one_at(minute: int, by: str = "met", **fields: tuple[Any, Any] | None) -> Happening:
    at = f"2026-11-23T{8 + minute // 60:02}:{minute % 60:02}:00+01:00"
    return Happening("tasks", "t1", "m1", at, by, "set", fields)


def test_every_table_with_a_history_is_one_of_the_records() -> None:
    assert set(BY_TABLE) >= TABLES


def test_short_values_are_kept_and_of_long_ones_only_that_they_changed() -> None:
    before = {"step": None, "title": "Afgørelse", "text": "x" * 90, "rev": 1, "mentee_id": "m"}
    after = {**before, "step": "alone", "text": "y" * 90, "rev": 2, "goals": ["a"], "done": True}
    found = changed_fields(before, after)
    assert found == {"step": (None, "alone"), "text": None, "goals": None, "done": (None, True)}
    assert changed_fields(before, None) == {"title": ("Afgørelse", None), "text": None}
    assert changed_fields(None, before) == {"title": (None, "Afgørelse"), "text": None}


def test_of_a_field_with_entries_those_that_changed_are_told() -> None:
    before = {"extra": {"Farve": "rød", "Sted": "A"}}
    after = {"extra": {"Farve": "blå", "Sted": "A", "Tid": "ti"}}
    expected = {"extra.Farve": ("rød", "blå"), "extra.Tid": (None, "ti")}
    assert changed_fields(before, after) == expected
    assert changed_fields(before, {**before, "rows": {str(n): "x" for n in range(9)}}) == {
        "rows": None
    }


def test_edits_within_half_an_hour_by_one_user_are_one() -> None:
    found = joined(
        [
            one_at(0, title=("A", "Af")),
            one_at(29, title=("Af", "Afgørelse"), step=(None, "alone")),
            one_at(31, title=("Afgørelse", "Afslag")),
            one_at(32, "bo", title=("Afslag", "Afgørelse")),
        ]
    )
    assert [(one.by, dict(one.fields)) for one in found] == [
        ("met", {"title": ("A", "Afgørelse"), "step": (None, "alone")}),
        ("met", {"title": ("Afgørelse", "Afslag")}),
        ("bo", {"title": ("Afslag", "Afgørelse")}),
    ]
    assert joined([one_at(0, step=(None, "alone")), one_at(1, step=("alone", None))]) == []


def _a_life(path: Path, *, folds: bool) -> None:
    met = Session(path)
    bo = Session(path, "bo")

    def fold() -> None:
        if folds:
            met.backend.fold()

    met.put("m1", "mentees", name="Maja Holm")
    met.put("m2", "mentees", name="Emil Kragh")
    met.put("t1", "tasks", title="Afgørelse", **MAJA)
    met.put("t9", "tasks", title="Andet", mentee_id="m2")
    met.put("n1", text="en note", **MAJA)
    fold()
    bo.poll()
    bo.put("t1", "tasks", step="together")
    fold()
    bo.put("t1", "tasks", title="Afslag", description="lang " * 40)
    met.poll()
    met.put("t2", "tasks", title="Ny", **MAJA)
    fold()
    met.delete("t1", "tasks")
    met.put("t2", "tasks", title="Nyere")
    fold()
    for session in (met, bo):
        session.die()


def test_folds_change_nothing_in_what_is_told(tmp_path: Path) -> None:
    paths = [tmp_path / name / "x.json" for name in ("folded", "unfolded")]
    for path in paths:
        path.parent.mkdir(mode=0o700)
        _a_life(path, folds=path.parent.name == "folded")
    assert told(paths[0]) == told(paths[1])
    assert told(paths[0]) == [
        ("mentees", "m1", "met", "new", {"name": (None, "Maja Holm")}),
        ("tasks", "t1", "met", "new", {"title": (None, "Afgørelse")}),
        (
            "tasks",
            "t1",
            "bo",
            "set",
            {"step": (None, "together"), "title": ("Afgørelse", "Afslag"), "description": None},
        ),
        ("tasks", "t2", "met", "new", {"title": (None, "Nyere")}),
        ("tasks", "t1", "met", "del", {"title": ("Afslag", None)}),
    ]
    assert [one[1] for one in told(paths[0], "m2")] == ["m2", "t9"]
    kept = paths[0].with_name("x.json.history")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert b"lang" not in kept.read_bytes()
    assert b"en note" not in kept.read_bytes()


def test_a_journal_that_is_replaced_in_another_way_is_told_too(path: Path) -> None:
    session = Session(path)
    session.put("t1", "tasks", title="Afgørelse", **MAJA)
    file = session.backend._file
    assert file is not None
    with file.session.lock:
        file.rebuild()
    session.put("t1", "tasks", title="Afslag")
    session.close()
    assert told(path) == [("tasks", "t1", "met", "new", {"title": (None, "Afslag")})]


def test_a_damaged_line_is_passed_over(path: Path) -> None:
    session = Session(path)
    session.put("t1", "tasks", title="Afgørelse", **MAJA)
    session.backend.fold()
    kept = path.with_name("x.json.history")
    kept.write_bytes(kept.read_bytes() + b'{"c":"00000000","r":{"m":"m1"')
    session.put("t2", "tasks", title="Ny", **MAJA)
    session.backend.fold()
    session.close()
    assert [one[1] for one in told(path)] == ["t1", "t2"]


def test_dying_before_any_call_of_a_fold_loses_and_doubles_nothing(tmp_path: Path) -> None:
    def live(path: Path, disk: CountingDisk | DyingDisk) -> None:
        session = Session(path, disk=disk)
        for number in range(3):
            session.put("t1", "tasks", title=f"Titel {number}", **MAJA)
            session.put(f"o{number}", "tasks", title="Ny", **MAJA)
            session.backend.fold()

    counting = CountingDisk()
    (tmp_path / "all").mkdir(mode=0o700)
    fds = open_files()
    live(tmp_path / "all" / "x.json", counting)
    for number in range(1, len(counting.calls) + 1):
        path = tmp_path / f"at-{number}" / "x.json"
        path.parent.mkdir(mode=0o700)
        with pytest.raises(Killed):
            live(path, DyingDisk(number))
        close_all(fds, tmp_path)
        after = Session(path, disk=QUICK)
        after.put("t2", "tasks", title="Efter", **MAJA)
        after.backend.fold()
        docs = after.tables["tasks"]
        expected = {id: doc["title"] for id, doc in docs.items()}
        after.close()
        found = told(path)
        assert {one[1]: one[4]["title"][1] for one in found} == expected
        assert [one[3] for one in found] == ["new"] * len(docs), f"before call {number}"


EDITS = st.lists(
    st.tuples(st.sampled_from("123"), st.sampled_from(["a", "b", None]), st.booleans()),
    max_size=12,
)


@given(EDITS)
def test_any_history_with_folds_is_that_without(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str | None, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("history")
    results = []
    fds = open_files()
    for folds in (True, False):
        path = folder / str(folds) / "x.json"
        path.parent.mkdir(mode=0o700)
        session = Session(path, disk=QUICK)
        for id, title, fold in edits:
            if title is not None:
                session.put(id, "tasks", title=title, **MAJA)
            elif session.doc(id, "tasks"):
                session.delete(id, "tasks")
            if fold and folds:
                session.backend.fold()
        results.append(told(path))
        session.die()
    close_all(fds, folder)
    assert results[0] == results[1]


def test_what_is_not_there_is_no_history(path: Path) -> None:
    session = Session(path)
    session.close()
    assert read_history(path, "m1") == []


def test_no_record_that_may_be_private_has_a_history() -> None:
    private = {Note, Answer, Need, Unfinished, Conflict}
    assert not private & {BY_TABLE[table] for table in TABLES}
    assert set(_PRIVATE_FIELDS) <= private
