"""What an export costs: a plan of 40 rows as a Word file, against loading python-docx alone.

Run `python -m tests.bench.export`. Both are whole processes that take turns, so that what else the
machine does is the same for both; what counts is processor time.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.population import fill
from tests.bench.terminal import ROOT, compile_all

ROWS: Final = 40
LIMIT: Final = 2.0
"""How many times as long an export may take as loading python-docx."""


def processor_seconds(words: Sequence[str], folder: Path) -> float:
    """Run a process of Python to its end, and return the processor time that it has taken."""
    environ = {**os.environ, "HOME": str(folder), "MENTOR_FILE": str(folder / "mentor.json")}
    process = subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return used.ru_utime + used.ru_stime


def ratio(rounds: int) -> float:
    """Return how many times as long an export takes as loading python-docx."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "mentor.json", 1, tasks=ROWS)
        export = ["-m", "tui", "export", "Maja", "plan"]
        processor_seconds(export, folder)
        turns = [
            (processor_seconds(export, folder), processor_seconds(["-c", "import docx"], folder))
            for _ in range(rounds)
        ]
    return median(own / other for own, other in turns)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=11)
    options = parser.parse_args(arguments)
    compile_all()
    found = ratio(options.rounds)
    print(f"{ROWS} rows as docx / import docx, processor time: {found:.2f} (<= {LIMIT:g})")


if __name__ == "__main__":
    main()
