"""The driver: the app on one side, the terminal on the other, and only changed cells between them.

A thread of its own (`Outlet`) writes to the terminal whenever it is ready for more. A terminal that
stalls therefore holds up nothing, and costs nothing but the frames it missed. The terminal's own
cursor is shown at `App.cursor_position`; (0, 0), where nothing is typed, hides it.

It stands on Textual's public `Driver` alone: what Textual's own driver for Linux does besides, such
as asking the terminal questions, is not wanted here. Over a slow line an answer can come when
another program reads, such as the shell.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import termios
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final, Protocol

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size

from tui.terminal.display import RESIZE_PATIENCE, Display, SaysScreen
from tui.terminal.key_thread import KeyThread
from tui.terminal.kind import TerminalKind
from tui.terminal.modes import Attributes, TerminalModes
from tui.terminal.other_screen import ENTER, LEAVE, WIPE_AND_LEAVE
from tui.terminal.output import Outlet
from widgets.glyphs import ascii_only

BARRIER_SECONDS: Final = 2.0
"""The longest that `before_paint` may hold up a frame."""

HANGING_SECONDS: Final = 0.1
"""The same while it is known, and seen, that the disk does not answer."""

CLOSE_SECONDS: Final = 1.0
"""How long leaving waits for a terminal that takes nothing."""

_EMERGENCY: Final = f"\x1b[?2004l\x1b[?7h{WIPE_AND_LEAVE}\x1b[?25h\x1b[?1000;1003l"
"""What `CellDriver.stop_application_mode` writes, in one piece."""

_CANCEL: Final = b"\x18"

_MOUSE: Final = ("1000", "1003", "1015", "1006")
"""Modes of xterm: clicks, movements, and two ways to tell of places far to the right."""


class ShownBefore(Protocol):
    """What has the terminal while the app is being loaded, and leaves it to the driver."""

    @property
    def attributes(self) -> Attributes | None:
        """The terminal's modes before it was touched; None where it has not been."""

    def early_keys(self) -> bytes:
        """Stop reading keys, and return those that nobody has used."""

    def hand_over(self) -> bool:
        """Leave the screen; return whether the terminal shows its other screen already."""


