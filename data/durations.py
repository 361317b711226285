"""Working time as people type and read it, such as `1,5t` and `2d`; kept in minutes (R20).

A day is a Danish working day of 7 hours 24 minutes, a week the 37 hours of five of them. Danish and
English units are always understood: t/h, d, u/w, m/min.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from data.dates import EntryError
from data.i18n import _, language

HOUR: Final = 60
DAY: Final = 7 * 60 + 24
WEEK: Final = 5 * DAY
LONGEST: Final = 260 * WEEK
"""Five years; anything above is taken for a slip of the hand."""

_UNITS: Final = (
    (HOUR, ("t", "time", "timer", "h", "hr", "hrs", "hour", "hours")),
    (DAY, ("d", "dag", "dage", "day", "days")),
    (WEEK, ("u", "uge", "uger", "w", "week", "weeks")),
    (1, ("m", "min", "minut", "minutter", "minute", "minutes", "mins")),
)
_MINUTES: Final = {name: minutes for minutes, names in _UNITS for name in names}
_PART: Final = re.compile(r" *([0-9]{1,6}(?:[.,][0-9]{1,4})?) *([^\W\d]+)\.? *(?:og|and|,|\+)? *")
_BARE_MINUTES: Final = re.compile(r"([0-9]{1,2})")


class DurationProblem(EntryError):
    """Not a duration."""


def parse_duration(text: str) -> int | None:
    """Return the minutes that are meant, or None for empty text. Raises `DurationProblem`.

    A part of a minute is rounded, halves upwards. `1t30` is 90 minutes.
    """
    rest = text.casefold().strip()
    if not rest:
        return None
    total = Decimal(0)
    unit = ""
    while rest:
        found = _PART.match(rest)
        if found and found[2] in _MINUTES:
            unit = found[2]
            total += Decimal(found[1].replace(",", ".")) * _MINUTES[unit]
            rest = rest[found.end() :]
        elif _MINUTES.get(unit) == HOUR and _BARE_MINUTES.fullmatch(rest):
            total += int(rest)
            rest = ""
        else:
            raise DurationProblem(_no_duration(text))
    if total > LONGEST:
        raise DurationProblem(_("That is more than five years."))
    return int(total.to_integral_value(ROUND_HALF_UP))


def show_duration(minutes: int | None) -> str:
    """Return the shortest way of writing it that reads back to the same minutes; "" for None."""
    if minutes is None:
        return ""
    hour, day, week, minute = ("t", "d", "u", "m") if language() == "da" else ("h", "d", "w", "m")
    comma = "," if language() == "da" else "."
    for size, unit in ((WEEK, week), (DAY, day), (HOUR, hour)):
        if minutes and minutes % size == 0:
            return f"{minutes // size}{unit}"
    hours, left = divmod(minutes, HOUR)
    if not hours:
        return f"{left}{minute}"
    if left == HOUR // 2:
        return f"{hours}{comma}5{hour}"
    return f"{hours}{hour} {left}{minute}"


def duration_forms() -> str:
    """Return examples of what is understood, in the user's language."""
    return _("e.g. 3h, 1.5h, 2d or 1w")


def _no_duration(text: str) -> str:
    line = " ".join(text.split())
    short = line if len(line) <= 24 else line[:23] + "…"
    message = _("“{text}” is not a duration. Write {forms}.")
    return message.format(text=short, forms=duration_forms())
