"""Dates as people type them: with weekdays, in words, with a time, and leaning both ways."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.date_parts import AHEAD, Lean
from data.dates import DateProblem, echo_date
from data.i18n import set_language
from data.typed_dates import parse_date, parse_day_time
from data.workdays import is_workday

SATURDAY = date(2026, 11, 28)
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tirs 1/12", date(2026, 12, 1)),
        ("Tirs. 1/12", date(2026, 12, 1)),
        ("tirsdag den 1. december", date(2026, 12, 1)),
        ("tirsdag d. 1/12-2026", date(2026, 12, 1)),
        ("Tue, 1 Dec", date(2026, 12, 1)),
        ("Tuesday the 1st of December", date(2026, 12, 1)),
        ("December 1st", date(2026, 12, 1)),
        ("den 1/12", date(2026, 12, 1)),
        ("d. 1/12", date(2026, 12, 1)),
        ("den 1. december", date(2026, 12, 1)),
        ("den 12.", date(2026, 12, 12)),
        ("næste mandag", date(2026, 11, 30)),
        ("next Friday", date(2026, 12, 4)),
        ("på fredag", date(2026, 12, 4)),
        ("on Tuesday", date(2026, 12, 1)),
        ("sidste fredag", date(2026, 11, 27)),
        ("i fredags", date(2026, 11, 27)),
        ("i lørdags", date(2026, 11, 21)),
        ("last Monday", date(2026, 11, 23)),
        ("om en uge", date(2026, 12, 7)),  # a Saturday: the Monday after it
        ("in a week", date(2026, 12, 7)),
        ("om fjorten dage", date(2026, 12, 12)),
        ("om et år", date(2027, 11, 29)),
        ("+1å", date(2027, 11, 29)),
        ("+1 år", date(2027, 11, 29)),
        ("+3u", date(2026, 12, 21)),
        ("om en måned", date(2026, 12, 28)),
        ("næste måned", date(2026, 12, 28)),
        ("+1d", date(2026, 11, 29)),
        ("for en uge siden", date(2026, 11, 21)),
        ("for 3 dage siden", date(2026, 11, 25)),
        ("two weeks ago", date(2026, 11, 14)),
        ("i uge 49", date(2026, 11, 30)),
        ("tirsdag i uge 49", date(2026, 12, 1)),
        ("tirs uge 49", date(2026, 12, 1)),
        ("fredag i næste uge", date(2026, 12, 4)),
        ("sidste uge", date(2026, 11, 16)),
    ],
)
def test_what_people_write_is_understood(typed: str, meant: date) -> None:
    assert parse_date(typed, SATURDAY) == meant


@pytest.mark.parametrize(
    ("typed", "plan", "past", "either"),
    [
        ("uge 47", date(2027, 11, 22), date(2026, 11, 16), date(2026, 11, 16)),
        ("uge 48", date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 23)),
        ("uge 49", date(2026, 11, 30), date(2025, 12, 1), date(2026, 11, 30)),
        ("fre", date(2026, 12, 4), date(2026, 11, 27), date(2026, 12, 4)),
        ("lør", date(2026, 12, 5), SATURDAY, date(2026, 12, 5)),
        ("den 12.", date(2026, 12, 12), date(2026, 11, 12), date(2026, 12, 12)),
        ("næste fredag", *[date(2026, 12, 4)] * 3),
    ],
)
def test_a_text_that_fits_several_days_leans(
    typed: str, plan: date, past: date, either: date
) -> None:
    for lean, meant in zip((Lean.PLAN, Lean.PAST, Lean.EITHER), (plan, past, either), strict=True):
        assert parse_date(typed, SATURDAY, lean=lean) == meant, lean


@pytest.mark.parametrize(
    ("typed", "today", "says"),
    [
        ("week 53", date(2027, 9, 10), "In which year? The nearest such day is 28-12-2026"),
        ("29/2", date(2027, 6, 10), "In which year? The nearest such day is 29-02-2028"),
        ("29. februar", date(2026, 11, 28), "In which year?"),
        ("ons 1/12", SATURDAY, "01-12-2026 is a Tue: which of the two do you mean?"),
        ("1/12 kl. 10", SATURDAY, "“1/12 kl. 10” has a time of day; only the date belongs here."),
        ("den 32.", SATURDAY, "is not a date"),
        ("næste jul", SATURDAY, "is not a date"),
        ("om en hund", SATURDAY, "is not a date"),
    ],
)
def test_what_is_far_or_contradicts_itself_is_asked_about(
    typed: str, today: date, says: str
) -> None:
    with pytest.raises(DateProblem) as problem:
        parse_date(typed, today, lean=Lean.EITHER)
    assert says in str(problem.value)


@pytest.mark.parametrize(
    ("typed", "day", "time"),
    [
        ("tirs 1/12 kl. 10", date(2026, 12, 1), "10:00"),
        ("1/12 14:30", date(2026, 12, 1), "14:30"),
        ("tomorrow at 9.15", date(2026, 11, 29), "09:15"),
        ("1/12", date(2026, 12, 1), ""),
        ("", None, ""),
    ],
)
def test_a_day_may_have_a_time(typed: str, day: date | None, time: str) -> None:
    assert parse_day_time(typed, SATURDAY) == (day, time)


def test_a_day_off_is_told_by_name() -> None:
    told = echo_date(date(2026, 12, 25), SATURDAY)
    assert told == "Fri 25-12-2026, week 52, in 27 days – day off: Christmas Day"
    assert echo_date(date(2026, 12, 5), SATURDAY).endswith("– day off: weekend")
    set_language("da")
    assert echo_date(date(2027, 3, 26), SATURDAY).endswith("– fridag: langfredag")


@given(DAYS, st.integers(1, 60), st.sampled_from(["u", "m", "weeks", " måneder"]))
def test_what_is_planned_so_far_ahead_is_a_working_day(today: date, n: int, unit: str) -> None:
    found = parse_date(f"+{n}{unit}", today)
    assert found is not None
    assert is_workday(found)


@given(DAYS, st.integers(1, 52))
def test_a_week_without_a_year_is_the_nearest_where_it_may_be_either(
    today: date, week: int
) -> None:
    found = parse_date(f"uge {week}", today, lean=Lean.EITHER)
    assert found is not None
    assert abs(found - today) <= AHEAD + timedelta(days=7)


@given(DAYS, st.sampled_from(["i fredags", "sidste fre", "for en uge siden", "fre", "uge 20"]))
def test_what_has_been_lies_behind(today: date, typed: str) -> None:
    found = parse_date(typed, today, lean=Lean.PAST)
    assert found is not None
    assert found <= today


@given(DAYS, st.text(max_size=15), st.sampled_from(Lean))
def test_no_text_crashes(today: date, text: str, lean: Lean) -> None:
    for wanted in (f"næste {text}", f"tirs {text}", f"om {text} uger", f"den {text}", f"i {text}s"):
        with suppress(DateProblem):
            parse_date(wanted, today, lean=lean)
