"""The way out: a thread that writes to the terminal and waits for it, so nobody else has to.

The thread asks for the next bytes only when the last have gone, so however long a terminal stalls,
there is one frame in flight and no queue behind it.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from collections.abc import Callable
from typing import Final

POLL_SECONDS: Final = 0.1
"""How often a waiting write looks whether it should give up."""


class Outlet:
    """Writes what `compose` returns, whenever somebody calls `wake`, until `stop`.

    `compose` is called in the outlet's thread and returns b"" when there is nothing to do.
    `when_lost` is called there once if the terminal is gone; what is composed later is thrown away.
    """

    def __init__(
        self, fd: int, compose: Callable[[], bytes], when_lost: Callable[[], None]
    ) -> None:
        self._fd, self._owned = _private_descriptor(fd)
        self._compose = compose
        self._when_lost = when_lost
        self._wake = threading.Event()
        self._deadline: float | None = None
        self._lost = False
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
            data = self._compose()
            if data and not self._lost:
                self._write(data)
            if ending:
                return

    def _write(self, data: bytes) -> None:
        """Write all of `data`, unless the terminal goes or `stop` runs out of patience."""
        left = memoryview(data)
        poll = select.poll()
        poll.register(self._fd, select.POLLOUT)
        while left:
            if self._deadline is not None and time.monotonic() > self._deadline:
                self._lost = True
                return
            try:
                left = left[os.write(self._fd, left) :]
            except BlockingIOError:
                poll.poll(POLL_SECONDS * 1000)
            except OSError:
                self._lost = True
                self._when_lost()
                return


def _private_descriptor(fd: int) -> tuple[int, bool]:
    """Open the terminal anew, not blocking; the flag would otherwise hold for the shell as well.

    A terminal that cannot be opened by its name is written to as it is.
    """
    with contextlib.suppress(OSError):
        return os.open(os.ttyname(fd), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK), True
    return fd, False
