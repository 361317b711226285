"""What was written before an older state of the server was restored, and is saved only after it.

It begins with documents that are not there any more as they were. Nobody has changed them: so it is
saved as if it had been written in the older state, and clashes with nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.storage.postgres.reading import Snapshot
from data.storage.protocol import Doc, DocChange, Tables
from data.storage.split.parts import Key


def is_older(found: Snapshot, numbers: Mapping[str, int], private_number: int) -> bool:
    """Return whether a server has fewer commits than a session knows.

    None is ever taken away there, so somebody has restored an older state of it.

    Args:
        found: What the server has.
        numbers: The number of the last commit that the session knows, by scope.
        private_number: That of the user's own.
    """
    fewer = (found.numbers.get(one, number) < number for one, number in numbers.items())
    return found.private_number < private_number or any(fewer)


class OlderState:
    """The documents as they were, and as they have been since an older state was restored."""

    def __init__(self) -> None:
        self._docs: dict[Key, tuple[Doc, Doc | None]] = {}

    def note(self, changes: Iterable[DocChange]) -> None:
        """Note what the restoring has made of the documents."""
        self._docs = {
            (one.table, one.id): (one.before, one.after)
            for one in changes
            if one.before is not None
        }

    def rebased(self, changes: Iterable[DocChange], tables: Tables) -> list[DocChange]:
        """Return changes as they are to be made of the documents as they are now (`tables`)."""
        found, seen = [], set[Key]()
        for change in changes:
            key = change.table, change.id
            is_first = key not in seen
            seen.add(key)
            found.append(self._rebased(change, tables) if is_first else change)
        return found

    def _rebased(self, change: DocChange, tables: Tables) -> DocChange:
        before, after = change.before, change.after
        old, since = self._docs.get((change.table, change.id), (None, None))
        now = tables.get(change.table, {}).get(change.id)
        if old is None or before is None or after is None or now != since:
            return change
        if now is None:
            return change._replace(before=None)
        edited = [name for name in after if after[name] != before.get(name)]
        if any(before.get(name) != old.get(name) for name in edited if name not in _STAMPS):
            return change
        stood = {name: now[name] for name in edited if name in now}
        return change._replace(before={**before, **stood})


_STAMPS = frozenset({"rev", "created_at", "changed_at", "changed_by"})
