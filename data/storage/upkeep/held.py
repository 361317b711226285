"""What each earlier state holds, backups and quarantine alike, and whether it can be restored."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from data.storage import backups, purge_list, raw_table
from data.storage.folder import Folder, open_folder
from data.storage.from_backups import Recovered, state_of_backups
from data.storage.journal import newest, scan
from data.storage.kept.backup import Backup
from data.storage.names import Names
from data.storage.problems import ErrorKind, StorageError
from data.storage.protocol import Tables
from data.storage.record_file import HEAD, format_of_head
from data.storage.upkeep import set_aside
from data.storage.upkeep.set_aside import SetAside


class Hindrance(StrEnum):
    """Why a state cannot be restored."""

    DAMAGED = "damaged"
    """It cannot be read, or something before it is missing."""
    NEWER = "newer"
    """A newer version of the program has written it."""
    PART = "part"
    """It is not a whole file: what was set aside may be a line."""


@dataclass(frozen=True, slots=True)
class Held:
    """One earlier state."""

    name: str
    """By which it is restored."""
    at: datetime
    """Up to when a backup has everything; of what was set aside, when that was."""
    is_backup: bool
    """Whether it is a backup. If not, it was set aside."""
    format: int = 0
    """The number of its format; 0 for a file that this program did not write, or none."""
    tables: Tables | None = None
    """Its documents in the present format, without what was deleted for good; None if it cannot be
    restored."""
    changed: str = ""
    """When it was changed last: ISO local time with offset; "" where nobody can say."""
    hindrance: Hindrance | None = None
    """Why it cannot be restored; None if it can."""


def held_by_all(path: Path) -> Iterator[Held]:
    """Yield what each backup holds, newest first, and then what was set aside, likewise.

    One is read when it is asked for, so that only one is in memory.

    Raises:
        StorageError: The folder must not be used.
        OSError: A file cannot be read.
    """
    yield from _held(path, "")


def held_by(path: Path, name: str) -> Held:
    """Return what one of them holds.

    Raises:
        StorageError: There is none of that name, or the folder must not be used.
        OSError: A file cannot be read.
    """
    for found in _held(path, name):
        return found
    raise StorageError(ErrorKind.NO_BACKUP, name=name)


def _held(path: Path, name: str) -> Iterator[Held]:
    """Yield what each holds, or the one of a name."""
    folder, file = open_folder(path)
    folder.mending = False
    with closing(folder):
        names = Names(file)
        inner = folder.sub(names.backups)
        if inner is not None:
            with closing(inner):
                for backup in reversed(backups.find(inner)):
                    if name in {"", backup.name}:
                        yield _of_backup((folder, names), inner, backup)
        aside = folder.sub(names.quarantine)
        if aside is not None:
            with closing(aside):
                for one in reversed(set_aside.find(aside)):
                    if name in {"", one.name}:
                        yield _of_aside((folder, names), aside, one)


def _of_backup(files: tuple[Folder, Names], inner: Folder, backup: Backup) -> Held:
    form = _format(inner, backup.record)
    found: Recovered | None = None
    is_newer = form > newest()
    try:
        found = state_of_backups(inner, backup.name, whole=False)
    except StorageError as problem:
        is_newer |= problem.kind is ErrorKind.NEWER and problem.name == backup.journal
    except OSError:
        pass
    if found is None:
        why = Hindrance.NEWER if is_newer else Hindrance.DAMAGED
        return Held(backup.name, backup.at, is_backup=True, format=form, hindrance=why)
    tables, _gone = purge_list.cleaned(*files, found.tables)
    changed = _last_commit(inner, backup.journal) or _last_change(found)
    return Held(backup.name, backup.at, True, form, tables, changed)


def _of_aside(files: tuple[Folder, Names], aside: Folder, one: SetAside) -> Held:
    form = _format(aside, one.name)
    found: Recovered | None = None
    with suppress(StorageError, OSError):
        found = set_aside.state_of(aside, one.name)
    if found is None:
        why = Hindrance.PART
        if one.whole:
            why = Hindrance.NEWER if form > newest() else Hindrance.DAMAGED
        return Held(one.name, one.at, is_backup=False, format=form, hindrance=why)
    tables, _gone = purge_list.cleaned(*files, found.tables)
    return Held(one.name, one.at, False, form, tables, _last_change(found))


def _format(folder: Folder, name: str) -> int:
    """Return the number of the format in the head of a record file; 0 if there is none."""
    with suppress(OSError, StorageError):
        fd = folder.open(name, os.O_RDONLY)
        try:
            return format_of_head(folder.disk.pread(fd, HEAD, 0))
        finally:
            os.close(fd)
    return 0


def _last_commit(inner: Folder, journal: str) -> str:
    """Return when the last commit in a journal was made; "" if it has none."""
    with suppress(OSError, StorageError):
        records = scan(inner.read(journal)).records
        if records and "s" in records[-1]:
            return str(records[-1].get("at", ""))
    return ""


def _last_change(found: Recovered) -> str:
    """Return when the document that was changed last was changed, else when the file was made."""
    changed = (
        text for docs in found.tables.values() for _id, text in raw_table.texts(docs, "changed_at")
    )
    # by the time itself: the offsets of summer and winter differ
    return max(changed, key=_moment, default="") or (found.meta.at if found.meta else "")


def _moment(text: str) -> float:
    # No time at all comes before all others.
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromisoformat(text).timestamp()
    return 0.0
