"""The names stand on the screen before what draws it is loaded, and no key is lost meanwhile."""

from __future__ import annotations

import os
import pty
import signal
import sys
import termios
from datetime import date
from pathlib import Path

import pytest

from data.change import Change
from data.clock import today
from data.mentee_list import mentees
from data.opening import open_store
from data.records import Mentee
from data.settings import Settings
from screens.context import Context
from screens.home import HomeScreen
from tests.screens.conftest import screen_text
from tests.tools.pty import Terminal
from tui.app import MentorApp
from tui.glimpse import Glimpse, lines

DAY = date(2026, 11, 27)
XTERM = {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    found = folder / "mentor.json"
    opened = open_store(found, threaded=False)
    opened.store.commit(
        [Change.created(Mentee(name=name, start=DAY)) for name in ("Maja", "Åse", "[red]x")], ""
    )
    opened.close()
    return found


def start(path: Path, term: str = "xterm-256color", rows: int = 24) -> Terminal:
    command = [sys.executable, "-m", "tui", "--file", str(path), "--lang", "en"]
    environ = {"XDG_STATE_HOME": str(path.parent), "TERM": term}
    return Terminal(command, rows=rows, env=environ)


async def test_it_is_what_the_first_screen_begins_with(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HomeScreen, "NAMES_FIRST", True)
    monkeypatch.setattr(HomeScreen, "complete", lambda _self: None)
    opened = open_store(path, threaded=False)
    try:
        app = MentorApp(Context(opened.store, Settings()))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            shown = screen_text(app).splitlines()
        glimpse = lines(mentees(opened.store), today(), 80, 24)
    finally:
        opened.close()
    assert len(glimpse) == 5
    assert [line.rstrip() for line in shown[:5]] == glimpse


def test_keys_pressed_before_the_program_is_there_are_dealt_with(path: Path) -> None:
    with start(path) as terminal:
        terminal.wait_for("Maja")
        assert ENTER in terminal.raw
        terminal.key("\r2")  # no waiting: a name can be read
        terminal.wait_for("The plan has no tasks yet")
        terminal.key("\x11")
        assert terminal.wait_exit() == 0
        assert not terminal.raw_mode()
    assert terminal.raw.count(ENTER) == 1
    assert terminal.raw.count(LEAVE) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_meanwhile_leaves_the_terminal_as_it_was(path: Path, number: int) -> None:
    with start(path) as terminal:
        terminal.wait_for("Maja")
        terminal.kill(number)
        terminal.wait_exit(5)
        assert not terminal.raw_mode()
    assert terminal.raw.count(LEAVE) == 1


@pytest.mark.parametrize(("term", "rows"), [("linux", 24), ("xterm-256color", 12)])
def test_where_it_would_not_do_the_names_wait_for_the_first_screen(
    path: Path, term: str, rows: int
) -> None:
    with start(path, term, rows) as terminal:
        terminal.wait_for("Maja")
        assert terminal.raw_mode()
        assert b"\x1b[?2004h" in terminal.raw, "Textual has the terminal"


def test_where_the_program_fails_the_terminal_is_given_back() -> None:
    keeper, screen = pty.openpty()
    try:
        termios.tcsetwinsize(screen, (24, 80))
        before = termios.tcgetattr(screen)
        glimpse = Glimpse(screen, screen, XTERM)
        glimpse.show([], DAY)
        assert not glimpse.hand_over(), "nothing to show"
        glimpse.show([Mentee(name="Maja")], DAY)
        assert termios.tcgetattr(screen) != before
        glimpse.put_away()
        assert termios.tcgetattr(screen) == before
        assert not glimpse.hand_over()
        assert os.read(keeper, 4096).endswith(LEAVE + b"\x1b[?25h")
    finally:
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        os.close(screen)
        os.close(keeper)
