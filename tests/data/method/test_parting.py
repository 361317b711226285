"""What of a document is private: the rule of records, asked of documents."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.method.parting import PARTING, open_document
from data.method.visibility import MAY_BE_PRIVATE, Reader, open_part, without_private
from data.records import KINDS, Answer, Correction, Need, Note, NoteKind, Record, Unfinished
from data.storage.protocol import Doc
from data.storage.split.parts import join, part
from data.store.codec import decode, encode
from tests.data.method.build import make

PRIVATE: dict[str, Record] = {
    "note": make(Note, text="a"),
    "doubt": make(Note, text="a", kind=NoteKind.DOUBT, private=False),
    "answer": make(Answer, talk_id="1", key="a", private=True),
    "form": Unfinished(key="a", texts="b"),
}


def test_only_kinds_of_the_list_have_anything_private() -> None:
    for kind in KINDS:
        record = decode(kind, "1", {})
        if kind not in MAY_BE_PRIVATE:
            assert open_part(record) is record


@pytest.mark.parametrize("kind", MAY_BE_PRIVATE)
def test_no_other_field_decides(kind: type[Record]) -> None:
    """What is kept about documents with the same values in those fields holds for all of them."""
    names = {"id", *MAY_BE_PRIVATE[kind]}
    for doc in DOCS.get(kind, [{}]):
        record = decode(kind, "1", doc)
        private = open_part(record) is None
        for one in fields(record):
            if one.name not in names:
                value: dict[str, Any] = {one.name: OTHER.get(type(getattr(record, one.name)))}
                other = replace(record, **value)
                assert (open_part(other) is None) is private


OTHER: dict[type, Any] = {str: "else", bool: True, int: 7, tuple: ("x",), dict: {"a": "b"}}
DOCS: dict[type[Record], list[Doc]] = {
    Note: [{"private": flag, "kind": kind} for flag in (True, False) for kind in ("note", "doubt")],
    Answer: [
        {"private": flag, "key": key} for flag in (True, False) for key in ("help", "wellbeing")
    ],
    Need: [{"mentor_view": "a"}, {"mentor_view": "a", "mentee_view": "b"}],
    Unfinished: [{"private": True}, {"private": False}],
}


@pytest.mark.parametrize("what", PRIVATE)
def test_of_a_private_document_others_have_nothing(what: str) -> None:
    record = PRIVATE[what]
    doc = encode(record)
    for _again in range(2):
        assert open_document(record.table, record.id, doc) is None


@pytest.mark.parametrize("value", [0, 1, "no", None, []])
def test_a_mark_that_cannot_be_read_hides_the_document(value: Any) -> None:
    assert open_document("notes", "1", {"text": "a", "private": False}) is not None
    assert open_document("notes", "1", {"text": "a", "private": value}) is None


MARKS: dict[bool, Doc] = {True: {"private": True}, False: {}}
words = st.text("ab\n ", max_size=8)
corrections = st.lists(st.booleans(), max_size=6).map(
    lambda marks: [
        {"on": "2026-11-01", "field": "mentor", "before": str(number), **MARKS[mark]}
        for number, mark in enumerate(marks)
    ]
)
answers = st.fixed_dictionaries(
    {
        "mentee_id": st.just("1"),
        "talk_id": st.just("1"),
        "key": st.sampled_from(["help", "wellbeing"]),
    },
    optional={
        "private": st.booleans(),
        "pulse": st.dictionaries(st.sampled_from("xyz"), words, min_size=1),
        "corrections": corrections,
        "mentor": words,
        "unknown": words,
        "rev": st.integers(1, 9),
        "changed_at": words,
    },
)
needs = st.fixed_dictionaries(
    {"mentee_id": st.just("1"), "area": words},
    optional={"mentee_view": words, "mentor_view": words, "rev": st.integers(1, 9)},
)


@given(doc=st.one_of(answers.map(lambda d: ("answers", d)), needs.map(lambda d: ("needs", d))))
def test_the_parts_come_together_again_and_others_have_what_the_rule_says(
    doc: tuple[str, Doc],
) -> None:
    table, whole = doc
    kind: type[Record] = Answer if table == "answers" else Need
    parts = part(PARTING, table, "1", whole)
    shown = without_private((decode(kind, "1", whole),), Reader.SHARED)
    if parts.shared is None:
        assert (shown, parts.whole, parts.fields) == ((), whole, None)
        return
    assert decode(kind, "1", parts.shared) == shown[0]
    assert parts.whole is None
    joined = join(parts.shared, parts.fields) if parts.fields else parts.shared
    assert {**joined, "rev": 1} == {**whole, "rev": 1}
    again = part(PARTING, table, "1", parts.shared)
    assert again == (parts.shared, None, None)


def test_private_corrections_keep_their_places() -> None:
    made = tuple(
        Correction(on=date(2026, 1, day), field="mentor", private=day % 2 == 0)
        for day in (1, 2, 3, 4)
    )
    doc = encode(make(Answer, talk_id="1", key="a", corrections=made))
    parts = part(PARTING, "answers", "1", doc)
    assert parts.shared is not None
    assert parts.fields is not None
    more = {
        **parts.shared,
        "corrections": [*parts.shared["corrections"], {"on": "2026-02-01", "field": "mentor"}],
    }
    days = [one["on"][-2:] for one in join(more, parts.fields)["corrections"]]
    assert days == ["01", "02", "03", "04", "01"]


def test_a_list_that_somebody_has_written_by_hand_is_not_doubled() -> None:
    items = [
        {"on": "2026-01-01", "field": "mentor", "before": "a", "private": False},
        {"on": "2026-01-02", "field": "mentor", "before": "b", "private": True},
    ]
    doc: Doc = {"mentee_id": "1", "talk_id": "1", "key": "a", "corrections": items, "rev": 1}
    parts = part(PARTING, "answers", "1", doc)
    assert parts.shared is not None
    assert parts.fields is not None
    assert [one["before"] for one in parts.shared["corrections"]] == ["a"]
    assert join(parts.shared, parts.fields) == doc
