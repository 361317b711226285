"""Dates and times of day as people type and read them; files hold ISO.

Both languages are always understood, whichever the interface speaks. A date without a year is the
nearest such day, before or after today: first days at work and ticks lie shortly behind, plans
shortly ahead.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from data.i18n import N_, _, ngettext

AHEAD: Final = timedelta(days=183)
"""How far ahead a date without a year may lie before the one just past is nearer."""
_YEARS: Final = range(1900, 2200)
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
_NAMED: Final = {
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
_UNITS: Final = {"d": "days", "u": "weeks", "w": "weeks", "m": "months", "å": "years", "y": "years"}


class EntryError(ValueError):
    """What was typed cannot be understood; the message is one line in the interface's language."""


class DateProblem(EntryError):
    """Not a date, or not a time of day."""


def show_date(day: date | None) -> str:
    """Return `01-08-2025`, or "" for None."""
    return "" if day is None else f"{day.day:02}-{day.month:02}-{day.year:04}"


def show_week(day: date) -> str:
    """Return the ISO week of the day: "week 32"."""
    return _("week {number}").format(number=day.isocalendar().week)


def show_weekday(day: date) -> str:
    """Return the day's short name: "Fri"."""
    return _(_WEEKDAYS[day.weekday()])


def show_distance(day: date, today: date) -> str:
    """Return how far off the day is: "today", "in 5 days", "3 days ago"."""
    days = (day - today).days
    near = {0: N_("today"), 1: N_("tomorrow"), -1: N_("yesterday")}.get(days)
    if near:
        return _(near)
    if days > 0:
        return ngettext("in {days} day", "in {days} days", days).format(days=days)
    return ngettext("{days} day ago", "{days} days ago", -days).format(days=-days)


def show_near(day: date, today: date) -> str:
    """Return the day in the fewest words that tell it: "today", "Thu 27-11", "27-01-2027"."""
    days = (day - today).days
    if -1 <= days <= 1:
        return show_distance(day, today)
    if day.year != today.year and abs(days) > 60:
        return show_date(day)
    return f"{show_weekday(day)} {day.day:02}-{day.month:02}"


def echo_date(day: date, today: date) -> str:
    """Return what was understood, in full: "Fri 28-11-2025, week 48, in 4 days"."""
    return _("{weekday} {date}, {week}, {distance}").format(
        weekday=show_weekday(day),
        date=show_date(day),
        week=show_week(day),
        distance=show_distance(day, today),
    )


