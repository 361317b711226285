from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data.storage.ops import apply, difference, splice
from data.storage.protocol import Doc, DocChange, Tables

texts = st.text(alphabet="ab æ\n", max_size=300)
values = st.none() | st.booleans() | st.integers(0, 3) | texts | st.lists(st.integers(0, 2))
docs = st.dictionaries(st.sampled_from("abcde"), values)


@given(texts, texts)
def test_a_splice_leads_from_one_text_to_the_other(old: str, new: str) -> None:
    at, gone, come = splice(old, new)
    assert old[:at] + come + old[at + gone :] == new


@given(texts, st.integers(0, 300), st.text(min_size=1, max_size=3))
def test_typing_is_a_small_splice(old: str, place: int, typed: str) -> None:
    place = min(place, len(old))
    _at, gone, come = splice(old, old[:place] + typed + old[place:])
    assert (gone, len(come)) == (0, len(typed))


@given(st.none() | docs, st.none() | docs)
def test_a_difference_applied_gives_the_other_document(
    before: Doc | None, after: Doc | None
) -> None:
    op = difference("notes", "1", before, after)
    tables: Tables = {"notes": {} if before is None else {"1": before}}
    known = None if before is None else dict(before)
    if op is None:
        assert before == after
        return
    applied = apply([op], tables)
    assert tables["notes"].get("1") == after
    assert applied.changes == [DocChange("notes", "1", known, after)]
    assert not applied.misfits
    assert before == known, "documents are never changed in place"


def test_an_edit_of_a_long_text_is_written_small() -> None:
    text = "Vi talte om sagen. " * 100
    op = difference("notes", "1", {"text": text}, {"text": text[:900] + "nu " + text[900:]})
    assert op is not None
    assert op["cut"] == {"text": [900, 0, "nu ", len(text)]} or len(str(op)) < 120


def test_true_is_not_one() -> None:
    assert difference("t", "1", {"done": 1}, {"done": True}) is not None


def test_a_splice_that_does_not_fit_loses_no_text() -> None:
    tables: Tables = {"notes": {"1": {"text": "en anden linje"}}}
    applied = apply([{"t": "notes", "i": "1", "cut": {"text": [5, 0, "mine ord", 500]}}], tables)
    assert applied.misfits == [("notes", "1")]
    assert tables["notes"]["1"]["text"] == "en anden linje\nmine ord"
