"""The way out: a thread that writes to the terminal and waits for it, so nobody else has to.

The thread asks for the next bytes only when the last have gone, so however long a terminal stalls,
there is one frame in flight and no queue behind it. Of a line that takes little at a time it waits
for room first and then asks for a piece of a frame, which so is as new as can be.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import sys
import termios
import threading
import time
from collections.abc import Callable
from typing import Final

POLL_SECONDS: Final = 0.1
"""How often a waiting write looks whether it should give up."""

PAUSE_SECONDS: Final = 0.02
"""How often it is looked how much waits in a slow line: 19 bytes of one of 9600 baud."""

LITTLE: Final = 50
"""Bytes that may still wait in the line when the next piece is asked for: it is never idle."""

_PSEUDO: Final = "/dev/pts/"
"""Where the terminals are that are windows, or at the other end of SSH: they take all at once."""


class Outlet:
    """Writes what `compose` returns, whenever somebody calls `wake`, until `stop`.

    `compose` is called in the outlet's thread until it returns b"", when there is nothing to do;
    with True where the line takes little at a time: a serial one, or one that has just held a write
    up. How fast a line is behind a terminal of SSH cannot be seen from here.
    `when_lost` is called there once if the terminal is gone; what is composed later is thrown away.
    """

    def __init__(
        self, fd: int, compose: Callable[[bool], bytes], when_lost: Callable[[], None]
    ) -> None:
        self._fd, self._owned = _private_descriptor(fd)
        self._compose = compose
        self._when_lost = when_lost
        self._wake = threading.Event()
        self._deadline: float | None = None
        self._lost = False
        self._is_slow = self._is_serial = _is_serial(self._fd)
        self._thread = threading.Thread(target=self._run, name="terminal-output", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Say that there may be something to write. Never waits."""
        self._wake.set()

    def stop(self, limit: float) -> bool:
        """Write what is left, for `limit` seconds at most, and end. Whether all was written."""
        self._deadline = time.monotonic() + limit
        self._wake.set()
        self._thread.join(limit + 2 * POLL_SECONDS)
        finished = not self._thread.is_alive()
        if finished and self._owned:
            os.close(self._fd)
        return finished and not self._lost

    def give_up(self) -> None:
        """Begin no write any more, without waiting for the one that is under way."""
        self._deadline = 0.0

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            ending = self._deadline is not None
            while data := self._next():
                if not self._lost:
                    self._write(data)
            self._is_slow = self._is_serial
            if ending:
                return

    def _next(self) -> bytes:
        """Return what is to be written now; of a slow line, when it has room for it."""
        poll = select.poll()
        poll.register(self._fd, select.POLLOUT)
        while self._is_slow and not self._lost and not self._out_of_patience():
            if poll.poll(POLL_SECONDS * 1000) and _waiting(self._fd) <= LITTLE:
                break
            time.sleep(PAUSE_SECONDS)
        return self._compose(self._is_slow)

    def _out_of_patience(self) -> bool:
        return self._deadline is not None and time.monotonic() > self._deadline

    def _write(self, data: bytes) -> None:
        """Write all of `data`, unless the terminal goes or `stop` runs out of patience."""
        left = memoryview(data)
        poll = select.poll()
        poll.register(self._fd, select.POLLOUT)
        while left:
            if self._out_of_patience():
                self._lost = True
                return
            try:
                left = left[os.write(self._fd, left) :]
                self._is_slow = self._is_slow or bool(left)
            except BlockingIOError:
                self._is_slow = True
                poll.poll(POLL_SECONDS * 1000)
            except OSError:
                self._lost = True
                self._when_lost()
                return


def _is_serial(fd: int) -> bool:
    """Return whether it is a terminal at a line of its own, of which is known what waits in it."""
    try:
        return not os.ttyname(fd).startswith(_PSEUDO)
    except OSError:
        return False


def _waiting(fd: int) -> int:
    """Return how many bytes wait in the line; 0 where the system does not say."""
    with contextlib.suppress(OSError):
        return int.from_bytes(fcntl.ioctl(fd, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    return 0


def _private_descriptor(fd: int) -> tuple[int, bool]:
    """Open the terminal anew, not blocking; the flag would otherwise hold for the shell as well.

    A terminal that cannot be opened by its name is written to as it is.
    """
    with contextlib.suppress(OSError):
        return os.open(os.ttyname(fd), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK), True
    return fd, False
