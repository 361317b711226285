"""The parts of dates as they are typed: names, numbers, weeks, and days without a year.

`data.typed_dates` puts them together.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from typing import Final

from data.dates import DateProblem, show_date
from data.frozen import immutable
from data.i18n import _
from data.stored_values import YEARS

AHEAD: Final = timedelta(days=183)
"""How far in the future a date without a year may be: beyond that the last one is nearer."""
FAR: Final = timedelta(days=371)
"""A week or a day without a year that is further away than this has to be written with its year."""


class Lean(Enum):
    """Which way a text leans that fits several days, such as "Friday" or "week 47"."""

    PLAN = "plan"
    """To the next one: it is about a plan."""
    PAST = "past"
    """To the last one: it is about what has been done."""
    EITHER = "either"
    """A week to the nearest one, a day of the week to the next one: it may be either."""


@immutable
class Asked:
    """What a date is read for."""

    today: date
    start: date | None
    """The first day at work, if there is one."""
    lean: Lean


WEEKDAY_NAMES: Final = (
    ("mandag", "monday"),
    ("tirsdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "saturday", "loerdag"),
    ("søndag", "sunday", "soendag"),
)
MONTH_NAMES: Final = (
    ("januar", "january"),
    ("februar", "february"),
    ("marts", "march"),
    ("april",),
    ("maj", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("december",),
)
NAMED_DAYS: Final = {
    "i dag": 0,
    "idag": 0,
    "today": 0,
    "i morgen": 1,
    "imorgen": 1,
    "tomorrow": 1,
    "i overmorgen": 2,
    "overmorgen": 2,
    "day after tomorrow": 2,
    "i går": -1,
    "igår": -1,
    "i gaar": -1,
    "yesterday": -1,
    "i forgårs": -2,
}
"""Days that have a name, and how many days from today they are."""
UNITS: Final = {"d": "days", "u": "weeks", "w": "weeks", "m": "months", "å": "years", "y": "years"}
"""The first letter of a unit, in Danish or English, and what it means."""

NUMBERS: Final = (
    ("et", "en", "én", "ét", "a", "an", "one"),
    ("to", "two"),
    ("tre", "three"),
    ("fire", "four"),
    ("fem", "five"),
    ("seks", "six"),
    ("syv", "seven"),
    ("otte", "eight"),
    ("ni", "nine"),
    ("ti", "ten"),
    ("elleve", "eleven"),
    ("tolv", "twelve"),
    ("tretten", "thirteen"),
    ("fjorten", "fourteen"),
)
"""The numbers from 1 as words."""
AMOUNTS: Final = {word: n for n, words in enumerate(NUMBERS, 1) for word in words}


def weekday_of(typed: str) -> int:
    """Return which day of the week a word is, 0 for Monday; raises ValueError if it is none."""
    found = name_index(WEEKDAY_NAMES, typed)
    if found is None:
        raise ValueError
    return found


def next_such(day: date, weekday: int) -> date:
    """Return the next such day of the week after a day."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def this_monday(asked: Asked) -> date:
    """Return the Monday of the week that today is in."""
    return asked.today - timedelta(days=asked.today.weekday())


def name_index(names: tuple[tuple[str, ...], ...], typed: str) -> int | None:
    """Return which name a text is the beginning of, as its place in `names`.

    None if the text is shorter than two letters, or if it is the beginning of no name or of
    several.

    Args:
        names: For each name the ways to write it.
        typed: The text, in small letters.
    """
    word = typed.removesuffix(".")
    if len(word) < 2:
        return None
    hits = [i for i, forms in enumerate(names) if any(form.startswith(word) for form in forms)]
    return hits[0] if len(hits) == 1 else None


def year_of(text: str) -> int:
    """Return the year that is written with four digits or, in this century, with two."""
    return 2000 + int(text) if len(text) == 2 else int(text)


def check_year(year: int) -> None:
    """Raise `DateProblem` for a year that nobody can mean."""
    if year not in YEARS:
        raise DateProblem(_("The year {year} is too far away.").format(year=year))


def with_checked_year(day: date) -> date:
    """Return the day. Raises `DateProblem` if its year is one that nobody can mean."""
    check_year(day.year)
    return day


def day_of(year: int, month: int, day: int) -> date:
    """Return a date. Raises `DateProblem`, which says what is wrong, if there is no such day."""
    check_year(year)
    if not 1 <= month <= 12:
        raise DateProblem(_("There is no month {month}.").format(month=month))
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        message = _("That month has only {last} days.")
        raise DateProblem(message.format(month=month, year=year, last=last, day=day))
    return date(year, month, day)


def nearest(days: Iterable[date], asked: Asked, reach: timedelta) -> date:
    """Return the day that is nearest to today.

    Raises `DateProblem`, which asks for the year, if it is further away than `reach`.
    """
    found = min(days, key=lambda day: (abs(day - asked.today), day < asked.today))
    if abs(found - asked.today) > reach:
        message = _("In which year? The nearest such day is {date}: write it with its year.")
        raise DateProblem(message.format(date=show_date(found)))
    return found


def without_year(month: int, day: int, asked: Asked) -> date:
    """Return the nearest such day. Raises `DateProblem` if there is none, or only far away."""
    year = asked.today.year
    if (month, day) == (2, 29):
        leap = [date(y, 2, 29) for y in range(year - 8, year + 9) if monthrange(y, 2)[1] == 29]
        return nearest(leap, asked, AHEAD)
    # Of the days of three years, the first that is not too long ago is the nearest.
    first = asked.today + AHEAD - timedelta(days=365)
    fits = [day_of(y, month, day) for y in (year, year - 1, year + 1)]
    return min(fit for fit in fits if fit >= first)


def monday_of(year: int, week: int) -> date:
    """Return the Monday of an ISO week. Raises `DateProblem` if the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        message = _("{year} has no week {week}.").format(year=year, week=week)
        raise DateProblem(message) from None
