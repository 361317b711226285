"""Working days: nothing is planned for weekends and Danish days off.

The public holidays are the feasts that the decree of 26 October 1770 left, most of them counted
from Easter, without Store bededag, which Act no. 214 of 6 March 2023 abolished from 2024. The
Closing Act (lukkeloven) adds Constitution Day, 5 June, and Christmas Eve: not public holidays, but
days on which shops, and with them most public workplaces, are closed. New Year's Eve, on which it
closes shops early, counts as a day off too. 1 May does not: by law it is a working day, and where
an agreement frees people it is often for half of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

from data.i18n import N_, _

LAST_PRAYER_DAY: Final = 2023
"""The last year in which Store bededag was a public holiday (Act no. 214 of 6 March 2023)."""
_FROM_EASTER: Final = (
    (-3, N_("Maundy Thursday")),
    (-2, N_("Good Friday")),
    (0, N_("Easter Sunday")),
    (1, N_("Easter Monday")),
    (39, N_("Ascension Day")),
    (49, N_("Whit Sunday")),
    (50, N_("Whit Monday")),
)
"""Days after Easter Sunday, and the name of that day."""
_FIXED: Final = (
    (1, 1, N_("New Year's Day")),
    (6, 5, N_("Constitution Day")),
    (12, 24, N_("Christmas Eve")),
    (12, 25, N_("Christmas Day")),
    (12, 26, N_("Boxing Day")),
    (12, 31, N_("New Year's Eve")),
)
"""Month, day of the month, and the name of that day."""


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
def days_off(year: int) -> Mapping[date, str]:
    """Return the days off in a year that have a name: day -> its name, as a msgid."""
    sunday = easter(year)
    found = {sunday + timedelta(days=after): name for after, name in _FROM_EASTER}
    if year <= LAST_PRAYER_DAY:
        found[sunday + timedelta(days=26)] = N_("Great Prayer Day")
    # Where two fall on one day, as Whit Sunday and Constitution Day may, the older feast names it.
    return {date(year, month, day): name for month, day, name in _FIXED} | found


def is_workday(day: date) -> bool:
    """Whether people are at work that day."""
    return day.weekday() < 5 and day not in days_off(day.year)


def day_off_name(day: date) -> str:
    """Return why people are not at work that day: "Good Friday", "weekend"; "" on working days."""
    name = days_off(day.year).get(day, "")
    if name:
        return _(name)
    return "" if day.weekday() < 5 else _("weekend")


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


def due_from(start: date, days: int) -> date:
    """Return the working day on which something is due so many days after the first day at work.

    What falls on a day off moves away from the first day: to the next working day, or, if it is due
    before the first day (`days` is below 0), to the last one before. The first day itself stays,
    whichever day it is: nobody else can decide on which day somebody begins.
    """
    day = start + timedelta(days=days)
    if days == 0:
        return day
    return next_workday(day) if days > 0 else last_workday(day)
