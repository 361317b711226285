"""How much more the first screen costs with a thousand mentees than with ten, as ratios.

Each mentee has 12 tasks, 8 talks and 40 notes, on a real file; the mentee that is written about is
as large in both. What is measured is the processor time of the whole program, its threads too, from
the key until nothing is left to draw. Run `python -m tests.bench.growth`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from screens.home.screen import HomeScreen
from tests.bench.population import fill
from tests.bench.two_sizes import Played, compare

SIZES = (10, 1000)
NOTES = 40
SAVED_SECONDS = 10.0


def _populate(path: Path, mentees: int) -> None:
    fill(path, mentees, notes=NOTES)


async def _begin(played: Played) -> None:
    first = played.app.screen
    assert isinstance(first, HomeScreen)
    while first.opening.names_only:
        await played.pilot.pause()
    await played.pilot.pause()


async def _round(played: Played) -> None:
    press, store = played.pilot.press, played.app.store
    await press("n", "a")
    await played.timed("Esc out of a new note", "escape")
    assert isinstance(played.app.screen, HomeScreen)
    store.drain(SAVED_SECONDS)
    await played.timed("undo of it", "u")
    store.drain(SAVED_SECONDS)
    await press("slash")
    await played.timed("a letter to find a name", "m")
    await played.timed("Esc, which shows all again", "escape")
    await press("slash", "slash", "t", "e", "a")  # found in the name of each team
    await played.timed("a letter of a search, in much", "m")
    await press(*["backspace"] * 4, "x", "y")
    await played.timed("a letter of a search, in nothing", "z")
    await press("escape")


def main(args: list[str]) -> None:
    """Print milliseconds of the processor with few mentees and with many, and the ratio."""
    few, many = (int(size) for size in args) if args else SIZES
    compare(("first screen, processor time", "mentees"), (few, many), _populate, _begin, _round)


if __name__ == "__main__":
    main(sys.argv[1:])
