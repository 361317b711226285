"""On which day a reminder was sent last, so that whoever asks twice gets one.

One file for a user, which holds a day and a week and nothing of any record. It is locked (`flock`)
from the question whether one was sent until it has been sent, so that two processes at once send
one as well.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Mapping
from datetime import date
from types import TracebackType
from typing import Final, Self

from data.paths import data_dir
from data.store.own_file import open_alone

NAME: Final = "reminded"
"""The name of the file, in the folder of the user's own record file."""
_LENGTH: Final = 64
"""How many bytes it always has: what is written after a mail was sent takes no more of the disk."""
_WORD: Final = r"\b\d{4}-(?:\d\d-\d\d|W\d\d)\b"
"""What stands in it: a day, or a week of the calendar."""


class Sent:
    """The file, locked: `with Sent(os.environ) as sent:` waits for whoever has it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._path = data_dir(environ) / NAME
        self._fd = -1

    def __enter__(self) -> Self:
        """Open and lock the file, and make it if need be. Raises OSError and `StorageError`."""
        self._fd = open_alone(self._path, needs_lock=True)
        try:
            self._write(self._read())
        except BaseException:
            os.close(self._fd)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._fd)

    def is_noted(self, day: date, *, week: bool) -> bool:
        """Return whether one was sent on this day; `week`: that of its week, in this week."""
        return _word(day, week=week) in self._read().split()

    def note(self, day: date, *, week: bool) -> None:
        """Note that one was sent: that of this day, or of this week."""
        word = _word(day, week=week)
        other = [one for one in self._read().split() if ("W" in one) != week]
        self._write(" ".join(sorted([word, *other[:1]])))

    def _read(self) -> str:
        """Return what it says: "" where it is new, or holds something else."""
        said = os.pread(self._fd, _LENGTH, 0).decode("ascii", "replace")
        return " ".join(re.findall(_WORD, said))

    def _write(self, text: str) -> None:
        line = f"{text[: _LENGTH - 1]:<{_LENGTH - 1}}\n".encode("ascii", "replace")
        if os.pwrite(self._fd, line, 0) != _LENGTH:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))
        os.ftruncate(self._fd, _LENGTH)
        os.fsync(self._fd)


def _word(day: date, *, week: bool) -> str:
    if not week:
        return day.isoformat()
    year, number, _day = day.isocalendar()
    return f"{year:04}-W{number:02}"
