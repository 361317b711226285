"""Dates and times of day as people type and read them. Files hold them in ISO form.

Danish and English are both understood, whichever language is in use. A date without a year means
the nearest such day, in the past or in the future: first days at work and things that are done lie
a short time back, plans a short time ahead.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from data.i18n import N_, _, ngettext

AHEAD: Final = timedelta(days=183)
"""How far in the future a date without a year may be: beyond that the last one is nearer."""
_YEARS: Final = range(1900, 2200)
"""The years that are accepted; another one is a typing mistake."""
_WEEKDAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_WEEKDAY_NAMES: Final = (
    ("mandag", "monday"),
    ("tirsdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "saturday", "loerdag"),
    ("søndag", "sunday", "soendag"),
)
_MONTH_NAMES: Final = (
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
_NAMED_DAYS: Final = {
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
_UNITS: Final = {"d": "days", "u": "weeks", "w": "weeks", "m": "months", "å": "years", "y": "years"}
"""The first letter of a unit, in Danish or English, and what it means."""


class EntryError(ValueError):
    """A text that was typed is not valid.

    The message is one line for the user, in the language in use, and says what to type instead.
    """


class DateProblem(EntryError):
    """A text that was typed is not a date, or not a time of day."""


def show_date(day: date | None) -> str:
    """Return a date as it is written everywhere on the screen: "01-08-2025"; "" for None."""
    return "" if day is None else f"{day.day:02}-{day.month:02}-{day.year:04}"


def show_week(day: date) -> str:
    """Return the ISO week that a day is in: "week 32"."""
    return _("week {number}").format(number=day.isocalendar().week)


def show_weekday(day: date) -> str:
    """Return the short name of the day of the week: "Fri"."""
    return _(_WEEKDAYS[day.weekday()])


def show_distance(day: date, today: date) -> str:
    """Return how far a day is from today: "today", "in 5 days", "3 days ago"."""
    days = (day - today).days
    near = {0: N_("today"), 1: N_("tomorrow"), -1: N_("yesterday")}.get(days)
    if near:
        return _(near)
    if days > 0:
        return ngettext("in {days} day", "in {days} days", days).format(days=days)
    return ngettext("{days} day ago", "{days} days ago", -days).format(days=-days)


def show_near(day: date, today: date) -> str:
    """Return a day as short as it can be said without doubt: "today", "Thu 27-11", "27-01-2027".

    The year is there only if it is not this one and the day is more than 60 days away.
    """
    days = (day - today).days
    if -1 <= days <= 1:
        return show_distance(day, today)
    if day.year != today.year and abs(days) > 60:
        return show_date(day)
    return f"{show_weekday(day)} {day.day:02}-{day.month:02}"


def echo_date(day: date, today: date) -> str:
    """Return a date in full, to show how a typed text was understood.

    For example "Fri 28-11-2025, week 48, in 4 days": a wrong month or year is seen at once.
    """
    return _("{weekday} {date}, {week}, {distance}").format(
        weekday=show_weekday(day),
        date=show_date(day),
        week=show_week(day),
        distance=show_distance(day, today),
    )


def mentorship_week(start: date | None, today: date) -> str:
    """Return how far a mentorship has come: "week 6", or "starts in 12 d" before it begins.

    Args:
        start: The mentee's first day at work, with which week 1 begins; None gives "".
        today: The day to say it for.
    """
    if start is None:
        return ""
    days = (today - start).days
    if days < 0:
        return _("starts in {days} d").format(days=-days)
    return _("week {number}").format(number=days // 7 + 1)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or earlier if `months` is below 0.

    In a month that is too short it is the last day: 31 January and one month is 28 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def parse_date(text: str, today: date, start: date | None = None) -> date | None:
    """Return the day that a text means, or None for an empty text.

    It may be a date with or without a year (1/8, 1. august, 2025-08-01), a day with a name (i
    morgen, Friday), a distance (+2w, om 3 dage), a week, which means its Monday (week 38), or a day
    at work (day 10). A weekday is the next one after today.

    Args:
        text: What was typed, in Danish or English.
        today: The day from which distances are counted.
        start: The first day at work, from which days at work are counted: it is day 0. None if
            there is no such day.

    Raises:
        DateProblem: The text is not a date, or one far from our time.
    """
    typed = " ".join(text.casefold().split())
    if not typed:
        return None
    try:
        if typed in _NAMED_DAYS:
            return today + timedelta(days=_NAMED_DAYS[typed])
        for form, read in _FORMS:
            if found := form.fullmatch(typed):
                return _with_checked_year(read(found, today, start))
        if (weekday := _name_index(_WEEKDAY_NAMES, typed)) is not None:
            return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    except (OverflowError, ValueError) as problem:
        # Only a `DateProblem` says what is wrong; all else comes from counting beyond what `date`
        # can hold, or from a reader that finds the text is not of its form after all.
        if isinstance(problem, DateProblem):
            raise
    raise DateProblem(_not_a_date(text))


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


def _quoted(text: str) -> str:
    """Return a typed text as short as a message of one line can quote it."""
    line = " ".join(text.split())
    return line if len(line) <= 24 else line[:23] + "…"


def date_forms() -> str:
    """Return examples of how a date can be written, in the language in use."""
    return _("e.g. 1/8, tomorrow, +2w or week 38")


def _not_a_date(text: str) -> str:
    """Return the message that a text is not a date."""
    message = _("“{text}” is not a date. Write {forms}.")
    return message.format(text=_quoted(text), forms=date_forms())


def _name_index(names: tuple[tuple[str, ...], ...], typed: str) -> int | None:
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


def _year(text: str) -> int:
    """Return the year that is written with four digits or, in this century, with two."""
    return 2000 + int(text) if len(text) == 2 else int(text)


def _check_year(year: int) -> None:
    """Raise `DateProblem` for a year that nobody can mean."""
    if year not in _YEARS:
        raise DateProblem(_("The year {year} is too far away.").format(year=year))


def _with_checked_year(day: date) -> date:
    """Return the day. Raises `DateProblem` if its year is one that nobody can mean."""
    _check_year(day.year)
    return day


def _day(year: int, month: int, day: int) -> date:
    """Return a date. Raises `DateProblem`, which says what is wrong, if there is no such day."""
    _check_year(year)
    if not 1 <= month <= 12:
        raise DateProblem(_("There are twelve months, not {month}.").format(month=month))
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        message = _("Month {month} of {year} has the days 1-{last}, not {day}.")
        raise DateProblem(message.format(month=month, year=year, last=last, day=day))
    return date(year, month, day)


def _without_year(month: int, day: int, today: date) -> date:
    """Return the nearest such day, before or after today. Raises `DateProblem` if there is none."""
    # Of the days of three years, the first that is not too long ago is the nearest.
    first = today + AHEAD - timedelta(days=365)
    leap_day = (month, day) == (2, 29)
    years = [today.year, today.year - 1, today.year + 1]
    fits = [_day(y, month, day) for y in years if not leap_day or monthrange(y, 2)[1] == 29]
    later = [fit for fit in fits if fit >= first]
    return min(later) if later else _day(today.year, month, day)


# Readers, one for each form in which a date can be written (`_FORMS`). Each takes the match of its
# form, today, and the first day at work if there is one. It returns the day, and raises
# `DateProblem` if there is no such day, or another `ValueError` if the text is no date at all.


def _iso(found: re.Match[str], _today: date, _start: date | None) -> date:
    """Read "2025-08-01"."""
    return _day(int(found[1]), int(found[2]), int(found[3]))


def _iso_week(found: re.Match[str], _today: date, _start: date | None) -> date:
    """Read "2025-W38" as the Monday of that week."""
    return _monday(_year(found[1]), int(found[2]))


def _day_month(found: re.Match[str], today: date, _start: date | None) -> date:
    """Read "1/8", "1-8-25" or "1.8.2025"."""
    if found[3]:
        return _day(_year(found[3]), int(found[2]), int(found[1]))
    return _without_year(int(found[2]), int(found[1]), today)


def _named_month(found: re.Match[str], today: date, _start: date | None) -> date:
    """Read "1. august", "1 aug" or "1 Aug 2025"."""
    month = _name_index(_MONTH_NAMES, found[2])
    if month is None or len(found[2]) < 3:
        raise ValueError
    if found[3]:
        return _day(_year(found[3]), month + 1, int(found[1]))
    return _without_year(month + 1, int(found[1]), today)


def _offset(found: re.Match[str], today: date, _start: date | None) -> date:
    """Read "+2w", "-3d" or "om 2 uger" as a distance from today."""
    amount = int(found[2]) * (-1 if found[1] == "-" else 1)
    unit = _UNITS[found[3][0]]
    if unit == "days":
        return today + timedelta(days=amount)
    if unit == "weeks":
        return today + timedelta(weeks=amount)
    return add_months(today, amount * (12 if unit == "years" else 1))


def _monday(year: int, week: int) -> date:
    """Return the Monday of an ISO week. Raises `DateProblem` if the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        message = _("{year} has no week {week}.").format(year=year, week=week)
        raise DateProblem(message) from None


