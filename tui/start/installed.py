"""Whether the program was installed again or removed while this session is open.

Every way of installing it writes this file, too, so it stands for all.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from data.i18n import N_

REPLACED: Final = "replaced"
REMOVED: Final = "removed"
TOO_EARLY: Final = "too early"
"""What may have become of the installation that this session was started from; the last is either
of them, before all was kept that the session may come to need."""

TOO_EARLY_SAID: Final = N_(
    "The program's files were replaced or removed while it was starting. What you write is"
    " saved, but some screens may not open: quit and start it again."
)
"""The last in words, here as it may be that nothing more can be loaded."""


class Installation:
    """The files of the program, as they were when the session was started."""

    def __init__(self, file: Path = Path(__file__)) -> None:
        """Take the files as they are now."""
        self._file = file
        self._at_start = self._last = _stamp(file)
        self._told = self._is_whole = False

    @property
    def is_as_at_start(self) -> bool:
        """Whether the files are those that this session was started from."""
        return _stamp(self._file) == self._at_start

    def all_kept(self) -> None:
        """Note that all is kept in memory: it is of this version if the files still are."""
        self._is_whole = self.is_as_at_start

    def look(self) -> str:
        """Return what has become of it since; once, and "" before and after that.

        Two looks must find the same, for the files are gone for a moment while others come.
        """
        now, last = _stamp(self._file), self._last
        self._last = now
        if self._told or now == self._at_start or now != last:
            return ""
        self._told = True
        if not self._is_whole:
            return TOO_EARLY
        return REPLACED if now else REMOVED


def _stamp(file: Path) -> tuple[int, ...]:
    """Return what tells a file from the one that is put in its place; empty for none."""
    with suppress(OSError):
        found = file.stat()
        return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
    return ()
