"""Records to documents and back: every kind, and documents that somebody has edited by hand."""

from __future__ import annotations

import json
import time
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.records import (
    KINDS,
    Correction,
    Goal,
    GoalEntry,
    Holder,
    Mentee,
    Note,
    PlanEdit,
    QualityCheck,
    Record,
    StepEntry,
    Talk,
    Task,
)
from data.records.base import MINUTES, _ids_of_mentees, is_usual_id, new_id, new_mentee_id
from data.store.codec import _decode_by_field, decode, encode, problems_of, table_rules
from data.stored_values import LONGEST
from data.text import safe
from tests.tools.few import few
from tests.tools.planted import EXTREMES, Planter

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(safe)
"""What may stand in a record: control characters of a file do not come in."""
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=2))])
FIRST, LAST = datetime(1900, 1, 1), datetime(2199, 12, 31, 23, 59)  # noqa: DTZ001
st.register_type_strategy(datetime, st.datetimes(FIRST, LAST, timezones=ZONES))
st.register_type_strategy(date, st.dates(FIRST.date(), LAST.date()))
st.register_type_strategy(int, st.integers(0, 10**9))
st.register_type_strategy(float, st.floats(-1e9, 1e9))
st.register_type_strategy(str, TEXT)


def values(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Values of a class below a record, with any values in all of its fields."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{item.name: st.from_type(hints[item.name]) for item in fields(kind)})


for _kind in (Holder, StepEntry, QualityCheck, GoalEntry, PlanEdit, Correction):
    st.register_type_strategy(_kind, values)


def records(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Records of a kind with any values in all of their fields."""
    hints = get_type_hints(kind)
    values = {item.name: st.from_type(hints[item.name]) for item in fields(kind)}
    values |= {name: st.none() | st.integers(0, LONGEST) for name in MINUTES & values.keys()}
    values["id"] = st.integers(0, 10**19).map(str)
    return st.builds(kind, **values)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
@settings(max_examples=few())
@given(data=st.data())
def test_every_record_comes_back_as_it_was(kind: type[Record], data: st.DataObject) -> None:
    record = data.draw(records(kind))
    document = encode(record)
    written = json.loads(json.dumps(document))
    assert written == document, "a document is JSON as it stands"
    assert decode(kind, record.id, written) == record
    assert problems_of(kind, written) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
@settings(max_examples=few())
@given(data=st.data())
def test_whatever_stands_in_a_document_gives_a_record(
    kind: type[Record], data: st.DataObject
) -> None:
    names = st.sampled_from([item.name for item in fields(kind)] + ["unknown"])
    document = data.draw(st.dictionaries(names, JSON))
    record = decode(kind, "1", document)
    hash_free = encode(record)
    assert decode(kind, "1", json.loads(json.dumps(hash_free))) == record or _has_nan(hash_free)
    wrong = problems_of(kind, document)
    assert set(wrong) <= {item.name for item in fields(kind)}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
@settings(max_examples=few())
@given(data=st.data())
def test_a_document_is_read_at_once_as_field_by_field(
    kind: type[Record], data: st.DataObject
) -> None:
    document = encode(data.draw(records(kind)))
    names = data.draw(st.permutations([*document, "unknown"]))
    left = data.draw(st.sets(st.sampled_from(names)))
    wrong = data.draw(st.dictionaries(st.sampled_from(names), JSON | st.just("a\x07b"), max_size=1))
    edited = {**{name: document.get(name) for name in names if name not in left}, **wrong}
    for one in (document, edited):
        before = json.dumps(one)
        assert decode(kind, "1", one) == _decode_by_field(kind, "1", one)
        assert json.dumps(one) == before


def test_values_of_a_field_that_is_left_out_are_not_shared() -> None:
    document = encode(Task(id="1", mentee_id="2", title="Sagsbehandling"))
    one, other = decode(Task, "1", document), decode(Task, "1", document)
    assert one.extra == {}
    assert one.extra is not other.extra


def _has_nan(document: dict[str, Any]) -> bool:
    return "NaN" in json.dumps(document)


@pytest.mark.parametrize(
    ("document", "wrong"),
    [
        ({"name": "Maja", "start": "1/8"}, ["start"]),
        ({"name": 5}, ["name"]),
        ({}, ["name"]),
        ({"name": "M", "newly_qualified": "yes"}, ["newly_qualified"]),
        ({"name": "M", "columns": "abc"}, ["columns"]),
        ({"name": "M", "columns": ["a", 5]}, ["columns"]),
        ({"name": "M", "state": "gone"}, ["state"]),
        ({"name": "M", "rev": True}, ["rev"]),
        ({"name": "M", "rev": -1}, ["rev"]),
        ({"name": "M", "rev": 10**300}, ["rev"]),
        ({"name": "M", "start": "9999-12-31", "ends": "2199-12-31"}, ["start"]),
        ({"name": "M", "start": "1900-01-01", "ends": "0001-01-01"}, ["ends"]),
        ({"name": "M", "created_at": "9999-12-31T23:59:59-15:59"}, ["created_at"]),
        ({"name": "M", "created_at": "0001-01-01T00:00:00"}, ["created_at"]),
    ],
)
def test_wrong_values_are_named_and_read_as_their_default(
    document: dict[str, Any], wrong: list[str]
) -> None:
    assert problems_of(Mentee, document) == wrong
    found = decode(Mentee, "1", document)
    default = Mentee(id="1", name="")
    for name in wrong:
        assert getattr(found, name) == getattr(default, name)


def test_numbers_of_both_kinds_are_an_order() -> None:
    assert decode(Task, "1", {"mentee_id": "2", "title": "T", "order": 3}).order == 3.0
    huge = {"mentee_id": "2", "title": "T", "order": 10**400}
    assert decode(Task, "1", huge).order == 0.0
    assert problems_of(Task, huge) == ["order"]


@pytest.mark.parametrize("order", [float("nan"), float("inf"), -1.7e308, 1.7e308])
def test_numbers_that_cannot_be_counted_with_are_wrong(order: float) -> None:
    document = {"mentee_id": "2", "title": "T", "order": order}
    assert decode(Task, "1", document).order == 0.0
    assert problems_of(Task, document) == ["order"]


@pytest.mark.parametrize("minutes", [-1, LONGEST + 1, 10**300])
def test_minutes_are_those_that_can_be_typed(minutes: int) -> None:
    typed = {"mentee_id": "2", "title": "T", "estimate_min": LONGEST, "actual_min": 0}
    assert problems_of(Task, typed) == []
    assert decode(Task, "1", typed).estimate_min == LONGEST
    wrong = {**typed, "estimate_min": minutes}
    assert problems_of(Task, wrong) == ["estimate_min"]
    assert decode(Task, "1", wrong).estimate_min is None
    named = {item.name for kind in KINDS for item in fields(kind) if "min" in item.name.split("_")}
    assert named | {"minutes"} == MINUTES


def test_a_time_without_an_offset_is_local_and_can_be_compared() -> None:
    document = {"mentee_id": "2", "number": 1, "started_at": "2026-11-01T10:00:00"}
    talk = decode(Talk, "1", document)
    assert problems_of(Talk, document) == []
    assert talk.started_at == datetime(2026, 11, 1, 10).astimezone()
    other = decode(Talk, "1", {**document, "started_at": "2026-11-01T10:00:00+01:00"})
    assert other.started_at is not None
    assert talk.started_at.tzinfo is not None
    assert abs(talk.started_at - other.started_at) < timedelta(days=1)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_one_can_count_with_every_value_whatever_stands_there(kind: type[Record]) -> None:
    for types, one in ((of, one) for of in EXTREMES for one in range(len(EXTREMES[of]))):
        document = Planter(frozenset({types}), one).planted(kind.table, {"mentee_id": "2"})
        record = decode(kind, "1", document)
        for item in fields(kind):
            value = getattr(record, item.name)
            if isinstance(value, datetime):
                assert value.tzinfo is not None
            if isinstance(value, date):
                assert 1900 <= value.year < 2200
                assert value + timedelta(days=36500) > value - timedelta(days=36500)
            if isinstance(value, int | float):
                assert timedelta(minutes=value) is not None
        assert problems_of(kind, encode(record)) == []


def test_empty_fields_are_left_out() -> None:
    document = encode(Note(mentee_id="1", text="Hej"))
    assert document == {"mentee_id": "1", "text": "Hej", "kind": "note", "private": True}
    assert encode(Note(mentee_id="1", private=False))["private"] is False


def test_a_nested_value_that_lacks_a_field_is_wrong() -> None:
    document = {"mentee_id": "1", "task_id": "2", "text": "T", "log": [{"status": "open"}]}
    assert problems_of(Goal, document) == ["log"]
    assert decode(Goal, "1", document).log == ()


def test_long_texts_are_known_by_table() -> None:
    known = table_rules()
    assert known["notes"].texts == {"text", "answer"}
    assert known["answers"].texts == {"mentee", "mentor"}
    assert set(known) == {kind.table for kind in KINDS}


def test_ids_grow_and_are_digits() -> None:
    ids = [new_id() for _ in range(1000)]
    assert ids == sorted(set(ids))
    assert all(id.isdigit() and len(id) == 19 for id in ids)


def test_ids_of_mentees_grow_and_nobody_finds_one_by_trying(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = [new_mentee_id() for _ in range(1000)]
    assert ids == sorted(set(ids))
    assert all(map(is_usual_id, ids))
    assert Mentee(name="").id > ids[-1]
    monkeypatch.setattr(time, "time_ns", lambda: 1_796_000_123_456_789_012)
    for others in (False, True):
        several: list[int] = []
        for _one in range(50):
            if others:
                monkeypatch.setattr(_ids_of_mentees, "_last", 0)  # as another session begins
            several.append(int(new_mentee_id()))
        assert max(several) - min(several) > 10**12, "made at the same moment, and far apart"
    assert {one // 10**13 for one in several} == {179_600}


def test_control_characters_of_a_file_do_not_come_in() -> None:
    doc = {"mentee_id": "1", "text": "a\x1b]0;title\x07\x1b[2Jb\nc\td", "at": None}
    assert decode(Note, "9", doc).text == "ab\nc   d"
    task = decode(Task, "9", {"mentee_id": "1", "title": "t", "extra": {"x": "\x1b[31mred"}})
    assert task.extra == {"x": "red"}
