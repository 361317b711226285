"""Textual's Linux driver, lighter: only the cells that changed cross the line.

What Textual writes is read into a `Shadow`; a thread asks the `Painter` for the difference to what
the terminal shows whenever the terminal is ready for more. A terminal that stalls therefore holds
up nothing, and costs nothing but the frames it missed. The terminal's own cursor is shown at
`App.cursor_position`; (0, 0), where nothing is typed, hides it.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
import threading
import time
import tty
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from types import FrameType
from typing import Any, Final

from textual import constants
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.start.early_list import Glimpse
from tui.terminal.cells import Shadow
from tui.terminal.keys import KeyReader
from tui.terminal.kind import TerminalKind
from tui.terminal.output import Outlet
from tui.terminal.painter import Painter
from widgets.glyphs import ascii_only

LARGE_FRAME: Final = 512
"""Bytes from which a frame may be seen in pieces: it is bracketed, or the cursor hidden."""

RESIZE_PATIENCE: Final = 0.5
"""Seconds that the app has to lay out a new size, before its old cells are shown."""

BARRIER_SECONDS: Final = 2.0
"""The longest that `before_paint` may hold up a frame."""

CLOSE_SECONDS: Final = 1.0
"""How long leaving waits for a terminal that takes nothing."""

MOST_PASSED: Final = 1 << 20
"""Characters kept for a stalled terminal besides cells: clipboard text, bells."""

_UNWANTED: Final = frozenset(
    {"\x1b[?25l", "\x1b[?1004h", "\x1b[?1004l", "\x1b[?2026$p", "\x1b[?2048$p"}
)
"""The cursor is ours; nobody needs to know when the window loses focus. The terminal is asked
nothing: over a slow line its answer can come when another program reads, such as the shell."""

_POINTER_SHAPE = "\x1b]22;"
_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"


class CellDriver(LinuxDriver):
    """Use as `App(driver_class=CellDriver)`."""

    before_paint: Callable[[float], bool] | None = None
    """Called in the writer's thread before changed cells go out, with seconds it may take at most:
    the place to wait until what was typed is on disk."""

    when_lost: Callable[[], None] | None = None
    """Called once, in some thread, when the terminal is found to be gone."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._out = _screen_descriptor()
        self.terminal = replace(TerminalKind.of(os.environ), ascii_only=ascii_only())
        self._lock = threading.RLock()
        self._shadow = Shadow(*self._get_terminal_size())
        self._painter = Painter(self.terminal.abilities)
        self._outlet: Outlet | None = None
        self._painting = False
        self._hold_until = 0.0
        self._nudge = _Nudge()
        self._lost = False
        self._glimpse: Glimpse | None = getattr(app, "glimpse", None)
        """What the terminal shows already, where the app has been told so."""
        self._early_keys = b""
        """Keys that came before this driver was there to read them."""

    # -- what the app uses ----------------------------------------------------------------------

    def redraw(self) -> None:
        """Paint the whole screen again, whatever the terminal shows now; forget half a paste."""
        with self._lock:
            self._painter.forget()
        self._wake()
        self._nudge.give("reset")

    def restore_terminal(self) -> None:
        """Give the terminal back as it was, at once and without waiting: for an emergency exit."""
        if self.attrs_before is not None:
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        with contextlib.suppress(OSError):
            fd = os.open(os.ttyname(self.fileno), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
            os.write(fd, b"\x1b[m\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[?1000;1003l\r\n")
            os.close(fd)

    # -- output ---------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        """Take what Textual writes. Never waits for the terminal."""
        if data in (_SYNC_START, _SYNC_END):
            return
        with self._lock:
            self._shadow.feed(data)
            if len(self._shadow.touched) == self._shadow.rows:
                self._hold_until = 0.0
            while sum(map(len, self._shadow.passed)) > MOST_PASSED:
                del self._shadow.passed[0]
        self._wake()

    def _wake(self) -> None:
        if self._outlet is not None:
            self._outlet.wake()

    def _compose(self) -> bytes:
        """Return what the terminal is to be sent now (in the writer's thread)."""
        with self._lock:
            passed = "".join(self._pass_on())
            try:
                frame = self._frame() if self._painting else ""
            except Exception as error:  # a mistake of ours must end the program, not its screen
                frame, self._painting = "", False
                self._app.call_later(_raise, error)
        if frame and self.before_paint is not None:
            self.before_paint(BARRIER_SECONDS)
        return self.terminal.encode(passed + frame)

    def _pass_on(self) -> list[str]:
        out = []
        passed, self._shadow.passed = self._shadow.passed, []
        for sequence in passed:
            if sequence == "\x1b[?1049h":
                self._painting = True
                if self._glimpse is None or not self._glimpse.hand_over():
                    out.append(sequence)
            elif sequence == "\x1b[?1049l":
                self._painting = False
                out += [self._painter.leave(), self.terminal.leave_sequence, sequence]
            elif sequence.startswith(_POINTER_SHAPE):
                continue
            elif sequence not in _UNWANTED:
                out.append(sequence)
        if self._shadow.strange:
            self._shadow.strange = False
            self._painter.forget()
        return out

    def _frame(self) -> str:
        if not self._shadow.drawn or time.monotonic() < self._hold_until:
            return ""
        shadow = self._shadow
        cursor = None if (shadow.x, shadow.y) == (0, 0) else (shadow.x, shadow.y)
        shown = self._painter.cursor_shown
        frame = self._painter.paint(shadow, cursor)
        if len(frame) > LARGE_FRAME:
            if shown and self._painter.cursor_shown:
                frame = f"\x1b[?25l{frame}\x1b[?25h"
            if self.terminal.synchronises:
                frame = _SYNC_START + frame + _SYNC_END
        return frame

    # -- starting and stopping ------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal over; also after a suspension, with the screen as it was left."""
        with self._lock:
            self._painter.forget()
        if self._glimpse is not None:
            self._early_keys += self._glimpse.early_keys()
        self._outlet = Outlet(self._out, self._compose, self._say_lost)
        start: Callable[[], None] = super().start_application_mode
        start()
        if self._glimpse is not None and self._glimpse.attributes is not None:
            self.attrs_before = self._glimpse.attributes
        if self._writer_thread is None:  # in the background: about to be stopped again
            self.close()
            return
        self._writer_thread.stop()
        self._writer_thread = None
        straight = self._unprocessed_output()
        with self._lock:
            self._painter.abilities = replace(self._painter.abilities, plain_newline=straight)
        self._follow_resizes()

    def _unprocessed_output(self) -> bool:
        """Turn off the translation of line feeds. Whether it is off."""
        if not os.isatty(self._out):
            return False
        try:
            attributes = termios.tcgetattr(self._out)
            attributes[tty.OFLAG] &= ~termios.OPOST
            termios.tcsetattr(self._out, termios.TCSANOW, attributes)
        except termios.error:
            return False
        return True

    def disable_input(self) -> None:
        """End the input thread."""
        self._nudge.give("end")
        super().disable_input()

    def close(self) -> None:
        """Write what is left, and stop writing; a stalled terminal is given a second."""
        super().close()
        outlet, self._outlet = self._outlet, None
        if outlet is not None:
            outlet.stop(CLOSE_SECONDS)

    def _say_lost(self) -> None:
        if not self._lost:
            self._lost = True
            if self.when_lost is not None:
                self.when_lost()

    # -- size -----------------------------------------------------------------------------------

    def _get_terminal_size(self) -> tuple[int, int]:
        for fd in (self._out, self.fileno):
            with contextlib.suppress(OSError):
                cols, rows = os.get_terminal_size(fd)
                if cols and rows:
                    return cols, rows
        return 80, 24

    def _follow_resizes(self) -> None:
        """See every change of size before Textual does."""
        tell_textual = signal.getsignal(signal.SIGWINCH)

        def resized(number: int, frame: FrameType | None) -> None:
            self._loop.call_soon_threadsafe(self._resized)
            if callable(tell_textual):
                tell_textual(number, frame)

        signal.signal(signal.SIGWINCH, resized)
        self._fit()

    def _resized(self) -> None:
        """Start afresh, with the size that the window has now."""
        with self._lock:
            self._painter.forget()
        self._fit()
        self._wake()

    def _fit(self) -> None:
        """Take the window's size; cells of another are kept back until the app has laid it out."""
        size = self._get_terminal_size()
        with self._lock:
            if size != (self._shadow.cols, self._shadow.rows):
                self._painter.forget()
                self._shadow.resize(*size)
                self._shadow.touched = set()
                self._hold_until = time.monotonic() + RESIZE_PATIENCE
                self._loop.call_later(RESIZE_PATIENCE, self._wake)

    # -- suspension -----------------------------------------------------------------------------

    def _sigtstp_application(self, *_signal: object) -> None:
        if self._auto_restart:  # not here: the signal may have come in the middle of a write
            self._loop.call_soon_threadsafe(super()._sigtstp_application)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_signal: object) -> None:
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._come_back)

    def _come_back(self) -> None:
        if self._outlet is not None:  # stopped without being asked: nothing was put away
            self.suspend_application_mode()
        self.resume_application_mode()

    # -- input ----------------------------------------------------------------------------------

    def run_input_thread(self) -> None:
        """Read keys until told to end. The end of the terminal is the end of reading."""
        reader = KeyReader(constants.ESCAPE_DELAY)
        early, self._early_keys = self._early_keys, b""
        for message in reader.feed(early, time.monotonic()):
            self.process_message(message)
        while not self.exit_event.is_set():
            due = reader.due
            wait = None if due is None else max(0.0, due - time.monotonic())
            readable, _, _ = select.select([self.fileno, self._nudge], [], [], wait)
            messages: Iterable[Message] = ()
            if self._nudge in readable:
                if self._nudge.take() == "end":
                    self.exit_event.wait(CLOSE_SECONDS)
                    return
                messages = reader.reset()
            elif self.fileno in readable:
                data = _read(self.fileno)
                if not data:
                    if self.input_tty:
                        self._say_lost()
                    return
                messages = reader.feed(data, time.monotonic())
            else:
                messages = reader.tick(time.monotonic())
            for message in messages:
                self.process_message(message)


def _screen_descriptor() -> int:
    """Return the descriptor that leads to the screen: errors may be sent to a file."""
    for stream in (sys.__stderr__, sys.__stdout__):
        if stream is not None and stream.isatty():
            return stream.fileno()
    return 2


def _raise(error: Exception) -> None:
    raise error


def _read(fd: int) -> bytes:
    try:
        return os.read(fd, 65536)
    except OSError:
        return b""


class _Nudge:
    """A word to the input thread, which sleeps until something is readable."""

    def __init__(self) -> None:
        self._end, self._start = os.pipe()
        self._words: deque[str] = deque()

    def fileno(self) -> int:
        return self._end

    def give(self, word: str) -> None:
        self._words.append(word)
        os.write(self._start, b".")

    def take(self) -> str:
        os.read(self._end, 1)
        return self._words.popleft()


def driver_of(app: App[Any]) -> CellDriver | None:
    """Return the driver that `app` runs on, if it is ours."""
    driver = app._driver
    return driver if isinstance(driver, CellDriver) else None
