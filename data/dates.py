"""Dates as people read them, in the language in use. Files hold them in ISO form.

How they are typed is in `data.typed_dates`.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from data.i18n import N_, _, ngettext
from data.workdays import day_off_name

_WEEKDAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


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

    For example "Fri 28-11-2025, week 48, in 4 days": a wrong month or year is seen at once. Of a
    day off it says so: "Fri 25-12-2026, week 52, in 27 days – day off: Christmas Day".
    """
    told = _("{weekday} {date}, {week}, {distance}").format(
        weekday=show_weekday(day),
        date=show_date(day),
        week=show_week(day),
        distance=show_distance(day, today),
    )
    name = day_off_name(day)
    return f"{told} – {_('day off: {name}').format(name=name)}" if name else told


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
