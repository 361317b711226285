"""The lock between sessions: `flock` on a file of its own.

The kernel lets go of it when its holder dies. It is held only around an append, a look at the
journal, or the last step of a fold; never while parsing, encoding, or waiting for a person.

The file holds a mark, which whoever puts other files in place changes first. So the others need not
look for new files at each commit: asking for a file's times makes the next write to it dearer.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from data.storage.folder import Folder, user_name, write_all
from data.storage.problems import ErrorKind, NotSaved, StorageError

WAIT_SECONDS = 3.0
"""How long a busy lock is waited for before its holder is named."""
_MOST_WAITS = 10
"""How many times as long is waited where it is another one who holds it each time."""
_LOCKS = Path("/proc/locks")
_FIRST_PAUSE = 0.0001
_LONGEST_PAUSE = 0.005
_MARK_LENGTH = 16
_MISSING = {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL}


class Lock:
    """One session's hand on the lock. `with lock:` waits for it, or raises `NotSaved`."""

    def __init__(self, folder: Folder, name: str, wait: float = WAIT_SECONDS) -> None:
        self._folder = folder
        self._name = name
        self._wait = wait
        self._flock = folder.disk.flock
        self._pread = folder.disk.pread
        self._fd = folder.open_or_create(name)

    def __enter__(self) -> None:
        if not self._try():
            self._wait_for()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._flock(self._fd, fcntl.LOCK_UN)

    def take_if_free(self) -> bool:
        """Take the lock without waiting; False where somebody holds it. Ends with `release`."""
        return self._try()

    def release(self) -> None:
        """End what `take_if_free` began."""
        self._flock(self._fd, fcntl.LOCK_UN)

    def is_there(self) -> bool:
        """Whether the lock file still has its name, so that all lock the same one."""
        named = self._folder.stat(self._name)
        return named is not None and named.st_ino == os.fstat(self._fd).st_ino

    def renew(self) -> None:
        """Lock the file that has the name now. The lock must not be held."""
        fd = self._folder.open_or_create(self._name)
        os.close(self._fd)
        self._fd = fd

    def mark(self) -> bytes:
        """Return the mark; it changes when other files have been put in place."""
        return self._pread(self._fd, _MARK_LENGTH, 0)

    def set_mark(self, mark: str) -> None:
        """Let the others know that files are being put in place. The lock must be held."""
        write_all(self._fd, mark.encode()[:_MARK_LENGTH], 0, self._folder.disk)

    def works(self) -> bool:
        """Whether the lock, which must be held, keeps a second hand on the same file out."""
        fd = self._folder.open(self._name)
        try:
            self._flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(fd)
        return False

    def close(self) -> None:
        """Let go for good."""
        os.close(self._fd)

    def _try(self) -> bool:
        try:
            self._flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno in _MISSING:
                raise StorageError(ErrorKind.NO_LOCKS, name=str(self._folder.path)) from error
            raise
        return True

    def _wait_for(self) -> None:
        """Wait while the lock goes from hand to hand, but not long for one who keeps it."""
        start = now = time.monotonic()
        look = start + self._wait / 2
        holder, pause = -1, _FIRST_PAUSE
        while not self._try():
            now = time.monotonic()
            if now > look:
                before, holder = holder, self._holder()
                if holder == before or now - start > self._wait * _MOST_WAITS:
                    raise NotSaved(ErrorKind.BUSY, name=self._name, who=_owner(holder))
                look = now + self._wait / 2
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)

    def _holder(self) -> int:
        """Return the process that holds the lock; 0 where it cannot be known."""
        inode = os.fstat(self._fd).st_ino
        with suppress(OSError, ValueError), _LOCKS.open(encoding="ascii") as locks:
            for line in locks:
                _number, how, _kind, _mode, pid, where = line.split()[:6]
                if how == "FLOCK" and int(where.rsplit(":", 1)[1]) == inode:
                    return int(pid)
        return 0


def _owner(process: int) -> str:
    """Return the login name of a process's user; "" where it cannot be known."""
    try:
        return user_name(Path(f"/proc/{process}").stat().st_uid)
    except OSError:
        return ""
