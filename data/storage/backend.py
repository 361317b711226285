"""`JournalBackend`: one session's hold on a record file.

A commit is one line at the end of the journal, synced before it counts, whatever the size of the
file. All methods but `is_living` are called from one thread, and may wait for the disk.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from data.logins import user_name
from data.storage.disk import REAL, Disk
from data.storage.following import OpenFile
from data.storage.generation import time_now
from data.storage.problems import ErrorKind, Notice, NotSaved, StorageError, kind_of
from data.storage.protocol import (
    Commit,
    DocChange,
    Happening,
    Presence,
    TableRules,
    Tables,
)
from data.storage.raw_table import copied
from data.storage.session_files import SessionFiles
from data.storage.sessions import is_living
from data.storage.snapshot import refuse_unfinished

FOLD_BYTES = 4 << 20
"""A journal that is longer is folded into the record file at once."""
IDLE_FOLD_BYTES = 64 << 10
"""A journal that is longer than this, and than a 16th of the record file, is folded when idle."""
LOOK_SECONDS = 0.2
"""How long a look for others' commits waits for the lock: many sessions may look at once."""
SMALL_BYTES = 1 << 20
"""Whoever leaves files that are smaller together folds the journal, however short."""


class JournalBackend:
    """A record file and its journal. See `data.storage.protocol.Backend`."""

    def __init__(
        self,
        path: Path,
        *,
        by: str | None = None,
        disk: Disk = REAL,
        fold_bytes: int = FOLD_BYTES,
        idle_fold_bytes: int = IDLE_FOLD_BYTES,
    ) -> None:
        """Remember what to open. Nothing is touched before `load`.

        Args:
            path: The record file.
            by: The login name that commits bear; None for that of the user of this process.
            disk: The calls to the operating system, which tests make fail.
            fold_bytes: See `FOLD_BYTES`.
            idle_fold_bytes: See `IDLE_FOLD_BYTES`.
        """
        self.path = path
        self.by = by if by is not None else user_name(os.geteuid())
        self.notices: list[Notice] = []
        """What opening and keeping up have found or mended, for the user to be told."""
        self._disk = disk
        self._fold_bytes = fold_bytes
        self._idle_fold_bytes = idle_fold_bytes
        self._file: OpenFile | None = None
        self._folding: threading.Thread | None = None

    # -- opening ------------------------------------------------------------------------------

    def load(self) -> Tables:
        """Open the file and return all documents. It is made, or mended, if need be.

        The tables belong to the caller. The documents in them must not be changed, for this session
        goes on using them.

        Raises:
            StorageError: The file cannot be read, or must not be used.
        """
        collecting = gc.isenabled()
        gc.disable()
        try:
            file = self._open()
        except OSError as error:
            from data.storage.reasons import not_opened  # only where something is refused

            raise not_opened(self.path, error) from error
        finally:
            if collecting:
                gc.freeze()  # what has been loaded stays: it is not looked through each time
                gc.enable()
        return copied(file.tables)

    def _open(self) -> OpenFile:
        session = SessionFiles(self.path, self.by, self._disk, self.notices)
        try:
            refuse_unfinished(session.folder, session.names)
            snapshot = session.read()
            try:
                file = OpenFile(session, snapshot)
            except BaseException:
                os.close(snapshot.journal_fd)
                raise
            try:
                with session.lock:
                    file.check_files()
                    file.new_commits.clear()
                    session.check()
            except BaseException:
                file.close()
                raise
        except BaseException:
            session.close()
            raise
        self._file = file
        return file

    @property
    def _opened(self) -> OpenFile:
        """The open file. Raises `StorageError` if it is not open."""
        if self._file is None:
            raise StorageError(ErrorKind.CLOSED)
        return self._file

    # -- committing ---------------------------------------------------------------------------

    def commit(self, changes: Sequence[DocChange], rules: TableRules) -> tuple[Commit, ...]:
        """Save changes. See `Backend.commit`."""
        file = self._opened
        try:
            with file.session.lock:
                file.catch_up()
                if file.sync_failed:
                    file.rebuild()
                if file.found_written:
                    changes = _rebased(changes, file)
                changes = file.deletions.without_gone(changes)
                own = self._write(file, changes, rules)
        except (OSError, StorageError) as error:
            self._follow_folder()
            raise _not_saved(error, self.path) from error
        if file.journal_bytes > self._fold_bytes:
            self._start_fold()
        return (*self._take_commits(), own) if file.new_commits else (own,)

    def _write(self, file: OpenFile, changes: Sequence[DocChange], rules: TableRules) -> Commit:
        """Merge changes into the documents as they are now, and write the result."""
        from data.storage.merge_commit import merge_commit  # a start is not to wait for it

        merged = merge_commit(changes, rules, file.tables, file.deleted_by)
        at = time_now()
        if merged.ops:
            number = file.seq + 1
            record = {
                "s": number,
                "at": at,
                "by": self.by,
                "ses": file.session.presence.id,
                "ops": merged.ops,
            }
            try:
                file.append(record)
            except OSError:
                file.uncertain = (number, tuple(changes))
                raise
            for change in merged.applied:
                file.apply(change)
        return Commit(file.seq, at, self.by, True, tuple(merged.applied), tuple(merged.clashes))

    def _take_commits(self) -> tuple[Commit, ...]:
        """Return the commits that have not been handed on yet."""
        new_commits, self._opened.new_commits[:] = tuple(self._opened.new_commits), []
        return new_commits

    # -- others -------------------------------------------------------------------------------

    def poll(self) -> tuple[Commit, ...]:
        """Return what others have saved. See `Backend.poll`."""
        file = self._opened
        try:
            self._follow_folder()
            lock = file.session.lock
            if not lock.is_there():
                lock.renew()
            if file.has_changed() and lock.take_if_free(LOOK_SECONDS):
                try:
                    file.check_files()
                finally:
                    lock.release()
        except OSError as error:
            file.recheck_files()
            raise StorageError(kind_of(error), name=str(self.path.parent)) from error
        return self._take_commits()

    def _follow_folder(self) -> None:
        """Go on in another folder if the path leads to another one now.

        That happens when a drive has been disconnected and comes back. If the folder is empty then,
        all that is in memory is written there.
        """
        file = self._opened
        if not file.session.has_other_folder():
            return
        if self._folding is not None:
            self._folding.join()
        with suppress(OSError, StorageError):
            before = file.session
            session = SessionFiles(self.path, self.by, self._disk, self.notices)
            try:
                with session.lock:
                    file.move_to(session)
            except BaseException:
                session.close()
                raise
            before.close()

    news = None

    def presence(self) -> list[Presence]:
        """Return the other sessions that have the file open."""
        try:
            return self._opened.session.presence.others()
        except (OSError, StorageError):
            return []

    def announce(self, where: str) -> None:
        """Let the other sessions know where this one is. It does not matter if that fails."""
        with suppress(OSError, StorageError):
            self._opened.session.presence.announce(where)

    @property
    def session(self) -> str:
        """The id of this session; empty while the file is not open."""
        return self._file.session.presence.id if self._file is not None else ""

    def is_living(self, session: str) -> bool:
        """Return whether the session with this id still has the file open. Any thread may ask."""
        return is_living(self.path, self._disk, session)

    def history(self, mentee_id: str) -> list[Happening]:
        """Return what happened to a mentee and what belongs to them. See `Backend.history`."""
        # loaded where somebody asks
        from data.storage.history import read_history

        try:
            return read_history(self.path, mentee_id, self._disk)
        except OSError as error:
            raise StorageError(kind_of(error), name=str(self.path.parent)) from error

    # -- folding ------------------------------------------------------------------------------

    def idle(self) -> None:
        """Fold the journal in a thread, if it is long enough; write damaged files anew."""
        file = self._opened
        with suppress(OSError, StorageError):
            file.session.look_after()
        if file.has_damage or file.sync_failed:
            self._rebuild(file)
        elif self._has_long_journal(file) or _is_of_earlier_day(file):
            self._start_fold()

    def _has_long_journal(self, file: OpenFile) -> bool:
        return file.journal_bytes > max(self._idle_fold_bytes, file.record_bytes // 16)

    def _start_fold(self) -> None:
        """Fold the journal in a thread, unless one is at it."""
        if self._folding is None or not self._folding.is_alive():
            work = (self._opened, self._opened.session)
            self._folding = threading.Thread(target=_fold, args=work, name="fold", daemon=True)
            self._folding.start()

    def _rebuild(self, file: OpenFile) -> None:
        """Write both files anew from memory. If that fails, it is tried again the next time."""
        with suppress(OSError, StorageError), file.session.lock:
            file.check_files()
            if file.has_damage or file.sync_failed:
                file.rebuild()

    def fold(self, form: int = 0) -> None:
        """Fold the journal, however short, into a record file of a format that is `form` at least.

        It raises `NotSaved` if that was not possible, and the old files are in place.
        """
        file = self._opened
        if self._folding is not None:
            self._folding.join()
        try:
            for _attempt in range(3):
                with file.session.lock:
                    file.check_files()  # or what this session knows might not be in them any more
                    if file.has_damage or file.sync_failed or file.meta.format < form:
                        file.rebuild(form)
                if _fold_now(file, file.session):
                    break
        except (OSError, StorageError) as error:
            raise _not_saved(error, self.path) from error

    def raise_format(self, number: int) -> None:
        """Write both files anew if their format has a lower number. Raises `NotSaved`."""
        if self._opened.meta.format < number:
            self.fold(number)

    def close(self) -> None:
        """Close the file, and fold the journal before where that is worth it.

        To write a large file anew for one note is not. Where plain TinyDB is to see everything,
        `fold` comes first.
        """
        file = self._file
        if file is None:
            return
        if self._folding is not None:
            self._folding.join()
        small = file.record_bytes + file.journal_bytes < SMALL_BYTES
        damaged = file.has_damage or file.sync_failed
        if small or damaged or self._has_long_journal(file):
            with suppress(NotSaved):  # the journal goes on growing until the next time
                self.fold()
        self._file = None
        file.close()
        file.session.close()


def fold_file(path: Path, *, by: str | None = None) -> list[Notice]:
    """Open a record file, fold its journal, and close it. Return what was found or mended.

    Raises:
        StorageError: It was not possible.
    """
    backend = JournalBackend(path, by=by)
    backend.load()
    try:
        backend.fold()
    finally:
        backend.close()
    return backend.notices


def _is_of_earlier_day(file: OpenFile) -> bool:
    """Whether the record file is of another day and lacks something.

    The first session of a day that rests for a while folds, so that there is a backup of each day.
    """
    return file.seq > file.meta.seq and file.meta.at[:10] != time_now()[:10]


def _fold_now(file: OpenFile, session: SessionFiles) -> bool:
    """Fold the journal; it raises what `fold` raises, but for `Unfit`.

    Returns:
        False if it is worth another try: another session was quicker, or damage must be mended.
    """
    from data.storage.fold import Folded, Unfit, fold  # not before something is folded

    try:
        return fold(session.folder, session.names, session.by) is not Folded.OVERTAKEN
    except Unfit:
        file.has_damage = True
        return False


def _fold(file: OpenFile, session: SessionFiles) -> None:
    """Fold the journal in a thread.

    If the disk does not allow it, the journal goes on growing until the next time.
    """
    with suppress(OSError, StorageError):
        _fold_now(file, session)


def _not_saved(error: OSError | StorageError, path: Path) -> NotSaved:
    """Return an error as the one that `commit` raises."""
    if isinstance(error, NotSaved):
        return error
    if isinstance(error, StorageError):
        return NotSaved(error.kind, name=error.name, who=error.who)
    return NotSaved(kind_of(error), name=str(path.parent))


def _rebased(changes: Sequence[DocChange], file: OpenFile) -> Sequence[DocChange]:
    """Return changes that are made again, so that what stands in the journal is not made twice.

    A commit may fail and its line stand in the journal all the same. When it is made again, its
    changes begin where that line has left the documents.
    """
    found_written = {(change.table, change.id): change for change in file.found_written}
    file.found_written = ()
    rebased = []
    for change in changes:
        earlier = found_written.get((change.table, change.id))
        known = earlier is not None and change.before == earlier.before
        rebased.append(change._replace(before=earlier.after) if earlier and known else change)
    return rebased
