from __future__ import annotations

import random
import re
import time

from hypothesis import given
from hypothesis import strategies as st

from data.storage.merge import merge, merge_lists
from data.storage.merge_text import merge_text
from data.storage.protocol import Doc, DocChange

TEXTS = frozenset({"text"})
words = st.lists(st.sampled_from(["sag", "plan", "møde", "mål", "\n", "."]), max_size=12)


def merged(
    before: Doc | None, after: Doc | None, current: Doc | None
) -> tuple[Doc | None, list[str]]:
    found = merge(DocChange("notes", "1", before, after), current, TEXTS, "bo")
    return found.after, [f"{c.field} {'both' if c.merged else 'theirs'}" for c in found.clashes]


def test_different_fields_merge() -> None:
    base = {"title": "a", "due": "x", "rev": 1}
    doc, clashes = merged(base, {**base, "title": "b", "rev": 2}, {**base, "due": "y", "rev": 2})
    assert doc == {"title": "b", "due": "y", "rev": 3}
    assert clashes == []


def test_the_same_single_value_changed_twice_keeps_theirs_and_tells_mine() -> None:
    base = {"status": "open", "rev": 1}
    theirs = {"status": "done", "rev": 2, "changed_by": "bo"}
    found = merge(DocChange("tasks", "1", base, {"status": "parked", "rev": 2}), theirs, TEXTS)
    assert found.after == theirs
    (clash,) = found.clashes
    assert (clash.mine, clash.theirs, clash.by, clash.merged) == ("parked", "done", "bo", False)


def test_the_same_change_made_twice_is_no_clash() -> None:
    base = {"status": "open", "rev": 1}
    assert merged(base, {"status": "done", "rev": 2}, {"status": "done", "rev": 2}) == (
        {"status": "done", "rev": 2},
        [],
    )


def test_objects_merge_key_by_key() -> None:
    base = {"parts": {"1": "main", "2": "informed"}}
    mine = {"parts": {"1": "main", "2": "informed", "3": "takes_part"}}
    theirs = {"parts": {"1": "informed"}}
    assert merged(base, mine, theirs) == ({"parts": {"1": "informed", "3": "takes_part"}}, [])
    assert merged(base, {"parts": {"1": "takes_part"}}, theirs)[1] == ["parts.1 theirs"]


def test_an_object_may_be_absent_on_one_side() -> None:
    assert merged({}, {"extra": {"a": "1"}}, {"extra": {"b": "2"}})[0] == {
        "extra": {"a": "1", "b": "2"}
    }


def test_lists_take_what_both_added_and_took_out() -> None:
    assert merge_lists(["a", "b"], ["b", "c"], ["a", "b", "d"]) == ["b", "d", "c"]


def test_edits_at_different_places_of_a_text_merge() -> None:
    base = "Først dette. Så hint."
    doc, clashes = merged(
        {"text": base}, {"text": "Allerførst dette. Så hint."}, {"text": base + " Til sidst."}
    )
    assert doc == {"text": "Allerførst dette. Så hint. Til sidst."}
    assert clashes == []


def test_edits_at_the_same_place_keep_both_texts_and_say_so() -> None:
    doc, clashes = merged({"text": "Ja."}, {"text": "Ja. Min."}, {"text": "Ja. Din."})
    assert doc in ({"text": "Ja. Din. Min."}, {"text": "Ja. Din.\n Min."})
    assert clashes == ["text both"]


def test_a_deleted_record_that_was_edited_meanwhile_stays() -> None:
    base = {"text": "a", "rev": 1}
    doc, clashes = merged(base, None, {"text": "ab", "rev": 2})
    assert doc == {"text": "ab", "rev": 2}
    assert clashes == ["text theirs"]


def test_only_bookkeeping_does_not_keep_a_record_from_being_deleted() -> None:
    assert merged({"text": "a", "rev": 1}, None, {"text": "a", "rev": 5}) == (None, [])


def test_what_was_written_into_a_deleted_record_is_told() -> None:
    found = merge(DocChange("n", "1", {"text": "a"}, {"text": "ab"}), None, TEXTS, "bo")
    assert found.after is None
    assert [(c.mine, c.theirs, c.by) for c in found.clashes] == [("ab", None, "bo")]


@given(words, words, words)
def test_no_word_that_either_side_wrote_is_lost(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    one = " ".join([*base[:3], *(f"m{n}{w}" for n, w in enumerate(mine)), *base[3:]])
    other = " ".join([*base[:6], *(f"d{n}{w}" for n, w in enumerate(theirs)), *base[6:]])
    text, _met = merge_text(" ".join(base), one, other)
    for word in re.findall(r"[md]\d+\w*", one + " " + other):
        assert word in text


@given(st.text(max_size=60), st.text(max_size=60))
def test_one_sided_edits_are_taken_as_they_are(base: str, edited: str) -> None:
    assert merge_text(base, edited, base) == (edited, False)
    assert merge_text(base, base, edited) == (edited, False)
    assert merge_text(base, edited, edited) == (edited, False)


@given(
    st.text("ab \n", max_size=40), st.text("abc \n", max_size=40), st.text("abq \n", max_size=40)
)
def test_merging_any_texts_never_fails(base: str, mine: str, theirs: str) -> None:
    text, _met = merge_text(base, mine, theirs)
    assert mine.count("c") <= text.count("c")
    assert theirs.count("q") <= text.count("q")


def test_two_long_texts_that_have_nothing_in_common_do_not_take_long() -> None:
    """The lock is held meanwhile. It took more than half a minute."""
    rnd = random.Random(1)
    base, mine, theirs = (
        " ".join(f"ord{rnd.randrange(400)}" for _ in range(4000)) for _side in range(3)
    )
    start = time.monotonic()
    text, met = merge_text(base, mine, theirs)
    assert time.monotonic() - start < 15
    assert met
    assert set(mine.split()) | set(theirs.split()) <= set(text.split())
