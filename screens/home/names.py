"""The first screen's head and the names below it, without anything that takes time to load."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data.dates import course_week, show_date, show_week, show_weekday
from data.i18n import _, pgettext
from data.records import Mentee
from data.text import cell_width
from widgets.grid_model import Column, Row


def day_title(day: date) -> str:
    """Return the first screen's title: "Mon 23-11-2026, week 48"."""
    return f"{show_weekday(day)} {show_date(day)}, {show_week(day)}"


def name_row(mentee: Mentee, today: date) -> Row:
    """Return a mentee's line with what the mentee's own record tells."""
    return Row(mentee.id, {"name": mentee.name, "week": course_week(mentee.start, today)})


def mentee_columns(rows: Sequence[Row], *, closed: bool) -> list[Column]:
    """Return the columns of the list of mentees; each is as wide as what stands in it."""
    return [
        Column("name", _("Closed courses") if closed else _("Mentees"), 14, flex=2),
        Column("week", _("Week"), column_width(rows, "week", 7)),
        Column("plan", _("Plan"), column_width(rows, "plan", 5)),
        Column("social", pgettext("progress", "Social"), column_width(rows, "social", 7)),
        Column("next", _("Closed on") if closed else _("Talk"), column_width(rows, "next", 10)),
        Column("missing", _("Missing"), 12, flex=5),
    ]


def column_width(rows: Sequence[Row], key: str, least: int) -> int:
    """Return the cells that a column needs, and at least so many."""
    return max([least, *(cell_width(row.cells.get(key, "")) for row in rows)])
