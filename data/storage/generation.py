"""Putting a new generation in place: record file and journal, with the old ones kept as a backup.

The lock must be held. The rename of the record file is the moment from which the new one counts; a
crash before or after the journal's rename does no harm, since a journal goes with the record file
that it was made for and with the one after that, and records up to its `seq` are skipped.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress

from data.storage.folder import Folder, write_all
from data.storage.journal import frame, header
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.problems import StorageError
from data.storage.protocol import Tables
from data.storage.record_file import Meta, write


def time_now() -> str:
    """Return the local time with its offset, to the second: "2026-11-23T14:03:00+01:00"."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S%z")
    return f"{stamp[:-2]}:{stamp[-2:]}"


class Temporary:
    """A half-written file: taken away again unless it was put in its place.

    It is locked while its writer lives, so that others can tell it from a dead one's.
    """

    def __init__(self, folder: Folder, names: Names, what: str) -> None:
        self._folder = folder
        self._there = True
        while True:
            self.name = f"{names.temporary}{what}-{os.getpid()}-{os.urandom(4).hex()}"
            self.fd = folder.create(self.name)
            folder.disk.flock(self.fd, fcntl.LOCK_EX)
            if os.fstat(self.fd).st_nlink:
                break
            os.close(self.fd)  # Somebody tidied it away before it was locked.

    def sync(self) -> None:
        """Make what was written durable."""
        self._folder.disk.fsync(self.fd)

    def put_in_place(self, name: str) -> None:
        """Give it its name, durably."""
        self._folder.rename(self.name, name)
        self._there = False
        self._folder.sync()

    def close(self) -> None:
        """Let go; take it away if it is not in its place."""
        if self._there:
            with suppress(OSError):  # The next one who opens the file tidies up.
                self._folder.unlink(self.name, missing_ok=True)
        os.close(self.fd)


def install(names: Names, lock: Lock, record: Temporary, journal: Temporary) -> None:
    """Put a written and synced record file and journal in place."""
    lock.set_mark(os.urandom(8).hex())
    record.put_in_place(names.record)
    journal.put_in_place(names.journal)


def start_journal(folder: Folder, names: Names, meta: Meta, by: str) -> tuple[Temporary, int]:
    """Write and sync the journal of a generation. Returns it and its length."""
    temporary = Temporary(folder, names, "journal")
    try:
        head = frame(header(meta.id, meta.gen, meta.seq, meta.at, by))
        write_all(temporary.fd, head, 0, folder.disk)
        temporary.sync()
    except BaseException:
        temporary.close()
        raise
    return temporary, len(head)


Files = tuple[Folder, Names, Lock]
"""Where the files are, what they are called, and their lock, which must be held."""


def replace_all(files: Files, new: tuple[Tables, Meta], by: str) -> None:
    """Write a whole new generation from memory and put it in place."""
    (folder, names, lock), (tables, meta) = files, new
    record = Temporary(folder, names, "record")
    try:
        meta = write(record.fd, tables, meta, folder.disk)
        record.sync()
        journal, _end = start_journal(folder, names, meta, by)
        try:
            install(names, lock, record, journal)
        finally:
            journal.close()
    finally:
        record.close()


def tidy(folder: Folder, names: Names) -> None:
    """Take away half-written files whose writers are dead. The lock must be held."""
    for name in folder.names():
        if name.startswith(names.temporary):
            # What goes away by itself meanwhile, or is not ours, is nothing to stop for.
            with suppress(OSError, StorageError):
                _tidy(folder, name)


def _tidy(folder: Folder, name: str) -> None:
    fd = folder.open(name)
    try:
        folder.disk.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        folder.unlink(name, missing_ok=True)
    finally:
        os.close(fd)
