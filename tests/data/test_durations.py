"""Durations as they are typed and shown."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.durations import DAY, WEEK, DurationProblem, parse_duration, show_duration
from data.i18n import set_language
from data.stored_values import LONGEST


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("", None),
        ("3t", 180),
        ("3 T", 180),
        ("3h", 180),
        ("3 timer", 180),
        ("1 time", 60),
        ("1,5t", 90),
        ("1.5h", 90),
        ("90m", 90),
        ("90 min.", 90),
        ("2d", 2 * DAY),
        ("½d".replace("½", "0,5"), 222),
        ("1u", WEEK),
        ("1w", WEEK),
        ("1t 30m", 90),
        ("1t30m", 90),
        ("1t30", 90),
        ("1 time og 30 minutter", 90),
        ("1u 2d", WEEK + 2 * DAY),
        ("0t", 0),
        ("0,01t", 1),
    ],
)
def test_what_is_typed_is_understood(typed: str, minutes: int | None) -> None:
    assert parse_duration(typed) == minutes


@pytest.mark.parametrize(
    "typed", ["3", "t", "tre timer", "3x", "-3t", "1:30", "3t x", "²t", "3 3t", "1d30", "9" * 5000]
)
def test_nonsense_is_refused_in_one_line(typed: str) -> None:
    with pytest.raises(DurationProblem, match="is not a duration") as problem:
        parse_duration(typed)
    assert len(str(problem.value)) < 100
    assert "\n" not in str(problem.value)


def test_a_slip_of_the_hand_is_refused() -> None:
    with pytest.raises(DurationProblem, match="five years"):
        parse_duration("300u")


def test_a_working_week_is_thirty_seven_hours() -> None:
    assert parse_duration("37t") == parse_duration("5d") == parse_duration("1u")


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (None, ""),
        (0, "0 min"),
        (45, "45 min"),
        (60, "1 h"),
        (90, "1.5 h"),
        (80, "1 h 20 min"),
        (444, "1 d"),
    ],
)
def test_durations_are_shown_short(minutes: int | None, shown: str) -> None:
    assert show_duration(minutes) == shown


@given(st.integers(0, LONGEST))
def test_what_is_shown_reads_back(minutes: int) -> None:
    assert parse_duration(show_duration(minutes)) == minutes


@given(st.text(max_size=20))
def test_no_text_crashes(text: str) -> None:
    for wanted in (text, f"3{text}", f"1t {text}"):
        with suppress(DurationProblem):
            parse_duration(wanted)


@given(st.integers(0, LONGEST))
def test_danish_reads_back_too(minutes: int) -> None:
    set_language("da")
    try:
        assert parse_duration(show_duration(minutes)) == minutes
        assert show_duration(90) == "1,5 t"
    finally:
        set_language("en")
