"""Keeping what is typed from one key to the next, so that it survives the death of its session.

Each session has a draft file of its own, which it keeps locked. One thread writes what is typed at
once: after that it survives SIGKILL. Another thread syncs the file within a second: after that it
survives a power cut. `data.storage.typed.drafts` reads the files of dead sessions.

The lines have checksums as those of the journal. The first one is `{"h":format,"by":...}`. The
others are

- `{"k":number,"at":...,"t":table,"i":id,"f":field,"base":text}`: typing begins in a field,
- `{"k":number,"cut":[place, deleted, inserted, length before]}`: its text changes,
- `{"k":number,"new":document}`: it is the field of a record that has never been saved, and this is
  the rest of that,
- `{"k":number,"done":text}`: that text has been committed, and typing goes on from there,
- `{"k":number,"gone":1}`: the field does not count any more: its record was deleted for good.

The first kind has `"of":id` too, where the record is deleted with another one: its mentee.
"""

from __future__ import annotations

import errno
import fcntl
import os
import queue
import threading
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from data.frozen import changing
from data.logins import user_name
from data.storage.disk import REAL, Disk
from data.storage.folder import Folder, open_folder, read_all, write_all
from data.storage.generation import time_now
from data.storage.journal import FORMAT, frame, scan, unframe
from data.storage.names import Names
from data.storage.ops import splice
from data.storage.problems import Notice, StorageError, kind_of
from data.storage.protocol import BeingTyped, Doc, Draft, ForGood
from data.storage.typed.drafts import ENDING, DeadDrafts, Key, Known, LeftDrafts
from data.storage.typed.gone import blank, gone_fields

SYNC_SECONDS = 0.5
"""How long the syncing thread waits after something has been written, for more to come."""
RETRY_SECONDS = 0.5
"""How long after a failed write it is tried again."""


class _Committed(NamedTuple):
    """A text has been committed."""

    key: Key
    text: str


class _Gone(NamedTuple):
    """Records have been deleted for good."""

    what: ForGood


class _Barrier(NamedTuple):
    """Somebody waits until all before it has been written."""

    reached: threading.Event


class _Stop(NamedTuple):
    """The log is being closed."""


_Item = BeingTyped | _Committed | _Gone | _Barrier | _Stop


@changing
class _Entry:
    """A field that is being typed in, as it stands in the draft file."""

    number: int
    """Its number in the file."""
    text: str
    """What the field shows by the lines written so far."""
    new: Doc | None = None
    """The rest of its document by them, if that has never been saved."""


