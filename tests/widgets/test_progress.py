"""Pictures of one line: bars, and what was reached week by week."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.glyphs import use_ascii
from widgets.progress import (
    EMPTY,
    FULL,
    LIMIT,
    bar,
    days_bar,
    week_cells,
    week_levels,
    week_marks,
    week_numbers,
)


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


def test_weeks_are_as_wide_as_there_is_room_for() -> None:
    weeks = [None, None, 0, 0, 1, 2, 3]

    assert week_levels(weeks, 7) == "··░░▒▓█"
    assert week_levels(weeks, 20) == "····░░░░▒▒▓▓██"
    assert week_levels([0, 3], 60) == "░░░░████", "but no wider than is good to look at"


def test_more_weeks_than_cells_are_all_there() -> None:
    assert week_levels([None, 0, 0, 1, 2, 3], 3) == "░▒█"


@given(st.integers(1, 120), st.integers(1, 60))
def test_each_cell_has_the_end_of_a_week_and_the_last_has_the_last(weeks: int, width: int) -> None:
    cells = week_cells(weeks, width)

    assert len(cells) <= width
    assert cells == sorted(cells)
    assert cells[-1] == weeks - 1
    assert cells[0] == 0 or weeks > width


def test_marks_stand_on_their_day_and_the_later_is_seen() -> None:
    assert week_marks([(0, "●"), (7, "●"), (10, "○"), (13, "x"), (14, "●"), (-1, "●")], 2, 8) == (
        "●···●○·x"
    )
    assert week_marks([(0, "●"), (1, "○")], 4, 4) == "○···"


@given(st.integers(0, 400), st.integers(1, 60), st.booleans())
def test_a_bar_is_past_the_mark_only_where_the_days_are(days: int, limit: int, full: bool) -> None:
    line = days_bar(days, limit, 16, full=full)
    before, after = line.split(LIMIT)

    assert len(line) == 17
    assert len(before) == 8
    assert before.strip()
    assert bool(after.strip()) == (days > limit)


def test_a_bar_too_long_for_the_line_has_a_sign() -> None:
    assert days_bar(14, 14, 16, full=True) == "████████│        "
    assert days_bar(21, 14, 16, full=False) == "░░░░░░░░│░░░░    "
    assert days_bar(90, 14, 16, full=False) == "░░░░░░░░│░░░░░░░›"


@pytest.mark.usefixtures("_plain")
def test_in_ascii_no_two_levels_look_alike() -> None:
    shown = week_levels([None, 0, 1, 2, 3], 5)

    assert shown.isascii()
    assert len(set(shown)) == 5


def test_the_scale_names_weeks_over_their_own_cells() -> None:
    assert week_numbers(1, 3, 20) == "1   2   3   "
    assert week_numbers(1, 8, 8) == "1   5   "
    assert week_numbers(-1, 6, 8) == "-1    5 "
    assert week_numbers(1, 30, 15) == "1   10   20    "


@given(st.integers(-5, 60), st.integers(0, 60), st.integers(4, 60))
def test_the_scale_is_as_long_as_the_line_below_it(first: int, weeks: int, width: int) -> None:
    last = first + weeks

    assert len(week_numbers(first, last, width)) == len(week_levels([None] * (weeks + 1), width))
