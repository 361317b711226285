"""The same keys on a small file and on a large one, and what they cost, as ratios.

What is measured is the processor time of the whole program, its threads too, from a key until
nothing is left to draw.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from time import process_time

from textual.pilot import Pilot

from data.clock import Clock, set_clock
from data.i18n import set_language
from data.settings import Settings
from data.store.opening import open_store
from screens.frame.context import Context
from tui.app import MentorApp

ROUNDS = 7


class Played:
    """The app on one of the files, and how long each of its keys has taken."""

    def __init__(self, app: MentorApp, pilot: Pilot[int]) -> None:
        """Begin without any."""
        self.app = app
        self.pilot = pilot
        self.found: dict[str, list[float]] = {}
        """Milliseconds by what was done, one for each round."""

    async def timed(self, name: str, *keys: str, rest: float | None = None) -> None:
        """Press keys and wait until they are answered, and `rest` seconds more."""
        gc.collect()
        await self.pilot.pause()
        began = process_time()
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()
        await self.pilot.pause(rest)
        self.found.setdefault(name, []).append((process_time() - began) * 1000)


Play = Callable[[Played], Awaitable[None]]


async def _measure(path: Path, begin: Play, play: Play) -> dict[str, float]:
    """Return the medians of some rounds of `play`, in milliseconds."""
    opened = open_store(path, threaded=True)
    app = MentorApp(Context(opened.store, Settings()))
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            played = Played(app, pilot)
            await begin(played)
            gc.disable()
            for _number in range(ROUNDS):
                await play(played)
    finally:
        gc.enable()
        opened.close()
    return {name: statistics.median(times) for name, times in played.found.items()}


def compare(
    what: tuple[str, str],
    sizes: tuple[int, int],
    populate: Callable[[Path, int], None],
    begin: Play,
    play: Play,
) -> None:
    """Print what each key costs on a small file and on a large one, and the ratio.

    Args:
        what: What stands above the table: of what it is, and what the sizes count.
        sizes: How much is in the two files.
        populate: Writes a file of a size.
        begin: Waits until the app can be measured.
        play: Presses keys; called several times for each file.
    """
    set_language("da")
    set_clock(Clock(datetime(2026, 3, 2, 9)))  # noqa: DTZ001 - the clock adds the offset
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / str(size) / "mentor.json"
            path.parent.mkdir(mode=0o700)
            populate(path, size)
            figures.append(asyncio.run(_measure(path, begin, play)))
    set_clock(None)
    title, counted = what
    print(f"{title:<42}{f'{sizes[0]} {counted}':>12}{f'{sizes[1]:,}':>10}{'ratio':>8}")
    for name, took in figures[0].items():
        more = figures[1][name]
        print(f"{name:<42}{took:>10.0f}ms{more:>8.0f}ms{more / took:>8.2f}")
