"""How many bytes a step down in the plan sends, with the details of the other task."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.tools.pty import Terminal

DOWN = "\x1b[B"
ON_AVERAGE = 450
"""Bytes for one step with its details, which come when the cursor rests."""


def test_a_step_down_in_the_plan_costs_little(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui", "demo", "--lang", "da"]
    env = {"MENTOR_NOW": "2026-11-23T08:05", "XDG_STATE_HOME": str(tmp_path)}
    with Terminal(command, env=env) as terminal:
        terminal.wait_for("F1 ")
        terminal.settle()
        terminal.press(DOWN)
        terminal.press("\r")
        terminal.press("2")
        terminal.wait_for("Beskrivelse (i)")
        terminal.settle()
        steps = []
        for _step in range(8):
            before = terminal.bytes_out
            terminal.do(DOWN, quiet=0.4)
            steps.append(terminal.bytes_out - before)
        terminal.kill()
        terminal.wait_exit()

    assert min(steps) > 100, "the details have come, too"
    assert sum(steps) / len(steps) <= ON_AVERAGE
