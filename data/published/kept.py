"""What a mentor has said yes to: the data file of which counts are published, and where.

It is one small file of the user's, locked (`flock`) while something is published or taken away.
The settings alone publish nothing: those who look after the computer may have set them.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from data.frozen import immutable
from data.paths import is_stand_in, publishing_file
from data.store.own_file import open_alone

_OPEN: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_MOST: Final = 1 << 20


@immutable
class Kept:
    """What is published, and where it has been written to."""

    file: str = ""
    """The data file; "" where nothing is published."""
    places: tuple[str, ...] = ()
    """The published files that may be there, the one in use last."""

    def is_of(self, path: Path) -> bool:
        """Return whether counts of this data file are published."""
        return bool(self.file) and (self.file == real(path) or was_of(self.file, path))


def other_file(path: Path, environ: Mapping[str, str]) -> str:
    """Return the data file of which counts are published instead of this one; "" for none."""
    now = kept(environ)
    return "" if now.is_of(path) else now.file


def was_of(place: str, path: Path) -> bool:
    """Return whether a place is a stand-in of the same server as another, by another login.

    The login got another name there, and the address that names the old one stays what it was.
    """
    if not is_stand_in(path) or not is_stand_in(Path(place)) or place in {str(path), real(path)}:
        return False
    # few have their records on a server
    from data.storage.postgres.servers import are_same_records

    return are_same_records(Path(place), path)


def real(path: Path) -> str:
    """Return the one path of a data file, whichever way it is named."""
    return os.path.realpath(path)


def kept(environ: Mapping[str, str]) -> Kept:
    """Return what is kept, without waiting for anybody; nothing where it cannot be read."""
    try:
        fd = os.open(publishing_file(environ), _OPEN)
    except OSError:
        return Kept()
    try:
        return _read(fd)
    finally:
        os.close(fd)


class Keeping:
    """What is kept, locked: `with Keeping(os.environ) as keeping:` waits for whoever has it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._path = publishing_file(environ)
        self._fd = -1
        self.now = Kept()

    def __enter__(self) -> Self:
        """Open and lock the file, and make it if need be. Raises OSError and `StorageError`."""
        # without locks, the last to write is right
        self._fd = open_alone(self._path, needs_lock=False)
        self.now = _read(self._fd)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._fd)

    def note(self, now: Kept) -> None:
        """Keep this from now on. Raises OSError."""
        if now == self.now:
            return
        text = json.dumps({"file": now.file, "places": list(now.places)}) + "\n"
        data = text.encode("ascii")
        if os.pwrite(self._fd, data, 0) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))
        os.ftruncate(self._fd, len(data))
        os.fsync(self._fd)
        self.now = now


def _read(fd: int) -> Kept:
    try:
        # Behind the first line there may be the end of a longer one, where a write was cut off.
        found = json.loads(os.pread(fd, _MOST, 0).partition(b"\n")[0])
        file, places = found["file"], found["places"]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return Kept()
    if not isinstance(file, str) or not isinstance(places, list):
        return Kept()
    return Kept(file, tuple(one for one in places if isinstance(one, str) and one.startswith("/")))
