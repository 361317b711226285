"""A terminal emulator that people use agrees: two panes of tmux show the same, styles and all."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.tools.emulator import Cell, Emulator
from tests.tui.terminal.replay import WORDS, Screenplay, Twins
from tui.terminal.kind import TerminalKind

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

COLS, ROWS = 60, 12
ABILITIES = TerminalKind.of({"TERM": "tmux-256color"}).abilities


class Pane:
    """One pane that shows a file as if a program had written it."""

    def __init__(self, folder: Path, name: str, written: str) -> None:
        self._socket = str(folder / "socket")
        self._name = name
        path = folder / name
        path.write_text("\x1b[?7l" + written + "\x1b[?25l\x1b]2;shown\x07", "utf-8")
        self._tmux(
            *("-f", "/dev/null", "-u", "new-session", "-d", "-s", name, "-x", str(COLS)),
            *("-y", str(ROWS), f"tmux set status off; stty raw; cat {path}; sleep 60"),
        )

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self._socket, *arguments], capture_output=True, text=True, check=True
        )
        return done.stdout

    def shown(self) -> str:
        """The screen with its styles, once all of the file is there."""
        target = f"{self._name}:"
        end = time.monotonic() + 10
        while "shown" not in self._tmux("display-message", "-p", "-t", target, "#{pane_title}"):
            assert time.monotonic() < end
        return self._tmux("capture-pane", "-p", "-e", "-N", "-t", target)

    def close(self) -> None:
        self._tmux("kill-session", "-t", self._name)


def cells(captured: str) -> list[list[Cell]]:
    """What tmux says it shows, cell by cell. A blank's ink is not seen, nor kept by an erasure."""
    emulator = Emulator(COLS, ROWS)
    emulator.feed("\x1b[?7l" + captured.removesuffix("\n").replace("\n", "\r\n"))
    return [
        [Cell(" ") if cell.text == " " and not any(cell.style[1:]) else cell for cell in row]
        for row in emulator.buffer
    ]


@pytest.mark.parametrize("seed", range(6))
def test_tmux_shows_the_same(tmp_path: Path, seed: int) -> None:
    rng = random.Random(3000 + seed)
    words = tuple(word for word in WORDS if word != "\u200b")
    play = Screenplay(rng, COLS, ROWS, words)
    twins = Twins(COLS, ROWS, ABILITIES)
    stock, ours = "", ""
    for number in range(40):
        frame = play.edit() if number else play.whole()
        twins.write(frame)
        stock += frame.replace("\n", "\r\n")
        ours += twins.paint()
    panes = [Pane(tmp_path, "stock", stock), Pane(tmp_path, "ours", ours)]
    try:
        expected, shown = (pane.shown() for pane in panes)
        assert expected.strip()
        assert cells(shown) == cells(expected)
    finally:
        for pane in panes:
            pane.close()
