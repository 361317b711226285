"""What a date, a moment or a number may be in a document, which another program may have written.

The same days and durations can be typed: what cannot be typed nobody has meant. With the end of
time itself nobody could count on: a week after it there is no day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from data.text import safe

YEARS: Final = range(1900, 2200)
"""The years that a date may have, typed or stored; another one is a mistake."""
LONGEST: Final = 260 * 37 * 60
"""Five years of working time, in minutes. Anything longer is taken for a mistake."""
FIRST_DAY: Final = date(YEARS.start, 1, 1)
_MOST: Final = 1_000_000_000
"""No number is greater: nothing of a mentorship is counted so far."""
LIMITS: Final[dict[type, tuple[float, float]]] = {
    int: (0, _MOST),
    float: (-_MOST, _MOST),
    bool: (False, True),
}
"""The least and the greatest number of a type."""
OF_MINUTES: Final = 0, LONGEST
"""The least and the greatest number of minutes."""


@lru_cache(maxsize=1 << 12)  # most days are those of many records
def read_day(text: str) -> date:
    """Return the day that a text in ISO form means; ValueError if nobody can mean it."""
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(text)
    return day


def read_moment(text: str) -> datetime:
    """Return the moment that a text in ISO form means; ValueError if nobody can mean it.

    One without an offset is taken as local time. The program writes none, but whoever did has most
    likely looked at the clock; and then nothing of it is lost. So all moments can be compared.
    """
    moment = datetime.fromisoformat(text)
    if moment.year not in YEARS:
        raise ValueError(text)
    return moment if moment.tzinfo is not None else moment.astimezone()


def read_text(value: Any) -> str:
    """Return a text without control characters; TypeError if the value is no text."""
    if type(value) is not str:
        raise TypeError(value)
    return safe(value)


def number_reader(kind: type[Any], limits: tuple[float, float]) -> Callable[[Any], Any]:
    """Return what reads a number of a type; a value that is none raises TypeError or ValueError."""
    least, most = limits

    def read(value: Any) -> Any:
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind:
            raise TypeError(value)
        if not least <= value <= most:
            raise ValueError(value)
        return value

    return read


READERS: Final[dict[type, Callable[[Any], Any]]] = {
    str: read_text,
    date: read_day,
    datetime: read_moment,
    **{kind: number_reader(kind, limits) for kind, limits in LIMITS.items()},
}
"""What reads a value of a type from a document; it raises an error if the value is wrong."""
