"""Records are made of their documents when they are asked for, and not all are kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data.records import Note
from data.store import made_records
from data.store.codec import encode
from data.store.documents import Documents, packed, unpacked

MANY = 2 * made_records.MOST + 10


def documents(count: int) -> Documents:
    notes = [Note(id=str(at), mentee_id=str(at % 7), text=f"note {at}") for at in range(1, count)]
    return Documents({"notes": {note.id: encode(note) for note in notes}})


def test_no_more_records_are_kept_than_twice_the_limit() -> None:
    found = documents(MANY)
    assert len(found.all(Note)) == MANY - 1
    made = found._made
    assert len(made._young["notes"]) + len(made._old["notes"]) <= 2 * made_records.MOST


def test_a_record_is_the_same_one_while_it_is_asked_for() -> None:
    found = documents(MANY)
    first = found.get(Note, "1")
    for at in range(2, made_records.MOST):
        found.get(Note, str(at))
    assert found.get(Note, "1") is first
    found.all(Note)
    again = found.get(Note, "1")
    assert again == first
    assert again is not first


def test_a_changed_record_is_made_anew_in_whichever_generation_it_is() -> None:
    found = documents(MANY)
    for since in (0, made_records.MOST - 1):
        found.get(Note, "1")
        for at in range(2, 2 + since):
            found.get(Note, str(at))
        changed = encode(Note(id="1", mentee_id="1", text=f"changed {since}"))
        found.put("notes", "1", changed)
        record = found.get(Note, "1")
        assert record is not None
        assert record.text == f"changed {since}"
    found.put("notes", "1", None)
    assert found.get(Note, "1") is None
    assert "1" not in [note.id for note in found.of(Note, "1")]


@given(st.lists(st.text(max_size=3) | st.integers(0).map(str), max_size=5))
def test_packed_ids_are_unpacked_as_they_were(ids: list[str]) -> None:
    assert unpacked(packed(ids)) == ids
