"""The list of what was deleted for good.

It stands in a file beside the record file, and is also the log of what was done: one line for each
deletion (`docs/format.md`). It has no name, no text and no id: what was deleted is known by digests
of its ids. `deletion` beside it takes out what a line is about; it is loaded where there is one.

Each deletion leaves a document without content in the table `MARKS`. Documents without that mark
are those of an earlier moment, however they came back, and `clean` takes out of them what is gone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from data.storage.folder import Folder, read_all, write_all
from data.storage.journal import FORMAT, frame, scan
from data.storage.names import Names
from data.storage.protocol import MARKS, DocChange, Tables
from data.storage.raw_table import copied

if TYPE_CHECKING:
    from data.storage.deletion import Deletion

Deletions: TypeAlias = "tuple[Deletion, ...]"
"""All that was deleted for good, the first one first."""


def lacks(deletions: Deletions, tables: Tables) -> bool:
    """Whether something in tables was deleted for good after the moment that they are of."""
    if not deletions:
        return False
    marks = tables.get(MARKS, {})
    return any(one.id not in marks for one in deletions)


def marks_missing(deletions: Deletions, record: bytes, journal: bytes) -> bool:
    """Return what `lacks` does of the bytes of a record file and its journal."""
    start = record.find(b'\n"%s":{\n' % MARKS.encode())
    marks = record[start : record.find(b"\n}", start)] if start >= 0 else b""
    ids = [b'"%s"' % one.id.encode() for one in deletions]
    return any(id not in marks and id not in journal for id in ids)


def clean(deletions: Iterable[Deletion], tables: Tables) -> list[DocChange]:
    """Take out of tables what was deleted for good after the moment that they are of.

    Returns:
        What that changed, the marks too; nothing for tables that have all marks.
    """
    changes = []
    for one in deletions:
        if one.id not in tables.get(MARKS, {}):
            changes += one.clean(tables)
    return changes


def cleaned(folder: Folder, names: Names, tables: Tables) -> tuple[Tables, int]:
    """Return tables without what was deleted for good, and how many documents that were.

    Every older state passes here before it is written somewhere again. It stays as it is.
    """
    deletions = read(folder, names)
    if not lacks(deletions, tables):
        return tables, 0
    tables = copied(tables)
    changes = clean(deletions, tables)
    return tables, sum(change.table != MARKS for change in changes)


# -- the list ----------------------------------------------------------------------------------


def read(folder: Folder, names: Names) -> Deletions:
    """Return the list of what was deleted for good. Lines that cannot be read are left out."""
    try:
        data = folder.read(names.deletions)
    except FileNotFoundError:
        return ()
    return tuple(read_lines(data))


def read_lines(data: bytes) -> Iterator[Deletion]:
    """Yield the deletions in the bytes of a list."""
    salt = ""
    for record in scan(data).records:
        if isinstance(record.get("salt"), str):
            salt = record["salt"]
        found = deletion_of({"salt": salt, **record})
        if found is not None:
            yield found


def deletion_of(value: Any) -> Deletion | None:
    """Return what `Deletion.to_json` has made an object of; None if it has not."""
    try:
        texts = [str(value[name]) for name in ("p", "at", "by", "kind", "salt")]
        listed = value["owners"], value["docs"], value.get("open", ())
        digests = [frozenset(map(str, one)) for one in listed]
        parts = {str(id): dict(one) for id, one in value.get("parts", {}).items()}
        counts = {str(name): int(number) for name, number in value["counts"].items()}
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None
    # most files have nothing that was deleted for good
    from data.storage.deletion import Deletion

    id, at, by, kind, salt = texts
    owners, docs, shared = digests
    about, who = str(value.get("about", "")), str(value.get("who", ""))
    return Deletion(
        id, at, by, kind, salt, counts, owners, docs, parts, who=who, about=about, of_team=shared
    )


def salt_of(folder: Folder, names: Names) -> str:
    """Return the salt of the list; a new one if there is no list yet."""
    with suppress(FileNotFoundError):
        found = [one["salt"] for one in scan(folder.read(names.deletions)).records if "salt" in one]
        if found:
            return str(found[-1])
    return os.urandom(16).hex()


def add(folder: Folder, names: Names, deletions: Sequence[Deletion]) -> None:
    """Write deletions at the end of the list, unless they are in it, and sync it.

    The lock must be held. Raises `OSError`; the list may have them then or not.
    """
    fd = folder.open_or_create(names.deletions)
    try:
        data = read_all(fd, folder.disk)
        found = scan(data)
        salt = next((one["salt"] for one in reversed(found.records) if "salt" in one), None)
        known = {one.id for one in read_lines(data)}
        lines = b"\n" if found.unended else b""
        for one in deletions:
            if one.id in known:
                continue
            if one.salt != salt:
                salt = one.salt
                lines += frame({"h": FORMAT, "salt": salt})
            entry = one.to_json()
            del entry["salt"]
            lines += frame(entry)
        try:
            write_all(fd, lines, len(data), folder.disk)
        except OSError:
            # the disk may be full, and the reserve is there for that
            folder.unlink(names.reserve, missing_ok=True)
            write_all(fd, lines, len(data), folder.disk)
        folder.disk.fsync(fd)
    finally:
        os.close(fd)
    folder.sync()


class KnownDeletions:
    """The list as far as an open session knows it."""

    def __init__(self) -> None:
        self.all: Deletions = ()
        self._digests: dict[str, set[str]] = {}
        """Salt -> the digests of all that is gone, and of its owners."""
        self._read: tuple[int, int, int] | None = None
        """By what the file that was read last is known again."""

    def learn(self, deletions: Iterable[Deletion]) -> tuple[Deletion, ...]:
        """Remember deletions. Return those that were not known."""
        known = {one.id for one in self.all}
        new = tuple(one for one in deletions if one.id not in known)
        self.all = (*self.all, *new)
        for one in new:
            self._digests.setdefault(one.salt, set()).update(one.owners, one.docs)
        return new

    def learn_from(self, folder: Folder, names: Names) -> tuple[Deletion, ...]:
        """Read the list, if it has changed. Return the deletions that were not known."""
        found = folder.stat(names.deletions)
        stamp = found and (found.st_ino, found.st_size, found.st_mtime_ns)
        if stamp is None or stamp == self._read:
            return ()
        new = self.learn(read(folder, names))
        self._read = stamp
        return new

    def without_gone(self, changes: Sequence[DocChange]) -> Sequence[DocChange]:
        """Return changes but those of documents that are gone, which must not come back."""
        if not self.all:
            return changes
        return [
            change
            for change in changes
            if not (self._may_be_gone(change) and any(one.takes_change(change) for one in self.all))
        ]

    def _may_be_gone(self, change: DocChange) -> bool:
        """Whether a change must be looked at closely. Every commit asks this of its own.

        A document that belongs to one owner is about nothing else.
        """
        # most files have nothing that was deleted for good
        from data.storage.deletion import key, opaque

        named = {key(change.table, change.id)}
        for doc in (change.before, change.after):
            if doc is not None:
                owner = doc.get("mentee_id")
                if not isinstance(owner, str) or not owner or "of_table" in doc:
                    return True
                named.add(owner)
        known = self._digests.items()
        return any(opaque(salt, id) in digests for salt, digests in known for id in named)
