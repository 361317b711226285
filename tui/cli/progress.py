"""What a command that takes long is doing, on a line that goes when it is done."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Self

from data.text import clean
from tui.cli.wrapping import width

SOON_SECONDS = 0.5
"""Nothing is said of what is done sooner, and at most so often."""


class Progress:
    """Says on stderr what is being done, where that is a terminal."""

    def __init__(self) -> None:
        self._next = monotonic() + SOON_SECONDS
        self._shown = False
        # An app that runs without a terminal puts its own stream here, which says it is one.
        self._out = sys.stderr

    def tell(self, what: str) -> None:
        """Say what is being done now, if it is time to."""
        if not self._out.isatty() or monotonic() < self._next:
            return
        self._next = monotonic() + SOON_SECONDS
        self._shown = True
        told = clean(what, lines=False)[
            : width(self._out) - 2
        ]  # a longer one could not be taken away
        self._out.write(f"\r\x1b[K{told} …")
        self._out.flush()

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
            self._out.write("\r\x1b[K")
            self._out.flush()
