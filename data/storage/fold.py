"""Folding: writing a new record file that has all that the journal holds.

The new file is written and synced without the lock. Most of its lines are copied from the old one;
only those that the journal changes are parsed. Then the lock is held for some milliseconds to put
it in place. Nothing here uses a session's memory, so it may run in a thread.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from enum import Enum

from data.storage import backups, history, ops
from data.storage.folder import Folder, read_all, write_all
from data.storage.generation import Temporary, install, start_journal, time_now
from data.storage.journal import Scan, scan
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.protocol import Doc, Tables
from data.storage.record_file import HEAD, Lines, Meta, Writer, checksum, new_generation, read_head
from data.storage.snapshot import check_header, goes_with


class Folded(Enum):
    """What came of a fold."""

    DONE = "done"
    NOTHING = "nothing"
    """The journal holds no commit that is not in the record file."""
    OVERTAKEN = "overtaken"
    """Another session has put new files in place meanwhile. It is worth another try."""


class Unfit(Exception):
    """The files are damaged or do not go together. They must be mended first."""


Pending = dict[str, dict[str, list[ops.Op]]]
"""Table -> id of a document -> the operations on it, in order."""
Bases = dict[str, dict[str, Doc]]
"""Table -> id -> the document as the old record file has it."""


def fold(folder: Folder, names: Names, by: str, *, keeping: bool = True) -> Folded:
    """Fold the journal of a record file.

    Args:
        folder: The folder of the record file.
        names: The names of the files in it.
        by: The login name of the user.
        keeping: Whether the old files become a backup. If not, new ones take their place even if
            the journal holds nothing new, so that nothing stays that was in the old ones.

    Returns:
        What came of it.

    Raises:
        OSError: A file could not be written. As with the others, the old files are in place then.
        StorageError: The lock could not be had, or a file must not be used.
        Unfit: The files must be mended first.
    """
    try:
        journal_fd = folder.open(names.journal)
        record_fd = folder.open(names.record, os.O_RDONLY)
    except FileNotFoundError:
        return Folded.NOTHING
    try:
        return _fold((folder, names), record_fd, journal_fd, by, keeping=keeping)
    finally:
        os.close(journal_fd)
        os.close(record_fd)


def _fold(
    files: tuple[Folder, Names], record_fd: int, journal_fd: int, by: str, *, keeping: bool
) -> Folded:
    folder, names = files
    meta = read_head(folder.disk.pread(record_fd, HEAD, 0))
    read = read_all(journal_fd, folder.disk)
    found = scan(read)
    head = check_header(found, names.journal)
    if meta is None or head is None or found.damaged or not goes_with(head, meta):
        raise Unfit
    pending, seq = _pending(found, meta)
    if seq == meta.seq and keeping:
        return Folded.NOTHING
    record = Temporary(folder, names, "record")
    try:
        new = new_generation(meta, seq, time_now())
        lines, writer = Lines(record_fd, folder.disk), Writer(record.fd, folder.disk)
        bases: Bases = {}
        new = _write(lines, (meta, new), writer, pending, bases)
        telling = history.told_by(head, found.records[1:], bases, meta.seq)
        record.sync()
        journal, journal_end = start_journal(folder, names, new, by)
        try:
            lock = Lock(folder, names.lock)
            try:
                with lock:
                    if not _unchanged(folder, names, record_fd, journal_fd):
                        return Folded.OVERTAKEN
                    tail = _tail(read_all(journal_fd, folder.disk), read[: found.good_end])
                    if keeping:
                        backups.keep(folder, names, meta)
                    history.add(folder, names, telling)
                    if tail:
                        write_all(journal.fd, tail, journal_end, folder.disk)
                        journal.sync()
                    install(names, lock, record, journal)
            finally:
                lock.close()
        finally:
            journal.close()
    finally:
        record.close()
    backups.prune(folder, names)
    return Folded.DONE


def _tail(journal: bytes, known: bytes) -> bytes:
    """Return the lines that have been added to the journal since it was read.

    They go into the new journal as they are.

    Args:
        journal: All that the journal holds now.
        known: What it held when it was read without the lock.

    Raises:
        Unfit: The beginning has changed: a line whose sync failed has been taken out again.
    """
    start = len(known)
    found = scan(journal[start:])
    if found.damaged or found.torn or not journal.startswith(known):
        raise Unfit
    return journal[start:].strip(b"\n") + b"\n" if found.records else b""


def _unchanged(folder: Folder, names: Names, record_fd: int, journal_fd: int) -> bool:
    """Whether the open files still have their names: nobody has put others in place."""
    for name, fd in ((names.record, record_fd), (names.journal, journal_fd)):
        found = folder.stat(name)
        if found is None or found.st_ino != folder.disk.fstat(fd).st_ino:
            return False
    return True


def _pending(found: Scan, meta: Meta) -> tuple[Pending, int]:
    """Return the operations that the record file lacks, and the number of the last commit."""
    pending: Pending = {}
    seq = meta.seq
    for record in found.records[1:]:
        number = record.get("s")
        if type(number) is not int or number <= seq:
            continue
        if number != seq + 1:
            raise Unfit
        seq = number
        try:
            for op in record["ops"]:
                pending.setdefault(op["t"], {}).setdefault(op["i"], []).append(op)
        except (KeyError, TypeError) as error:
            raise Unfit from error
    return pending, seq


def _write(
    lines: Lines, metas: tuple[Meta, Meta], writer: Writer, pending: Pending, bases: Bases
) -> Meta:
    """Write the new record file from the lines of the old one.

    Args:
        lines: Those of the old one.
        metas: What the old one says of itself, and what the new one is to say.
        writer: Writes the new one.
        pending: The operations on documents.
        bases: Gets the documents with a history as they were before.

    Raises:
        Unfit: The old one is damaged.
    """
    old, new = metas
    try:
        _merge(lines, writer, pending, bases)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Unfit from error
    if checksum(old, lines.crc) != old.crc:
        raise Unfit
    for name in [name for name in pending if pending[name]]:
        docs = dict(_new_documents(pending[name]))
        if docs:
            writer.table(name)
            for id, doc in docs.items():
                writer.document(id, doc)
    return writer.finish(new)


def _merge(lines: Lines, writer: Writer, pending: Pending, bases: Bases) -> None:
    """Copy the lines of the old file, changed by the operations on them, which leave `pending`.

    `bases` gets the documents with a history as they were before.
    """
    waiting: dict[str, list[ops.Op]] = {}
    line_out = writer.line
    in_table, name = False, ""
    for line in lines:
        if in_table and line.startswith(b'"'):
            if waiting:
                id = line[1 : line.index(b'"', 1)].decode()
                if id in waiting:
                    base = json.loads(b"{%s}" % line.removesuffix(b","))[id]
                    if name in history.TABLES:
                        bases.setdefault(name, {})[id] = base
                    for doc in _changed(base, waiting.pop(id)):
                        writer.document(id, doc)
                    continue
            line_out(line[:-1] if line.endswith(b",") else line)
        elif in_table and line.startswith(b"}"):
            for id, doc in _new_documents(waiting):
                writer.document(id, doc)
            waiting.clear()
            in_table = False
        elif line.endswith(b":{"):
            name = json.loads(line[:-2])
            writer.table(name)
            waiting = pending.get(name, {})
            in_table = True


def _changed(base: Doc, waiting: list[ops.Op]) -> Iterator[Doc]:
    """Yield what operations make of a document; nothing if they delete it."""
    doc: Doc | None = base
    for op in waiting:
        doc, _fits = ops.result(op, doc)
    if doc is not None:
        yield doc


def _new_documents(waiting: dict[str, list[ops.Op]]) -> Iterator[tuple[str, Doc]]:
    """Yield the documents that operations add, with their ids."""
    tables: Tables = {}
    for id, todo in waiting.items():
        ops.apply(todo, tables)
        for docs in tables.values():
            if id in docs:
                yield id, docs[id]
        tables.clear()
