"""Standard streams that may be closed, cut off or full: what a command does, it does all the same.

The reader of a pipe may leave (`mentor list | head -1`), a script may close the output (`>&-`), the
disk behind it may be full. What cannot be written then is let go, and why is kept.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_NOBODY_READS = frozenset({errno.EPIPE, errno.EBADF, errno.EIO})
"""The reader has seen enough, or there never was one: not worth a word."""


class Outlet(io.RawIOBase):
    """A descriptor that takes everything, and keeps why it could not be passed on."""

    def __init__(self, number: int) -> None:
        """`number` is that of the descriptor; it is not closed."""
        super().__init__()
        self.problem: OSError | None = None
        """Why something could not be written, where somebody should have it."""
        self._number = number
        self._is_cut_off = False

    def fileno(self) -> int:
        """Return the number of the descriptor."""
        return self._number

    def isatty(self) -> bool:
        """Return whether it is a terminal."""
        return os.isatty(self._number)

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Write what can be written; the rest is let go. Returns how much was taken: all of it."""
        rest = memoryview(data).cast("B")
        length = len(rest)
        try:
            while rest and not self._is_cut_off:
                rest = rest[os.write(self._number, rest) :]
        except BlockingIOError:
            self.problem = self.problem or BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        except OSError as error:
            self._is_cut_off = True
            if error.errno not in _NOBODY_READS:
                self.problem = error
        return length


def guard_streams() -> Outlet:
    """Put such outlets in the place of stdout and stderr; return the one of stdout.

    A stream that is closed leads nowhere from now on. Without that, the next file that is opened
    would have its number, and be written to by whoever prints.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
            os.set_inheritable(nowhere, True)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    out = Outlet(1)
    sys.stdout = _text(out, sys.stdout)
    sys.stderr = _text(Outlet(2), sys.stderr)
    return out


def _text(outlet: Outlet, before: TextIO | None) -> TextIO:
    """Return a stream of text that writes to an outlet, like the one before it."""
    if before is not None:
        encoding = before.encoding
    else:
        # seldom is a stream closed
        import locale

        encoding = locale.getencoding()
    return io.TextIOWrapper(
        io.BufferedWriter(outlet), encoding, errors="replace", line_buffering=outlet.isatty()
    )
