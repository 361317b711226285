"""Work that takes a while: it is done in a thread, and Esc gives it up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final, TypeVar

from textual.app import App, ComposeResult

from screens.dialogs.base import Dialog

R = TypeVar("R")

SLOW: Final = 0.5
"""After how many seconds the user is told what is going on."""


class WaitDialog(Dialog[bool]):
    """Says what is going on until it has ended. The answer is None if the user gave it up."""

    def __init__(self, text: str, work: asyncio.Task[Any]) -> None:
        """Make a dialog; `text` says what is going on."""
        super().__init__(text)
        self.work = work
        self._is_closing = False

    def body(self) -> ComposeResult:
        """There is nothing but the title."""
        yield from ()

    def on_mount(self) -> None:
        """Close when the work has ended."""
        self.work.add_done_callback(self._close)

    def on_screen_resume(self) -> None:
        """Close if the work ended while the help was open over this."""
        if self.work.done():
            self._close(self.work)

    def _close(self, _work: asyncio.Task[Any]) -> None:
        if self.is_active and self.is_running and not self._is_closing:
            self._is_closing = True  # the work may end just as the help is closed
            self.dismiss(True)

    def action_give_up(self) -> None:
        """Give the work up, unless it has just ended."""
        if not self._is_closing:
            self._is_closing = True
            self.dismiss(None)


async def in_thread(app: App[Any], text: str, work: Callable[[], R]) -> R | None:
    """Do work in a thread, and return what it returns; None if the user gave it up.

    The thread of work that was given up comes to its end alone. Call this in a worker.

    Args:
        app: The app; its event loop goes on meanwhile.
        text: What is said after half a second.
        work: Works without the store.

    Raises:
        Exception: What the work raises.
    """
    task = asyncio.create_task(asyncio.to_thread(work))
    done, _waits = await asyncio.wait({task}, timeout=SLOW)
    if not done and not await app.push_screen_wait(WaitDialog(text, task)):
        task.add_done_callback(_forget)
        return None
    return await task


def _forget(task: asyncio.Task[Any]) -> None:
    """Look at what came of work that nobody waits for, so that nothing is said of it."""
    if not task.cancelled():
        task.exception()
