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
from data.storage.following import Live
from data.storage.generation import time_now
from data.storage.merge import merge
from data.storage.ops import Op, difference
from data.storage.problems import Kind, Notice, NotSaved, StorageError, kind_of
from data.storage.protocol import (
    Clash,
    Commit,
    Doc,
    DocChange,
    Presence,
    Tables,
    TextFields,
)
from data.storage.session_files import Place
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
            live = self._open()
        except OSError as error:
            raise StorageError(kind_of(error), name=str(self.path)) from error
        finally:
            if collecting:
                # What has been loaded stays: the collector need not look through it ever again.
                gc.freeze()
                gc.enable()
        return {name: dict(docs) for name, docs in live.tables.items()}

    def _open(self) -> Live:
        place = Place(self.path, self.by, self._disk, self.notices)
        try:
            snapshot = place.read()
            try:
                live = Live(place, snapshot)
                with place.lock:
                    live.look_at_files()
                    live.news.clear()
                    place.look_over()
            except BaseException:
                os.close(snapshot.journal_fd)
                raise
        except BaseException:
            place.close()
            raise
        self._live = live
        return live

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
            with live.place.lock:
                live.catch_up()
                if live.suspect:
                    live.rebuild()
                if live.landed:
                    changes = _rebased(changes, live)
                own = self._write(live, changes, texts)
        except (OSError, StorageError) as error:
            self._come_back()
            raise _not_saved(error, self.path) from error
        if live.journal_bytes > self._fold_bytes:
            self._start_fold()
        return (*self._take_news(), own) if live.news else (own,)

    def _write(self, live: Live, changes: Sequence[DocChange], texts: TextFields) -> Commit:
        ops, applied, clashes = _merged(changes, texts, live)
        at = time_now()
        if ops:
            number = live.seq + 1
            record = {
                "s": number,
                "at": at,
                "by": self.by,
                "ses": live.place.sessions.id,
                "ops": ops,
            }
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
            self._come_back()
            lock = live.place.lock
            if not lock.is_there():
                lock.renew()
            if live.moved() and lock.take_if_free():
                try:
                    live.look_at_files()
                finally:
                    lock.release()
        except OSError as error:
            live.distrust()
            raise StorageError(kind_of(error), name=str(self.path.parent)) from error
        return self._take_news()

    def _come_back(self) -> None:
        """Go on in the folder that is where ours was, if that is another one now.

        A folder that has come back empty gets all that is in memory.
        """
        live = self._now
        if not live.place.is_elsewhere():
            return
        if self._folding is not None:
            self._folding.join()
        with suppress(OSError, StorageError):
            place, before = Place(self.path, self.by, self._disk, self.notices), live.place
            try:
                with place.lock:
                    live.move_to(place)
            except BaseException:
                place.close()
                raise
            before.close()

    def presence(self) -> list[Presence]:
        """Return the other sessions that have the file open."""
        try:
            return self._now.place.sessions.others()
        except (OSError, StorageError):
            return []

    def announce(self, where: str) -> None:
        """Let the others know where this session is: the id of a mentee, or empty."""
        with suppress(OSError, StorageError):
            self._now.place.sessions.announce(where)

    @property
    def session(self) -> str:
        """The id of this session; empty while the file is not open."""
        return self._live.place.sessions.id if self._live is not None else ""

    def is_living(self, session: str) -> bool:
        """Whether the session with this id still has the file open; any thread may ask."""
        return is_living(self.path, self._disk, session)

    # -- folding ------------------------------------------------------------------------------

    def idle(self) -> None:
        """Fold the journal, if it is worth it, in a thread of its own."""
        live = self._now
        with suppress(OSError, StorageError):
            live.place.make_reserve()
        if live.spoiled or live.suspect:
            self._rebuild(live)
        elif live.journal_bytes > max(self._idle_fold_bytes, live.record_bytes // 16):
            self._start_fold()

    def _start_fold(self) -> None:
        if self._folding is None or not self._folding.is_alive():
            work = (self._now, self._now.place)
            self._folding = threading.Thread(target=_fold, args=work, name="fold", daemon=True)
            self._folding.start()

    def _rebuild(self, live: Live) -> None:
        """Write everything anew; where that fails, it is tried again the next time."""
        with suppress(OSError, StorageError), live.place.lock:
            live.look_at_files()
            if live.spoiled or live.suspect:
                live.rebuild()

    def close(self) -> None:
        """Fold what there is to fold, and let go of the file."""
        live = self._live
        if live is None:
            return
        if self._folding is not None:
            self._folding.join()
        for _attempt in range(3):
            if live.spoiled or live.suspect:
                self._rebuild(live)
            if _fold(live, live.place):
                break
        self._live = None
        live.close()
        live.place.close()


def _fold(live: Live, place: Place) -> bool:
    """Fold; where that fails the journal goes on growing until the next time.

    False where it is worth another try: others were quicker, or the files have to be written anew.
    """
    try:
        return fold(place.folder, place.names, place.by) is not Folded.OVERTAKEN
    except Unfit:
        live.spoiled = True
        return False
    except (OSError, StorageError):
        return True


def _not_saved(error: OSError | StorageError, path: Path) -> NotSaved:
    if isinstance(error, NotSaved):
        return error
    if isinstance(error, StorageError):
        return NotSaved(error.kind, name=error.name, who=error.who)
    return NotSaved(kind_of(error), name=str(path.parent))


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