class CellDriver(Driver):
    """Use as `App(driver_class=CellDriver)`. An app may have a `glimpse`: what stood there before.

    `before_paint` is called in the writer's thread before changed cells go out, with the seconds it
    may take at most: the place to wait until what was typed is on disk. `when_lost` is called once,
    in some thread, when the terminal is found to be gone.
    """

    before_paint: Callable[[float], bool] | None = None
    when_lost: Callable[[], None] | None = None
    when_drawn: Callable[[], None] | None = None
    """Called in the app's thread when something has been drawn."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        _drivers[app] = weakref.ref(self)
        self.fileno = sys.__stdin__.fileno() if sys.__stdin__ is not None else 0
        """The descriptor that keys are read from."""
        self._is_terminal = os.isatty(self.fileno)
        self.terminal = replace(TerminalKind.of(os.environ), ascii_only=ascii_only())
        self._call_later = app.call_later
        self._events = asyncio.get_running_loop()
        self._mouse_wanted = mouse
        self._out = _screen_descriptor()
        self._modes = TerminalModes(self.fileno, self._out)
        self._display = Display(self.terminal, self._size_now(), self._fail)
        self._outlet: Outlet | None = None
        self._keys = KeyThread(self.fileno, self.process_message, self._keys_ended, self._fail)
        self._lost = False
        self._disk_answers = True
        """Whether `before_paint` had what it waits for, the last time."""
        self._before: ShownBefore | None = getattr(app, "glimpse", None)
        self._stops_are_ours = True
        """Whether this driver gives the terminal back when the process is stopped; not while the
        app has given it to another program."""
        self._was_stopped = False
        signal.signal(signal.SIGTSTP, self._on_stop)
        signal.signal(signal.SIGCONT, self._on_continue)

    # -- what the app uses ----------------------------------------------------------------------

    @property
    def can_suspend(self) -> bool:
        """Whether the terminal can be given to another program for a while."""
        return True

    def redraw(self, *, paint: bool = True) -> None:
        """Paint the whole screen again, whatever the terminal shows now; forget half a paste.

        `paint`: not where the whole screen is said in another way.
        """
        if paint:
            self._display.forget()
            self._wake()
        self._keys.reset()

    def show_by(self, pages: SaysScreen | None) -> None:
        """Have the screen said by `pages` from now on; by None, have it drawn."""
        self._display.said_by(pages)
        self._wake()

    def wake(self) -> None:
        """Write what there is to write, soon. From any thread."""
        self._wake()

    def write_in(self, seconds: float) -> None:
        """Write what there is to write, after some time. From any thread."""
        self._events.call_soon_threadsafe(self._events.call_later, seconds, self._wake)

    def copies(self, wanted: bool) -> None:
        """Say whether what is copied goes to the terminal's clipboard."""
        self._display.copies = wanted

    def restore_terminal(self) -> None:
        """Give the terminal back as it was, at once and without waiting: for an emergency exit."""
        if self._outlet is not None:
            self._outlet.give_up()
        self._modes.give_back()
        with contextlib.suppress(OSError, termios.error):
            fd = os.open(os.ttyname(self.fileno), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
            try:
                _write_at_once(fd, _EMERGENCY.encode())
            finally:
                os.close(fd)

    def _fail(self, error: Exception) -> None:
        """End the app with an error that a thread has met."""
        self._call_later(_raise, error)

    # -- output ---------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        """Take what Textual writes. Never waits for the terminal."""
        self._display.write(data)
        self._wake()
        if self.when_drawn is not None:
            self.when_drawn()

    def _wake(self) -> None:
        if self._outlet is not None:
            self._outlet.wake()

    def _compose(self, in_pieces: bool) -> bytes:
        """Return what the terminal is to be sent now (in the writer's thread)."""
        self._display.in_pieces = in_pieces
        passed, frame = self._display.take()
        if frame and self.before_paint is not None:
            if not self.before_paint(BARRIER_SECONDS if self._disk_answers else HANGING_SECONDS):
                # By now the screen says that the disk does not answer: let that be seen with it.
                self._disk_answers = False
                more, change = self._display.take()
                frame += more + change
            else:
                self._disk_answers = True
        return self.terminal.encode(passed + frame)

    # -- starting and stopping ------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal over; also after a suspension, with the screen as it was left."""
        if not self._modes.may_be_changed():
            return
        before, self._before = self._before, None
        early = before.early_keys() if before is not None else b""
        self._display.forget()
        self._display.entered = before is not None and before.hand_over()
        self._outlet = Outlet(self._out, self._compose, self._say_lost)
        signal.signal(signal.SIGWINCH, self._on_resize)
        self._say_size()
        self.write(ENTER)
        self._modes.take()
        if before is not None and before.attributes is not None:
            self._modes.before = before.attributes
        self._keys.start(early)
        self.write("\x1b[?2004h")  # what is pasted comes in brackets
        self.write("\x1b[?7l")  # a line that is full does not go on in the next
        self._ask_for_mouse("h")
        self._display.feeds_are_plain(self._modes.stop_newline_translation())
        self._fit()
        if self._was_stopped:
            self._was_stopped = False
            self.send_message(self.SignalResume())

    def disable_input(self) -> None:
        """Read no more keys; also those that have come already are for nobody."""
        if self._keys.is_running:
            signal.signal(signal.SIGWINCH, signal.SIG_DFL)
            self._ask_for_mouse("l")
            self._keys.end()
            self._modes.drop_keys()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        self.write("\x1b[?2004l")
        self.write("\x1b[?7h")
        self.disable_input()
        self._modes.give_back()
        self.write(LEAVE)
        self.write("\x1b[?25h")

    def close(self) -> None:
        """Write what is left, and stop writing; a stalled terminal is given a second."""
        outlet, self._outlet = self._outlet, None
        if outlet is not None and not outlet.stop(CLOSE_SECONDS):
            self.restore_terminal()  # it is erased when the terminal takes something again

    def _ask_for_mouse(self, switch: str) -> None:
        for mode in _MOUSE if self._mouse_wanted else ():
            self.write(f"\x1b[?{mode}{switch}")

    def _keys_ended(self) -> None:
        if self._is_terminal:  # the end of a file or a pipe is nothing that got lost
            self._say_lost()

    def _say_lost(self) -> None:
        if not self._lost:
            self._lost = True
            if self.when_lost is not None:
                self.when_lost()

    # -- size -----------------------------------------------------------------------------------

    def _on_resize(self, *_signal: object) -> None:
        self._events.call_soon_threadsafe(self._resized)

    def _resized(self) -> None:
        """Start afresh, with the size that the window has now."""
        self._display.forget()
        self._fit()
        self._wake()
        self._say_size()

    def _fit(self) -> None:
        if self._display.fit(self._size_now()):
            self._events.call_later(RESIZE_PATIENCE, self._wake)

    def _say_size(self) -> None:
        size = Size(*self._size_now())
        self.send_message(events.Resize(size, size))

    def _size_now(self) -> tuple[int, int]:
        """Return the window's columns and rows; 80 and 24 where nobody knows."""
        for fd in (self._out, self.fileno):
            with contextlib.suppress(OSError):
                cols, rows = os.get_terminal_size(fd)
                if cols and rows:
                    return cols, rows
        return 80, 24

    # -- suspension -----------------------------------------------------------------------------

    @contextlib.contextmanager
    def no_automatic_restart(self) -> Iterator[None]:
        """Leave the terminal to whoever has it now, also when the process is stopped."""
        before, self._stops_are_ours = self._stops_are_ours, False
        try:
            yield
        finally:
            self._stops_are_ours = before

    def _on_stop(self, *_signal: object) -> None:
        if self._stops_are_ours:  # not here: the signal may have come in the middle of a write
            self._events.call_soon_threadsafe(self._stop)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _stop(self) -> None:
        self.suspend_application_mode()
        self._was_stopped = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _on_continue(self, *_signal: object) -> None:
        if self._stops_are_ours:
            self._events.call_soon_threadsafe(self._come_back)

    def _come_back(self) -> None:
        if self._outlet is not None:  # stopped without being asked: nothing was put away
            self.suspend_application_mode()
        self.resume_application_mode()


_drivers: Final = weakref.WeakKeyDictionary[App[Any], weakref.ref[CellDriver]]()
"""Which driver an app runs on. Textual has no public name for it."""


def driver_of(app: App[Any]) -> CellDriver | None:
    """Return the driver that `app` runs on, if it is ours."""
    driver = _drivers.get(app)
    return driver() if driver is not None else None


def _screen_descriptor() -> int:
    """Return the descriptor that leads to the screen: errors may be sent to a file."""
    for stream in (sys.__stderr__, sys.__stdout__):
        if stream is not None and stream.isatty():
            return stream.fileno()
    return 2


def _write_at_once(fd: int, data: bytes) -> None:
    """Write to a terminal that may have stalled; then what waits in the line is thrown away.

    That may end in the middle of a sequence, which CAN gives up.
    """
    with contextlib.suppress(BlockingIOError):
        if os.write(fd, data) == len(data):
            return
    termios.tcflush(fd, termios.TCOFLUSH)
    os.write(fd, _CANCEL + data)


def _raise(error: Exception) -> None:
    raise error
