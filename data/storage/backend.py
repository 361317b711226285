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
from data.storage.fold import Unfit, fold
from data.storage.generation import tidy, time_now
from data.storage.layout import Names
from data.storage.live import Live
from data.storage.lock import Lock
from data.storage.merge import merge
from data.storage.ops import Op, difference
from data.storage.problems import Kind, Notice, NotSaved, StorageError, Told, kind_of
from data.storage.protocol import (
    Clash,
    Commit,
    Doc,
    DocChange,
    Presence,
    Tables,
    TextFields,
)
from data.storage.safety import Folder, open_folder, user_name
from data.storage.sessions import Sessions
from data.storage.snapshot import Snapshot, Unsound, take

FOLD_BYTES = 4 << 20
"""A journal of this length is folded at once."""
IDLE_FOLD_BYTES = 64 << 10
"""A journal of this length (or a 16th of the record file, if that is more) is folded when idle."""
RESERVE_BYTES = 256 << 10


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
        self._folder: Folder | None = None
        self._live: Live | None = None
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
            self._open()
        except OSError as error:
            raise StorageError(kind_of(error), name=str(self.path)) from error
        finally:
            if collecting:
                # What has been loaded stays: the collector need not look through it ever again.
                gc.freeze()
                gc.enable()
        return {name: dict(docs) for name, docs in self._now.tables.items()}

    def _open(self) -> None:
        folder, name = open_folder(self.path, self._disk)
        self._folder, self._names = folder, Names(name)
        folder.notices = self.notices
        self._lock = Lock(folder, self._names.lock)
        self._sessions = Sessions(folder, self._names, self.by)
        snapshot = self._read(folder)
        live = Live(
            folder,
            self._names,
            self._lock,
            self.by,
            self._sessions.id,
            snapshot,
            notices=self.notices,
        )
        self._live = live
        with self._lock:
            if not self._lock.works():
                raise StorageError(Kind.NO_LOCKS, name=str(folder.path))
            live.look_at_files()
            live.news.clear()
            tidy(folder, self._names)
            self._make_reserve()
        self._warn_of_network(folder)

    def _read(self, folder: Folder) -> Snapshot:
        """Read the files without the lock; under it where they are being changed or are unsound."""
        try:
            return take(folder, self._names)
        except Unsound:
            pass
        with self._lock:
            try:
                return take(folder, self._names)
            except Unsound as problem:
                from data.storage.recovery import mend

                self.notices += mend((folder, self._names, self._lock), self.by, problem.fault)
                return take(folder, self._names)

    def _warn_of_network(self, folder: Folder) -> None:
        from data.storage.mounts import network_file_system

        kind = network_file_system(folder.path)
        if kind:
            self.notices.append(Notice(Told.WEAK_LOCKS, name=str(folder.path), kept=kind))

    def _make_reserve(self) -> None:
        """Set room aside for the last notes before the disk is full."""
        folder = self._folder
        if folder is None or folder.stat(self._names.reserve) is not None:
            return
        with suppress(OSError):
            fd = folder.create(self._names.reserve)
            try:
                self._disk.fallocate(fd, 0, RESERVE_BYTES)
            except OSError:
                folder.unlink(self._names.reserve)
            finally:
                os.close(fd)

    @property
    def _now(self) -> Live:
        if self._live is None:
            raise StorageError(Kind.CLOSED)
        return self._live

    # -- committing ---------------------------------------------------------------------------

    def commit(self, changes: Sequence[DocChange], texts: TextFields) -> tuple[Commit, ...]:
        """Make changes durable. Returns others' commits, then our own. Raises `NotSaved`."""
        live = self._now
        try:
            with self._lock:
                live.catch_up()
                if live.suspect:
                    live.rebuild()
                if live.landed:
                    changes = _rebased(changes, live)
                own = self._write(live, changes, texts)
        except NotSaved:
            raise
        except StorageError as error:
            raise NotSaved(error.kind, name=error.name, who=error.who) from error
        except OSError as error:
            raise NotSaved(kind_of(error), name=str(self.path.parent)) from error
        if live.journal_bytes > self._fold_bytes:
            self._start_fold()
        return (*self._take_news(), own) if live.news else (own,)

    def _write(self, live: Live, changes: Sequence[DocChange], texts: TextFields) -> Commit:
        ops, applied, clashes = _merged(changes, texts, live)
        at = time_now()
        if ops:
            number = live.seq + 1
            record = {"s": number, "at": at, "by": self.by, "ses": live.session, "ops": ops}
            try:
                live.append(record)
            except OSError:
                live.doubtful = (number, tuple(changes))
                raise
            for change in applied:
                live.put(change)
        return Commit(live.seq, at, self.by, True, tuple(applied), tuple(clashes))

    def _take_news(self) -> tuple[Commit, ...]:
        news = tuple(self._now.news)
        self._now.news.clear()
        return news

    # -- others -------------------------------------------------------------------------------

    def poll(self) -> tuple[Commit, ...]:
        """Return what others have committed. Raises `StorageError` where that cannot be known."""
        live = self._now
        try:
            if not self._lock.is_there():
                self._lock.renew()
            if live.moved() and self._lock.take_if_free():
                try:
                    live.look_at_files()
                finally:
                    self._lock.release()
        except OSError as error:
            raise StorageError(kind_of(error), name=str(self.path.parent)) from error
        return self._take_news()

    def presence(self) -> list[Presence]:
        """Return the other sessions that have the file open."""
        try:
            return self._sessions.others()
        except OSError:
            return []

    def tell(self, where: str) -> None:
        """Let the others know where this session is: the id of a mentee, or empty."""
        with suppress(OSError):
            self._sessions.tell(where)

    # -- folding ------------------------------------------------------------------------------

    def idle(self) -> None:
        """Fold the journal, if it is worth it, in a thread of its own."""
        live = self._now
        self._make_reserve()
        if live.spoiled or live.suspect:
            self._rebuild()
        elif live.journal_bytes > max(self._idle_fold_bytes, live.record_bytes // 16):
            self._start_fold()

    def _start_fold(self) -> None:
        if self._folding is None or not self._folding.is_alive():
            self._folding = threading.Thread(target=self._fold, name="fold", daemon=True)
            self._folding.start()

    def _fold(self) -> None:
        """Fold; where that fails the journal simply goes on growing until the next time."""
        folder = self._folder
        if folder is None:
            return
        try:
            fold(folder, self._names, self.by)
        except Unfit:
            self._now.spoiled = True
        except (OSError, StorageError):
            return

    def _rebuild(self) -> None:
        live = self._now
        with suppress(OSError, StorageError), self._lock:
            live.look_at_files()
            if live.spoiled or live.suspect:
                live.rebuild()

    def close(self) -> None:
        """Fold what there is to fold, and let go of the file."""
        live, folder = self._live, self._folder
        if live is None or folder is None:
            return
        if self._folding is not None:
            self._folding.join()
        if live.spoiled or live.suspect:
            self._rebuild()
        self._fold()
        self._live = self._folder = None
        live.close()
        self._sessions.close()
        self._lock.close()
        folder.close()


def _rebased(changes: Sequence[DocChange], live: Live) -> Sequence[DocChange]:
    """Let changes begin where those ended that failed and turned out to stand in the journal."""
    landed = {(change.table, change.id): change for change in live.landed}
    live.landed = ()
    rebased = []
    for change in changes:
        earlier = landed.get((change.table, change.id))
        known = earlier is not None and change.before == earlier.before
        rebased.append(replace(change, before=earlier.after) if earlier and known else change)
    return rebased


def _merged(
    changes: Sequence[DocChange], texts: TextFields, live: Live
) -> tuple[list[Op], list[DocChange], list[Clash]]:
    """Return what is to be written, what it makes of the documents, and what clashed."""
    ops: list[Op] = []
    applied: list[DocChange] = []
    clashes: list[Clash] = []
    made: dict[tuple[str, str], Doc | None] = {}
    for change in changes:
        table, id = key = change.table, change.id
        current = made[key] if key in made else live.tables.get(table, {}).get(id)
        merged = merge(change, current, texts.get(table, frozenset()), live.deleted_by.get(key, ""))
        clashes += merged.clashes
        op = difference(table, id, current, merged.after)
        if op is not None:
            ops.append(op)
            applied.append(DocChange(table, id, current, merged.after))
            made[key] = merged.after
    return ops, applied, clashes
