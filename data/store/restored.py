"""What the user still sees as it was before another file took the place of the one in use.

A form may be open while a backup is restored from a shell. Saved, it begins with the record as it
was before; held against the older file that would look as if somebody else had changed the same.
But nobody has: what was typed takes its place, as if the form had been opened after the restore.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

from data.records import BY_TABLE, Record
from data.storage.protocol import DocChange
from data.store.change import Change
from data.store.codec import decode, encode
from data.store.typed_now import Get, TypedNow
from data.store.undo import UndoHistory

_STAMPS = frozenset({"rev", "created_at", "changed_at", "changed_by"})


class Restored:
    """The records as they were before a backup took their place."""

    def __init__(self, get: Get) -> None:
        """Make one without records; `get` finds a record as it is now."""
        self._get = get
        self._before: dict[tuple[str, str], Record] = {}

    def instead(self, changes: Iterable[DocChange], history: UndoHistory) -> TypedNow:
        """Note what was there before, and return the text that is being typed in it.

        `changes` lead from there to what has been restored.
        """
        for one in changes:
            if one.before is not None and one.table in BY_TABLE:
                before = decode(BY_TABLE[one.table], one.id, one.before)
                self._before[one.table, one.id] = before
        return TypedNow(history, self._get)

    def forget(self, is_gone: Callable[[DocChange], bool]) -> None:
        """Forget the records that were deleted for good."""
        for (table, id), record in list(self._before.items()):
            if is_gone(DocChange(table, id, encode(record), None)):
                del self._before[table, id]

    def rebased(self, change: Change) -> Change:
        """Return the change as it is to be made in what has been restored.

        It is the same unless it begins with what stood there before.
        """
        old = self._before.get((change.table, change.id))
        before, after = change.before, change.after
        if old is None or before is None or after is None:
            return change
        edits: dict[str, Any] = {
            one.name: getattr(after, one.name)
            for one in fields(before)
            if one.name not in _STAMPS and getattr(before, one.name) != getattr(after, one.name)
        }
        if any(getattr(before, name) != getattr(old, name) for name in edits):
            return change
        now = self._get(type(before), change.id)
        return Change.created(after) if now is None else Change.edited(now, **edits)
