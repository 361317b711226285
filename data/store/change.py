"""`Change`: the unit of saving, undo, journal, conflict and live reload."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from data.frozen import immutable
from data.records import Record

R = TypeVar("R", bound=Record)


@immutable
class Change:
    """What happens to one record. `before` None: it is new; `after` None: it is deleted."""

    table: str
    id: str
    before: Record | None
    after: Record | None

    @classmethod
    def created(cls, record: Record) -> Change:
        """The record is new."""
        return cls(record.table, record.id, None, record)

    @classmethod
    def edited(cls, record: Record, **fields: Any) -> Change:
        """These fields of the record get new values. Raises TypeError for an unknown field."""
        return cls(record.table, record.id, record, replace(record, **fields))

    @classmethod
    def between(cls, before: R, after: R) -> Change:
        """One value of a record takes the place of another. Raises ValueError if ids differ."""
        if before.id != after.id:
            raise ValueError(after.id)
        return cls(before.table, before.id, before, after)

    @classmethod
    def deleted(cls, record: Record) -> Change:
        """The record goes."""
        return cls(record.table, record.id, record, None)

    def reversed(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.table, self.id, self.after, self.before)

    @property
    def record(self) -> Record:
        """The record after the change, or before it where it is deleted."""
        found = self.after or self.before
        assert found is not None, "a change has a before or an after"  # noqa: S101
        return found

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return self.before == self.after


def inverse(changes: Iterable[Change]) -> list[Change]:
    """Return the changes that take these back, last first."""
    return [change.reversed() for change in reversed(list(changes))]
