from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.word_diff import cursor_after_edit, matching_words, split

some = st.text("ab \n.", max_size=40)


@given(st.text(max_size=60))
def test_words_and_blanks_are_the_whole_text(text: str) -> None:
    words, end = split(text)
    assert "".join(blank + word for blank, word in words) + end == text


@given(some, some)
def test_partners_read_the_same_and_only_go_on(one: str, other: str) -> None:
    left, right = split(one)[0], split(other)[0]
    found = matching_words(left, right)
    pairs = [(n, partner) for n, partner in enumerate(found) if partner >= 0]
    assert len(found) == len(left)
    assert all(left[n].text == right[partner].text for n, partner in pairs)
    places = [partner for _n, partner in pairs]
    assert places == sorted(set(places))
    a, b = ([word.text for word in side] for side in (left, right))
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    assert len(pairs) >= sum(block.size for block in blocks), "no shorter than another's"


def at(text: str) -> tuple[str, int]:
    """A text whose cursor is marked "|"."""
    return text.replace("|", ""), text.index("|")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("aa0 a|", "bb0 bb1\naa0 a|"),
        ("aa0 a|", "aa0 a|\nbb0"),
        ("aa0 |", "aa0 |\nbb0 "),
        ("aa0 |", "bb0\naa0 |"),
        ("a|a0 aa1", "bb0\na|a0 aa1"),
        ("|aa0", "bb0\n|aa0"),
        ("One\nTw|o\nThree", "One\nand\nTw|o\nThree."),
        ("aa0 aa|", "bb0 cc0|"),
        ("same|", "same|"),
        ("a\n|\nc", "a\n|b\n\nc"),
        ("aa0 zz|", "aa0 |bb0"),
    ],
)
def test_a_cursor_stays_with_its_word(before: str, after: str) -> None:
    old, place = at(before)
    new, wanted = at(after)
    assert cursor_after_edit(old, new, place) == (wanted, False)


@given(some, some, st.data())
def test_a_cursor_is_always_within_the_text(before: str, after: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(before)))
    assert 0 <= cursor_after_edit(before, after, place)[0] <= len(after)


@pytest.mark.parametrize(
    ("before", "after", "begins_line"),
    [
        ("|", "bb0|", True),
        ("|", "bb0\n|", False),
        ("|", "|", False),
        ("aa0\n|", "aa0\nbb0|", True),
        ("aa0\n|", "bb0\naa0\n|", False),
    ],
)
def test_an_empty_line_at_the_end_is_the_users_own(
    before: str, after: str, begins_line: bool
) -> None:
    old, place = at(before)
    new, wanted = at(after)
    assert cursor_after_edit(old, new, place) == (wanted, begins_line)
    assert cursor_after_edit(f"{old} ", new, 0, has_own=False) == (wanted, begins_line)
