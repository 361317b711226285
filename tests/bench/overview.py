"""What a page of many mentors costs, against what Python's own `json` takes to read their files.

Run `python -m tests.bench.overview`. Both read the same files, take turns, and count processor
time, so that what else the machine does is the same for both.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from typing import Final

from data.i18n import set_language
from data.published.figures import counted
from data.published.finding import found_files
from data.published.overview import overview
from data.published.schema import Published, PublishedMentee, Stage
from data.published.write import text_of
from tui.cli.overview import lines_of

MENTORS: Final = 200
MENTEES: Final = 5
LIMIT: Final = 25.0
"""How many times as long the page may take as `json.loads` of the same files."""
MOST_SECONDS: Final = 1.0
DAY: Final = date(2026, 11, 30)


def fill(folder: Path) -> None:
    """Write what so many mentors publish: always the same."""
    chance = random.Random(17)
    for number in range(MENTORS):
        mentees = tuple(_mentee(chance) for _ in range(MENTEES))
        written = DAY - timedelta(chance.randrange(20))
        text = text_of(Published(written, chance.choice([None, 4, 6]), mentees))
        (folder / f"mentor{number}.json").write_text(text)


def _mentee(chance: random.Random) -> PublishedMentee:
    of = chance.randrange(15)
    return PublishedMentee(
        who=chance.randrange(1000, 10000),
        week=chance.randrange(52),
        phase=chance.choice([Stage.PREPARATION, Stage.START, Stage.LEARNING, Stage.CLOSING]),
        talks_planned=chance.randrange(9),
        talks_held=chance.randrange(20),
        last_talk=DAY - timedelta(chance.randrange(60)),
        no_buddy=chance.random() < 0.2,
        no_plan=chance.random() < 0.1,
        no_expectations=chance.random() < 0.2,
        steps=chance.randint(0, of),
        steps_of=of,
    )


def page(folder: Path) -> int:
    """Make the whole page: find, read, sort, count, and say it; how many lines it has."""
    found = overview(found_files([folder]), DAY)
    counted(found)
    return len([*lines_of(found)])


def read_alone(folder: Path) -> int:
    """Read the files with `json` alone, and look at none; how many there are."""
    return len([json.loads(path.read_bytes()) for path in sorted(folder.iterdir())])


def seconds(work: Callable[[Path], int], folder: Path) -> float:
    """Return the processor time that it takes."""
    begun = process_time()
    assert work(folder) >= MENTORS
    return process_time() - begun


def turns(rounds: int) -> list[tuple[float, float]]:
    """Return what the page and `json` alone have taken, in turns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder)
        set_language("en")
        page(folder)  # what is loaded once is not counted
        return [(seconds(page, folder), seconds(read_alone, folder)) for _ in range(rounds)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=11)
    found = turns(parser.parse_args(arguments).rounds)
    ratio = median(own / other for own, other in found)
    own = median(own for own, _other in found)
    print(
        f"{MENTORS} mentors x {MENTEES} mentees on one page / json.loads of their files, "
        f"processor time: {ratio:.1f} (<= {LIMIT:g}); {own:.3f} s (<= {MOST_SECONDS:g} s)"
    )


if __name__ == "__main__":
    main()
