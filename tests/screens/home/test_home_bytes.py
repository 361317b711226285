"""What the first screen costs on a slow line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tools.pty import Terminal

MOST = 400
"""Bytes for one step in a list, with all that changes elsewhere on the screen."""
ON_AVERAGE = 150
"""Bytes for one step in the list of mentees."""


@pytest.mark.parametrize("tabs", [0, 1], ids=["mentees", "today"])
def test_a_step_in_a_list_costs_little(tmp_path: Path, tabs: int) -> None:
    command = [sys.executable, "-m", "tui", "demo", "--lang", "da"]
    env = {"MENTOR_NOW": "2026-11-23T08:05", "XDG_STATE_HOME": str(tmp_path)}
    with Terminal(command, env=env) as terminal:
        terminal.wait_for("F1 ")
        terminal.settle()
        for _tab in range(tabs):
            terminal.press("\t")
        steps = []
        for key in ("\x1b[B", "\x1b[B", "\x1b[A"):
            before = terminal.bytes_out
            terminal.do(key, quiet=0.1)
            steps.append(terminal.bytes_out - before)
        terminal.kill()
        terminal.wait_exit()

    assert max(steps) <= MOST
    if not tabs:
        assert sum(steps) / len(steps) <= ON_AVERAGE
    assert min(steps) > 0


def test_no_line_of_the_first_screen_is_sent_twice(tmp_path: Path) -> None:
    """The lists get their height when they are laid out; rows may take several lines then."""
    command = [sys.executable, "-m", "tui", "demo", "--lang", "da"]
    env = {"MENTOR_NOW": "2026-11-28T08:05", "XDG_STATE_HOME": str(tmp_path)}
    with Terminal(command, env=env) as terminal:
        terminal.wait_for("Kvalitetssikring")
        terminal.settle()
        sent = bytes(terminal.raw).decode()
        terminal.kill()
        terminal.wait_exit()

    assert [
        sent.count(words) for words in ("Kvalitetssikring", "Før oprettelsen", "Lært, ikke")
    ] == [1] * 3
