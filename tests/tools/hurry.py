"""An event loop whose clock goes on only while there is nothing to do, and then at once.

Textual waits some 60 ms after each key that a test presses, to see that nothing more happens. Here
that time passes as in real life, timer by timer and in the same order, but in no time. No timer
comes before work that is ready, however slow the machine is. Everything else is as it is: files,
threads, and the work of the program take the time that they take.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Callable
from typing import Any, Final

import textual.app
import textual.pilot
from textual import _time, _wait
from textual.pilot import Pilot

A_MOMENT: Final = 0.0005
"""Seconds that other threads get before the clock goes on."""
A_TICK: Final = 1e-6
"""Seconds of the loop's clock that pass when nothing is ready any more."""
PATIENCE: Final = 20.0
"""Seconds that `until` waits at the longest; of the machine's clock."""


class _Selector(selectors.DefaultSelector):
    """Waits for files and sockets, but not for the time."""

    def __init__(self) -> None:
        super().__init__()
        self.now = time.monotonic()

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        ready = super().select(min(timeout, A_MOMENT))
        if not ready:
            self.now += timeout
        return ready


class HurriedLoop(asyncio.SelectorEventLoop):
    """An event loop for tests in this process."""

    def __init__(self) -> None:
        self._hurried = _Selector()
        super().__init__(self._hurried)

    def time(self) -> float:
        """Return the loop's own clock."""
        return self._hurried.now

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        """Wait for the threads as long as it takes: 5 minutes of this loop pass in no time.

        Python 3.12 and later give them that long at the end.
        """
        await super().shutdown_default_executor()


def _time_of_the_loop() -> float:
    try:
        return asyncio.get_running_loop().time()
    except RuntimeError:  # another thread
        return time.monotonic()


async def _a_step_of_the_clock(_min_sleep: float = 0.0, _max_sleep: float = 0.0) -> None:
    """Do all work that is ready, and what the timers of the next 20 ms bring."""
    await asyncio.sleep(_wait.SLEEP_GRANULARITY)


async def _all_that_is_ready(_pilot: Pilot[Any], _timeout: float = 0.0) -> bool:
    """Do all work that is ready: the clock goes on, and this returns, when nothing is left."""
    await asyncio.sleep(A_TICK)
    return True


def hurry_textual() -> None:
    """Have Textual live by the loop's clock, and its pilot see by it that a key is dealt with.

    The pilot would look at how busy the process is, and ask every widget whether it is done.
    """
    assert _time.get_time is time.monotonic, "Textual's timers have another clock now"
    _time.get_time = _time_of_the_loop
    for module in (textual.app, textual.pilot):
        assert module.wait_for_idle is _wait.wait_for_idle, "the pilot waits in another way now"
        vars(module).update(wait_for_idle=_a_step_of_the_clock)
    for name, function in (("_wait_for_screen", _all_that_is_ready),):
        assert hasattr(Pilot, name), "the pilot waits in another way now"
        setattr(Pilot, name, function)


async def until(
    condition: Callable[[], object],
    what: str = "it never came about",
    *,
    every: float = 4 * A_MOMENT,
) -> None:
    """Wait until it is so, where that takes another thread: the disk, or a second session.

    Args:
        condition: Asked again and again.
        what: What is wrong where it never becomes so.
        every: Seconds of the loop's clock that pass in between. Where the program looks for
            something now and then by itself, as often as it does: then each time it has looked
            once more, and it does not matter how fast the clock goes on a machine that is busy.
    """
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, what
        await asyncio.sleep(every)
