"""Reading the record file and the journal together. That needs no lock.

Files that cannot be read in this way are `Unsound`; `data.storage.recovery` mends them.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import field
from enum import Enum
from pathlib import Path
from typing import Final

from data.frozen import changing
from data.storage import backups, ops, purge_list
from data.storage.disk import REAL, Disk
from data.storage.folder import Folder, open_folder, read_all
from data.storage.journal import FORMAT, TEAM_FORMAT, Scan, is_header, newest, scan
from data.storage.names import Names
from data.storage.problems import ErrorKind, Notice, NoticeKind, StorageError
from data.storage.protocol import Doc, DocChange, Tables
from data.storage.purge_list import Deletions
from data.storage.record_file import HEAD, Content, Meta, NotTinyDB, format_of_head, parse, read

Identity = tuple[int, int, int]
"""The inode, size and time of change of a file. If they are the same, so is the file."""


class Fault(Enum):
    """Why the two files cannot simply be read."""

    NOTHING = "nothing"
    """There is neither a record file nor a journal."""
    NO_RECORD = "no_record"
    """There is only a journal."""
    DAMAGED = "damaged"
    """The record file is not TinyDB JSON."""
    PLAIN = "plain"
    """It is a TinyDB file without our `_meta`: another program has written it."""
    OLDER = "older"
    """Its format is an earlier one."""
    EDITED = "edited"
    """Its checksum is wrong: somebody has changed it."""
    NO_JOURNAL = "no_journal"
    """There is only a record file."""
    BAD_HEADER = "bad_header"
    """The first line of the journal cannot be read."""
    STRANGE_JOURNAL = "strange_journal"
    """The journal belongs to another generation of the record file."""
    EARLIER = "earlier"
    """Both are of an earlier moment than the backups: somebody has put them back."""
    UNCLEANED = "uncleaned"
    """Both are of a moment before something was deleted for good: somebody has put them back."""


_HALF_THERE: Final = {Fault.DAMAGED, Fault.PLAIN, Fault.EDITED}
"""What a file looks like that is being written."""
_STILL_SECONDS: Final = 0.3
"""A file in which nothing has been written for so long is not being written."""
_MOST_SECONDS: Final = 10.0
"""For how long it is waited for."""


class Unsound(Exception):
    """The two files cannot simply be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@changing
class Replay:
    """What came of applying the commits of a journal to tables."""

    seq: int
    """The number of the last commit that is in the tables now."""
    missing: int = 0
    """How many numbers are missing among those of the commits."""
    misfits: list[tuple[str, str]] = field(default_factory=list)
    """Table and id of documents to which an operation did not fit."""
    bad: list[Doc] = field(default_factory=list)
    """Lines that are not commits, though their checksum is right."""
    commits: list[tuple[Doc, list[DocChange]]] = field(default_factory=list)
    """The commits that were applied, and what each did."""


def replay(records: Sequence[Doc], tables: Tables, seq: int) -> Replay:
    """Apply those commits to tables that are not in them yet.

    Args:
        records: The values of the lines of a journal.
        tables: The documents, which are changed.
        seq: The number of the last commit that is in them.
    """
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


@changing
class Snapshot:
    """What the two files hold, and where they were read to."""

    tables: Tables
    """All documents."""
    meta: Meta
    """What the record file says of itself."""
    seq: int
    """The number of the last commit that is in `tables`."""
    record: Identity
    """By what the record file is known again."""
    journal_fd: int
    """The open journal; it is the caller's to close."""
    journal: Identity
    """By what it is known again."""
    end: int
    """Where the last readable line of the journal ends. What comes after it may be a line that
    somebody is just writing, so that must be read under the lock."""
    damaged: list[bytes]
    """Lines of the journal that cannot be read."""
    notices: list[Notice]
    """What the user is to be told."""
    deletions: Deletions = ()
    """What was deleted for good."""


def identity(found: os.stat_result) -> Identity:
    """Return by what a file is known again, from its `stat`."""
    return found.st_ino, found.st_size, found.st_mtime_ns


def check_header(found: Scan, name: str, kind: ErrorKind = ErrorKind.NEWER) -> Doc | None:
    """Return the header of a journal, or None if it cannot be read.

    Args:
        found: What was found in the journal.
        name: Its name, for the error.
        kind: The error that is raised for a later format.

    Raises:
        StorageError: A newer version of the program has written the journal.
    """
    first = found.records[0] if found.records else {}
    if not is_header(first):
        return None
    if first["h"] > newest():
        raise StorageError(kind, name=name)
    return first


def goes_with(head: Doc, meta: Meta) -> bool:
    """Return whether a journal was made for a record file, or for the one just before that."""
    return head.get("of") in {meta.id, meta.prev}


def numbers_of(found: Scan) -> list[int]:
    """Return the numbers of the commits in a journal."""
    return [one["s"] for one in found.records if type(one.get("s")) is int]


def leads_on(found: Scan, base: int, seq: int) -> bool:
    """Return whether a journal that begins after commit `base` leads on from commit `seq`."""
    return base <= seq <= max(numbers_of(found), default=base)


