"""Dates and times of day as they are typed and shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.dates import (
    DateProblem,
    add_months,
    echo_date,
    mentorship_week,
    show_date,
    show_near,
    show_week,
)
from data.i18n import set_language
from data.typed_dates import parse_date, parse_time

MONDAY = date(2025, 11, 24)
START = date(2025, 8, 1)
DAYS = st.dates(date(1901, 1, 1), date(2198, 12, 31))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", None),
        ("  ", None),
        ("2025-08-01", date(2025, 8, 1)),
        ("2025-8-1", date(2025, 8, 1)),
        ("1/8-2025", date(2025, 8, 1)),
        ("1-8-2025", date(2025, 8, 1)),
        ("01-08-2025", date(2025, 8, 1)),
        ("1.8.25", date(2025, 8, 1)),
        ("1.8. 2025", date(2025, 8, 1)),
        ("16/9-2026", date(2026, 9, 16)),
        ("16/9 2026", date(2026, 9, 16)),
        ("28/11", date(2025, 11, 28)),
        ("24-11", MONDAY),
        ("16-9", date(2025, 9, 16)),
        ("1/8", date(2025, 8, 1)),  # nearer than the coming one
        ("1.8.", date(2025, 8, 1)),
        ("15/1", date(2026, 1, 15)),
        ("1. august", date(2025, 8, 1)),
        ("1 aug 2025", date(2025, 8, 1)),
        ("5. maj", date(2026, 5, 5)),
        ("5 May", date(2026, 5, 5)),
        ("i dag", MONDAY),
        ("I Dag", MONDAY),
        ("today", MONDAY),
        ("i morgen", date(2025, 11, 25)),
        ("tomorrow", date(2025, 11, 25)),
        ("i overmorgen", date(2025, 11, 26)),
        ("i går", date(2025, 11, 23)),
        ("yesterday", date(2025, 11, 23)),
        ("fre", date(2025, 11, 28)),
        ("fredag", date(2025, 11, 28)),
        ("fri", date(2025, 11, 28)),
        ("man", date(2025, 12, 1)),  # today is one: the next
        ("to", date(2025, 11, 27)),
        ("tue", date(2025, 11, 25)),
        ("lørdag", date(2025, 11, 29)),
        ("søn.", date(2025, 11, 30)),
        ("+2u", date(2025, 12, 8)),
        ("+2w", date(2025, 12, 8)),
        ("+10d", date(2025, 12, 4)),
        ("+ 10 dage", date(2025, 12, 4)),
        ("-3d", date(2025, 11, 21)),
        ("+3m", date(2026, 2, 24)),
        ("om 2 uger", date(2025, 12, 8)),
        ("in 1 week", date(2025, 12, 1)),
        ("om 1 år", date(2026, 11, 24)),
        ("uge 48", MONDAY),
        ("uge 47", date(2026, 11, 16)),
        ("uge 38", date(2026, 9, 14)),
        ("week 38", date(2026, 9, 14)),
        ("u38", date(2026, 9, 14)),
        ("uge 38 2027", date(2027, 9, 20)),
        ("2027-W38", date(2027, 9, 20)),
        ("næste uge", date(2025, 12, 1)),
        ("dag 10", date(2025, 8, 11)),
        ("day 0", START),
        ("29/2-2028", date(2028, 2, 29)),
    ],
)
def test_what_is_typed_is_understood(typed: str, meant: date | None) -> None:
    assert parse_date(typed, MONDAY, START) == meant


@pytest.mark.parametrize("tongue", ["da", "en"])
@pytest.mark.parametrize("typed", ["fre", "Fri", "i morgen", "tomorrow", "+2u", "+2w", "week 38"])
def test_both_languages_are_understood_in_either(typed: str, tongue: str) -> None:
    set_language(tongue)
    assert parse_date(typed, MONDAY) is not None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1", "“1” is not a date"),
        ("1/", "is not a date"),
        ("i mor", "is not a date"),
        ("hvad", "is not a date"),
        ("t", "is not a date"),
        ("31/4", "That month has only 30 days."),
        ("0/4", "has only 30 days"),
        ("29/2", "In which year? The nearest such day is 29-02-2024"),
        ("1/13", "There is no month 13"),
        ("2025-02-30", "has only 28 days"),
        ("1-1-0000", "year"),
        ("1/1-1850", "The year 1850 is too far away."),
        ("+9999y", "is not a date"),
        ("uge 53", "In which year? The nearest such day is 28-12-2026"),
        ("uge 54", "2025 has no week 54."),
        ("uge 0", "has no week 0"),
        ("uge 53 2027", "2027 has no week 53."),
        ("day 9999999", "is not a date"),
        ("x" * 5000, "…” is not a date"),
        ("²/8", "is not a date"),
    ],
)
def test_what_cannot_be_understood_is_told_in_one_line(typed: str, says: str) -> None:
    with pytest.raises(DateProblem, match=r".") as problem:
        parse_date(typed, MONDAY, START)
    assert says in str(problem.value)
    assert "\n" not in str(problem.value)
    assert len(str(problem.value)) < 120


def test_a_course_day_needs_a_first_day() -> None:
    with pytest.raises(DateProblem, match="no first day"):
        parse_date("dag 10", MONDAY)


def test_a_leap_day_without_a_year_is_the_one_in_reach() -> None:
    assert parse_date("29/2", date(2027, 12, 1)) == date(2028, 2, 29)
    assert parse_date("29/2", date(2028, 4, 1)) == date(2028, 2, 29)


@given(DAYS, DAYS)
def test_what_is_shown_reads_back(day: date, today: date) -> None:
    assert parse_date(show_date(day), today) == day
    assert parse_date(day.isoformat(), today) == day


@given(DAYS)
def test_a_date_without_a_year_is_the_nearest(today: date) -> None:
    for day, month in ((1, 1), (15, 6), (31, 12), (today.day, today.month)):
        if (month, day) == (2, 29):
            continue
        found = parse_date(f"{day}/{month}", today)
        assert found is not None
        assert abs((found - today).days) <= 184


@given(DAYS, st.text(max_size=20))
def test_no_text_crashes(today: date, text: str) -> None:
    for wanted in (text, f"+{text}", f"uge {text}", f"1/{text}"):
        with suppress(DateProblem):
            parse_date(wanted, today, today)


@given(DAYS)
def test_a_weekday_is_one_of_the_next_seven_days(today: date) -> None:
    names = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
    found = {parse_date(name, today) for name in names}
    assert found == {today + timedelta(days=n) for n in range(1, 8)}


def test_dates_are_shown_the_danish_way() -> None:
    assert show_date(date(2025, 8, 1)) == "01-08-2025"
    assert show_date(None) == ""
    assert show_week(date(2025, 8, 4)) == "week 32"


def test_what_was_understood_is_echoed() -> None:
    assert echo_date(date(2025, 11, 28), MONDAY) == "Fri 28-11-2025, week 48, in 4 days"
    assert echo_date(date(2025, 11, 25), MONDAY) == "Tue 25-11-2025, week 48, tomorrow"
    assert echo_date(date(2025, 11, 17), MONDAY) == "Mon 17-11-2025, week 47, 7 days ago"


def test_danes_read_danish() -> None:
    set_language("da")
    assert echo_date(date(2025, 11, 28), MONDAY) == "fre 28-11-2025, uge 48, om 4 dage"
    assert mentorship_week(MONDAY + timedelta(days=12), MONDAY) == "starter om 12 d"
    with pytest.raises(DateProblem, match="er ikke en dato"):
        parse_date("hvad", MONDAY)


@pytest.mark.parametrize(
    ("start", "says"),
    [
        (MONDAY, "week 1"),
        (MONDAY - timedelta(days=6), "week 1"),
        (MONDAY - timedelta(days=7), "week 2"),
        (MONDAY - timedelta(days=40), "week 6"),
        (MONDAY + timedelta(days=12), "starts in 12 d"),
        (None, ""),
    ],
)
def test_where_in_the_course_we_are(start: date | None, says: str) -> None:
    assert mentorship_week(start, MONDAY) == says


def test_months_end_where_they_end() -> None:
    assert add_months(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert add_months(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert add_months(date(2025, 3, 31), -1) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ""),
        ("14", "14:00"),
        ("9", "09:00"),
        ("14.30", "14:30"),
        ("14:30", "14:30"),
        ("1430", "14:30"),
        ("kl. 9.05", "09:05"),
        ("kl 14", "14:00"),
    ],
)
def test_times_of_day(typed: str, meant: str) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["24", "14.60", "x", "14.3", "-1", "14:30:00"])
def test_no_time_of_day(typed: str) -> None:
    with pytest.raises(DateProblem, match="time of day"):
        parse_time(typed)


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (3, "Thu 27-11"),
        (-3, "Fri 21-11"),
        (45, "Thu 08-01"),
        (64, "27-01-2026"),
        (-400, "20-10-2024"),
    ],
)
def test_a_near_day_is_told_in_few_words(days: int, shown: str) -> None:
    today = date(2025, 11, 24)

    assert show_near(today + timedelta(days=days), today) == shown
