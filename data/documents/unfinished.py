"""Files and folders of documents that are being written, before they get their names.

Whoever writes one holds a lock on it. If that session is killed the lock is gone, and the next one
that writes there removes what was left: it may hold personal data.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_PREFIX: Final = ".mentor-unfinished-"
"""What the names of files begin with that are being written."""
_FORGOTTEN: Final = 3600
"""After how many seconds such a file is no longer being written, on drives without locks."""


@contextmanager
def unfinished_file(folder: Path, content: bytes) -> Iterator[Path]:
    """Write bytes to a file that has no name of its own yet; it is gone after this, or renamed.

    Raises:
        OSError: It could not be written.
    """
    tidy(folder)
    fd, path = _claimed(folder)
    try:
        with os.fdopen(os.dup(fd), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield path
    finally:
        path.unlink(missing_ok=True)
        os.close(fd)


@contextmanager
def unfinished_folder(folder: Path) -> Iterator[Path]:
    """Make a folder that has no name of its own yet; it is gone after this, or renamed.

    Raises:
        OSError: It could not be made.
    """
    tidy(folder)
    fd, path = _claimed(folder, files=True)
    try:
        yield path
    finally:
        _remove(path)
        os.close(fd)


def leftovers(folder: Path) -> list[Path]:
    """Return what sessions that were killed have left unfinished in a folder."""
    found = []
    for path in _unfinished_in(folder):
        with _if_left(path) as left:
            found += [path] if left else []
    return found


def tidy(folder: Path) -> None:
    """Remove what sessions that were killed have left unfinished in a folder."""
    for path in _unfinished_in(folder):
        with suppress(OSError), _if_left(path) as left:
            if left:
                _remove(path)


def _unfinished_in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob(f"{_PREFIX}*"))
    except OSError:
        return []


def _claimed(folder: Path, *, files: bool = False) -> tuple[int, Path]:
    """Make a file, or a folder for `files`, for this user alone, and lock it; return both.

    Another session may come between the two and take it for left over: then another one is made.
    """
    while True:
        if files:
            path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
            try:
                fd = os.open(path, os.O_RDONLY)
            except FileNotFoundError:
                continue
        else:
            fd, name = tempfile.mkstemp(prefix=_PREFIX, dir=folder)  # made with mode 0600
            path = Path(name)
        with suppress(OSError):  # some network drives have no locks
            fcntl.flock(fd, fcntl.LOCK_EX)
        if path.exists():
            return fd, path
        os.close(fd)


@contextmanager
def _if_left(path: Path) -> Iterator[bool]:
    """Say whether nobody writes a file any more; until this ends nobody takes it for theirs."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        yield False
        return
    try:
        yield _is_left(fd)
    finally:
        os.close(fd)


def _is_left(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return time.time() - os.fstat(fd).st_mtime > _FORGOTTEN
    return True


def _remove(path: Path) -> None:
    """Remove a file, or a folder with its files; one that has got its name is there no more."""
    if path.is_dir():
        for file in path.glob("*"):
            file.unlink(missing_ok=True)
        with suppress(OSError):
            path.rmdir()
    else:
        path.unlink(missing_ok=True)