def course_week(start: date | None, today: date) -> str:
    """Return where in the course we are: "week 6", "starts in 12 d", or "" without a first day."""
    if start is None:
        return ""
    days = (today - start).days
    if days < 0:
        return _("starts in {days} d").format(days=-days)
    return _("week {number}").format(number=days // 7 + 1)


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def parse_date(text: str, today: date, start: date | None = None) -> date | None:
    """Return the day that is meant, or None for empty text. Raises `DateProblem`.

    `start` is the first day at work, which "day 10" counts from (day 0 is the first day).
    """
    typed = " ".join(text.casefold().split())
    if not typed:
        return None
    try:
        if typed in _NAMED:
            return today + timedelta(days=_NAMED[typed])
        for form, read in _FORMS:
            if found := form.fullmatch(typed):
                return _in_reach(read(found, today, start))
        if (weekday := _name_index(_WEEKDAY_NAMES, typed)) is not None:
            return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    except (OverflowError, ValueError) as problem:
        if isinstance(problem, DateProblem):
            raise
    raise DateProblem(_not_a_date(text))


def parse_time(text: str) -> str:
    """Return "14:30" for "14", "14.30", "14:30", "1430" or "kl. 14.30"; "" for empty text.

    Raises `DateProblem`.
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
    line = " ".join(text.split())
    return line if len(line) <= 24 else line[:23] + "…"


def date_forms() -> str:
    """Return examples of what is understood, in the user's language."""
    return _("e.g. 1/8, tomorrow, +2w or week 38")


def _not_a_date(text: str) -> str:
    message = _("“{text}” is not a date. Write {forms}.")
    return message.format(text=_quoted(text), forms=date_forms())


def _name_index(names: tuple[tuple[str, ...], ...], typed: str) -> int | None:
    """Return which name the text is the start of (two letters or more), if exactly one."""
    word = typed.removesuffix(".")
    if len(word) < 2:
        return None
    hits = [i for i, forms in enumerate(names) if any(form.startswith(word) for form in forms)]
    return hits[0] if len(hits) == 1 else None


def _year(text: str) -> int:
    return 2000 + int(text) if len(text) == 2 else int(text)


def _check_year(year: int) -> None:
    if year not in _YEARS:
        raise DateProblem(_("The year {year} is too far away.").format(year=year))


def _in_reach(day: date) -> date:
    _check_year(day.year)
    return day


def _day(year: int, month: int, day: int) -> date:
    _check_year(year)
    if not 1 <= month <= 12:
        raise DateProblem(_("There are twelve months, not {month}.").format(month=month))
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        message = _("Month {month} of {year} has the days 1-{last}, not {day}.")
        raise DateProblem(message.format(month=month, year=year, last=last, day=day))
    return date(year, month, day)


def _without_year(month: int, day: int, today: date) -> date:
    """Return the nearest such day."""
    first = today + AHEAD - timedelta(days=365)
    leap_day = (month, day) == (2, 29)
    years = [today.year, today.year - 1, today.year + 1]
    fits = [_day(y, month, day) for y in years if not leap_day or monthrange(y, 2)[1] == 29]
    later = [fit for fit in fits if fit >= first]
    return min(later) if later else _day(today.year, month, day)


def _iso(found: re.Match[str], _today: date, _start: date | None) -> date:
    return _day(int(found[1]), int(found[2]), int(found[3]))


def _iso_week(found: re.Match[str], _today: date, _start: date | None) -> date:
    return _monday(_year(found[1]), int(found[2]))


def _day_month(found: re.Match[str], today: date, _start: date | None) -> date:
    if found[3]:
        return _day(_year(found[3]), int(found[2]), int(found[1]))
    return _without_year(int(found[2]), int(found[1]), today)


def _named_month(found: re.Match[str], today: date, _start: date | None) -> date:
    month = _name_index(_MONTH_NAMES, found[2])
    if month is None or len(found[2]) < 3:
        raise ValueError
    if found[3]:
        return _day(_year(found[3]), month + 1, int(found[1]))
    return _without_year(month + 1, int(found[1]), today)


def _offset(found: re.Match[str], today: date, _start: date | None) -> date:
    amount = int(found[2]) * (-1 if found[1] == "-" else 1)
    unit = _UNITS[found[3][0]]
    if unit == "days":
        return today + timedelta(days=amount)
    if unit == "weeks":
        return today + timedelta(weeks=amount)
    return add_months(today, amount * (12 if unit == "years" else 1))


def _monday(year: int, week: int) -> date:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        message = _("{year} has no week {week}.").format(year=year, week=week)
        raise DateProblem(message) from None


def _week(found: re.Match[str], today: date, _start: date | None) -> date:
    week = int(found[1])
    if found[2]:
        return _monday(_year(found[2]), week)
    this_monday = today - timedelta(days=today.weekday())
    year = today.isocalendar().year
    if not 1 <= week <= 53:
        return _monday(year, week)
    # Week 53 comes every fifth or sixth year, at most seven years apart.
    for later in range(year, year + 8):
        try:
            day = date.fromisocalendar(later, week, 1)
        except ValueError:
            continue
        if day >= this_monday:
            return day
    raise ValueError


def _next_week(_found: re.Match[str], today: date, _start: date | None) -> date:
    return today + timedelta(days=7 - today.weekday())


def _course_day(found: re.Match[str], _today: date, start: date | None) -> date:
    if start is None:
        raise DateProblem(_("There is no first day at work to count from."))
    return start + timedelta(days=int(found[1]))


_Reader = Callable[[re.Match[str], date, date | None], date]
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
        (r"(?:dag|day) ?(-?[0-9]{1,4})", _course_day),
    )
)
