"""The record file and the journal as an open session knows them, and keeping up with them.

All methods but `has_changed` need the lock. Memory changes only after the journal has.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from data.storage import backups, purge_list, quarantine
from data.storage.backups import Origin
from data.storage.folder import read_all
from data.storage.generation import replace_all, time_now
from data.storage.journal import Scan, newest, scan
from data.storage.open_journal import OpenJournal
from data.storage.problems import TAKEN_OVER, ErrorKind, Notice, NoticeKind, StorageError
from data.storage.protocol import Commit, Doc, DocChange, Tables
from data.storage.purge_list import KnownDeletions
from data.storage.raw_table import differences
from data.storage.record_file import HEAD, Meta, format_of_head, new_generation, read_head
from data.storage.session_files import SessionFiles
from data.storage.snapshot import (
    Identity,
    Snapshot,
    Unsound,
    check_header,
    identity,
    leads_on,
    notices_of,
    read_when_still,
    replay,
)


class OpenFile:
    """The documents of a file as this session has read them, and its place in the journal."""

    def __init__(self, session: SessionFiles, snapshot: Snapshot) -> None:
        """Take over what has just been read, the open journal of `snapshot` too."""
        self.new_commits: list[Commit] = []
        """Commits that are in `tables` and have not been handed on to the store yet."""
        self.has_damage = False
        """Whether something damaged was found in the journal, so that it is to be written anew."""
        self.uncertain: tuple[int, tuple[DocChange, ...]] | None = None
        """The number and the changes of an own commit that failed and may stand in the journal."""
        self.found_written: tuple[DocChange, ...] = ()
        """The changes of such a commit once it turned out that it does stand there."""
        self.deleted_by: dict[tuple[str, str], str] = {}
        """Who deleted a document, for those that another session has deleted: by table and id."""
        self.deletions = KnownDeletions()
        """What was deleted for good, as far as this session knows."""
        self._use(session)
        self._continue_from(snapshot)

    def _use(self, session: SessionFiles) -> None:
        """Work with the files of a folder from now on."""
        self.session = session
        self.folder = session.folder
        self.names = session.names
        self.notices = session.notices

    def _continue_from(self, snapshot: Snapshot) -> None:
        """Go on from what has just been read."""
        self.tables: Tables = snapshot.tables
        self.deletions.learn(snapshot.deletions)
        self.meta: Meta = snapshot.meta
        self.seq = snapshot.seq
        self._record: Identity = snapshot.record
        self._journal = OpenJournal(
            self.folder,
            self.names,
            snapshot.journal_fd,
            inode=snapshot.journal[0],
            size=snapshot.journal[1],
            end=snapshot.end,
        )
        self.recheck_files()
        self.notices += snapshot.notices
        self._quarantine(NoticeKind.BAD_LINES, snapshot.damaged)

    def close(self) -> None:
        """Close the journal."""
        self._journal.close()

    @property
    def journal_bytes(self) -> int:
        """The length of the journal."""
        return self._journal.end

    @property
    def record_bytes(self) -> int:
        """The length of the record file."""
        return self._record[1]

    @property
    def sync_failed(self) -> bool:
        """Whether a sync of the journal has failed: a new one must take its place."""
        return self._journal.sync_failed

    # -- keeping up ---------------------------------------------------------------------------

    def has_changed(self) -> bool:
        """Whether another session has done something. Needs no lock."""
        journal = self.folder.stat(self.names.journal)
        record = self.folder.stat(self.names.record)
        return (
            journal is None
            or record is None
            or journal.st_ino != self._journal.inode
            or self._journal.is_cut_short(journal.st_size)
            or identity(record) != self._record
            or self._journal.has_more()
        )

    def catch_up(self) -> None:
        """Take in what other sessions have committed.

        The mark in the lock file tells whether files have been replaced. That is cheaper than
        looking at the files; see `data.storage.lock`.

        Raises:
            OSError: A file cannot be read.
            StorageError: The files must not be used any more.
        """
        if self.session.lock.mark() != self._mark:
            self.check_files()
        elif self._journal.has_more():
            self._apply_lines(self._journal.read_on())

    def recheck_files(self) -> None:
        """Have `catch_up` look at the files the next time, whatever the mark says."""
        self._mark = b"?"

    def check_files(self) -> None:
        """Take in what others have committed, and go on whatever has become of the files.

        Raises:
            OSError: A file cannot be read or written.
            StorageError: The files must not be used any more.
        """
        mark = self.session.lock.mark()
        self.recheck_files()
        self._follow_deletions()
        journal = self.folder.stat(self.names.journal)
        if journal is None:
            self._reload()
        elif journal.st_ino != self._journal.inode:
            self._switch_journal()
        elif self._journal.is_cut_short(journal.st_size):
            record = self.folder.stat(self.names.record)
            if record is not None and identity(record) != self._record:
                self._reload()  # both were written over, as `cp -a` of a folder does
            else:
                self.rebuild()
                new = Notice(NoticeKind.REWRITTEN, name=self.names.journal)
                self.notices.append(new)
                self.new_commits.append(Commit(self.seq, time_now(), "", False, (), notices=(new,)))
        elif self._journal.has_more():
            self._apply_lines(self._journal.read_on())
        record = self.folder.stat(self.names.record)
        if record is None or identity(record) != self._record:
            self._check_record(record)
        self._mark = mark

    def _follow_deletions(self) -> None:
        """Take out of memory what others have deleted for good, even if the line was missed."""
        for one in self.deletions.learn_from(self.folder, self.names):
            changes = tuple(purge_list.clean([one], self.tables))
            self.new_commits.append(
                Commit(self.seq, one.at, one.by, own=False, changes=changes, for_good=(one,))
            )

    def _apply_lines(self, found: Scan) -> None:
        """Apply lines that have been read to the documents, and keep what is damaged aside."""
        done = replay(found.records, self.tables, self.seq)
        self.seq = done.seq
        for record, changes in done.commits:
            self._add_commit(record, changes, own=record.get("ses") == self.session.presence.id)
        self.notices += notices_of(done)
        self._quarantine(NoticeKind.BAD_LINES, found.damaged)
        self._quarantine(NoticeKind.TORN, [found.torn] if found.torn else [])

    def _add_commit(self, record: Doc, changes: list[DocChange], *, own: bool) -> None:
        """Note a commit that has been read from the journal, to be handed on to the store.

        An own commit is read there only if it seemed to fail when it was written.
        """
        by = str(record.get("by", ""))
        at = str(record.get("at", ""))
        for_good = purge_list.deletion_of(record.get("purge"))
        new = self.deletions.learn((for_good,)) if for_good is not None else ()
        commit = Commit(record["s"], at, by, own, tuple(changes), for_good=new)
        self.new_commits.append(commit)
        for change in changes:
            if change.after is None and not own:
                self.deleted_by[change.table, change.id] = by
        if own and self.uncertain is not None and self.uncertain[0] == record["s"]:
            self.found_written, self.uncertain = self.uncertain[1], None

    def _quarantine(self, what: NoticeKind, lines: list[bytes]) -> None:
        """Keep damaged lines aside and tell of them. The journal will be written anew."""
        for line in lines:
            self.has_damage = True
            kept, new = quarantine.keep(self.folder, self.names, "line", line)
            if new:
                self.notices.append(Notice(what, kept=kept, count=1))

    def _switch_journal(self) -> None:
        """Read the old journal to its end and go on in the one that has taken its place."""
        self._apply_lines(self._journal.read_on())
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
                # or somebody has put the files of an earlier moment back
                and leads_on(found, head["base"], self.seq)
            )
        except BaseException:
            os.close(fd)
            raise
        if not goes_on or meta is None:
            os.close(fd)
            self._reload()
            return
        self._open_new_journal(fd, meta)
        self._journal.go_to(found)
        self._apply_lines(found)

    def _open_new_journal(self, fd: int, meta: Meta) -> None:
        """Go on with a journal that somebody has just put in place, with its record file."""
        self._journal.close()
        found = self.folder.disk.fstat(fd)
        inode, size = found.st_ino, found.st_size
        self._journal = OpenJournal(self.folder, self.names, fd, inode=inode, size=size, end=size)
        self.meta = meta
        record = self.folder.stat(self.names.record)
        if record is not None:
            self._record = identity(record)
        self.has_damage = False

    def _read_head(self) -> Meta | None:
        """Return what the record file says of itself; None if it is not there or not ours.

        Raises:
            StorageError: A newer version of the program has written it.
        """
        try:
            fd = self.folder.open(self.names.record, os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            head = self.folder.disk.pread(fd, HEAD, 0)
        finally:
            os.close(fd)
        if format_of_head(head) > newest():
            raise StorageError(ErrorKind.UPGRADED, name=self.names.record)
        return read_head(head)

    def _check_record(self, record: os.stat_result | None) -> None:
        """Deal with a record file that is not the one that this session has read."""
        meta = self._read_head() if record is not None else None
        if record is not None and meta is not None:
            whole = record.st_size == HEAD + meta.bytes
            renamed = record.st_ino != self._record[0]
            if meta.prev == self.meta.id and meta.seq <= self.seq and whole and renamed:
                # It was written by a fold that was cut off before it put the new journal in place.
                self.meta, self._record = meta, identity(record)
                return
        self._reload()

    def _reload(self) -> None:
        """Read everything again, and hand on what differs as a commit of others.

        What cannot be read is mended first.
        """
        told_before = len(self.notices)
        try:
            snapshot = self._read_or_mend()
        except StorageError as error:
            kind = ErrorKind.UPGRADED if error.kind is ErrorKind.NEWER else error.kind
            raise StorageError(kind, name=error.name, who=error.who) from error
        changes, old = tuple(differences(self.tables, snapshot.tables)), self._journal
        try:
            behind = snapshot.seq < self.seq
            files = self.folder, self.names
            origin = backups.origin(*files, self.meta, snapshot.meta, is_behind=behind)
            is_told = any(one.kind in TAKEN_OVER for one in self.notices[told_before:])
            if changes and origin is Origin.ELSEWHERE and not is_told:
                self._tell_taken_over(changes, snapshot)
        except BaseException:
            os.close(snapshot.journal_fd)
            raise
        self.has_damage = False
        self._continue_from(snapshot)
        old.close()
        told = tuple(self.notices[told_before:])
        if changes or told:
            gone = ((one.table, one.id) for one in changes if one.after is None)
            self.deleted_by.update(dict.fromkeys(gone, ""))
            replaced = bool(changes) and origin is not Origin.FOLDS
            commit = Commit(self.seq, time_now(), "", False, changes, (), replaced, told)
            self.new_commits.append(commit)
        self._apply_lines(self._journal.read_on())

    def _read_or_mend(self) -> Snapshot:
        """Read both files. If they cannot be read, write them from what this session knows.

        If another file counts instead, what this session knows is kept first.
        """
        try:
            return read_when_still(self.folder, self.names)
        except Unsound as problem:
            # only where the file cannot be read as it is
            from data.storage.recovery import COUNTS, KnownState, mend

            if problem.fault in COUNTS:
                self._keep_known()
            known = KnownState(self.tables, self.seq, self.meta)
            files = (self.folder, self.names, self.session.lock)
            self.notices += mend(files, self.session.by, problem.fault, known)
            return read_when_still(self.folder, self.names)

    def _keep_known(self) -> str:
        """Keep in quarantine what this session knows. Return the name of the file there."""
        meta = replace(self.meta, seq=self.seq)
        return quarantine.keep_state(self.folder, self.names, self.tables, meta)

    def _tell_taken_over(self, changes: Sequence[DocChange], snapshot: Snapshot) -> None:
        """Tell of a file that another session has taken over before, and keep what was known."""
        # An older copy has fewer commits.
        kind = NoticeKind.OLD_JOURNAL if snapshot.seq <= self.seq else NoticeKind.EDITED
        records = tuple((change.table, change.id) for change in changes)
        kept = self._keep_known()
        self.notices.append(Notice(kind, self.names.record, kept, len(records), records))

    def move_to(self, session: SessionFiles) -> None:
        """Go on in another folder, whose lock is held.

        Raises:
            OSError: A file cannot be read or written. This session stays in its old folder then.
            StorageError: The files there must not be used. Likewise.
        """
        before = self.session
        self._use(session)
        try:
            if self.deletions.all:
                purge_list.add(self.folder, self.names, self.deletions.all)
            self._reload()
        except BaseException:
            self._use(before)
            raise

    # -- writing ------------------------------------------------------------------------------

    def apply(self, change: DocChange) -> None:
        """Change the documents in memory as the journal says."""
        docs = self.tables.setdefault(change.table, {})
        if change.after is None:
            docs.pop(change.id, None)
        else:
            docs[change.id] = change.after

    def append(self, record: Doc) -> None:
        """Write a commit to the journal and sync it.

        Raises:
            OSError: It failed. The record may stand in the journal if `sync_failed` is set then.
        """
        self._journal.append(record)
        self.seq = record["s"]

    def rebuild(self, form: int = 0) -> None:
        """Write the record file and the journal anew from memory, in this format at least.

        Raises:
            OSError: It failed, and the old files are in place.
        """
        self._keep_old()
        meta = new_generation(self.meta, self.seq, time_now(), form)
        files = (self.folder, self.names, self.session.lock)
        replace_all(files, (self.tables, meta), self.session.by)
        fd = self.folder.open(self.names.journal)
        self._open_new_journal(fd, self._read_head() or meta)

    def _keep_old(self) -> None:
        """Keep the old files: as a backup, and a damaged journal in quarantine too."""
        if self.has_damage:
            data = self.folder.read(self.names.journal)
            quarantine.keep(self.folder, self.names, "journal", data)
        with suppress(OSError):
            backups.keep(self.folder, self.names, self.meta)
