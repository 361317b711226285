"""Working time as people type and read it, such as `1,5t` and `2d`. It is kept in minutes (R20).

A day is a Danish working day of 7 hours and 24 minutes, and a week is five of them: 37 hours.
Danish and English units are both understood, whichever language is in use: t/h, d, u/w, m/min.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from data.dates import EntryError
from data.i18n import _, language
from data.stored_values import LONGEST

HOUR: Final = 60
DAY: Final = 7 * 60 + 24
WEEK: Final = 5 * DAY

_UNIT_NAMES: Final = (
    (HOUR, ("t", "time", "timer", "h", "hr", "hrs", "hour", "hours")),
    (DAY, ("d", "dag", "dage", "day", "days")),
    (WEEK, ("u", "uge", "uger", "w", "week", "weeks")),
    (1, ("m", "min", "minut", "minutter", "minute", "minutes", "mins")),
)
"""The minutes of each unit, and how it may be written."""
_MINUTES_OF: Final = {name: minutes for minutes, names in _UNIT_NAMES for name in names}
_AMOUNT: Final = re.compile(r" *([0-9]{1,6}(?:[.,][0-9]{1,4})?) *([^\W\d]+)\.? *(?:og|and|,|\+)? *")
"""A number and its unit, with the word that may join it to the next: "2 timer og "."""
_BARE_MINUTES: Final = re.compile(r"([0-9]{1,2})")
"""Minutes behind hours need no unit: "1t30"."""


class DurationProblem(EntryError):
    """A text is not a duration; the message says so in the language in use."""


def parse_duration(text: str) -> int | None:
    """Return how many minutes a text means, or None for an empty text.

    Several amounts are added up: `1t 30m` is 90 minutes, and so is `1t30`. A fraction of a minute
    is rounded, and half a minute is rounded up.

    Raises:
        DurationProblem: The text is not a duration, or one of more than five years.
    """
    rest = text.casefold().strip()
    if not rest:
        return None
    total = Decimal(0)
    unit = ""
    while rest:
        found = _AMOUNT.match(rest)
        if found and found[2] in _MINUTES_OF:
            unit = found[2]
            total += Decimal(found[1].replace(",", ".")) * _MINUTES_OF[unit]
            rest = rest[found.end() :]
        elif _MINUTES_OF.get(unit) == HOUR and _BARE_MINUTES.fullmatch(rest):
            # What is left behind hours is minutes, as in "1t30".
            total += int(rest)
            rest = ""
        else:
            raise DurationProblem(_no_duration(text))
    if total > LONGEST:
        raise DurationProblem(_("That is more than five years."))
    return int(total.to_integral_value(ROUND_HALF_UP))


def show_duration(minutes: int | None) -> str:
    """Return a duration as short as it can be written: "2 d", "1,5 t", "1 t 10 min"; "" for None.

    `parse_duration` reads back exactly the same minutes, so a form can show and save it unchanged.
    """
    if minutes is None:
        return ""
    hour, day, week = ("t", "d", "u") if language() == "da" else ("h", "d", "w")
    comma = "," if language() == "da" else "."
    # A larger unit only where it is exact: 7 hours 24 minutes are a day, 7 hours are hours.
    for size, unit in ((WEEK, week), (DAY, day), (HOUR, hour)):
        if minutes and minutes % size == 0:
            return f"{minutes // size} {unit}"
    hours, left = divmod(minutes, HOUR)
    if not hours:
        return f"{left} min"
    if left == HOUR // 2:
        return f"{hours}{comma}5 {hour}"
    return f"{hours} {hour} {left} min"


def duration_forms() -> str:
    """Return examples of how a duration can be written, in the language in use."""
    return _("e.g. 3h, 1.5h, 2d or 1w")


def _no_duration(text: str) -> str:
    """Return the message that a text is not a duration."""
    line = " ".join(text.split())
    short = line if len(line) <= 24 else line[:23] + "…"
    message = _("“{text}” is not a duration. Write {forms}.")
    return message.format(text=short, forms=duration_forms())
