"""The head of the first screen and the names below it, which can be shown before all the rest.

The early list of `tui.start` shows them while the program loads; so this module may need nothing
that takes time to load, such as Textual.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from data.cell_width import cell_width
from data.dates import mentorship_week, show_date, show_weekday
from data.i18n import _, pgettext
from data.records import Mentee
from screens.home.widest import Widths, widest
from widgets.grid_model import Column, Row

_MEASURED = ("week", "plan", "social", "next")
_LEAST = (7, 5, 7, 10)
"""How wide the columns of these cells are at least."""


def day_title(day: date) -> str:
    """Return the first screen's title: "Mon 23-11-2026, calendar week 48".

    The weeks below it are counted from each mentee's first day at work.
    """
    week = _("calendar week {number}").format(number=day.isocalendar().week)
    return f"{show_weekday(day)} {show_date(day)}, {week}"


def name_row(mentee: Mentee, today: date) -> Row:
    """Return a mentee's line with what the mentee's own record holds; the other cells are empty."""
    return Row(mentee.id, {"name": mentee.name, "week": mentorship_week(mentee.start, today)})


def mentee_columns(rows: Iterable[Row], *, closed: bool) -> list[Column]:
    """Return the columns of the list of mentees, each as wide as what stands in it.

    `closed`: the list is of closed mentorships, which have no next talk but a day of closing.
    """
    return columns_as_wide(widest(map(row_widths, rows), len(_MEASURED)), closed=closed)


def columns_as_wide(widths: Widths, *, closed: bool) -> list[Column]:
    """Return the columns of the list of mentees; `widths` is what the widest rows need."""
    week, plan, social, next_talk = map(max, widths, _LEAST)
    return [
        Column("name", _("Closed mentorships") if closed else _("Mentees"), 14, flex=2, lists=True),
        Column("week", _("At work"), week, speaks=True),
        Column("plan", _("Plan"), plan),
        Column("social", pgettext("progress", "Social"), social),
        Column("next", _("Closed") if closed else _("Talk"), next_talk),
        Column("missing", _("Check"), 12, flex=5, below="week"),
    ]


def row_widths(row: Row) -> Widths:
    """Return how wide the texts of a row are that the widths of the columns depend on."""
    return tuple(cell_width(row.cells.get(key, "")) for key in _MEASURED)
