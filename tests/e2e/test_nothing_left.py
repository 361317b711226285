"""However the program ends or steps aside, nothing of the records is left on the terminal.

The terminal here has no other screen and can be scrolled back, as GNU screen is out of the box.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.world import MENTOR, World
from tests.tools.pty import Terminal

F5 = "\x1b[15~"
NOTE = "Maja var ked af det efter mødet i går."
BROKEN = """
import sys, time
from tui.app.app import MentorApp
def broken(self):
    {what}
MentorApp.action_shared_view = broken
from tui.cli.main import main
sys.argv = ["mentor", "demo"]
main()
"""
"""The program with a mistake: F6 runs into it."""
F6 = "\x1b[17~"
COMMANDS = {
    "program": [MENTOR, "demo"],
    "raises": [sys.executable, "-c", BROKEN.format(what="raise ValueError(self.screen)")],
    "stuck": [sys.executable, "-c", BROKEN.format(what="time.sleep(60)")],
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@contextmanager
def looked_at(world: World, command: str = "program", **environ: str | None) -> Iterator[Terminal]:
    """The program after some screens have been looked at and painted again, in a note."""
    env = {**world.env, "TERM": "screen", **environ}
    with Terminal(COMMANDS[command], env=env, alternate=False) as terminal:
        terminal.wait_until(lambda: b"Emil Kragh" in terminal.raw)
        terminal.rest()
        for key in ("\x1b[B\r", F5, "2", F5, "n", NOTE, F5):
            terminal.do(key)
        assert NOTE in terminal.screen()
        yield terminal


def left(terminal: Terminal) -> list[str]:
    """What can be read: on the screen, and where one can scroll back to."""
    lines = [*terminal.emulator.history, *terminal.screen().splitlines()]
    return [line.strip() for line in lines if line.strip()]


@pytest.mark.parametrize("term", ["screen", "xterm-256color", "linux"])
def test_the_program_is_left(world: World, term: str) -> None:
    with looked_at(world, TERM=term) as terminal:
        terminal.key("\x11")
        assert terminal.wait_exit() == 0
        assert left(terminal) == []
        assert terminal.cursor == (0, 0, True)


@pytest.mark.parametrize("number", [0, signal.SIGTERM])
def test_it_is_left_by_those_who_hear_it(world: World, number: int) -> None:
    with looked_at(world, MENTOR_SPEECH="1") as terminal:
        if number:
            terminal.kill(number)
        else:
            terminal.key("\x11")
        terminal.wait_exit()
        assert left(terminal) == []
        assert terminal.cursor == (0, 0, True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it(world: World, number: int) -> None:
    with looked_at(world) as terminal:
        terminal.kill(number)
        terminal.wait_exit()
        assert left(terminal) == []
        assert terminal.cursor == (0, 0, True)


def test_it_is_stuck_and_ended_from_outside(world: World) -> None:
    with looked_at(world, "stuck") as terminal:
        terminal.press(F6)
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_exit() == 128 + signal.SIGTERM
        assert left(terminal) == []
        assert terminal.cursor == (0, 0, True)


@pytest.mark.parametrize("end", ["signal", "key"])
@pytest.mark.parametrize("speech", [None, "1"])
def test_it_ends_while_the_terminal_has_stalled(world: World, end: str, speech: str | None) -> None:
    """What was on its way is thrown away, and all is erased when the terminal goes on."""
    with looked_at(world, MENTOR_SPEECH=speech) as terminal:
        terminal.clog()
        if end == "signal":
            terminal.kill(signal.SIGTERM)
        else:
            terminal.type_unread("\x11")
        terminal.wait_exit(reading=False)
        assert left(terminal) == []
        assert terminal.cursor == (0, 0, True)


def test_a_mistake_ends_it(world: World) -> None:
    with looked_at(world, "raises") as terminal:
        terminal.key(F6)
        assert terminal.wait_exit() not in (0, None)
        said = " ".join(left(terminal))
        assert said.startswith("mentor: ")
        assert "Maja" not in said


def test_it_steps_aside_for_an_editor(world: World, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text("#!/bin/sh\nprintf 'what now? '\nread answer\n", "utf-8")
    editor.chmod(0o700)
    with looked_at(world, VISUAL=str(editor)) as terminal:
        terminal.key("\x05")
        terminal.wait_for("what now?")
        assert left(terminal) == ["what now?"]
        terminal.key("\r")
        terminal.wait_for(NOTE)


def test_it_is_stopped(world: World) -> None:
    with looked_at(world) as terminal:
        terminal.kill(signal.SIGTSTP)
        terminal.wait_gone(NOTE)
        terminal.settle()
        assert left(terminal) == []
        terminal.kill(signal.SIGCONT)
        terminal.wait_for(NOTE)
        assert terminal.emulator.history == []
