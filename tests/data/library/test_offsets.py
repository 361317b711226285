"""Days counted from the first day at work, as files write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.i18n import LANGUAGES, set_language
from data.library.offsets import FURTHEST, OffsetProblem, parse_offset, write_offset


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("dag 10", 10),
        ("day 10", 10),
        ("Dag 0", 0),
        ("dag -5", -5),
        ("day −5", -5),
        ("uge 1", 3),
        ("uge 2", 10),
        ("week 12", 80),
        ("måned 3", 91),
        ("month 3", 91),
        ("maaned 6", 182),
        ("Måned 12", 364),
        ("ma\u030aned 12", 364),
        (10, 10),
        (-5, -5),
    ],
)
def test_both_languages_are_read_whichever_is_in_use(written: object, days: int) -> None:
    for language in LANGUAGES:
        set_language(language)
        assert parse_offset(written) == days


@pytest.mark.parametrize(
    "written",
    ["", "10", "om 10 dage", "uge 0", "uge -2", "måned 0", "dag", "day 1.5", 1.5, True, None, []],
)
def test_anything_else_is_refused_in_one_line(written: object) -> None:
    with pytest.raises(OffsetProblem, match="day 10") as problem:
        parse_offset(written)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("written", [FURTHEST + 1, -FURTHEST - 1, "dag 9999", "uge 999", 10**30])
def test_a_slip_of_the_hand_is_refused(written: object) -> None:
    with pytest.raises(OffsetProblem, match="ten years"):
        parse_offset(written)


@given(st.integers(-FURTHEST, FURTHEST), st.sampled_from(LANGUAGES))
def test_what_is_written_is_read_back(days: int, language: str) -> None:
    set_language(language)
    assert parse_offset(write_offset(days)) == days


@given(st.text() | st.integers() | st.floats() | st.booleans())
def test_nothing_else_is_ever_raised(written: object) -> None:
    with suppress(OffsetProblem):
        assert abs(parse_offset(written)) <= FURTHEST


@pytest.mark.parametrize(
    ("written", "danish", "english"),
    [
        ("uge 2", "uge 2", "week 2"),
        ("Month 3", "måned 3", "month 3"),
        ("maaned 3", "måned 3", "month 3"),
        ("dag 10", "dag 10", "day 10"),
        (10, "dag 10", "day 10"),
    ],
)
def test_a_week_stays_a_week_and_a_month_a_month(
    written: object, danish: str, english: str
) -> None:
    found = parse_offset(written)
    set_language("da")
    assert write_offset(found) == danish
    assert parse_offset(danish) == found
    set_language("en")
    assert write_offset(found) == english
