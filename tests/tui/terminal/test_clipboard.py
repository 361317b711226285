"""`y` on a real terminal: what crosses the line, with tmux between and without."""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tools.pty import Terminal

ROOT = Path(__file__).parents[3]
PLAIN = re.compile(rb"(?<!\x1b)\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
WRAPPED = re.compile(rb"\x1bPtmux;\x1b\x1b\]52;c;([A-Za-z0-9+/=]*)\x07\x1b\\")


@contextmanager
def demo(folder: Path, **environ: str) -> Iterator[Terminal]:
    """Open the example, with settings in a folder."""
    env = {"XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}
    env |= {"MENTOR_NOW": "2025-11-24T08:05", "MENTOR_LANG": "da", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tui", "demo"]
    with Terminal(command, env={**env, **environ}, cwd=ROOT) as terminal:
        terminal.wait_until(lambda: b"Maja Holm" in terminal.raw)
        terminal.rest()
        yield terminal


def copied(found: list[bytes]) -> list[str]:
    return [base64.b64decode(one, validate=True).decode("utf-8") for one in found]


def test_a_line_goes_to_the_terminals_clipboard_as_base64_alone(tmp_path: Path) -> None:
    with demo(tmp_path) as terminal:
        terminal.do("y")
        terminal.wait_for("udklipsholder")
        (text,) = copied(PLAIN.findall(terminal.raw))
        assert "\t" in text
        assert text.split("\t")[0] in terminal.screen()
        assert not WRAPPED.search(terminal.raw)


def test_within_tmux_it_is_wrapped_for_the_terminal_behind_it_as_well(tmp_path: Path) -> None:
    with demo(tmp_path, TMUX="/tmp/tmux-1000/default,7,0", TERM="tmux-256color") as terminal:
        terminal.do("y")
        terminal.wait_for("udklipsholder")
        assert copied(PLAIN.findall(terminal.raw)) == copied(WRAPPED.findall(terminal.raw))
        assert len(WRAPPED.findall(terminal.raw)) == 1


@pytest.mark.parametrize("tmux", [False, True])
def test_switched_off_nothing_is_sent(tmp_path: Path, tmux: bool) -> None:
    settings = tmp_path / "mentorrollen/settings.toml"
    settings.parent.mkdir()
    settings.write_text("clipboard = false\n")
    environ = {"TMUX": "x,1,0"} if tmux else {}
    with demo(tmp_path, **environ) as terminal:
        terminal.do("y")
        terminal.wait_for("slået fra")
        assert b"]52;" not in terminal.raw
