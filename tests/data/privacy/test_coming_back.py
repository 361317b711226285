"""Three states are merged: what both sides wrote is there, and nothing is there twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from data.privacy.coming_back import doc_changes, merged
from data.storage.protocol import Doc, Tables

WORDS = st.sampled_from(["", "ét", "to", "tre", "fire og fem"])
TEXT = st.lists(st.sampled_from("abcdefg"), max_size=5).map(" ".join)
DOC: Final = st.fixed_dictionaries(
    {"what": WORDS, "mentee_id": st.just("9"), "done": st.booleans()}
)
DOCS = st.dictionaries(st.sampled_from(["actions/1", "actions/2", "actions/3"]), DOC)


def tables(docs: Mapping[str, Doc]) -> Tables:
    found: Tables = {}
    for key, doc in docs.items():
        table, id = key.split("/")
        found.setdefault(table, {})[id] = doc
    return found


def come_back(
    base: Mapping[str, Doc], theirs: Mapping[str, Doc], here: Mapping[str, Doc]
) -> tuple[dict[str, Doc], list[Any]]:
    """Return what is here after a return, and what clashed."""
    sent = {key: doc for key, doc in theirs.items() if base.get(key) != doc}
    gone = sorted(base.keys() - theirs.keys())
    found = merged(list(doc_changes(base, sent, gone)), base, tables(here))
    after = dict(here)
    for one in found.applied:
        key = f"{one.table}/{one.id}"
        if one.after is None:
            del after[key]
        else:
            after[key] = one.after
    return after, found.clashes


@given(DOCS, DOCS, DOCS)
def test_no_edit_of_either_side_is_lost(
    base: dict[str, Doc], theirs: dict[str, Doc], here: dict[str, Doc]
) -> None:
    after, clashes = come_back(base, theirs, here)
    kept = {(one.table, one.id, one.field): one.mine for one in clashes}
    for key, doc in here.items():
        if doc != base.get(key):
            assert key in after, "what was written here stays"
            for name, value in doc.items():
                if value != base.get(key, {}).get(name):
                    assert after[key][name] == value
    for key, doc in theirs.items():
        table, id = key.split("/")
        for name, value in doc.items():
            if value != base.get(key, {}).get(name):
                there = after.get(key, {}).get(name)
                assert there == value or kept[table, id, name] == value


@given(DOCS, DOCS)
def test_where_one_side_wrote_all_is_as_that_side_has_it(
    base: dict[str, Doc], theirs: dict[str, Doc]
) -> None:
    assert come_back(base, theirs, base) == (theirs, [])
    assert come_back(base, base, theirs) == (theirs, [])


@given(DOCS, DOCS, DOCS)
def test_twice_is_once(base: dict[str, Doc], theirs: dict[str, Doc], here: dict[str, Doc]) -> None:
    after, _clashes = come_back(base, theirs, here)
    again, clashes = come_back(theirs, theirs, after)
    assert (again, clashes) == (after, [])


@given(TEXT, TEXT, TEXT)
def test_no_word_of_a_long_text_is_lost(base: str, theirs: str, here: str) -> None:
    def note(text: str) -> dict[str, Doc]:
        return {"notes/1": {"text": text, "mentee_id": "9"}}

    after, _clashes = come_back(note(base), note(theirs), note(here))
    left = after["notes/1"]["text"].split()
    for text in (theirs, here):
        assert {word for word in text.split() if word not in base.split()} <= set(left)
