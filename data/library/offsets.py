"""Days counted from the first day at work, as files of the workplace write them: "uge 2".

Danish and English are both read, whichever language is in use. `data.workdays.due_from` makes a
date of what is read here.
"""

from __future__ import annotations

import re
from typing import Final

from data.dates import EntryError
from data.i18n import _, language
from data.text import line

FURTHEST: Final = 3650
"""The greatest number of days before or after the first day: ten years."""
_WRITTEN: Final = re.compile(
    r"(dag|day|uge|week|måned|maaned|month) *([-−]?[0-9]{1,4})",
)
_WEEKS: Final = ("uge", "week")
_DAYS: Final = ("dag", "day")
_ENGLISH: Final = {"dag": "day", "uge": "week", "måned": "month"}
_MIDDLE: Final = 3
"""Days from the first day of a week to its middle, as the manager's talks are counted."""


class Offset(int):
    """Days from the first day at work, which know how they were written: as a week, or a month."""

    unit: str = _DAYS[0]
    """"dag", "uge" or "måned"."""
    number: int = 0
    """The number of the week or month."""


class OffsetProblem(EntryError):
    """Something is not an offset; the message says so in the language in use."""


def parse_offset(value: object) -> int:
    """Return how many days after the first day at work an offset is; below 0, before it.

    "dag 10" and "day 10" are 10 days after the first day, which is day 0. "uge 2" is in the middle
    of the second week, and "måned 3" the day on which as many months have passed, in whole weeks:
    91 days. A whole number is a number of days.

    Args:
        value: A text or a whole number, as a TOML file holds it.

    Raises:
        OffsetProblem: It is neither, or more than ten years away.
    """
    days = _days_of(value)
    if days is None:
        raise OffsetProblem(
            _("“{text}” is not a day to count from the start. Write {forms}.").format(
                text=line(str(value))[:24], forms=offset_forms()
            )
        )
    if abs(days) > FURTHEST:
        raise OffsetProblem(_("That is more than ten years from the start."))
    return days


def write_offset(days: int) -> str:
    """Return a number of days as a file has it, in the language in use: "dag 10".

    What was read as a week or month is one again. `parse_offset` reads back the same number.
    """
    unit, number = _DAYS[0], int(days)
    if isinstance(days, Offset) and days.unit != _DAYS[0]:
        unit, number = days.unit, days.number
    return f"{unit if language() == 'da' else _ENGLISH[unit]} {number}"


def offset_forms() -> str:
    """Return examples of how an offset is written, in the language in use."""
    return _("“day 10”, “week 2” or “month 3”")


def _days_of(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return None
    found = _WRITTEN.fullmatch(line(value).casefold())
    if found is None:
        return None
    unit, number = found[1], int(found[2].replace("−", "-"))
    return number if unit in _DAYS else _longer(unit, number)


def _longer(unit: str, number: int) -> Offset | None:
    """Return a week or a month in days; None before the first, which is week 1."""
    if number < 1:
        return None
    if unit in _WEEKS:
        return _as_written(7 * (number - 1) + _MIDDLE, _WEEKS[0], number)
    return _as_written(7 * round(number * 13 / 3), "måned", number)


def _as_written(days: int, unit: str, number: int) -> Offset:
    found = Offset(days)
    found.unit, found.number = unit, number
    return found
