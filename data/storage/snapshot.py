"""Reading record file and journal together, without the lock.

What cannot be read so is `Unsound`, and is left to `data.storage.recovery`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from data.storage import ops
from data.storage.disk import REAL, Disk
from data.storage.folder import Folder, open_folder, read_all
from data.storage.journal import FORMAT, Scan, is_header, scan
from data.storage.names import Names
from data.storage.problems import ErrorKind, Notice, NoticeKind, StorageError
from data.storage.protocol import Doc, DocChange, Tables
from data.storage.record_file import Content, Meta, NotTinyDB, parse

Identity = tuple[int, int, int]
"""Inode, size and time of change: what tells that a file is still the same."""


class Fault(Enum):
    """Why record file and journal cannot simply be read."""

    NOTHING = "nothing"
    """Neither is there."""
    NO_RECORD = "no_record"
    DAMAGED = "damaged"
    PLAIN = "plain"
    """A TinyDB file without our `_meta`."""
    OLDER = "older"
    EDITED = "edited"
    NO_JOURNAL = "no_journal"
    BAD_HEADER = "bad_header"
    STRANGE_JOURNAL = "strange_journal"
    """The journal belongs to another generation."""


class Unsound(Exception):
    """Record file and journal cannot simply be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass
class Replay:
    """What reading journal records into tables came to."""

    seq: int
    missing: int = 0
    """Numbers that were skipped."""
    misfits: list[tuple[str, str]] = field(default_factory=list)
    bad: list[Doc] = field(default_factory=list)
    """Records that are no commits."""
    commits: list[tuple[Doc, list[DocChange]]] = field(default_factory=list)


def replay(records: Sequence[Doc], tables: Tables, seq: int) -> Replay:
    """Apply those records that come after `seq`."""
    done = Replay(seq)
    for record in records:
        number = record.get("s")
        if type(number) is not int or number <= done.seq:
            continue
        try:
            applied = ops.apply(record["ops"], tables)
        except (KeyError, TypeError, ValueError, AttributeError):
            done.bad.append(record)
        else:
            done.commits.append((record, applied.changes))
            done.misfits += applied.misfits
        done.missing += number - done.seq - 1
        done.seq = number
    return done


@dataclass
class Snapshot:
    """Record file and journal as they were read."""

    tables: Tables
    meta: Meta
    seq: int
    record: Identity
    journal_fd: int
    journal: Identity
    end: int
    """Where the journal's last whole line ends; what follows is looked at under the lock."""
    damaged: list[bytes]
    notices: list[Notice]


def identity(found: os.stat_result) -> Identity:
    """Return what tells that a file is still the same."""
    return found.st_ino, found.st_size, found.st_mtime_ns


def check_header(found: Scan, name: str, kind: ErrorKind = ErrorKind.NEWER) -> Doc | None:
    """Return a journal's header; None where it is damaged. Raises `StorageError` for a newer."""
    first = found.records[0] if found.records else {}
    if not is_header(first):
        return None
    if first["h"] > FORMAT:
        raise StorageError(kind, name=name)
    return first


def goes_with(head: Doc, meta: Meta) -> bool:
    """Whether a journal goes with a record file: made for it, or for the one just before it."""
    return head.get("of") in {meta.id, meta.prev}


def read_record(folder: Folder, names: Names) -> tuple[Content, Identity, bytes]:
    """Read the record file. Raises `Unsound`, or `StorageError` for a newer format."""
    try:
        fd = folder.open(names.record, os.O_RDONLY)
    except FileNotFoundError as error:
        raise Unsound(Fault.NO_RECORD) from error
    try:
        who = identity(folder.disk.fstat(fd))
        data = read_all(fd, folder.disk)
    finally:
        os.close(fd)
    try:
        content = parse(data)
    except NotTinyDB as error:
        raise Unsound(Fault.DAMAGED) from error
    if content.format > FORMAT:
        raise StorageError(ErrorKind.NEWER, name=names.record)
    return content, who, data


def read_snapshot(folder: Folder, names: Names, *, writing: bool = True) -> Snapshot:
    """Read both files. Raises `Unsound`, or `StorageError` for a newer format.

    `writing`: the journal is opened so that it can be written, too.
    """
    try:
        fd = folder.open(names.journal, os.O_RDWR if writing else os.O_RDONLY)
    except FileNotFoundError:
        fd = -1
    try:
        return _take(folder, names, fd)
    except BaseException:
        if fd >= 0:
            os.close(fd)
        raise


def _take(folder: Folder, names: Names, fd: int) -> Snapshot:
    # The journal is opened first: a fold in between leaves us the older journal with the newer
    # record file, which go together; the other way round they would not.
    if fd < 0 and folder.stat(names.record) is None:
        raise Unsound(Fault.NOTHING)
    if fd >= 0:
        journal = identity(folder.disk.fstat(fd))
        found = scan(read_all(fd, folder.disk))
        head = check_header(found, names.journal)
    content, record, _data = read_record(folder, names)
    if content.meta is None or content.format < FORMAT:
        raise Unsound(Fault.OLDER if content.format else Fault.PLAIN)
    if not content.sound:
        raise Unsound(Fault.EDITED)
    if fd < 0:
        raise Unsound(Fault.NO_JOURNAL)
    if head is None:
        raise Unsound(Fault.BAD_HEADER)
    if not goes_with(head, content.meta):
        raise Unsound(Fault.STRANGE_JOURNAL)
    done = replay(found.records[1:], content.tables, content.meta.seq)
    return Snapshot(
        content.tables,
        content.meta,
        done.seq,
        record,
        fd,
        journal,
        found.good_end,
        found.damaged,
        notices_of(done),
    )


def read_tables(path: Path, disk: Disk = REAL) -> Tables:
    """Return all documents of a record file and its journal. Nothing is written, mended or locked.

    Raises OSError, `StorageError`, or `Unsound` where they would have to be mended first.
    """
    folder, name = open_folder(path, disk)
    folder.mending = False
    with closing(folder):
        snapshot = read_snapshot(folder, Names(name), writing=False)
        os.close(snapshot.journal_fd)
        return snapshot.tables


def notices_of(done: Replay) -> list[Notice]:
    """Return what the user is told of a replay."""
    notices = []
    if done.missing + len(done.bad):
        notices.append(Notice(NoticeKind.GAP, count=done.missing + len(done.bad)))
    if done.misfits:
        records = tuple(done.misfits)
        notices.append(Notice(NoticeKind.MISFIT, count=len(records), records=records))
    return notices
