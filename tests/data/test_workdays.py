"""Weekends and Danish days off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workdays import days_off, easter, is_workday, last_workday, next_workday


@pytest.mark.parametrize(
    "sunday",
    [
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2011, 4, 24),
        date(2023, 4, 9),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ],
)
def test_easter(sunday: date) -> None:
    assert easter(sunday.year) == sunday


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2025, 4, 17), True),  # Maundy Thursday
        (date(2025, 4, 21), True),  # Easter Monday
        (date(2025, 5, 29), True),  # Ascension
        (date(2025, 6, 9), True),  # Whit Monday
        (date(2023, 5, 5), True),  # store bededag, the last
        (date(2024, 4, 26), False),
        (date(2025, 5, 16), False),
        (date(2025, 6, 5), True),
        (date(2025, 12, 24), True),
        (date(2026, 1, 1), True),
        (date(2025, 5, 1), False),
        (date(2025, 11, 22), True),  # a Saturday
        (date(2025, 11, 24), False),
    ],
)
def test_days_off(day: date, off: bool) -> None:
    assert is_workday(day) is not off


def test_the_next_working_day() -> None:
    assert next_workday(date(2025, 12, 24)) == date(2025, 12, 29)
    assert next_workday(date(2025, 4, 17)) == date(2025, 4, 22)
    assert last_workday(date(2025, 4, 21)) == date(2025, 4, 16)
    assert next_workday(date(2025, 11, 24)) == date(2025, 11, 24)


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_a_working_day_is_never_far(day: date) -> None:
    later = next_workday(day)
    assert is_workday(later)
    assert timedelta(0) <= later - day <= timedelta(days=6)
    assert is_workday(last_workday(day))
    assert easter(day.year).weekday() == 6
    assert easter(day.year) in days_off(day.year)
