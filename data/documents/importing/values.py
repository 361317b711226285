"""Days, times and choices as they are written in forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from data.date_parts import Lean
from data.dates import DateProblem, EntryError
from data.documents.importing.words import NO, YES, key_of, value_begun
from data.i18n import _
from data.method.plan.fields import Kind, Reading, TaskField
from data.method.words import word
from data.typed_dates import parse_date

_WEEK: Final = re.compile(r"(?:i )?(?:uge|week) *([0-9]{1,3})")
_TIME: Final = re.compile(r"[ T]+00[:.]00(?:[:.]00)?$")
"""The time that a spreadsheet writes behind a day."""


def parse_day(text: str, reading: Reading, lean: Lean = Lean.PLAN) -> date | None:
    """Return the day that a text in a form means; None for an empty one.

    Weeks count from the first day at work, as days do: week 1 begins with it. A week of the
    calendar has its year: week 38 2026.

    Raises:
        DateProblem: It is not a date.
    """
    typed = _TIME.sub("", " ".join(text.split()))  # a row of blanks would be looked at again
    if found := _WEEK.fullmatch(" ".join(typed.casefold().split())):
        if reading.start is None:
            raise DateProblem(_("There is no first day at work to count from."))
        return reading.start + timedelta(weeks=max(int(found[1]), 1) - 1)
    return parse_date(typed, reading.today, reading.start, lean)


def parse_yes(text: str) -> bool:
    """Return whether a text says yes. Raises `EntryError` if it says neither yes nor no."""
    typed = key_of(text)
    if typed in YES:
        return True
    if typed in NO or not typed:
        return False
    raise EntryError(_("“{text}” is neither yes nor no.").format(text=" ".join(text.split())))


def parse_choice(field: TaskField, text: str) -> str:
    """Return the stored value of a choice that a text names in any language, or begins to.

    Raises:
        EntryError: It is none of them; the message has all that there are.
    """
    assert field.values is not None  # noqa: S101 - a field that is a choice
    value = value_begun(field.values, text)
    if value is None:
        raise EntryError(not_among(text, [word(one) for one in field.values]))
    return value.value


def not_among(text: str, choices: Sequence[str]) -> str:
    """Return what to say of a text that is none of several choices."""
    said = _("“{text}” is none of these: {choices}.")
    return said.format(text=" ".join(text.split()), choices=", ".join(choices))


def written_value(field: TaskField, text: str, reading: Reading) -> str:
    """Return the text in a cell in the form that `typed` of the plan's fields takes.

    Raises:
        EntryError: The text is no value of the field.
    """
    if field.kind is Kind.CHOICE:
        return parse_choice(field, text)
    if field.kind is Kind.YES:
        return "yes" if parse_yes(text) else ""
    if field.kind is Kind.DATE:
        day = parse_day(text, reading, field.lean)
        return day.isoformat() if day else ""
    return text
