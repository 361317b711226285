"""Whether the program was installed again or removed while this session is open.

Every way of installing it writes this file, too, so it stands for all.
"""

from __future__ import annotations

from contextlib import suppress
from enum import Enum
from pathlib import Path


class Since(Enum):
    """What has become of the installation that this session was started from."""

    REPLACED = "replaced"
    REMOVED = "removed"


class Installation:
    """The files of the program, as they were when the session was started."""

    def __init__(self, file: Path = Path(__file__)) -> None:
        """Take the files as they are now."""
        self._file = file
        self._at_start = self._last = _stamp(file)
        self._told = False

    def look(self) -> Since | None:
        """Return what has become of it since; once, and None before and after that.

        Two looks must find the same, for the files are gone for a moment while others come.
        """
        now, last = _stamp(self._file), self._last
        self._last = now
        if self._told or now == self._at_start or now != last:
            return None
        self._told = True
        return Since.REPLACED if now else Since.REMOVED


def _stamp(file: Path) -> tuple[int, ...]:
    """Return what tells a file from the one that is put in its place; empty for none."""
    with suppress(OSError):
        found = file.stat()
        return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
    return ()
