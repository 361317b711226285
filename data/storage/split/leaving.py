"""What has become private leaves the earlier states of the team file too.

The team file has it no longer, but its journal, its backups and its quarantine do. So it is noted
in the own file, in the same commit that brings it there, and taken out of all of them when the
session rests, in a thread, or when a small file is closed. What is cut off is done the next time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from data.storage.disk import Disk
from data.storage.problems import StorageError
from data.storage.protocol import BOOKKEEPING, Doc, DocChange, Tables
from data.storage.split.mark import new_mark
from data.storage.split.parts import LEFT, Key, field_of, is_fields_table, table_of


class Left(NamedTuple):
    """Something that earlier states of the team file have yet."""

    id: str
    """The id of the document that notes it."""
    key: Key
    """Table and id of what it is about."""
    parts: dict[str, Any]
    """What of the document has left, as in `Deletion.parts`; empty for all of it."""


def left_by(team: Sequence[DocChange], own: Iterable[DocChange]) -> list[DocChange]:
    """Return the changes of the own file that note what leaves the team file for it."""
    before = {(one.table, one.id): one for one in team if one.before is not None}
    found = []
    for change in own:
        of_team = before.get((table_of(change.table), change.id))
        if of_team is None or change.after is None:
            continue
        parts = _parts(of_team, change.after) if is_fields_table(change.table) else {}
        if parts or of_team.after is None:
            doc: Doc = {"t": of_team.table, "i": of_team.id, "parts": parts, "rev": 1}
            found.append(DocChange(LEFT, new_mark(), None, doc))
    return found


def _parts(of_team: DocChange, fields: Doc) -> dict[str, Any]:
    """Return which of some private fields the team file had until now."""
    was, now = of_team.before or {}, of_team.after or {}
    parts: dict[str, Any] = {}
    for name, value in fields.items():
        field = field_of(name)
        if name in BOOKKEEPING or field not in was or now.get(field) == was[field]:
            continue
        parts[field] = True if field == name else _common(value, now.get(field, []))
    return parts


def _common(items: list[Any], rest: list[Any]) -> Any:
    """Return by what the private items of a list are known, in all of its states; True for all."""
    first, *others = (item for _place, item in items)
    pairs = {
        name: value
        for name, value in dict(first).items()
        if all(one.get(name) == value for one in others)
        and all(one.get(name) != value for one in rest)
    }
    return pairs or True


def left_in(own: Tables) -> Iterator[Left]:
    """Yield what the own file notes."""
    for id, doc in list(own.get(LEFT, {}).items()):
        with suppress(KeyError, TypeError, ValueError):
            yield Left(id, (str(doc["t"]), str(doc["i"])), dict(doc["parts"]))


class Leaving:
    """Takes what has left the team file out of its earlier states."""

    def __init__(self, path: Path, by: str, disk: Disk) -> None:
        """Remember the team file, and the login name of the user."""
        self._path = path
        self._by = by
        self._disk = disk
        self._thread: threading.Thread | None = None
        self.done: list[Left] = []
        """What need not be noted any more; `take_done` returns it."""

    def begin(self, left: list[Left]) -> None:
        """Begin in a thread, unless one is at it."""
        if left and not self.is_at_it:
            self._thread = threading.Thread(
                target=self.carry_out, args=(left,), name="leaving", daemon=True
            )
            self._thread.start()

    @property
    def is_at_it(self) -> bool:
        """Whether a thread is at it."""
        return self._thread is not None and self._thread.is_alive()

    def wait(self) -> None:
        """Wait for the thread."""
        if self._thread is not None:
            self._thread.join()

    def carry_out(self, left: list[Left]) -> None:
        """Do it now. If it is not possible now, it is tried again the next time."""
        # seldom does something leave
        from data.storage.upkeep.earlier import forget_earlier

        docs = [one.key for one in left if not one.parts]
        parts = {one.key: one.parts for one in left if one.parts}
        with suppress(StorageError):
            forget_earlier(self._path, docs, parts, by=self._by, disk=self._disk)
            self.done += left

    def take_done(self) -> list[Left]:
        """Return what has been taken out since the last call."""
        done, self.done = self.done, []
        return done
