"""A mentee that was added by mistake: nothing has been written, so deleting it loses nothing."""

from __future__ import annotations

from collections.abc import Sequence

from data.records import (
    CalendarEntry,
    DocumentFile,
    Duty,
    Mentee,
    MenteeRecord,
    Role,
    Talk,
    Written,
)
from data.store.change import Change, together

_MADE_FOR_ALL = (Role, Duty, Talk)
"""Kinds of the records that every new mentee begins with."""
_OF_PAPER = (CalendarEntry, DocumentFile, Written)
"""Kinds of the records that say what was given out."""


def is_untouched(records: Sequence[MenteeRecord]) -> bool:
    """Whether the records of a mentee are those that it began with, as they were made.

    That its plan or its talks have been given out makes no difference.
    """
    return all(
        isinstance(one, _OF_PAPER) or (isinstance(one, _MADE_FOR_ALL) and one.rev <= 1)
        for one in records
    )


def deletion(mentee: Mentee, records: Sequence[MenteeRecord]) -> list[Change]:
    """Return the changes that delete a mentee with all its records, together.

    What was given out as a calendar stays: the next calendar has to cancel it.
    """
    gone = [one for one in records if not isinstance(one, CalendarEntry)]
    return together([*(Change.deleted(one) for one in gone), Change.deleted(mentee)])
