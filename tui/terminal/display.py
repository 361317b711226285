"""What the terminal is to show, and what it shows: the bytes between the two.

What Textual writes is read into a `Shadow`; the `Painter` has the difference to what the terminal
shows. Both are asked from several threads, so everything here is done under one lock.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from tui.terminal.cells import Shadow
from tui.terminal.kind import TerminalKind
from tui.terminal.other_screen import ENTER, LEAVE, WIPE_AND_LEAVE
from tui.terminal.painter import Painter

RESIZE_PATIENCE: Final = 0.5
"""Seconds that the app has to lay out a new size, before its old cells are shown."""

MOST_PASSED: Final = 1 << 20
"""Characters kept for a stalled terminal besides cells: clipboard text, bells."""

_CLIPBOARD = "\x1b]52;"
_POINTER_SHAPE = "\x1b]22;"
_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"


class SaysScreen(Protocol):
    """What writes to the terminal instead of the cells, for those who hear it (`tui.speech`)."""

    def frame(self, cols: int, rows: int) -> str:
        """Return what is to be written now, to a terminal of this size."""

    def forget(self) -> None:
        """Write everything with the next frame, whatever the terminal shows now."""


class Display:
    """The cells of one terminal. All methods may be called from any thread."""

    def __init__(
        self, kind: TerminalKind, size: tuple[int, int], when_failed: Callable[[Exception], None]
    ) -> None:
        """`when_failed` is told what a frame failed of; it is called in the thread that asks."""
        self.entered = False
        """Whether the terminal shows its other screen already when the app comes to it."""
        self.copies = True
        """Whether what is copied goes to the terminal's clipboard."""
        self.in_pieces = False
        """Whether a long frame is given out in pieces: the line of the cursor and those about it
        first, and with each further `take` what the screen has then in the lines nearest to it."""
        self._kind = kind
        self._when_failed = when_failed
        self._lock = threading.RLock()
        self._shadow = Shadow(*size)
        self._painter = Painter(kind.abilities)
        self._painting = False
        self._hold_until = 0.0
        self._pages: SaysScreen | None = None
        """What says the screen instead of the cells; None where it is drawn."""

    def said_by(self, pages: SaysScreen | None) -> None:
        """Have what is shown said by `pages`; by None, have the cells drawn."""
        with self._lock:
            self._pages = pages
            self.forget()

    def write(self, data: str) -> None:
        """Take what Textual writes: whole sequences, never half of one."""
        if data in (_SYNC_START, _SYNC_END):
            return
        with self._lock:
            self._shadow.feed(data)
            if len(self._shadow.touched) == self._shadow.rows:
                self._hold_until = 0.0
            while sum(map(len, self._shadow.passed)) > MOST_PASSED:
                del self._shadow.passed[0]

    def fit(self, size: tuple[int, int]) -> bool:
        """Take the window's size; return whether it is another one.

        The cells of the old size are kept back until the app has laid out the new one, or
        `RESIZE_PATIENCE` is over.
        """
        with self._lock:
            if size == (self._shadow.cols, self._shadow.rows):
                return False
            self._painter.forget()
            self._shadow.resize(*size)
            self._shadow.touched = set()
            self._hold_until = time.monotonic() + RESIZE_PATIENCE
            return True

    def forget(self) -> None:
        """Paint everything with the next frame, whatever the terminal shows now."""
        with self._lock:
            self._painter.forget()
            if self._pages is not None:
                self._pages.forget()

    def feeds_are_plain(self, plain: bool) -> None:
        """Know whether a line feed goes straight down, and not to the beginning of the line."""
        with self._lock:
            self._painter.abilities = replace(self._painter.abilities, plain_newline=plain)

    def take(self) -> tuple[str, str]:
        """Return what goes to the terminal as it is, and the frame that follows it.

        A frame that cannot be painted is a mistake of ours. It must end the program, and not this
        thread, which still has to give the terminal back: nothing is painted any more.
        """
        with self._lock:
            passed, frame = "".join(self._pass_on()), ""
            try:
                frame = self._frame() if self._painting else ""
            except Exception as error:
                self._painting = False
                self._when_failed(error)
        return passed, frame

    def _pass_on(self) -> list[str]:
        out = []
        passed, self._shadow.passed = self._shadow.passed, []
        for sequence in passed:
            if sequence == ENTER:
                self._painting = True
                entered, self.entered = self.entered, False
                if not entered:
                    out.append(sequence)
            elif sequence == LEAVE:
                self._painting = False
                out += [self._painter.leave(), WIPE_AND_LEAVE]
            elif sequence.startswith(_CLIPBOARD):
                out += self._kind.to_clipboard(sequence) if self.copies else ()
            elif not sequence.startswith(_POINTER_SHAPE):
                out.append(sequence)
        if self._shadow.strange:
            self._shadow.strange = False
            self._painter.forget()
        return out

    def _frame(self) -> str:
        if not self._shadow.drawn or time.monotonic() < self._hold_until:
            return ""
        shadow = self._shadow
        if self._pages is not None:
            return self._pages.frame(shadow.cols, shadow.rows)
        cursor = None if (shadow.x, shadow.y) == (0, 0) else (shadow.x, shadow.y)
        return self._painter.paint(shadow, cursor, in_pieces=self.in_pieces)