def read_record(folder: Folder, names: Names, *, whole: bool) -> tuple[Content, Identity]:
    """Read the record file.

    Returns:
        What it holds, and by what it is known again.

    Raises:
        Unsound: It is not there, or is not TinyDB JSON.
        StorageError: A newer version of the program has written it, or it must not be used.
    """
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
        content = parse(data) if whole else read(data)
    except NotTinyDB as error:
        raise Unsound(Fault.DAMAGED) from error
    if content.format > newest():
        raise StorageError(ErrorKind.NEWER, name=names.record)
    return content, who


def read_snapshot(
    folder: Folder, names: Names, *, writing: bool = True, whole: bool = False
) -> Snapshot:
    """Read both files.

    Args:
        folder: The folder of the record file.
        names: The names of the files in it.
        writing: Whether the journal is to be opened so that it can be written too.
        whole: Whether all documents are to be decoded at once, so that nothing is left unread.

    Raises:
        Unsound: They must be mended first.
        StorageError: A newer version of the program has written them, or they must not be used.
    """
    try:
        fd = folder.open(names.journal, os.O_RDWR if writing else os.O_RDONLY)
    except FileNotFoundError:
        fd = -1
    try:
        return _take(folder, names, fd, whole=whole)
    except BaseException:
        if fd >= 0:
            os.close(fd)
        raise


def read_latest(
    folder: Folder, names: Names, *, writing: bool = True, whole: bool = False
) -> Snapshot:
    """Read both files, and see that no backup is of a later generation. See `read_snapshot`."""
    snapshot = read_snapshot(folder, names, writing=writing, whole=whole)
    try:
        if backups.has_later(folder, names, snapshot.meta):
            raise Unsound(Fault.EARLIER)
    except BaseException:
        os.close(snapshot.journal_fd)
        raise
    return snapshot


def read_when_still(folder: Folder, names: Names) -> Snapshot:
    """Return what `read_latest` does, once nobody writes to the record file any more.

    Where somebody puts a copy in its place with `cp`, it is empty at first, and then half there. It
    must not be mended then: the copy would go into a file that has no name any more.
    """
    until = time.monotonic() + _MOST_SECONDS
    while True:
        try:
            return read_latest(folder, names)
        except Unsound as problem:
            record = folder.stat(names.record) if problem.fault in _HALF_THERE else None
            since = _STILL_SECONDS if record is None else time.time() - record.st_mtime
            if not 0 <= since < _STILL_SECONDS or time.monotonic() > until:
                raise
        time.sleep(_STILL_SECONDS - since)


def _take(folder: Folder, names: Names, fd: int, *, whole: bool) -> Snapshot:
    # The journal has been opened before the record file. If a fold comes between, this is the older
    # journal with the newer record file, and those two go together; the other two would not.
    if fd < 0 and folder.stat(names.record) is None:
        raise Unsound(Fault.NOTHING)
    if fd >= 0:
        journal = identity(folder.disk.fstat(fd))
        found = scan(read_all(fd, folder.disk))
        head = check_header(found, names.journal)
    content, record = read_record(folder, names, whole=whole)
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
    deletions = purge_list.read(folder, names)
    if purge_list.lacks(deletions, content.tables):
        raise Unsound(Fault.UNCLEANED)
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
        deletions,
    )


def is_team_file(path: Path, disk: Disk = REAL) -> bool:
    """Return whether several users share a record file: it lies in a team folder, or once did.

    Then what is private is in files of their own. False if it must not be used.
    """
    try:
        folder, name = open_folder(path, disk)
    except (OSError, StorageError):
        return False
    folder.mending = False
    with closing(folder):
        if folder.team:
            return True
        try:
            fd = folder.open(name, os.O_RDONLY)
        except (OSError, StorageError):
            return False
        try:
            return format_of_head(disk.pread(fd, HEAD, 0)) == TEAM_FORMAT
        finally:
            os.close(fd)


def read_tables(path: Path, disk: Disk = REAL) -> Tables:
    """Return all documents of a record file and its journal. Nothing is written, mended or locked.

    Raises OSError, `StorageError`, or `Unsound` where they would have to be mended first.
    """
    folder, name = open_folder(path, disk)
    folder.mending = False
    with closing(folder):
        refuse_unfinished(folder, Names(name))
        snapshot = read_snapshot(folder, Names(name), writing=False)
        os.close(snapshot.journal_fd)
        return snapshot.tables


def refuse_unfinished(folder: Folder, names: Names) -> None:
    """Refuse files from which somebody has begun to delete something for good, and died.

    `data.storage.upkeep.purging.finish` goes on with that. While somebody is at it, and what goes
    is not shown any more, the files are as good as without it.

    Raises:
        StorageError: They are such files.
    """
    if folder.stat(names.deleting) is None:
        return
    with suppress(FileNotFoundError):
        fd = folder.open(names.deleting, os.O_RDONLY)
        try:
            begun = purge_list.read_lines(read_all(fd, folder.disk))
            listed = {one.id for one in purge_list.read(folder, names)}
            if all(one.id in listed for one in begun):
                folder.disk.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        finally:
            os.close(fd)
        raise StorageError(ErrorKind.UNFINISHED, name=names.record)


def notices_of(done: Replay) -> list[Notice]:
    """Return what the user is to be told of applying a journal."""
    notices = []
    if done.missing + len(done.bad):
        notices.append(Notice(NoticeKind.GAP, count=done.missing + len(done.bad)))
    if done.misfits:
        records = tuple(done.misfits)
        notices.append(Notice(NoticeKind.MISFIT, count=len(records), records=records))
    return notices
