"""The first day at work: what is odd about it, and the period that begins with it (R5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from data.dates import show_date, show_distance, show_weekday
from data.i18n import _
from data.library.talk_rhythms import rhythm
from data.workdays import day_off_name, last_workday

FAR_START: Final = timedelta(days=366)
"""A first day that is further from today than this is asked about."""


def start_doubt(start: date | None, today: date) -> str:
    """Return what is odd about a first day at work, in one line; "" if nothing is.

    It is odd if it is a day off to come, or more than a year away. Both may be right. A first day
    that has been was what it was: many are employed from the first of a month.
    """
    if start is None:
        return ""
    day = f"{show_weekday(start)} {show_date(start)}"
    if abs(start - today) > FAR_START:
        told = _("{day} is far from today ({distance}).")
        return told.format(day=day, distance=show_distance(start, today))
    name = day_off_name(start) if start >= today else ""
    return _("{day} is a day off ({name}).").format(day=day, name=name) if name else ""


def proposed_end(start: date | None, rhythm_key: str) -> date | None:
    """Return the last day of a period that nobody has given an end: that of its rhythm of talks.

    It is a working day. Without a first day there is none.
    """
    if start is None:
        return None
    weeks = rhythm(rhythm_key).stretches[-1].until_week
    return last_workday(start + timedelta(weeks=weeks) - timedelta(days=1))
