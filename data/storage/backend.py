"""`JournalBackend`: the documents of one record file, for one session.

A commit is one line at the end of the journal, synced before it is confirmed; its cost does not
grow with the file. All methods may wait for the disk, so they are called from one thread that may.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from data.storage.disk import REAL, Disk
from data.storage.fold import Folded, Unfit, fold
from data.storage.folder import user_name
from data.storage.following import OpenFile
from data.storage.generation import time_now
from data.storage.merge import merge
from data.storage.ops import Op, difference
from data.storage.problems import ErrorKind, Notice, NotSaved, StorageError, kind_of
from data.storage.protocol import (
    Clash,
    Commit,
    Doc,
    DocChange,
    Presence,
    Tables,
    TextFields,
)
from data.storage.session_files import SessionFiles
from data.storage.sessions import is_living

FOLD_BYTES = 4 << 20
"""A journal of this length is folded at once."""
IDLE_FOLD_BYTES = 64 << 10
"""A journal of this length (or a 16th of the record file, if that is more) is folded when idle."""


class JournalBackend:
    """The documents of a record file and its journal. See `data.storage.protocol.Backend`."""

    def __init__(
        self,
        path: Path,
        *,
        by: str | None = None,
        disk: Disk = REAL,
        fold_bytes: int = FOLD_BYTES,
        idle_fold_bytes: int = IDLE_FOLD_BYTES,
    ) -> None:
        """Nothing is touched before `load`. `by` is the login name that commits bear."""
        self.path = path
        self.by = by if by is not None else user_name(os.geteuid())
        self.notices: list[Notice] = []
        self._disk = disk
        self._fold_bytes = fold_bytes
        self._idle_fold_bytes = idle_fold_bytes
        self._file: OpenFile | None = None
        self._folding: threading.Thread | None = None

    # -- opening ------------------------------------------------------------------------------

    def load(self) -> Tables:
        """Open the file, creating or mending it where need be, and return all documents.

        The documents must not be changed in place; the tables are the caller's. Raises
        `StorageError`.
        """
        collecting = gc.isenabled()
        gc.disable()
        try:
            file = self._open()
        except OSError as error:
            raise StorageError(kind_of(error), name=str(self.path)) from error
        finally:
            if collecting:
                # What has been loaded stays: the collector need not look through it ever again.
                gc.freeze()
                gc.enable()
        return {name: dict(docs) for name, docs in file.tables.items()}

    def _open(self) -> OpenFile:
        session = SessionFiles(self.path, self.by, self._disk, self.notices)
        try:
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
        if self._file is None:
            raise StorageError(ErrorKind.CLOSED)
        return self._file

    # -- committing ---------------------------------------------------------------------------

    def commit(self, changes: Sequence[DocChange], texts: TextFields) -> tuple[Commit, ...]:
        """Make changes durable. Returns others' commits, then our own. Raises `NotSaved`."""
        file = self._opened
        try:
            with file.session.lock:
                file.catch_up()
                if file.sync_failed:
                    file.rebuild()
                if file.found_written:
                    changes = _rebased(changes, file)
                own = self._write(file, changes, texts)
        except (OSError, StorageError) as error:
            self._follow_folder()
            raise _not_saved(error, self.path) from error
        if file.journal_bytes > self._fold_bytes:
            self._start_fold()
        return (*self._take_commits(), own) if file.new_commits else (own,)

    def _write(self, file: OpenFile, changes: Sequence[DocChange], texts: TextFields) -> Commit:
        ops, applied, clashes = _merged(changes, texts, file)
        at = time_now()
        if ops:
            number = file.seq + 1
            record = {
                "s": number,
                "at": at,
                "by": self.by,
                "ses": file.session.presence.id,
                "ops": ops,
            }
            try:
                file.append(record)
            except OSError:
                file.uncertain = (number, tuple(changes))
                raise
            for change in applied:
                file.apply(change)
        return Commit(file.seq, at, self.by, True, tuple(applied), tuple(clashes))

    def _take_commits(self) -> tuple[Commit, ...]:
        new_commits = tuple(self._opened.new_commits)
        self._opened.new_commits.clear()
        return new_commits

    # -- others -------------------------------------------------------------------------------

    def poll(self) -> tuple[Commit, ...]:
        """Return what others have committed. Raises `StorageError` where that cannot be known."""
        file = self._opened
        try:
            self._follow_folder()
            lock = file.session.lock
            if not lock.is_there():
                lock.renew()
            if file.has_changed() and lock.take_if_free():
                try:
                    file.check_files()
                finally:
                    lock.release()
        except OSError as error:
            file.recheck_files()
            raise StorageError(kind_of(error), name=str(self.path.parent)) from error
        return self._take_commits()

    def _follow_folder(self) -> None:
        """Go on in the folder that is where ours was, if that is another one now.

        A folder that has come back empty gets all that is in memory.
        """
        file = self._opened
        if not file.session.has_other_folder():
            return
        if self._folding is not None:
            self._folding.join()
        with suppress(OSError, StorageError):
            session, before = (
                SessionFiles(self.path, self.by, self._disk, self.notices),
                file.session,
            )
            try:
                with session.lock:
                    file.move_to(session)
            except BaseException:
                session.close()
                raise
            before.close()

    def presence(self) -> list[Presence]:
        """Return the other sessions that have the file open."""
        try:
            return self._opened.session.presence.others()
        except (OSError, StorageError):
            return []

    def announce(self, where: str) -> None:
        """Let the others know where this session is: the id of a mentee, or empty."""
        with suppress(OSError, StorageError):
            self._opened.session.presence.announce(where)

    @property
    def session(self) -> str:
        """The id of this session; empty while the file is not open."""
        return self._file.session.presence.id if self._file is not None else ""

    def is_living(self, session: str) -> bool:
        """Whether the session with this id still has the file open; any thread may ask."""
        return is_living(self.path, self._disk, session)

    # -- folding ------------------------------------------------------------------------------

    def idle(self) -> None:
        """Fold the journal, if it is worth it, in a thread of its own."""
        file = self._opened
        with suppress(OSError, StorageError):
            file.session.make_reserve()
        if file.has_damage or file.sync_failed:
            self._rebuild(file)
        elif file.journal_bytes > max(self._idle_fold_bytes, file.record_bytes // 16):
            self._start_fold()

    def _start_fold(self) -> None:
        if self._folding is None or not self._folding.is_alive():
            work = (self._opened, self._opened.session)
            self._folding = threading.Thread(target=_fold, args=work, name="fold", daemon=True)
            self._folding.start()

    def _rebuild(self, file: OpenFile) -> None:
        """Write everything anew; where that fails, it is tried again the next time."""
        with suppress(OSError, StorageError), file.session.lock:
            file.check_files()
            if file.has_damage or file.sync_failed:
                file.rebuild()

    def close(self) -> None:
        """Fold what there is to fold, and let go of the file."""
        file = self._file
        if file is None:
            return
        if self._folding is not None:
            self._folding.join()
        for _attempt in range(3):
            if file.has_damage or file.sync_failed:
                self._rebuild(file)
            if _fold(file, file.session):
                break
        self._file = None
        file.close()
        file.session.close()


def _fold(file: OpenFile, session: SessionFiles) -> bool:
    """Fold; where that fails the journal goes on growing until the next time.

    False where it is worth another try: others were quicker, or the files have to be written anew.
    """
    try:
        return fold(session.folder, session.names, session.by) is not Folded.OVERTAKEN
    except Unfit:
        file.has_damage = True
        return False
    except (OSError, StorageError):
        return True


def _not_saved(error: OSError | StorageError, path: Path) -> NotSaved:
    if isinstance(error, NotSaved):
        return error
    if isinstance(error, StorageError):
        return NotSaved(error.kind, name=error.name, who=error.who)
    return NotSaved(kind_of(error), name=str(path.parent))


def _rebased(changes: Sequence[DocChange], file: OpenFile) -> Sequence[DocChange]:
    """Let changes begin where those ended that failed and turned out to stand in the journal."""
    found_written = {(change.table, change.id): change for change in file.found_written}
    file.found_written = ()
    rebased = []
    for change in changes:
        earlier = found_written.get((change.table, change.id))
        known = earlier is not None and change.before == earlier.before
        rebased.append(replace(change, before=earlier.after) if earlier and known else change)
    return rebased


def _merged(
    changes: Sequence[DocChange], texts: TextFields, file: OpenFile
) -> tuple[list[Op], list[DocChange], list[Clash]]:
    """Return what is to be written, what it makes of the documents, and what clashed."""
    ops: list[Op] = []
    applied: list[DocChange] = []
    clashes: list[Clash] = []
    made: dict[tuple[str, str], Doc | None] = {}
    for change in changes:
        table, id = key = change.table, change.id
        current = made[key] if key in made else file.tables.get(table, {}).get(id)
        merged = merge(change, current, texts.get(table, frozenset()), file.deleted_by.get(key, ""))
        clashes += merged.clashes
        op = difference(table, id, current, merged.after)
        if op is not None:
            ops.append(op)
            applied.append(DocChange(table, id, current, merged.after))
            made[key] = merged.after
    return ops, applied, clashes
