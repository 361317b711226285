"""Small files of the user's that are locked while they are read and written.

They are no records: what has been said yes to, what was sent last. A link, a pipe and another
user's file are refused, and nobody but the user may read what is there.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from pathlib import Path
from typing import Final

from data.paths import make_private_folder
from data.storage.problems import ErrorKind, StorageError

_OPEN: Final = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_NO_LOCKS: Final = {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL}


def open_alone(path: Path, *, needs_lock: bool) -> int:
    """Open and lock a file, and make it if need be; wait for whoever has it. Return its number.

    Args:
        path: The file.
        needs_lock: Whether it is refused where the file system has no locks; else the last to
            write is right there.

    Raises:
        OSError: The file cannot be opened or made.
        StorageError: It is no file of the user's, or cannot be locked.
    """
    make_private_folder(path.parent)
    try:
        fd = os.open(path, _OPEN, 0o600)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise StorageError(ErrorKind.LINK, name=str(path)) from error
        raise
    try:
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode):
            raise StorageError(ErrorKind.NOT_A_FILE, name=str(path))
        if found.st_uid != os.geteuid():
            raise StorageError(ErrorKind.FOREIGN, name=str(path))
        os.fchmod(fd, 0o600)
        _lock(fd, path, needs_lock=needs_lock)
    except BaseException:
        os.close(fd)
        raise
    return fd


def _lock(fd: int, path: Path, *, needs_lock: bool) -> None:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        if needs_lock:
            raise StorageError(ErrorKind.NO_LOCKS, name=str(path.parent)) from error
