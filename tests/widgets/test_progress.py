"""Pictures of one line: bars, and what was reached week by week."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.glyphs import use_ascii
from widgets.progress import EMPTY, FULL, bar, levels, scale


@pytest.fixture
def _plain() -> Iterator[None]:
    use_ascii(True)
    yield
    use_ascii(False)


def test_a_bar_is_empty_only_at_nothing_and_full_only_at_all() -> None:
    assert bar(0.0, 4) == "░░░░"
    assert bar(0.01, 4) == "█░░░"
    assert bar(0.5, 4) == "██░░"
    assert bar(0.99, 4) == "███░"
    assert bar(1.0, 4) == "████"


def test_nothing_to_count_is_neither_empty_nor_full() -> None:
    assert bar(None, 4) == "····"


@given(st.floats(-1, 2), st.floats(-1, 2), st.integers(1, 60))
def test_a_larger_share_never_has_a_shorter_bar(one: float, two: float, width: int) -> None:
    less, more = sorted((one, two))

    assert bar(less, width).count(FULL) <= bar(more, width).count(FULL)
    assert len(bar(one, width)) == width
    assert set(bar(one, width)) <= {FULL, EMPTY}


def test_a_week_is_a_character_and_the_latest_are_kept() -> None:
    weeks = [None, None, 0, 0, 1, 2, 3]

    assert levels(weeks, 20) == "··░░▒▓█"
    assert levels(weeks, 3) == "▒▓█"
    assert levels([], 3) == ""


@pytest.mark.usefixtures("_plain")
def test_in_ascii_no_two_levels_look_alike() -> None:
    shown = levels([None, 0, 1, 2, 3], 5)

    assert shown.isascii()
    assert len(set(shown)) == 5


def test_the_scale_names_weeks_over_their_own_character() -> None:
    assert scale(1, 8, 20) == "1   5   "
    assert scale(-1, 6, 20) == "-1    5 "[:8]
    assert scale(1, 30, 10)[0:2] == "21"


@given(st.integers(-5, 60), st.integers(0, 60), st.integers(4, 60))
def test_the_scale_is_as_long_as_the_line_below_it(first: int, weeks: int, width: int) -> None:
    last = first + weeks

    assert len(scale(first, last, width)) == len(levels([None] * (weeks + 1), width))
