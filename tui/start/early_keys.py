"""The arrow keys, from when the names can be read until the program is there to take them.

They are read in a thread of their own while the program is being loaded. The first other key ends
that: it is kept, and all that follow it wait in the terminal.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable
from typing import Final

ARROWS: Final = {b"\x1b[A": -1, b"\x1bOA": -1, b"\x1b[B": 1, b"\x1bOB": 1}
"""What terminals send for Up and Down."""
STOP_SECONDS: Final = 0.5
"""How long a thread is waited for that waits for a stalled terminal."""


class EarlyKeys:
    """Reads keys until one comes that is no arrow."""

    def __init__(self, keys: int, move: Callable[[int], bool]) -> None:
        """`move` goes a line down (1) or up (-1); False where the key is not for it."""
        self.came = False
        """Whether any key has been pressed."""
        self._keys = keys
        self._move = move
        self._rest = b""
        self._end, self._start = os.pipe()
        self._thread = threading.Thread(target=self._read, name="early keys", daemon=True)
        self._thread.start()

    def stop(self) -> bytes:
        """Leave the terminal to another reader; what has been read and not used comes first."""
        os.write(self._start, b".")
        self._thread.join(STOP_SECONDS)
        rest, self._rest = self._rest, b""
        return rest

    def _read(self) -> None:
        while self._end not in (readable := select.select([self._keys, self._end], [], [])[0]):
            try:
                data = os.read(self._keys, 1024) if readable else b""
            except OSError:
                data = b""
            self._rest += data
            self.came = bool(data) or self.came
            if not data or not self._use():
                return

    def _use(self) -> bool:
        """Obey the arrows that have come; False where something else has."""
        while self._rest:
            way = ARROWS.get(self._rest[:3])
            if way is None:
                return any(arrow.startswith(self._rest) for arrow in ARROWS)
            key, self._rest = self._rest[:3], self._rest[3:]  # first, as to move may take long
            if not self._move(way):
                self._rest = key + self._rest
                return False
        return True
