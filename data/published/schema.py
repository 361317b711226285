"""What a published file holds: counts and dates, and not one text. One table says it for all.

`write` makes a file of the tables below, `read` refuses what they do not name, and a test holds
that no kind of value is a text. A mentee is a number, or one to three capital letters where the
mentor has chosen initials.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any, Final

from data.frozen import immutable
from data.i18n import N_, _

FORMAT: Final = 1
"""The number of this form of the file. A reader refuses a higher one."""
NAME: Final = "published.json"
"""What the file is called beside the data file."""
MOST: Final = 1_000_000
"""The greatest number in the file; a number that stands for a mentee may be greater."""
MOST_MENTEES: Final = 20_000
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
"""The days that a date may be: readers count with them."""
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOST_WHO: Final = 10**15


class Stage(IntEnum):
    """How far a mentorship has come; the number stands in the file."""

    NO_START = 0
    """There is no first day at work yet."""
    PREPARATION = 1
    START = 2
    LEARNING = 3
    CLOSING = 4
    CLOSED = 5


class Kind(StrEnum):
    """What a value may be. None of them is a text that somebody has written."""

    COUNT = "count"
    WEEK = "week"
    """A whole number; 0 and less before the first day at work."""
    STAGE = "stage"
    DATE = "date"
    FLAG = "flag"
    WHO = "who"
    """A number from 1, or one to three capital letters."""


@immutable
class Field:
    """What a value of the file must be."""

    kind: Kind
    optional: bool = False
    """Whether it may be null."""


HEAD: Final[Mapping[str, Field]] = {
    "format": Field(Kind.COUNT),
    "written": Field(Kind.DATE),
    "capacity": Field(Kind.COUNT, optional=True),
}
"""The fields of the file; beside them it has "mentees", a list of objects with these:"""
MENTEE: Final[Mapping[str, Field]] = {
    "who": Field(Kind.WHO),
    "week": Field(Kind.WEEK, optional=True),
    "phase": Field(Kind.STAGE),
    "talks_planned": Field(Kind.COUNT),
    "talks_held": Field(Kind.COUNT),
    "talks_cancelled": Field(Kind.COUNT),
    "last_talk": Field(Kind.DATE, optional=True),
    "no_buddy": Field(Kind.FLAG),
    "no_plan": Field(Kind.FLAG),
    "no_expectations": Field(Kind.FLAG),
    "steps": Field(Kind.COUNT),
    "steps_of": Field(Kind.COUNT),
    "retention_due": Field(Kind.DATE, optional=True),
}


@immutable
class PublishedMentee:
    """What is published of one mentee; the names of the fields are those of the file."""

    who: int | str
    """A number that stays the same, or initials."""
    week: int | None = None
    """The week of the mentorship, 1 from the first day at work; None without one, or closed."""
    phase: Stage = Stage.NO_START
    talks_planned: int = 0
    """Talks to come."""
    talks_held: int = 0
    talks_cancelled: int = 0
    last_talk: date | None = None
    """The day of the last talk that was held."""
    no_buddy: bool = False
    no_plan: bool = False
    """Whether the plan has no tasks."""
    no_expectations: bool = False
    """Whether expectations have not been agreed on."""
    steps: int = 0
    """How many tasks of the plan the mentee does alone."""
    steps_of: int = 0
    """Of how many."""
    retention_due: date | None = None
    """Of a closed mentorship: the day from which what is kept about it is due for deletion."""


@immutable
class Published:
    """What one file holds."""

    written: date
    capacity: int | None = None
    """How many mentees the mentor can have at a time; None where that is not said."""
    mentees: tuple[PublishedMentee, ...] = ()
    owner: int | None = None
    """The number of the user whose file it was read from (`data.logins.user_name`): it tells whose
    mentees they are. It is not in the file."""


_SHOULD_BE: Final = {
    Kind.COUNT: N_("a whole number from 0 to 1000000"),
    Kind.WEEK: N_("a whole number"),
    Kind.STAGE: N_("a whole number from 0 to 5"),
    Kind.DATE: N_("a date such as 2026-11-30"),
    Kind.FLAG: N_("true or false"),
    Kind.WHO: N_("a number, or one to three capital letters"),
}


def should_be(field: Field) -> str:
    """Return in words what a value must be."""
    said = _(_SHOULD_BE[field.kind])
    return _("{value}, or null").format(value=said) if field.optional else said


def is_initials(text: str) -> bool:
    """Return whether a text is one to three capital letters."""
    return 1 <= len(text) <= 3 and text.isalpha() and all(_is_capital(one) for one in text)


def _is_capital(letter: str) -> bool:
    return letter.isupper() and letter.lower() != letter


def day_of(text: str) -> date:
    """Return the day that a text of the file means. Raises ValueError where it means none."""
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def may_be(day: date) -> bool:
    """Return whether a day may stand in the file."""
    return FIRST_DAY <= day <= LAST_DAY


def _is_number(value: object, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most  # to Python, true is a number as well


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and may_be(day_of(value))
    except ValueError:
        return False


def _is_who(value: object) -> bool:
    return is_initials(value) if isinstance(value, str) else _is_number(value, 1, _MOST_WHO)


_FITS: Final[Mapping[Kind, Callable[[Any], bool]]] = {
    Kind.COUNT: lambda value: _is_number(value, 0, MOST),
    Kind.WEEK: lambda value: _is_number(value, -MOST, MOST),
    Kind.STAGE: lambda value: _is_number(value, min(Stage), max(Stage)),
    Kind.DATE: _is_date,
    Kind.FLAG: lambda value: type(value) is bool,
    Kind.WHO: _is_who,
}


def fits(field: Field, value: object) -> bool:
    """Return whether a value, as JSON gives it, may stand in a field."""
    return (value is None and field.optional) or _FITS[field.kind](value)
