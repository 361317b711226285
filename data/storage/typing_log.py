"""Typed text from one key to the next, so that it survives the death of its session.

Each session has a draft file of its own that it keeps locked. What has been kept is written at once
by one thread (and then survives SIGKILL) and synced within a second by another (and then survives a
power cut). A draft file that nobody locks is a dead session's; see `data.storage.drafts`.

The lines are framed as the journal's: the first is `{"h":format,"by":...}`, the others are
`{"k":number,"at":...,"t":table,"i":id,"f":field,"base":text}` (typing begins in a field),
`{"k":number,"cut":[place, deleted, inserted, length before]}` (its text changes) and
`{"k":number,"done":text}` (that text has been committed; typing goes on from there).
"""

from __future__ import annotations

import errno
import fcntl
import os
import queue
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from data.storage.disk import REAL, Disk
from data.storage.drafts import ENDING, DeadDrafts, Key
from data.storage.folder import Folder, open_folder, user_name, write_all
from data.storage.generation import time_now
from data.storage.journal import FORMAT, frame
from data.storage.names import Names
from data.storage.ops import splice
from data.storage.problems import Notice, StorageError, kind_of
from data.storage.protocol import Draft

SYNC_SECONDS = 0.5
"""How long written text waits for its sync to begin."""
RETRY_SECONDS = 0.5
"""How long a failed write waits until it is tried again."""


class _Kept(NamedTuple):
    key: Key
    base: str
    text: str


class _Committed(NamedTuple):
    key: Key
    text: str


class _Barrier(NamedTuple):
    reached: threading.Event


class _Stop(NamedTuple):
    """The log is being closed."""


_Item = _Kept | _Committed | _Barrier | _Stop


@dataclass
class _Entry:
    """A field that is being typed in."""

    number: int
    text: str
    """What it reads by the draft file."""


