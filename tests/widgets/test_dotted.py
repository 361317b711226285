"""Short texts in one line: what has room is whole, and what has not is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.glyphs import dotted
from widgets.wrapping import dotted_within, wrap_within

TEXTS = st.lists(st.text("abæ 1", max_size=9).map(str.strip), max_size=6)


def test_all_of_it_where_there_is_room() -> None:
    assert dotted_within(14, "agreed", "", "2 new") == "agreed · 2 new"


def test_what_has_no_room_is_left_out_and_the_line_says_so() -> None:
    assert dotted_within(18, "agreed", "2 new", "by Maja") == "agreed · 2 new …"


def test_a_mark_without_room_does_not_push_a_text_out() -> None:
    assert dotted_within(15, "agreed", "2 new", "by Maja") == "agreed · 2 new"


@given(TEXTS, st.integers(0, 60))
def test_no_text_is_cut(texts: list[str], room: int) -> None:
    line = dotted_within(room, *texts)
    there = [text for text in texts if text]
    starts = [dotted(*there[:number]) for number in range(len(there) + 1)]
    assert line.removesuffix(" …") in starts
    assert cell_len(line) <= room or line == dotted(*there[:1])


def test_lines_that_stand_in_a_row_for_lack_of_room_have_a_dot_between_them() -> None:
    text = "Bo Dahl\nno plan: 2, no talk: 1\n2 mentees"
    assert wrap_within(text, 40, 3) == text.split("\n")
    assert wrap_within(text, 40, 2) == ["Bo Dahl", "no plan: 2, no talk: 1 · 2 mentees"]
    assert wrap_within(text, 14, 3) == ["Bo Dahl", "no plan: 2, no", "talk: 1 · 2 m…"]
