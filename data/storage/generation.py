"""Putting a new generation in place: a record file and its journal.

The lock must be held. The new generation counts from the moment when the record file is renamed. A
crash before the journal is renamed does no harm: a journal goes with the record file that it was
made for and with the next one, and commits that are in the record file already are skipped.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from data import clock
from data.storage import purge_list
from data.storage.folder import Folder, write_all
from data.storage.journal import frame, header
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.problems import StorageError
from data.storage.protocol import Tables
from data.storage.record_file import Meta, write

if TYPE_CHECKING:
    from data.storage.deletion import Deletion


def time_now() -> str:
    """Return the local time with its offset, such as "2026-11-23T14:03:00+01:00".

    It is the program's one clock, as in the records themselves. Only what waits, or is compared
    with the times of files, asks the computer.
    """
    return clock.now_text()


class Temporary:
    """A file that is being written, under a name of its own.

    If it is not put in place it is deleted again. Its writer keeps it locked, so that others can
    tell it from one whose writer has died.
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
            os.close(self.fd)  # Before it was locked, somebody took its writer for dead.

    def sync(self) -> None:
        """Sync what has been written."""
        self._folder.disk.fsync(self.fd)

    def put_in_place(self, name: str) -> None:
        """Rename the file, and sync the folder so that the new name lasts."""
        self._folder.rename(self.name, name)
        self._there = False
        self._folder.sync()

    def close(self) -> None:
        """Close the file, and delete it unless it has been put in place."""
        if self._there:
            with suppress(OSError):  # `tidy` will delete it.
                self._folder.unlink(self.name, missing_ok=True)
        os.close(self.fd)


def install(names: Names, lock: Lock, record: Temporary, journal: Temporary) -> None:
    """Put a record file and its journal in place, both of which have been written and synced."""
    lock.set_mark(os.urandom(8).hex())
    record.put_in_place(names.record)
    journal.put_in_place(names.journal)


def start_journal(folder: Folder, names: Names, meta: Meta, by: str) -> tuple[Temporary, int]:
    """Write and sync the header of the journal of a generation. Return the file and its length."""
    temporary = Temporary(folder, names, "journal")
    try:
        said = header(meta.format, meta.id, gen=meta.gen, base=meta.seq, at=meta.at, by=by)
        head = frame(said)
        write_all(temporary.fd, head, 0, folder.disk)
        temporary.sync()
    except BaseException:
        temporary.close()
        raise
    return temporary, len(head)


Files = tuple[Folder, Names, Lock]
"""The folder of a record file, the names of the files, and their lock, which must be held."""


def replace_all(files: Files, new: tuple[Tables, Meta], by: str) -> int:
    """Write a new generation from memory and put it in place.

    The history is told first what the journal knows that is replaced. What was deleted for good is
    not in it, whatever moment the documents are of.

    Args:
        files: Where it belongs.
        new: All documents, and what the record file says of itself.
        by: The login name of the user.

    Returns:
        How many documents were left out for that reason.
    """
    (folder, names, lock), (tables, meta) = files, new
    from data.storage import history  # few openings write a generation

    history.add_of_files(folder, names)
    tables, gone = purge_list.cleaned(folder, names, tables)
    if gone:
        clean_history(folder, names, purge_list.read(folder, names))
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
    return gone


def clean_history(folder: Folder, names: Names, deletions: Iterable[Deletion]) -> None:
    """Take what was deleted for good out of the history of who changed what."""
    try:
        lines = folder.read(names.history).split(b"\n")
    except FileNotFoundError:
        return
    kept = lines
    for deletion in deletions:
        kept = [one for one in kept if not any(map(deletion.knows, deletion.named_in(one)))]
    if len(kept) == len(lines):
        return
    written = Temporary(folder, names, "history")
    try:
        write_all(written.fd, b"\n".join(kept), 0, folder.disk)
        written.sync()
        written.put_in_place(names.history)
    finally:
        written.close()


def tidy(folder: Folder, names: Names) -> None:
    """Delete half-written files whose writers are dead. The lock must be held."""
    for name in folder.names():
        if name.startswith(names.temporary):
            # Its writer may live, or have deleted it just now, or be somebody else: let it be.
            with suppress(OSError, StorageError):
                _tidy(folder, name)


def _tidy(folder: Folder, name: str) -> None:
    fd = folder.open(name)
    try:
        folder.disk.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        folder.unlink(name, missing_ok=True)
    finally:
        os.close(fd)
