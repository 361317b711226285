"""Dates and times of day as people type them.

Danish and English are both understood, whichever language is in use. A date without a year means
the nearest such day, in the past or in the future: first days at work and things that are done lie
a short time back, plans a short time ahead. A day that is far off all the same, such as a 29
February, has to be written with its year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from data.date_parts import (
    AHEAD,
    AMOUNTS,
    FAR,
    MONTH_NAMES,
    NAMED_DAYS,
    UNITS,
    Asked,
    Lean,
    day_of,
    monday_of,
    name_index,
    nearest,
    next_such,
    this_monday,
    weekday_of,
    with_checked_year,
    without_year,
    year_of,
)
from data.dates import DateProblem, add_months, show_date, show_weekday
from data.i18n import _
from data.workdays import next_workday


def parse_date(
    text: str, today: date, start: date | None = None, lean: Lean = Lean.PLAN
) -> date | None:
    """Return the day that a text means, or None for an empty text.

    It may be a date with or without a year (1/8, 1. august, den 1/8, 2025-08-01), with its day of
    the week (tirs 1/12), a day with a name (i morgen, Friday, næste mandag), a distance (+2w, om en
    uge, 3 days ago), a week, which means its Monday (week 38), a day of a week (Tue week 38), or a
    day at work (day 10). A distance ahead in weeks, months or years that ends on a day off means
    the next working day.

    Args:
        text: What was typed, in Danish or English.
        today: The day from which distances are counted.
        start: The first day at work, from which days at work are counted: it is day 0. None if
            there is no such day.
        lean: Which day is meant by a text that fits several.

    Raises:
        DateProblem: The text is not a date, or one far from our time.
    """
    typed = " ".join(text.casefold().replace(",", " ").split())
    if not typed:
        return None
    try:
        return with_checked_year(_read(typed, Asked(today, start, lean)))
    except (OverflowError, ValueError) as problem:
        # Only a `DateProblem` says what is wrong; all else comes from counting beyond what `date`
        # can hold, or from a reader that finds the text is not of its form after all.
        if isinstance(problem, DateProblem):
            raise
    raise DateProblem(_not_a_date(text))


def parse_day_time(
    text: str, today: date, start: date | None = None, lean: Lean = Lean.PLAN
) -> tuple[date | None, str]:
    """Return the day and the time of day that a text means: "Tue 1/12 at 10" is both.

    The time is as "14:30"; "" if there is none. For the arguments, and what is raised, see
    `parse_date`.
    """
    found = _TIME.fullmatch(text.strip().casefold())
    if found is None:
        return parse_date(text, today, start, lean), ""
    time = parse_time(found[2] or found[3])
    return parse_date(found[1], today, start, lean), time


def parse_time(text: str) -> str:
    """Return the time of day that a text means, as "14:30", or "" for an empty text.

    It may be written as 14, 14.30, 14:30, 1430, kl. 14.30 or at 14.30.

    Raises:
        DateProblem: The text is not a time of day.
    """
    typed = text.strip().casefold()
    if not typed:
        return ""
    found = re.fullmatch(r"(?:kl\.? ?|at )?([0-9]{1,2})(?:[.:]?([0-9]{2}))?", typed)
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if hour < 24 and minute < 60:
            return f"{hour:02}:{minute:02}"
    message = _("“{text}” is not a time of day. Write for example 14, 14.30 or 9:15.")
    raise DateProblem(message.format(text=_quoted(text)))


_TIME: Final = re.compile(
    r"(.+?),? (?:(?:kl|at)\.? ?([0-9]{1,2}(?:[.:]?[0-9]{2})?)|([0-9]{1,2}:[0-9]{2}))"
)
"""A day, and a time of day after it, with "kl." or a colon."""


def date_forms() -> str:
    """Return examples of how a date can be written, in the language in use."""
    return _("e.g. 1/8, tomorrow, +2w or week 38")


def _quoted(text: str) -> str:
    """Return a typed text as short as a message of one line can quote it."""
    line = " ".join(text.split())
    return line if len(line) <= 24 else line[:23] + "…"


def _not_a_date(text: str) -> str:
    """Return what to say of a text that is not a date."""
    if _TIME.fullmatch(text.strip().casefold()):
        message = _("“{text}” has a time of day; only the date belongs here.")
        return message.format(text=_quoted(text))
    message = _("“{text}” is not a date. Write {forms}.")
    return message.format(text=_quoted(text), forms=date_forms())


def _read(typed: str, asked: Asked) -> date:
    """Return the day that a text in small letters means; raises ValueError if it means none."""
    if typed in NAMED_DAYS:
        return asked.today + timedelta(days=NAMED_DAYS[typed])
    for form, read in _FORMS:
        if found := re.fullmatch(form, typed):
            return read(found, asked)
    weekday = weekday_of(typed)
    if asked.lean is Lean.PAST:
        return asked.today - timedelta(days=(asked.today.weekday() - weekday) % 7)
    return next_such(asked.today, weekday)


# Readers, one for each form in which a date can be written (`_FORMS`). Each takes the match of its
# form and what is asked for. It returns the day, and raises `DateProblem` if there is no such day,
# or another `ValueError` if the text is no date at all.


def _iso(found: re.Match[str], _asked: Asked) -> date:
    """Read "2025-08-01"."""
    return day_of(int(found[1]), int(found[2]), int(found[3]))


def _iso_week(found: re.Match[str], _asked: Asked) -> date:
    """Read "2025-W38" as the Monday of that week."""
    return monday_of(year_of(found[1]), int(found[2]))


def _day_month(found: re.Match[str], asked: Asked) -> date:
    """Read "1/8", "1-8-25" or "1.8.2025"."""
    if found[3]:
        return day_of(year_of(found[3]), int(found[2]), int(found[1]))
    return without_year(int(found[2]), int(found[1]), asked)


def _named_month(found: re.Match[str], asked: Asked) -> date:
    """Read "1. august", "1 aug" or "1 Aug 2025"."""
    return _of_month(int(found[1]), found[2], found[3], asked)


def _month_first(found: re.Match[str], asked: Asked) -> date:
    """Read "August 1" or "Aug 1st 2025"."""
    return _of_month(int(found[2]), found[1], found[3], asked)


def _of_month(day: int, name: str, year: str | None, asked: Asked) -> date:
    month = name_index(MONTH_NAMES, name)
    if month is None or len(name) < 3:
        raise ValueError
    if year:
        return day_of(year_of(year), month + 1, day)
    return without_year(month + 1, day, asked)


def _day_alone(found: re.Match[str], asked: Asked) -> date:
    """Read "den 12." as the next 12th of a month, or the last one."""
    day = int(found[1])
    if not 1 <= day <= 31:
        raise ValueError
    past = asked.lean is Lean.PAST
    for n in range(0, -3, -1) if past else range(3):
        month = add_months(asked.today.replace(day=1), n)
        if day <= monthrange(month.year, month.month)[1]:
            fit = month.replace(day=day)
            if fit <= asked.today if past else fit >= asked.today:
                return fit
    raise ValueError


def _offset(found: re.Match[str], asked: Asked) -> date:
    """Read "+2w", "-3d", "om en uge" or "in 2 weeks" as a distance from today."""
    if found[1] == "-":
        return _away(found[2], found[3], asked, -1)
    day = _away(found[2], found[3], asked, 1)
    return day if UNITS[found[3][0]] == "days" else next_workday(day)


def _ago(found: re.Match[str], asked: Asked) -> date:
    """Read "for en uge siden" or "3 days ago"."""
    return _away(found[1], found[2], asked, -1)


def _away(amount: str, unit: str, asked: Asked, way: int) -> date:
    number = (int(amount) if amount.isdecimal() else AMOUNTS[amount]) * way
    match UNITS[unit[0]]:
        case "days":
            return asked.today + timedelta(days=number)
        case "weeks":
            return asked.today + timedelta(weeks=number)
        case "years":
            return add_months(asked.today, number * 12)
    return add_months(asked.today, number)


def _week(found: re.Match[str], asked: Asked) -> date:
    """Read "week 38" or "uge 38 2026" as its Monday; without a year, `Lean` says which week."""
    week = int(found[1])
    if found[2]:
        return monday_of(year_of(found[2]), week)
    first = this_monday(asked)
    year = asked.today.isocalendar().year
    if not 1 <= week <= 53:
        return monday_of(year, week)  # which says that there is no such week
    # Not every year has a week 53; one that has is at most seven years away.
    mondays = []
    for near in range(max(year - 8, 1), year + 9):
        try:
            mondays.append(date.fromisocalendar(near, week, 1))
        except ValueError:
            continue
    if asked.lean is Lean.PLAN:
        mondays = [day for day in mondays if day >= first]
    elif asked.lean is Lean.PAST:
        mondays = [day for day in mondays if day <= asked.today]
    return nearest(mondays, asked, FAR if week < 53 else AHEAD)


def _week_named(found: re.Match[str], asked: Asked) -> date:
    """Read "next week", "denne uge" or "sidste uge" as its Monday."""
    weeks = 1 if found[1] in _NEXT else -1 if found[1] in _LAST else 0
    return this_monday(asked) + timedelta(weeks=weeks)


def _next_month(_found: re.Match[str], asked: Asked) -> date:
    """Read "next month" as the working day a month from now."""
    return next_workday(add_months(asked.today, 1))


def _day_at_work(found: re.Match[str], asked: Asked) -> date:
    """Read "day 10", counted from the first day at work."""
    if asked.start is None:
        raise DateProblem(_("There is no first day at work to count from."))
    return asked.start + timedelta(days=int(found[1]))


def _weekday_named(found: re.Match[str], asked: Asked) -> date:
    """Read "next Monday" as that of the next week, "last Friday" and "på fredag" as the nearest."""
    weekday = weekday_of(found[2])
    if found[1] in _NEXT:
        return this_monday(asked) + timedelta(days=7 + weekday)
    if found[1] in _LAST:
        return asked.today - timedelta(days=(asked.today.weekday() - weekday - 1) % 7 + 1)
    return next_such(asked.today, weekday)


def _weekday_gone(found: re.Match[str], asked: Asked) -> date:
    """Read "i fredags"."""
    weekday = weekday_of(found[1])
    return asked.today - timedelta(days=(asked.today.weekday() - weekday - 1) % 7 + 1)


def _weekday_of(found: re.Match[str], asked: Asked) -> date:
    """Read "tirs 1/12" and "tirsdag den 1. december", or "Tue week 49" and "Tue next week".

    Raises `DateProblem` if the date is another day of the week.
    """
    weekday, rest = weekday_of(found[1]), found[2]
    if any(re.fullmatch(form, rest) for form in _WEEKS):
        return _read(rest, asked) + timedelta(days=weekday)
    day = _read(rest, asked)
    if day.weekday() != weekday:
        message = _("{date} is a {weekday}: which of the two do you mean?")
        raise DateProblem(message.format(date=show_date(day), weekday=show_weekday(day)))
    return day


_NEXT: Final = ("næste", "naeste", "next")
_LAST: Final = ("sidste", "forrige", "last")
_Reader = Callable[[re.Match[str], Asked], date]
"""What reads a form, see above."""
_YEAR = r"([0-9]{4}|[0-9]{2})"
_UNIT = (
    r"(d|dage?|days?|u|uger?|w|weeks?|m|mdr|måned(?:er)?|maaned(?:er)?|months?|å|år|y|years?)\.?"
)
_AMOUNT = rf"([0-9]{{1,4}}|{'|'.join(AMOUNTS)})"
_NAMED = "|".join((*_NEXT, *_LAST))
_THE = r"(?:(?:den|d\.?|the|on|på|paa) )?"
_WEEKS: Final = (
    rf"(?:i |in )?(?:uge|week|u|w|wk)\.? ?([0-9]{{1,2}})(?:[ /-]{_YEAR})?",
    rf"(?:i |in )?({_NAMED}|denne|this) (?:uge|week)",
)
"""The forms of a week."""
_FORMS: Final[tuple[tuple[str, _Reader], ...]] = (
    (_WEEKS[0], _week),
    (_WEEKS[1], _week_named),
    (r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", _iso),
    (r"([0-9]{4})-?w([0-9]{1,2})", _iso_week),
    (
        rf"{_THE}([0-9]{{1,2}}) ?[-/.] ?([0-9]{{1,2}})(?:(?: ?[-/.] ?| ){_YEAR}|\.)?",
        _day_month,
    ),
    (rf"([+-]) ?([0-9]{{1,4}}) ?{_UNIT}", _offset),
    (rf"(om|in) {_AMOUNT} {_UNIT}", _offset),
    (rf"(?:for )?{_AMOUNT} {_UNIT} (?:siden|ago)", _ago),
    (
        rf"{_THE}([0-9]{{1,2}})(?:\.|st|nd|rd|th)? ?(?:of )?([^\W\d]+)\.?(?: {_YEAR})?",
        _named_month,
    ),
    (r"(?:næste måned|naeste maaned|next month)", _next_month),
    (r"(?:dag|day) ?(-?[0-9]{1,4})", _day_at_work),
    (r"(?:den|d\.?|the) ([0-9]{1,2})(?:\.|st|nd|rd|th)?", _day_alone),
    (
        rf"({_NAMED}|på|paa|on|denne|this|kommende|førstkommende|coming) ([^\W\d]+)\.?",
        _weekday_named,
    ),
    (r"i ([^\W\d]+)s", _weekday_gone),
    (rf"{_THE}([^\W\d]+)\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?(?: {_YEAR})?", _month_first),
    (r"(?:på |paa |on )?([^\W\d]+)\.? (.*[\w.])", _weekday_of),
)
"""Each form in which a date can be written, in small letters, and its reader. The first that fits
the whole text reads it. They are compiled when a date is first typed, and kept by `re`."""
