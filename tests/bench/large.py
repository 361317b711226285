"""What a large file costs beside a small one: until it can be read, in memory, and when leaving.

Each mentee has 12 tasks, 8 talks and 40 notes; both files are opened in turn, by the program itself
on a pty. Run `python -m tests.bench.large`.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from statistics import median

from tests.bench.population import fill
from tests.bench.start import start
from tests.tools.pty import Terminal

SIZES = (10, 1000)
NOTES = 40
ROUNDS = 3
FIRST = "Emil"
"""The first name of the first mentee of every list."""
SPENT = ("names can be read, ms", "first screen complete, ms")
MEMORY = "most memory, MiB"
LEFT = "leaving after one note, kB written"


def _written_kb(terminal: Terminal) -> float:
    lines = Path(f"/proc/{terminal.pid}/io").read_text("ascii").splitlines()
    return int(dict(line.split(": ") for line in lines)["wchar"]) / 1000


def once(folder: Path, screen: str) -> dict[str, float]:
    """Open the file in a folder, write a note and leave. Return what that took."""
    found = {}
    with start(folder) as terminal:
        for name, text in zip(SPENT, (FIRST, screen), strict=True):
            terminal.wait_for(text, limit=120)
            found[name] = terminal.cpu_seconds() * 1e3
        terminal.rest()
        found[MEMORY] = terminal.peak_memory_mb()
        for key in ("n", "a", "\x1b"):
            terminal.do(key)
        terminal.rest()
        before = _written_kb(terminal)
        terminal.key("\x11")
        while terminal.alive:
            with suppress(OSError):  # it has ended
                found[LEFT] = _written_kb(terminal) - before
    return found


def main(arguments: list[str]) -> None:
    """Print the medians with few mentees and with many, and the ratios."""
    few, many = (int(size) for size in arguments) if arguments else SIZES
    took: dict[int, list[dict[str, float]]] = {few: [], many: []}
    with tempfile.TemporaryDirectory() as room:
        folders = {size: Path(room, str(size)) for size in took}
        for size, folder in folders.items():
            folder.mkdir(mode=0o700)
            fill(folder / "mentor.json", size, notes=NOTES)
        sizes = {n: (one / "mentor.json").stat().st_size / 2**20 for n, one in folders.items()}
        for _round in range(ROUNDS):
            for size, folder in folders.items():
                took[size].append(once(folder, "I dag ("))
    print(f"{'opening, processor time':<38}{f'{few} mentees':>12}{f'{many}':>10}{'ratio':>8}")
    found = {
        size: {name: median(one[name] for one in rounds) for name in rounds[0]}
        for size, rounds in took.items()
    }
    for name, small in found[few].items():
        large = found[many][name]
        print(f"{name:<38}{small:>12.1f}{large:>10.1f}{large / max(small, 0.1):>8.2f}")
    beyond = (found[many][MEMORY] - found[few][MEMORY]) / (sizes[many] - sizes[few])
    print(f"{'memory for what is more in the file':<38}{f'{beyond:.2f} times its size':>30}")


if __name__ == "__main__":
    main(sys.argv[1:])
