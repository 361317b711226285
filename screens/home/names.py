"""The head of the first screen and the names below it, which can be shown before all the rest.

The early list of `tui.start` shows them while the program loads; so this module may need nothing
that takes time to load, such as Textual.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data.cell_width import cell_width
from data.dates import mentorship_week, show_date, show_weekday
from data.i18n import _, pgettext
from data.records import Mentee
from widgets.grid_model import Column, Row


def day_title(day: date) -> str:
    """Return the first screen's title: "Mon 23-11-2026, calendar week 48".

    The weeks below it are counted from each mentee's first day at work.
    """
    week = _("calendar week {number}").format(number=day.isocalendar().week)
    return f"{show_weekday(day)} {show_date(day)}, {week}"


def name_row(mentee: Mentee, today: date) -> Row:
    """Return a mentee's line with what the mentee's own record holds; the other cells are empty."""
    return Row(mentee.id, {"name": mentee.name, "week": mentorship_week(mentee.start, today)})


def mentee_columns(rows: Sequence[Row], *, closed: bool) -> list[Column]:
    """Return the columns of the list of mentees, each as wide as what stands in it.

    `closed`: the list is of closed mentorships, which have no next talk but a day of closing.
    """
    return [
        Column("name", _("Closed mentorships") if closed else _("Mentees"), 14, flex=2),
        Column("week", _("At work"), column_width(rows, "week", 7)),
        Column("plan", _("Plan"), column_width(rows, "plan", 5)),
        Column("social", pgettext("progress", "Social"), column_width(rows, "social", 7)),
        Column("next", _("Closed") if closed else _("Talk"), column_width(rows, "next", 10)),
        Column("missing", _("Check"), 12, flex=5, below="week"),
    ]


def column_width(rows: Sequence[Row], key: str, least: int) -> int:
    """Return how many cells the widest text of a column needs, and at least `least`."""
    return max([least, *(cell_width(row.cells.get(key, "")) for row in rows)])
