"""Notes about another day than that on which they are written (R11)."""

from __future__ import annotations

from datetime import date, datetime

from data.dates import show_date
from data.i18n import _


def on_day(moment: datetime, day: date) -> datetime:
    """Return the same time of day on another day, with the offset from UTC that holds then."""
    return datetime.combine(day, moment.time()).astimezone()


def day_problem(day: date | None, today: date) -> str:
    """Return why a note cannot be about a day, in one sentence; "" if it can."""
    if day is None:
        return _("Enter the day the note is about.")
    if day > today:
        return _("{date} is in the future: a note is about what has happened.").format(
            date=show_date(day)
        )
    return ""
