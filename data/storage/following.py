"""Record file and journal as an open session knows them, and keeping up with them.

All methods but `has_changed` need the lock. Memory changes only after the journal did.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from dataclasses import InitVar, dataclass, field

from data.storage import backups, quarantine
from data.storage.folder import read_all, write_all
from data.storage.generation import replace_all, time_now
from data.storage.journal import FORMAT, PADDING, Scan, frame, scan, to_json
from data.storage.problems import ErrorKind, Notice, NoticeKind, StorageError
from data.storage.protocol import Commit, Doc, DocChange, Tables
from data.storage.record_file import HEAD, Meta, format_of_head, new_generation, read_head
from data.storage.session_files import SessionFiles
from data.storage.snapshot import (
    Identity,
    Snapshot,
    Unsound,
    check_header,
    identity,
    notices_of,
    read_snapshot,
    replay,
)

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass
class OpenFile:
    """What this session has read, and where it stands in the journal."""

    session: SessionFiles
    snapshot: InitVar[Snapshot]
    new_commits: list[Commit] = field(default_factory=list)
    """Commits that have been applied here and not been handed on yet."""
    has_damage: bool = False
    """The journal holds something damaged; it is to be written anew."""
    sync_failed: bool = False
    """A sync has failed: the journal is never written again, a new one takes its place."""
    uncertain: tuple[int, tuple[DocChange, ...]] | None = None
    """Number and changes of a commit of ours that failed, yet may stand in the journal."""
    found_written: tuple[DocChange, ...] = ()
    """Changes of a uncertain commit that turned out to stand in the journal."""
    deleted_by: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self, snapshot: Snapshot) -> None:
        self._use(self.session)
        self._continue_from(snapshot)

    def _use(self, session: SessionFiles) -> None:
        self.session = session
        self.folder = session.folder
        self.names = session.names
        self.notices = session.notices

    def _continue_from(self, snapshot: Snapshot) -> None:
        """Go on from what has just been read."""
        self.tables: Tables = snapshot.tables
        self.meta: Meta = snapshot.meta
        self.seq = snapshot.seq
        self._record: Identity = snapshot.record
        self._fd = snapshot.journal_fd
        self._inode = snapshot.journal[0]
        self._end = snapshot.end
        self._size = snapshot.journal[1]
        self._unended = False
        self._mark = b"?"
        self.notices += snapshot.notices
        self.sync_failed = False
        self._quarantine(NoticeKind.BAD_LINES, snapshot.damaged)

    def close(self) -> None:
        """Let go of the journal."""
        os.close(self._fd)

    @property
    def journal_bytes(self) -> int:
        """Length of the journal."""
        return self._end

    @property
    def record_bytes(self) -> int:
        """Length of the record file."""
        return self._record[1]

    # -- keeping up ---------------------------------------------------------------------------

    def has_changed(self) -> bool:
        """Whether there is something new. Needs no lock."""
        journal = self.folder.stat(self.names.journal)
        record = self.folder.stat(self.names.record)
        return (
            journal is None
            or record is None
            or journal.st_ino != self._inode
            or journal.st_size < self._end
            or identity(record) != self._record
            or self._has_more()
        )

    def _has_more(self) -> bool:
        """Whether there is something at the end of what was read: an empty line is nothing."""
        peek: bytes = self.folder.disk.pread(self._fd, 2, self._end)
        return peek not in {b"\n\n", b"", b"\n"}

    def catch_up(self) -> None:
        """Take in what others have committed. Raises OSError or `StorageError`."""
        if self.session.lock.mark() != self._mark:
            self.check_files()
        elif self._has_more():
            self._read_new_lines()

    def recheck_files(self) -> None:
        """Have the files looked at before anything is written again."""
        self._mark = b"?"

    def check_files(self) -> None:
        """Take in what others have committed, whatever has become of the files."""
        mark = self.session.lock.mark()
        self.recheck_files()
        journal = self.folder.stat(self.names.journal)
        if journal is None:
            self._reload()
        elif journal.st_ino != self._inode:
            self._switch_journal()
        elif journal.st_size < self._end:
            self.rebuild()
        elif self._has_more():
            self._read_new_lines()
        record = self.folder.stat(self.names.record)
        if record is None or identity(record) != self._record:
            self._check_record(record)
        self._mark = mark

    def _read_new_lines(self) -> None:
        self._size = self.folder.disk.fstat(self._fd).st_size
        data = self.folder.disk.pread(self._fd, self._size - self._end, self._end)
        self._apply_lines(scan(data, self._end))

    def _apply_lines(self, found: Scan) -> None:
        done = replay(found.records, self.tables, self.seq)
        self.seq = done.seq
        self._end, self._unended = found.end, found.unended
        for record, changes in done.commits:
            own = record.get("ses") == self.session.presence.id
            self._add_commit(record, changes, own=own)
        self.notices += notices_of(done)
        self._quarantine(NoticeKind.BAD_LINES, found.damaged)
        self._quarantine(NoticeKind.TORN, [found.torn] if found.torn else [])

    def _add_commit(self, record: Doc, changes: list[DocChange], *, own: bool) -> None:
        by = str(record.get("by", ""))
        at = str(record.get("at", ""))
        self.new_commits.append(Commit(record["s"], at, by, own, tuple(changes)))
        for change in changes:
            if change.after is None and not own:
                self.deleted_by[change.table, change.id] = by
        if own and self.uncertain is not None and self.uncertain[0] == record["s"]:
            self.found_written, self.uncertain = self.uncertain[1], None

    def _quarantine(self, what: NoticeKind, lines: list[bytes]) -> None:
        """Keep what is damaged; the journal is written anew at leisure."""
        for line in lines:
            self.has_damage = True
            kept, new = quarantine.keep(self.folder, self.names, "line", line)
            if new:
                self.notices.append(Notice(what, kept=kept, count=1))

    def _switch_journal(self) -> None:
        """Finish the old journal and go on in the new one."""
        self._read_new_lines()
        fd = self.folder.open(self.names.journal)
        try:
            found = scan(read_all(fd, self.folder.disk))
            head = check_header(found, self.names.journal, ErrorKind.UPGRADED)
            meta = self._read_head()
            goes_on = (
                head is not None
                and meta is not None
                and head.get("of") == meta.id
                and meta.prev == self.meta.id
                and head["base"] <= self.seq
            )
        except BaseException:
            os.close(fd)
            raise
        if not goes_on or meta is None:
            os.close(fd)
            self._reload()
            return
        os.close(self._fd)
        self._fd = fd
        journal = self.folder.disk.fstat(fd)
        self._inode, self._size = journal.st_ino, journal.st_size
        self.meta = meta
        record = self.folder.stat(self.names.record)
        if record is not None:
            self._record = identity(record)
        self.sync_failed = False
        self.has_damage = False
        self._apply_lines(found)

    def _read_head(self) -> Meta | None:
        try:
            fd = self.folder.open(self.names.record, os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            head = self.folder.disk.pread(fd, HEAD, 0)
        finally:
            os.close(fd)
        if format_of_head(head) > FORMAT:
            raise StorageError(ErrorKind.UPGRADED, name=self.names.record)
        return read_head(head)

    def _check_record(self, record: os.stat_result | None) -> None:
        """The record file is not the one we know."""
        meta = self._read_head() if record is not None else None
        if record is not None and meta is not None:
            whole = record.st_size == HEAD + meta.bytes
            renamed = record.st_ino != self._record[0]
            if meta.prev == self.meta.id and meta.seq <= self.seq and whole and renamed:
                # A fold that was cut off before it put the new journal in place.
                self.meta, self._record = meta, identity(record)
                return
        self._reload()

    def _reload(self) -> None:
        """Read everything again, mending it first where need be, and hand on what differs."""
        try:
            snapshot = self._read_or_mend()
        except StorageError as error:
            kind = ErrorKind.UPGRADED if error.kind is ErrorKind.NEWER else error.kind
            raise StorageError(kind, name=error.name, who=error.who) from error
        before, old_fd = self.tables, self._fd
        self.has_damage = False
        self._continue_from(snapshot)
        self._read_new_lines()
        os.close(old_fd)
        changes = differences(before, self.tables)
        if changes:
            self._keep_replaced(changes)
            self.new_commits.append(
                Commit(self.seq, time_now(), "", own=False, changes=tuple(changes))
            )

    def _read_or_mend(self) -> Snapshot:
        try:
            return read_snapshot(self.folder, self.names)
        except Unsound as problem:
            # only where the file cannot be read as it is
            from data.storage.recovery import KnownState, mend

            known = KnownState(self.tables, self.seq, self.meta)
            files = (self.folder, self.names, self.session.lock)
            self.notices += mend(files, self.session.by, problem.fault, known)
            return read_snapshot(self.folder, self.names)

    def move_to(self, session: SessionFiles) -> None:
        """Go on in another folder, whose lock is held. Raises OSError or `StorageError`."""
        before = self.session
        self._use(session)
        try:
            self._reload()
        except BaseException:
            self._use(before)
            raise

    def _keep_replaced(self, changes: list[DocChange]) -> None:
        """Keep the documents that were replaced by a file from elsewhere."""
        lost: Tables = {}
        for change in changes:
            if change.before is not None:
                lost.setdefault(change.table, {})[change.id] = change.before
        if lost:
            kept, _new = quarantine.keep(self.folder, self.names, "replaced", to_json(lost))
            records = tuple((change.table, change.id) for change in changes)
            name = self.names.record
            self.notices.append(Notice(NoticeKind.EDITED, name, kept, len(records), records))

    # -- writing ------------------------------------------------------------------------------

    def apply(self, change: DocChange) -> None:
        """Bring what has been appended into known."""
        docs = self.tables.setdefault(change.table, {})
        if change.after is None:
            docs.pop(change.id, None)
        else:
            docs[change.id] = change.after

    def append(self, record: Doc) -> None:
        """Write a record at the end of the journal, durably. Raises OSError; nothing stands then.

        Where a failed record cannot be taken back from the journal it is remembered as uncertain.
        """
        line = b"\n" + frame(record) if self._unended else frame(record)
        end = self._end + len(line)
        self._write(line + PADDING if end > self._size else line, line)
        try:
            self.folder.disk.fdatasync(self._fd)
        except OSError:
            self.sync_failed = True
            self._take_back()
            raise
        self._end, self._unended = end, False
        self.seq = record["s"]

    def _write(self, data: bytes, least: bytes) -> None:
        """Write at the end of the journal; where there is no room for padding, without it."""
        try:
            write_all(self._fd, data, self._end, self.folder.disk)
        except OSError as error:
            self._take_back()
            if error.errno not in _NO_ROOM:
                raise
            if len(data) > len(least) or self._give_up_reserve():
                self._write(least, least)
            else:
                raise
        else:
            self._size = max(self._size, self._end + len(data))

    def _take_back(self) -> None:
        try:
            self.folder.disk.ftruncate(self._fd, self._end)
            self._size = self._end
        except OSError:
            self.sync_failed = True

    def _give_up_reserve(self) -> bool:
        """Give the reserve's room to the journal; False where it was given before."""
        if self.folder.stat(self.names.reserve) is None:
            return False
        with suppress(OSError):
            self.folder.unlink(self.names.reserve)
            return True
        return False

    def rebuild(self) -> None:
        """Write record file and journal anew from known. Raises OSError."""
        self._keep_old()
        meta = new_generation(self.meta, self.seq, time_now())
        files = (self.folder, self.names, self.session.lock)
        replace_all(files, (self.tables, meta), self.session.by)
        fd = self.folder.open(self.names.journal)
        os.close(self._fd)
        self._fd = fd
        found = self.folder.disk.fstat(fd)
        self._inode, self._end, self._size = found.st_ino, found.st_size, found.st_size
        self._unended = False
        record = self.folder.stat(self.names.record)
        if record is not None:
            self._record = identity(record)
        self.meta = self._read_head() or meta
        self.sync_failed = self.has_damage = False

    def _keep_old(self) -> None:
        if self.has_damage:
            data = self.folder.read(self.names.journal)
            quarantine.keep(self.folder, self.names, "journal", data)
        with suppress(OSError):
            backups.keep(self.folder, self.names, self.meta)


def differences(before: Tables, after: Tables) -> list[DocChange]:
    """Return what leads from one state to the other."""
    changes = []
    for table in {**before, **after}:
        old, new = before.get(table, {}), after.get(table, {})
        for id in {**old, **new}:
            if old.get(id) != new.get(id):
                changes.append(DocChange(table, id, old.get(id), new.get(id)))
    return changes
