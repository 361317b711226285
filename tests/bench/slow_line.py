"""What a line of 9600 baud has carried when the cursor's row is there: the program beside vim.

Run `python -m tests.bench.slow_line`. Bytes are counted, not seconds: 960 of them take one second.
Each key is pressed when the answer to the one before it is over.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.terminal import DOWN, ENTER, ESC, PAGE_DOWN, ROOT
from tests.tools.first_row import SLOW_LINE, bytes_to_cursors_row, bytes_to_text
from tests.tools.pty import Terminal

F3: Final = "\x1bOR"
WALK: Final = (
    *(("step in the list", DOWN), ("open a mentee", ENTER), ("plan", "2"), ("talks", "3")),
    *(("roles", "4"), ("talk", "t"), ("next step", PAGE_DOWN), ("back", ESC), ("note", "n")),
    *(("back", ESC), ("plan", "2"), ("dialog of a new task", "a"), ("back", ESC), ("search", "/")),
    *(("back", ESC), ("help", "?"), ("back", ESC), ("choice of what to add", F3), ("back", ESC)),
)
IN_VIM: Final = (
    *(("page down", "\x06"), ("page down", "\x06"), ("find a word", "/needle\r")),
    *(("first line", "gg"), ("last line", "G"), ("page up", "\x02"), ("find a word", "n")),
)
SCREENFUL: Final = 500
"""Bytes from which an answer is one that is waited for on a slow line."""


def measure(
    terminal: Terminal, ready: str, shown: str, walk: tuple[tuple[str, str], ...]
) -> list[tuple[str, int, int]]:
    """Return for the start and each key the bytes to the cursor's row, and those of all.

    At the start it is the first row: the one with the text `shown`. `ready` comes last.
    """
    found = []
    terminal.wait_for(ready, limit=60)
    terminal.settle(0.4)
    found.append(("start", bytes_to_text(bytes(terminal.raw), shown), len(terminal.raw)))
    for what, key in walk:
        before = len(terminal.raw)
        terminal.press(key, quiet=0.4)
        raw = bytes(terminal.raw)
        found.append((what, bytes_to_cursors_row(raw, before), len(raw) - before))
    return found


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = {"HOME": name, "XDG_DATA_HOME": name, "XDG_STATE_HOME": name}
        command = [sys.executable, "-m", "tui", "demo", "--lang", "da"]
        with Terminal(command, env=environ, cwd=ROOT) as terminal:
            programs = {"mentor": measure(terminal, "F1 ", "▎Emil", WALK)}
        if vim := shutil.which("vim"):
            text = folder / "text.txt"
            line = "Maja har i dag haft sin første samtale alene og er glad for den."
            lines = [f"{number} {line}" for number in range(1, 200)]
            text.write_text("\n".join([*lines[:120], "needle", *lines, "needle"]), "utf-8")
            with Terminal([vim, "-u", "NONE", "-n", "-N", str(text)], env=environ) as terminal:
                programs["vim"] = measure(terminal, "23 Maja", "1 Maja", IN_VIM)
    print("| program | key | bytes to the cursor's row | s at 9600 baud | all | s |")
    print("|---|---|---|---|---|---|")
    for program, found in programs.items():
        for what, row, whole in found:
            print(
                f"| {program} | {what} | {row} | {row / SLOW_LINE:.2f} | {whole}"
                f" | {whole / SLOW_LINE:.2f} |"
            )
    middle = {
        program: median(row for _what, row, whole in found[1:] if whole > SCREENFUL)
        for program, found in programs.items()
    }
    print(f"median of the keys that change a screen, bytes to the cursor's row: {middle}")
    if "vim" in middle:
        print(f"mentor / vim: {middle['mentor'] / middle['vim']:.2f}")


if __name__ == "__main__":
    main()