class FileTypingLog:
    """Keeps what is typed in one session. See `data.storage.protocol.TypingLog`."""

    def __init__(self, path: Path, *, by: str | None = None, disk: Disk = REAL) -> None:
        """`path` is the record file's. Raises `StorageError` where its folder cannot be used.

        A disk that takes no draft file is no reason: it is tried again with each write.
        """
        self.notices: list[Notice] = []
        """What `recovered` found damaged."""
        self.problem: OSError | None = None
        """Why the draft file cannot be written at the moment."""
        self._by = by if by is not None else user_name(os.geteuid())
        self._disk = disk
        self._file = ""
        self._place: Folder | None = None
        self._fd = -1
        self._dead: DeadDrafts | None = None
        try:
            self._open(path)
        except OSError as error:
            raise StorageError(kind_of(error), name=str(path.parent)) from error
        self._items: queue.SimpleQueue[_Item] = queue.SimpleQueue()
        self._entries: dict[Key, _Entry] = {}
        self._numbers = 0
        self._end = 0
        self._unwritten = b""
        self._unsynced = threading.Event()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._write_all, name="drafts", daemon=True),
            threading.Thread(target=self._sync_all, name="draft sync", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def _open(self, path: Path) -> None:
        self._folder, name = open_folder(path, self._disk)
        self._names = Names(name)
        try:
            self._begin()
        except OSError as error:
            self.problem = error
        except BaseException:
            self._folder.close()
            raise

    def _begin(self) -> None:
        """Create the draft file, locked. Raises OSError or `StorageError`."""
        if self._place is None:
            self._place = self._folder.make_sub(self._names.sessions)
            self._dead = DeadDrafts(self._folder, self._names, self._place)
        while True:
            self._file = os.urandom(4).hex() + ENDING
            fd = self._place.create(self._file)
            try:
                self._disk.flock(fd, fcntl.LOCK_EX)
                if os.fstat(fd).st_nlink:
                    self._fd = fd
                    return
            except BaseException:
                os.close(fd)
                raise
            os.close(fd)  # Somebody took it for a dead one's before it was locked.

    # -- what the screen calls ----------------------------------------------------------------

    def keep(self, table: str, id: str, field: str, base: str, text: str) -> None:
        """Note that the field reads `text` now. `base` is the text that the typing began with."""
        self._items.put(_Kept((table, id, field), base, text))

    def barrier(self, timeout: float) -> bool:
        """Wait until all that was kept so far is written (survives SIGKILL).

        False on time-out, and at once where the disk takes nothing (see `problem`).
        """
        reached = threading.Event()
        self._items.put(_Barrier(reached))
        return reached.wait(timeout) and self.problem is None

    def committed(self, table: str, id: str, field: str, text: str) -> None:
        """Note that this text, typed here or recovered, has been committed."""
        self._items.put(_Committed((table, id, field), text))
        if self._dead is not None:
            self._dead.committed((table, id, field), text)

    # -- what opening and closing call --------------------------------------------------------

    def recovered(self) -> list[Draft]:
        """Return what was typed and not committed in sessions of this user that have died.

        A draft's `base` is the state of the typing that comes nearest to what the file holds, so
        that text which was committed just before the end is not brought in twice. Each draft is
        handed out until it is `committed`. Reads the record file if there is a draft.
        """
        if self._dead is None:
            return []
        drafts = self._dead.read()
        self.notices += self._dead.notices
        self._dead.notices.clear()
        return drafts

    def close(self) -> None:
        """Write what is left and end the threads. Drafts that are not settled stay in the file."""
        self._items.put(_Stop())
        self._stopping.set()
        self._unsynced.set()
        for thread in self._threads:
            thread.join()
        if self._place is not None and self._fd >= 0:
            with suppress(OSError):
                if self._entries:
                    self._disk.fsync(self._fd)
                else:
                    self._place.unlink(self._file, missing_ok=True)
            os.close(self._fd)
        if self._dead is not None:
            self._dead.close()
        if self._place is not None:
            self._place.close()
        self._folder.close()

    # -- the writing thread -------------------------------------------------------------------

    def _write_all(self) -> None:
        while True:
            items = self._next_items()
            self._unwritten += b"".join(self._line(item) for item in items)
            if self._entries:
                self._write()
            elif self._end or self._unwritten:
                self._empty()
            for item in items:
                if isinstance(item, _Barrier):
                    item.reached.set()
                elif isinstance(item, _Stop):
                    return

    def _next_items(self) -> list[_Item]:
        """Wait for something to do; where a write failed, not for long."""
        try:
            items = [self._items.get(timeout=RETRY_SECONDS if self._unwritten else None)]
        except queue.Empty:
            return []
        while not self._items.empty():
            items.append(self._items.get())
        return items

    def _line(self, item: _Item) -> bytes:
        if isinstance(item, _Kept):
            return self._kept(item)
        if isinstance(item, _Committed):
            return self._done(item)
        return b""

    def _kept(self, item: _Kept) -> bytes:
        entry = self._entries.get(item.key)
        lines = b""
        if entry is None:
            self._numbers += 1
            entry = self._entries[item.key] = _Entry(self._numbers, item.base)
            table, id, name = item.key
            begin = {"k": entry.number, "at": time_now(), "t": table, "i": id, "f": name}
            lines = frame({**begin, "base": item.base})
        at, gone, come = splice(entry.text, item.text)
        length, entry.text = len(entry.text), item.text
        return lines + frame({"k": entry.number, "cut": [at, gone, come, length]})

    def _done(self, item: _Committed) -> bytes:
        entry = self._entries.get(item.key)
        if entry is None:
            return b""
        if entry.text == item.text:
            del self._entries[item.key]
        return frame({"k": entry.number, "done": item.text})

    def _write(self) -> None:
        """Write what is unwritten; all of it stays so where that fails."""
        if not self._unwritten:
            return
        lines = self._unwritten
        if not self._end:
            lines = frame({"h": FORMAT, "by": self._by}) + lines
        try:
            if self._fd < 0:
                self._begin()
            write_all(self._fd, lines, self._end, self._disk)
        except OSError as error:
            self.problem = error
            return
        except StorageError:
            self.problem = OSError(errno.EACCES, "the folder of drafts is not ours")
            return
        self._end += len(lines)
        self._unwritten = b""
        self.problem = None
        self._unsynced.set()

    def _empty(self) -> None:
        """All has been committed: nothing need be kept any longer."""
        with suppress(OSError):
            if self._end:
                self._disk.ftruncate(self._fd, 0)
            self._end = 0
        self._unwritten = b""
        self.problem = None

    # -- the syncing thread -------------------------------------------------------------------

    def _sync_all(self) -> None:
        named = False
        while not self._stopping.is_set():
            self._unsynced.wait()
            self._unsynced.clear()
            self._stopping.wait(SYNC_SECONDS)
            with suppress(OSError):
                self._disk.fdatasync(self._fd)
                if not named and self._place is not None:
                    self._place.sync()  # else a power cut could take the new file's name away
                    named = True
