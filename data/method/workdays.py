"""Working days: no talk is planned for weekends and Danish days off."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

LAST_PRAYER_DAY: Final = 2023
"""The last year in which Store bededag was a public holiday (Act no. 214 of 6 March 2023)."""


def easter(year: int) -> date:
    """Return Easter Sunday (the "anonymous Gregorian" computus, Nature, 20 April 1876)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, left = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    leap_years, odd = divmod(rest, 4)
    sunday = (32 + 2 * left + 2 * leap_years - epact - odd) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def days_off(year: int) -> frozenset[date]:
    """Return the days off in a year: public holidays, 5 June, 24 December and 31 December.

    On the latter three, most public workplaces are closed.
    """
    sunday = easter(year)
    offsets = [-3, -2, 0, 1, 39, 49, 50]
    if year <= LAST_PRAYER_DAY:
        offsets.append(26)
    fixed = [(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)]
    return frozenset(sunday + timedelta(days=offset) for offset in offsets) | {
        date(year, month, day) for month, day in fixed
    }


def is_workday(day: date) -> bool:
    """Whether people are at work that day."""
    return day.weekday() < 5 and day not in days_off(day.year)


def next_workday(day: date) -> date:
    """Return the day if it is a working day, or else the next one."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def last_workday(day: date) -> date:
    """Return the day if it is a working day, or else the last one before it."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day