class FileTypingLog:
    """Keeps what is typed in one session, in a file. See `data.storage.protocol.TypingLog`."""

    def __init__(
        self,
        path: Path,
        *,
        by: str | None = None,
        known: Known | None = None,
        older: LeftDrafts | None = None,
        disk: Disk = REAL,
    ) -> None:
        """Begin a draft file. If it cannot be made now, that is tried again at each write.

        Args:
            path: The record file.
            by: The login name of the typist; None for that of the user of this process.
            known: Returns the documents; None if they are in the record file.
            older: Draft files that lie elsewhere, which are brought back too.
            disk: The calls to the operating system.

        Raises:
            StorageError: The folder of the record file must not be used.
        """
        self.notices: list[Notice] = []
        """What `recovered` has found damaged, for the user to be told."""
        self.problem: OSError | None = None
        """Why the last write failed; None if it did not."""
        self._by = by if by is not None else user_name(os.geteuid())
        self._disk = disk
        self._known = known
        self._older = older
        self._file = ""
        self._sessions: Folder | None = None
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
        """Make the draft file and lock it.

        Raises:
            OSError: It cannot be made now.
            StorageError: The folder for it must not be used.
        """
        if self._sessions is None:
            self._sessions = self._folder.make_sub(self._names.sessions)
            self._dead = DeadDrafts(self._folder, self._names, self._sessions, known=self._known)
        while True:
            self._file = os.urandom(4).hex() + ENDING
            fd = self._sessions.create(self._file)
            try:
                self._disk.flock(fd, fcntl.LOCK_EX)
                if os.fstat(fd).st_nlink:
                    self._fd = fd
                    return
            except BaseException:
                os.close(fd)
                raise
            os.close(fd)  # before it was locked, another session took it for a dead one's

    # -- what the screen calls ----------------------------------------------------------------

    def keep(self, typed: BeingTyped) -> None:
        """Note what a field shows now. See `TypingLog.keep`."""
        self._items.put(typed)

    def forget(self, gone: ForGood) -> None:
        """Forget what is typed in records that were deleted for good. See `TypingLog.forget`."""
        self._items.put(_Gone(gone))

    def barrier(self, timeout: float) -> bool:
        """Wait until all that was kept so far has been written.

        Returns:
            Whether it has, after `timeout` seconds at the most. If the disk cannot be written, this
            is False at once; `problem` says why.
        """
        reached = threading.Event()
        self._items.put(_Barrier(reached))
        return reached.wait(timeout) and self.problem is None

    def committed(self, table: str, id: str, field: str, text: str) -> None:
        """Note that a text has been committed, be it typed here or brought back."""
        self._items.put(_Committed((table, id, field), text))
        if self._dead is not None:
            self._dead.committed((table, id, field), text)
        if self._older is not None:
            self._older.committed(table, id, field, text)

    # -- what opening and closing call --------------------------------------------------------

    def recovered(self) -> list[Draft]:
        """Return what was typed and not committed in dead sessions of this user.

        The `base` of a draft is that state of the typing which comes nearest to what the record
        file holds. So words are not doubled that were committed just before the session died. A
        draft is returned each time until it is `committed`.
        """
        drafts = []
        if self._dead is not None:
            drafts += self._dead.read()
            self.notices += self._dead.notices
            self._dead.notices.clear()
        if self._older is not None:
            drafts += self._older.recovered()
        return drafts

    @property
    def saved_at(self) -> list[float]:
        """When dead sessions had saved the last of what was typed; see `DeadDrafts.saved_at`."""
        found = [*self._dead.saved_at] if self._dead is not None else []
        return [*found, *(self._older.saved_at if self._older is not None else ())]

    def close(self) -> None:
        """Write what is left and end the threads. What has not been committed stays in the file."""
        self._items.put(_Stop())
        self._stopping.set()
        self._unsynced.set()
        for thread in self._threads:
            thread.join()
        if self._sessions is not None and self._fd >= 0:
            with suppress(OSError):
                if self._entries:
                    self._disk.fsync(self._fd)
                else:
                    self._sessions.unlink(self._file, missing_ok=True)
            os.close(self._fd)
        if self._dead is not None:
            self._dead.close()
        if self._sessions is not None:
            self._sessions.close()
        self._folder.close()
        if self._older is not None:
            self._older.close()

    # -- the writing thread -------------------------------------------------------------------

    def _write_all(self) -> None:
        """Do the work of the writing thread."""
        while True:
            items = self._next_items()
            for item in items:
                if isinstance(item, _Gone):
                    self._drop(item.what)
                else:
                    self._unwritten += self._line(item)
            if self._entries:
                self._write()
            elif any(isinstance(item, _Committed) for item in items) or self._unwritten:
                self._empty()
            for item in items:
                if isinstance(item, _Barrier):
                    item.reached.set()
                elif isinstance(item, _Stop):
                    return

    def _next_items(self) -> list[_Item]:
        """Wait for something to do, but not for long if a write has failed."""
        try:
            items = [self._items.get(timeout=RETRY_SECONDS if self._unwritten else None)]
        except queue.Empty:
            return []
        while not self._items.empty():
            items.append(self._items.get())
        return items

    def _line(self, item: _Item) -> bytes:
        """Return what is to be written for an item."""
        if isinstance(item, BeingTyped):
            return self._kept(item)
        if isinstance(item, _Committed):
            return self._done(item)
        return b""

    def _kept(self, item: BeingTyped) -> bytes:
        entry = self._entries.get(item.key)
        lines = b""
        if entry is None:
            self._numbers += 1
            entry = self._entries[item.key] = _Entry(self._numbers, item.base)
            table, id, name = item.key
            begin = {"k": entry.number, "at": time_now(), "t": table, "i": id, "f": name}
            owner = {"of": item.owner} if item.owner else {}
            lines = frame({**begin, **owner, "base": item.base})
        if item.new is not None and item.new != entry.new:
            entry.new = item.new
            lines += frame({"k": entry.number, "new": item.new})
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

    def _drop(self, what: ForGood) -> None:
        """Forget the fields of records that are gone, in memory and in the file."""
        self._write()
        written = read_all(self._fd, self._disk) if self._fd >= 0 else b""
        gone = gone_fields(scan(written + self._unwritten).records, (what,))
        if not gone:
            return
        for key, entry in list(self._entries.items()):
            if entry.number in gone:
                del self._entries[key]
        lines = [(line, unframe(line)) for line in self._unwritten.split(b"\n") if line]
        self._unwritten = b"".join(b"%s\n" % line for line, r in lines if r and r["k"] not in gone)
        if self._entries:
            with suppress(OSError):  # who deletes for good waits for it, and does it otherwise
                blank(self._fd, gone, self._disk)

    def _write(self) -> None:
        """Write what has not been written. If that fails, all of it is tried again later."""
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
        """Empty the file, since all that was typed has been committed. Its time says when."""
        with suppress(OSError):
            if self._end:
                self._disk.ftruncate(self._fd, 0)
            if self._fd >= 0:
                os.utime(self._fd)  # also where it has been committed before it was written
            self._end = 0
        self._unwritten = b""
        self.problem = None

    # -- the syncing thread -------------------------------------------------------------------

    def _sync_all(self) -> None:
        """Do the work of the syncing thread."""
        named = False
        while not self._stopping.is_set():
            self._unsynced.wait()
            self._unsynced.clear()
            self._stopping.wait(SYNC_SECONDS)
            with suppress(OSError):
                self._disk.fdatasync(self._fd)
                if not named and self._sessions is not None:
                    self._sessions.sync()  # or a power cut could take the new name away
                    named = True
