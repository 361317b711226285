"""When the line breaks: what was typed is saved, the process ends, the terminal is given back.

Three ways lead here: a signal (SIGHUP when the connection drops, SIGTERM), a terminal that is gone
although no signal came (a parent ignores SIGHUP), and an app that does not end when it is asked to
(its terminal has stalled, its loop is stuck). Every way saves first and is over within seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import termios
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from textual.app import App

from tui.terminal.driver import driver_of

PATIENCE: Final = 3.0
"""Seconds the app has to end by itself."""

EDITOR_PATIENCE: Final = 4.2
"""The same while an external editor is open: it must first save its text."""

CHECK_SECONDS: Final = 5.0
"""How often the terminal is looked at, should the system not say that it went."""


class HangupGuard:
    """Watches over `app` between `start` and `stop`. Make and start it in the app's `on_mount`.

    `save_now` must put what was typed on disk before it returns. It is called in a signal handler
    or in a thread, once, or again if it failed; it must not wait for the event loop.
    """

    def __init__(self, app: App[Any], save_now: Callable[[], None]) -> None:
        self._app = app
        self._save_now = save_now
        self.patience = PATIENCE
        self._saving = threading.Lock()
        self._saved = False
        self._ending = threading.Event()
        self._finished = threading.Event()
        self._status = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waker: int | None = None

    def start(self) -> None:
        """Begin to watch: signals, and the terminal. In the main thread, on the app's loop."""
        self._loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._on_signal)
        driver = driver_of(self._app)
        if driver is not None:
            driver.when_lost = self._terminal_lost
            woken, self._waker = os.pipe()
            watch = threading.Thread(
                target=self._watch, args=(driver.fileno, woken), name="hangup", daemon=True
            )
            watch.start()

    def stop(self) -> None:
        """Stop watching. An end that has begun is still seen through."""
        if not self._ending.is_set():
            self._finished.set()
        if self._waker is not None:
            os.close(self._waker)
            self._waker = None

    # -- the three ways -------------------------------------------------------------------------

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        """Save here and now: the loop may never run again."""
        self._begin_end(128 + number)
        self._save()
        self._ask_to_end()

    def _terminal_lost(self) -> None:
        self._begin_end(128 + signal.SIGHUP)
        self._save()
        self._ask_to_end()

    def _watch(self, fd: int, woken: int) -> None:
        """Wait for the terminal to go, without using any time; `woken` closes when we stop."""
        poll = select.poll()
        poll.register(woken, 0)
        poll.register(fd, 0)
        lost = False
        while not lost:
            events = dict(poll.poll(CHECK_SECONDS * 1000))
            if woken in events:
                break
            lost = fd in events or _is_gone(fd)
        os.close(woken)
        if lost:
            self._terminal_lost()

    # -- the end --------------------------------------------------------------------------------

    def _begin_end(self, status: int) -> None:
        """Have the process end in any case. Only the first call counts."""
        if not self._ending.is_set():
            self._ending.set()
            self._status = status
            threading.Thread(target=self._see_through, name="last-resort", daemon=True).start()

    def _see_through(self) -> None:
        """End the process from outside of whatever keeps it."""
        if self._finished.wait(self.patience):
            return
        self._save()
        driver = driver_of(self._app)
        if driver is not None:
            driver.restore_terminal()
        os._exit(self._status)

    def _save(self) -> None:
        """Save, unless it is done or being done."""
        if self._saved or not self._saving.acquire(blocking=False):
            return
        try:
            self._save_now()
            self._saved = True
        finally:
            self._saving.release()

    def _ask_to_end(self) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended already
                self._loop.call_soon_threadsafe(self._exit)

    def _exit(self) -> None:
        self._app.exit(return_code=self._status)


def _is_gone(fd: int) -> bool:
    try:
        termios.tcgetattr(fd)
    except termios.error:
        return True
    return False
