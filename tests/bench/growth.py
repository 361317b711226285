"""How much more the first screen costs with a thousand mentees than with ten, as ratios.

Each mentee has 12 tasks, 8 talks and 40 notes, on a real file; the mentee that is written about is
as large in both. What is measured is the processor time of the whole program, its threads too, from
the key until nothing is left to draw. Run `python -m tests.bench.growth`.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from time import process_time

from textual.pilot import Pilot

from data.clock import Clock, set_clock
from data.i18n import set_language
from data.settings import Settings
from data.store.opening import open_store
from screens.frame.context import Context
from screens.home.screen import HomeScreen
from tests.bench.population import fill
from tui.app import MentorApp

SIZES = (10, 1000)
NOTES = 40
ROUNDS = 7
SAVED_SECONDS = 10.0

Found = dict[str, list[float]]


async def _complete(app: MentorApp, pilot: Pilot[int]) -> None:
    first = app.screen
    assert isinstance(first, HomeScreen)
    while first.opening.names_only:
        await pilot.pause()
    await pilot.pause()


async def _timed(pilot: Pilot[int], found: Found, name: str, key: str) -> None:
    gc.collect()
    await pilot.pause()
    began = process_time()
    await pilot.press(key)
    await pilot.pause()
    await pilot.pause()
    found.setdefault(name, []).append((process_time() - began) * 1000)


async def _round(app: MentorApp, pilot: Pilot[int], found: Found) -> None:
    await pilot.press("n", "a")
    await _timed(pilot, found, "Esc out of a new note", "escape")
    assert isinstance(app.screen, HomeScreen)
    app.store.drain(SAVED_SECONDS)
    await _timed(pilot, found, "undo of it", "u")
    app.store.drain(SAVED_SECONDS)
    await pilot.press("slash")
    await _timed(pilot, found, "a letter to find a name", "m")
    await _timed(pilot, found, "Esc, which shows all again", "escape")
    await pilot.press("slash", "slash", "t", "e", "a")  # found in the name of each team
    await _timed(pilot, found, "a letter of a search, in much", "m")
    await pilot.press(*["backspace"] * 4, "x", "y")
    await _timed(pilot, found, "a letter of a search, in nothing", "z")
    await pilot.press("escape")


async def measure(path: Path) -> dict[str, float]:
    """Return the median of some rounds in milliseconds of the processor, by what was done."""
    opened = open_store(path, threaded=True)
    app = MentorApp(Context(opened.store, Settings()))
    found: Found = {}
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await _complete(app, pilot)
            gc.disable()
            for _number in range(ROUNDS):
                await _round(app, pilot, found)
    finally:
        gc.enable()
        opened.close()
    return {name: statistics.median(times) for name, times in found.items()}


def main(args: list[str]) -> None:
    """Print milliseconds of the processor with few mentees and with many, and the ratio."""
    few, many = (int(size) for size in args) if args else SIZES
    set_language("da")
    set_clock(Clock(datetime(2026, 3, 2, 9)))  # noqa: DTZ001 - the clock adds the offset
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for mentees in (few, many):
            path = Path(folder) / str(mentees) / "mentor.json"
            path.parent.mkdir(mode=0o700)
            fill(path, mentees, notes=NOTES)
            figures.append(asyncio.run(measure(path)))
    set_clock(None)
    print(f"{'first screen, processor time':<30}{f'{few} mentees':>12}{f'{many}':>10}{'ratio':>8}")
    for name, took in figures[0].items():
        more = figures[1][name]
        print(f"{name:<30}{took:>10.0f}ms{more:>8.0f}ms{more / took:>8.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
