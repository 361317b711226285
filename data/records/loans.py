"""A mentorship that is lent to another mentor until a day, and comes back."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from data.frozen import frozen
from data.records.base import MenteeRecord


class LoanSide(StrEnum):
    """On which side of a loan the records are."""

    LENT = "lent"
    """These records are the lender's."""
    BORROWED = "borrowed"
    """These records are a copy that goes back."""


@frozen
class Loan(MenteeRecord):
    """That a mentee is lent, to whom or by whom, and what was lent.

    Both sides have one of the same key. What comes back is compared with what was lent: so the
    edits of both sides are told apart, and none of them is lost.
    """

    table: ClassVar[str] = "loans"
    UNDOABLE: ClassVar[bool] = False

    side: LoanSide
    key: str
    """What both sides call it: the id of the mentee at the lender, and one of its own."""
    who: str = ""
    """At the lender to whom it was lent, as it was typed; at the borrower who has lent it."""
    since: date | None = None
    until: date | None = None
    """The day on which it is to be back."""
    base: dict[str, str] = field(default_factory=dict)
    """What was lent: table and id, as in "tasks/123" -> the document as JSON. Nothing private.

    The ids are those of the lender, on both sides.
    """
    ids: dict[str, str] = field(default_factory=dict)
    """Id here -> id on the other side, where it is another one: people of the same name, and
    records that were deleted for good here after an earlier loan."""
    people: tuple[str, ...] = ()
    """At the borrower: ids of people who were known here before. They are not given back."""
    sent: tuple[str, ...] = ()
    """At the borrower: table and id of what went back once, and so goes along again."""
    back_on: date | None = None
    """At the lender the day on which it came back, or was called off; at the borrower the day on
    which it was given back."""
    back_at: str = ""
    """At the lender: when the borrower made what came back last (ISO with its offset)."""
    back_sum: str = ""
    """At the borrower: checksum of what was given back, to see whether it has changed since."""