def _week(found: re.Match[str], today: date, _start: date | None) -> date:
    """Read "week 38" or "uge 38 2026"; without a year it is this week or the next such one."""
    week = int(found[1])
    if found[2]:
        return _monday(_year(found[2]), week)
    this_monday = today - timedelta(days=today.weekday())
    year = today.isocalendar().year
    if not 1 <= week <= 53:
        return _monday(year, week)  # which says that there is no such week
    # Not every year has a week 53; the next one that has is at most seven years away.
    for later in range(year, year + 8):
        try:
            day = date.fromisocalendar(later, week, 1)
        except ValueError:
            continue
        if day >= this_monday:
            return day
    raise ValueError


def _next_week(_found: re.Match[str], today: date, _start: date | None) -> date:
    """Read "next week" as its Monday."""
    return today + timedelta(days=7 - today.weekday())


def _day_at_work(found: re.Match[str], _today: date, start: date | None) -> date:
    """Read "day 10", counted from the first day at work."""
    if start is None:
        raise DateProblem(_("There is no first day at work to count from."))
    return start + timedelta(days=int(found[1]))


_Reader = Callable[[re.Match[str], date, date | None], date]
"""What reads a form, see above."""
_YEAR = r"([0-9]{4}|[0-9]{2})"
_UNIT = r"(d|dage?|days?|u|uger?|w|weeks?|m|mdr|måned(?:er)?|maaned(?:er)?|months?|år|y|years?)\.?"
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(form), read)
    for form, read in (
        (r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", _iso),
        (r"([0-9]{4})-?w([0-9]{1,2})", _iso_week),
        (rf"([0-9]{{1,2}}) ?[-/.] ?([0-9]{{1,2}})(?:(?: ?[-/.] ?| ){_YEAR}|\.)?", _day_month),
        (rf"([0-9]{{1,2}})\.? ?([^\W\d]+)\.?(?: {_YEAR})?", _named_month),
        (rf"([+-]) ?([0-9]{{1,4}}) ?{_UNIT}", _offset),
        (rf"(om|in) ([0-9]{{1,4}}) {_UNIT}", _offset),
        (rf"(?:uge|week|u|w|wk) ?([0-9]{{1,2}})(?:[ /-]{_YEAR})?", _week),
        (r"(?:næste uge|naeste uge|next week)", _next_week),
        (r"(?:dag|day) ?(-?[0-9]{1,4})", _day_at_work),
    )
)
"""Each form in which a date can be written, in small letters, and its reader. The first that fits
the whole text reads it."""
