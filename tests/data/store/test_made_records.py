"""Records are made of their documents when they are asked for, and not all are kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.clock import now
from data.records import Mentee, Note
from data.storage.protocol import DocChange
from data.store.codec import encode
from data.store.documents import FEW, Documents, packed, unpacked
from data.store.made_records import MOST
from tests.data.storage.support import Session

EACH = 3
"""Notes of each mentee."""


def documents(mentees: int) -> Documents:
    """Documents of so many mentees, who take turns."""
    made = [Mentee(id=str(at), name=f"Maja {at}") for at in range(mentees)]
    notes = [
        Note(id=str(1000 + at), mentee_id=str(at % mentees), text=f"note {at}")
        for at in range(EACH * mentees)
    ]
    return Documents(
        {
            "mentees": {one.id: encode(one) for one in made},
            "notes": {one.id: encode(one) for one in notes},
        }
    )


def test_records_of_few_mentees_are_kept() -> None:
    found = documents(5 * MOST)
    assert len(found.all(Note)) == 5 * MOST * EACH
    for at in range(5 * MOST):
        assert len(found.of(Note, str(at))) == EACH
        assert sum(map(len, found._made._records.values())) <= MOST * EACH


def test_an_id_with_control_characters_is_one_that_the_records_do_not_have() -> None:
    odd = "1\u200e"
    found = Documents({"notes": {"7": {"mentee_id": odd, "text": "a"}}})
    assert [one.text for one in found.of(Note, odd)] == ["a"]
    assert [one.mentee_id for one in found.of(Note, odd)] == ["1"]
    assert found.get(Note, "7") == found.of(Note, odd)[0]
    found.put("notes", "7", {"mentee_id": odd, "text": "b"})
    assert [one.text for one in found.of(Note, odd)] == ["b"]
    for at in range(MOST + 1):
        found.put("notes", f"2{at}", {"mentee_id": str(at), "text": "c"})
        assert len(found.of(Note, str(at))) == 1


def test_a_record_is_the_same_one_while_its_mentee_is_looked_at() -> None:
    found = documents(5 * MOST)
    first = found.of(Note, "0")[0]
    for at in range(1, 5 * MOST):
        found.of(Note, str(at))
        if at % (MOST - 1) == 0:
            assert found.get(Note, first.id) is first
    for at in range(1, MOST + 1):
        found.of(Note, str(at))
    again = found.get(Note, first.id)
    assert again == first
    assert again is not first


def test_mentees_themselves_are_all_kept() -> None:
    found = documents(5 * MOST)
    first = found.all(Mentee)
    found.all(Note)
    assert all(one is other for one, other in zip(found.all(Mentee), first, strict=True))


def test_a_changed_record_is_made_anew() -> None:
    found = documents(2)
    note = found.of(Note, "1")[0]
    for text in ("changed", "once more"):
        found.put("notes", note.id, encode(replace(note, text=text)))
        record = found.get(Note, note.id)
        assert record is not None
        assert record.text == text
    found.put("notes", note.id, encode(replace(note, mentee_id="0")))
    assert found.get(Note, note.id) in found.of(Note, "0")
    found.put("notes", note.id, None)
    assert found.get(Note, note.id) is None
    assert [len(found.of(Note, id)) for id in ("0", "1")] == [EACH, EACH - 1]


def test_a_large_table_is_looked_through_before_its_records_are_sorted_by_mentee(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.store.documents.MANY", 10)
    path = tmp_path / "folder" / "x.json"
    path.parent.mkdir(mode=0o700)
    session = Session(path)
    made = documents(7)
    session.commit(
        [
            DocChange(table, id, None, doc)
            for table, docs in made.tables.items()
            for id, doc in docs.items()
        ]
    )
    session.close()
    found = Documents(Session(path).tables)
    odd = Note(id="77", mentee_id="1", text='"mentee_id":"2"', created_at=now())
    for some in (found, made):
        some.put("notes", odd.id, encode(odd))
        some.put("notes", "1003", None)
    for _round in range(FEW):
        for id in map(str, range(8)):
            assert found.of(Note, id) == made.of(Note, id)
    assert "notes" in found._of


USUAL = st.integers(10**18, 10**19 - 1).map(str)
ODD = st.text(max_size=3) | st.just("١" * 19) | st.just("0" * 19) | st.just("9" * 20)


@given(st.lists(USUAL, max_size=5) | st.lists(USUAL | ODD, max_size=5))
def test_packed_ids_are_unpacked_as_they_were(ids: list[str]) -> None:
    assert unpacked(packed(ids)) == ids
