"""The lock between sessions: `flock` on a file that serves for nothing else.

The kernel frees the lock when its holder dies. It is held only while a line is written or read and
while finished files are renamed; never while a file is parsed or written, or a person is waited
for.

The lock file also holds a mark. Whoever puts new files in place changes the mark first, so that the
others see it without asking for the times of the files at each commit. Asking for them would make
the next write to the file dearer.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from data.logins import user_name
from data.storage.folder import Folder, write_all
from data.storage.problems import ErrorKind, NotSaved, StorageError

WAIT_SECONDS = 3.0
"""How long a session waits for one that keeps the lock, before it gives up and names its user."""
_MOST_WAITS = 10
"""How many times as long it waits if the lock goes from one session to another meanwhile."""
_LOCKS = Path("/proc/locks")
_FIRST_PAUSE = 0.0001
_LONGEST_PAUSE = 0.005
_MARK_LENGTH = 16
_MISSING = {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL}


class Lock:
    """One session's hold on the lock. `with lock:` waits for it, or raises `NotSaved`."""

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

    def take_if_free(self, within: float = 0.0) -> bool:
        """Take the lock if nobody has it, or if it comes free within some seconds.

        Returns:
            Whether it was taken; then call `release`.
        """
        end, pause = time.monotonic() + within, _FIRST_PAUSE
        while not self._try():
            if time.monotonic() > end:
                return False
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)
        return True

    def release(self) -> None:
        """Free the lock that `take_if_free` has taken."""
        self._flock(self._fd, fcntl.LOCK_UN)

    def is_there(self) -> bool:
        """Return whether the open file still has its name, so that all lock the same file."""
        named = self._folder.stat(self._name)
        return named is not None and named.st_ino == os.fstat(self._fd).st_ino

    def renew(self) -> None:
        """Open the file that has the name now; make it if need be. The lock must not be held."""
        fd = self._folder.open_or_create(self._name)
        os.close(self._fd)
        self._fd = fd

    def mark(self) -> bytes:
        """Return the mark. It changes when new files are put in place."""
        return self._pread(self._fd, _MARK_LENGTH, 0)

    def set_mark(self, mark: str) -> None:
        """Let others know that new files are being put in place. The lock must be held."""
        write_all(self._fd, mark.encode()[:_MARK_LENGTH], 0, self._folder.disk)

    def works(self) -> bool:
        """Return whether the lock keeps a second one out. The lock must be held. See `NO_LOCKS`."""
        fd = self._folder.open(self._name)
        try:
            self._flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(fd)
        return False

    def close(self) -> None:
        """Close the lock file, which frees the lock too."""
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
        """Wait until the lock is free.

        That may take some time if many sessions write in turns. It may not if one of them keeps the
        lock, for instance because its process has been stopped.

        Raises:
            NotSaved: The lock did not come free.
        """
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
        """Return the number of the process that holds the lock; 0 if it cannot be found out."""
        inode = os.fstat(self._fd).st_ino
        with suppress(OSError, ValueError), _LOCKS.open(encoding="ascii") as locks:
            for line in locks:
                _number, how, _kind, _mode, pid, where = line.split()[:6]
                if how == "FLOCK" and int(where.rsplit(":", 1)[1]) == inode:
                    return int(pid)
        return 0


def _owner(process: int) -> str:
    """Return the login name of the user of a process; "" if it cannot be found out."""
    try:
        return user_name(Path(f"/proc/{process}").stat().st_uid)
    except OSError:
        return ""
