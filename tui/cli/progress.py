"""What a command that takes long is doing, on a line that goes when it is done."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Self

from data.text import clean

SOON_SECONDS = 0.5
"""Nothing is said of what is done sooner, and at most so often."""
_WIDTH = 78


class Progress:
    """Says on stderr what is being done, where that is a terminal."""

    def __init__(self) -> None:
        self._next = monotonic() + SOON_SECONDS
        self._shown = False

    def tell(self, what: str) -> None:
        """Say what is being done now, if it is time to."""
        if not sys.stderr.isatty() or monotonic() < self._next:
            return
        self._next = monotonic() + SOON_SECONDS
        self._shown = True
        sys.stderr.write(f"\r\x1b[K{clean(what, lines=False)[:_WIDTH]} …")
        sys.stderr.flush()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
