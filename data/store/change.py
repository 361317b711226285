"""`Change`: what happens to one record.

All that a user does is a list of changes. The same list is what is saved, what undo takes back,
what may conflict with another session, and what other sessions are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from data.frozen import immutable
from data.records import Record

R = TypeVar("R", bound=Record)


@immutable
class Change:
    """What happens to one record.

    `before` is the record as the user saw it. Saving compares it with what the file holds by then,
    which is how an edit of another session is noticed.
    """

    table: str
    id: str
    before: Record | None
    """None if the record is new."""
    after: Record | None
    """None if the record is deleted."""
    together: bool = False
    """Whether it belongs to a deletion that is made whole or not at all. See `together`."""
    if_unused: bool = False
    """Whether it deletes the record only if no other one refers to it, as undo does."""

    @classmethod
    def created(cls, record: Record) -> Change:
        """Return the change that adds a record."""
        return cls(record.table, record.id, None, record)

    @classmethod
    def edited(cls, record: Record, **fields: Any) -> Change:
        """Return the change that gives fields of a record new values.

        Raises:
            TypeError: The record has no field of such a name.
        """
        return cls(record.table, record.id, record, replace(record, **fields))

    @classmethod
    def between(cls, before: R, after: R) -> Change:
        """Return the change from one state of a record to another.

        Raises:
            ValueError: The two are not the same record: their ids differ.
        """
        if before.id != after.id:
            raise ValueError(after.id)
        return cls(before.table, before.id, before, after)

    @classmethod
    def deleted(cls, record: Record) -> Change:
        """Return the change that deletes a record."""
        return cls(record.table, record.id, record, None)

    def reversed(self) -> Change:
        """Return the change that takes this one back.

        What others have come to use since stays.
        """
        gone = self.before is None
        return Change(self.table, self.id, self.after, self.before, self.together, if_unused=gone)

    @property
    def record(self) -> Record:
        """The record after the change; for a deletion, the record before it."""
        found = self.after or self.before
        assert found is not None, "a change has a before or an after"  # noqa: S101
        return found

    @property
    def is_empty(self) -> bool:
        """Whether the record is the same before and after."""
        return self.before == self.after


def together(changes: Iterable[Change]) -> list[Change]:
    """Return the changes of a deletion as a whole: all of them are made, or none.

    A record that is deleted may take others with it. If somebody has changed one of them since it
    was seen, none of them is deleted, for the user was asked about something else.
    """
    return [replace(change, together=True) for change in changes]


def is_same(changes: Sequence[Change], others: Sequence[Change]) -> bool:
    """Return whether two lists of changes are the same, whatever stamps the records bear."""

    def contents(some: Sequence[Change]) -> list[list[Record | None]]:
        return [[one and unstamped(one) for one in (c.before, c.after)] for c in some]

    return contents(changes) == contents(others)


def unstamped(record: R) -> R:
    """Return a record without the stamps that the store sets, to compare what users wrote."""
    return replace(record, rev=0, created_at=None, changed_at=None, changed_by="")


def stamped(change: Change, base: Record | None, at: datetime, by: str) -> Change:
    """Return a change whose record says by whom and when it was changed, and how often.

    Args:
        change: The change.
        base: The record as the store has it; None if it has none.
        at: The time of the change.
        by: The login name of the user.
    """
    after = change.after
    if after is None:
        return change
    after = replace(
        after,
        rev=(base.rev if base else after.rev) + 1,
        created_at=(base.created_at if base else None) or after.created_at or at,
        # A record that comes from elsewhere (the example, or undoing a deletion) keeps the time
        # that it brings with it.
        changed_at=after.changed_at if base is None and after.changed_at else at,
        changed_by=by,
    )
    return replace(change, after=after)


def inverse(changes: Iterable[Change]) -> list[Change]:
    """Return the changes that take these back. The last change is taken back first."""
    return [change.reversed() for change in reversed(list(changes))]
