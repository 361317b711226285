"""When the line breaks: the text is saved, the process gone, and no processor is burnt."""

from __future__ import annotations

import random
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.tools.pty import Terminal

LIMIT = 5.0
F2, F5 = "\x1bOQ", "\x1b[15~"


def start(path: Path, *, ignore_hangup: bool = False, block_hangup: bool = False) -> Terminal:
    """A text being written, in mid-word."""
    terminal = Terminal(
        [sys.executable, "-m", "tests.tui.apps", "saver", str(path)],
        ignore_hangup=ignore_hangup,
        block_hangup=block_hangup,
    )
    terminal.wait_for("ready")
    terminal.key("midt i et o")
    terminal.wait_for("midt i et o")
    return terminal


def test_a_dropped_connection_saves_and_ends(tmp_path: Path) -> None:
    with start(tmp_path / "note") as terminal:
        terminal.hangup()
        assert terminal.wait_exit(LIMIT) in (128 + signal.SIGHUP, -signal.SIGHUP)
    assert "midt i et o" in (tmp_path / "note").read_text("utf-8")


@pytest.mark.parametrize("ignored", [True, False], ids=["ignored", "blocked"])
def test_a_terminal_that_goes_without_a_signal_is_noticed(tmp_path: Path, ignored: bool) -> None:
    path = tmp_path / "note"
    with start(path, ignore_hangup=ignored, block_hangup=not ignored) as terminal:
        terminal.hangup()
        assert terminal.wait_exit(LIMIT) == 128 + signal.SIGHUP
    assert "midt i et o" in (tmp_path / "note").read_text("utf-8")


def test_a_request_to_end_saves_and_gives_the_terminal_back(tmp_path: Path) -> None:
    with start(tmp_path / "note") as terminal:
        assert terminal.raw_mode()
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_exit(LIMIT) == 128 + signal.SIGTERM
        assert not terminal.raw_mode()
        assert terminal.cursor[2]
        assert "midt i et o" not in terminal.screen()
    assert "midt i et o" in (tmp_path / "note").read_text("utf-8")


def test_a_stalled_terminal_does_not_keep_the_process(tmp_path: Path) -> None:
    with start(tmp_path / "note") as terminal:
        terminal.press("\x1b[200~" + "stille " * 300 + "\x1b[201~")
        terminal.stall(F5)
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_exit(LIMIT, reading=False) == 128 + signal.SIGTERM
        assert not terminal.raw_mode()
    assert "midt i et o" in (tmp_path / "note").read_text("utf-8")


def test_a_stuck_program_is_ended_all_the_same(tmp_path: Path) -> None:
    with start(tmp_path / "note") as terminal:
        terminal.key(F2)
        wait_for_sleep(terminal)
        terminal.hangup()
        assert terminal.wait_exit(LIMIT) == 128 + signal.SIGHUP
    assert "midt i et o" in (tmp_path / "note").read_text("utf-8")


def test_nothing_spins_without_a_terminal(tmp_path: Path) -> None:
    with start(tmp_path / "note", ignore_hangup=True) as terminal:
        before = terminal.cpu_seconds()
        terminal.hangup()
        used = before
        while terminal.alive:
            used = terminal.cpu_seconds()
            time.sleep(0.02)
        assert used - before < 0.5


def wait_for_sleep(terminal: Terminal) -> None:
    """Wait until the program has taken the key and sleeps on it."""
    terminal.settle(0.3)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(50))
def test_every_echoed_letter_is_saved_however_the_line_breaks(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    with start(tmp_path / "note", ignore_hangup=seed % 3 == 0) as terminal:
        for letter in rng.choices("abcæøå ", k=rng.randint(1, 60)):
            terminal.key(letter)
        if seed % 3 == 1:
            terminal.kill(signal.SIGTERM)
        shown = terminal.emulator.line(1).rstrip()
        terminal.hangup()
        terminal.wait_exit(LIMIT)
    assert (tmp_path / "note").read_text("utf-8").splitlines()[1].startswith(shown)
