"""A mentee that was added by mistake: nothing has been written, so deleting it loses nothing."""

from __future__ import annotations

from collections.abc import Sequence

from data.records import Duty, Mentee, MenteeRecord, Role, Talk
from data.store.change import Change, together

_MADE_FOR_ALL = (Role, Duty, Talk)
"""Kinds of the records that every new mentee begins with."""


def is_untouched(records: Sequence[MenteeRecord]) -> bool:
    """Whether the records of a mentee are those that it began with, as they were made."""
    return all(isinstance(one, _MADE_FOR_ALL) and one.rev <= 1 for one in records)


def deletion(mentee: Mentee, records: Sequence[MenteeRecord]) -> list[Change]:
    """Return the changes that delete a mentee with all its records, together."""
    return together([*(Change.deleted(one) for one in records), Change.deleted(mentee)])
