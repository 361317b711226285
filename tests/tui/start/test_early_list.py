"""The names stand on the screen before what draws it is loaded, and no key is lost meanwhile."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from data.clock import now, today
from data.queries.mentees import mentees
from data.records import Mentee, Talk, TalkState
from data.settings import Settings
from data.store.change import Change
from data.store.opening import open_store
from screens.frame.context import Context
from screens.home.opening import Opening
from screens.home.screen import HomeScreen
from tests.screens.conftest import screen_text
from tests.tools.emulator import Emulator
from tests.tools.pty import Terminal
from tui.app import MentorApp
from tui.app.first_screen import go_on_from
from tui.start.early_list import MARK, Glimpse, lines, marked_first

DAY = date(2026, 11, 27)
XTERM = {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
UP, DOWN = "\x1b[A", "\x1b[B"
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


def start(
    path: Path,
    term: str = "xterm-256color",
    rows: int = 24,
    *,
    alternate: bool = True,
    heard: str = "0",
) -> Terminal:
    command = [sys.executable, "-m", "tui", "--file", str(path), "--lang", "en"]
    environ = {"XDG_STATE_HOME": str(path.parent), "TERM": term, "MENTOR_SPEECH": heard}
    return Terminal(command, rows=rows, env=environ, alternate=alternate)


async def test_it_is_what_the_first_screen_begins_with(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Opening, "complete", lambda _self, **_how: None)
    opened = open_store(path, threaded=False)
    try:
        app = MentorApp(Context(opened.store, Settings()))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            shown = screen_text(app).splitlines()
        glimpse = lines(mentees(opened.store), today(), 80)
    finally:
        opened.close()
    assert len(glimpse) == 5
    assert [line.rstrip() for line in shown[:5]] == glimpse


@pytest.mark.parametrize("at", [0, 1, 7, 19])
def test_the_line_with_the_mark_comes_before_the_other_names(at: int) -> None:
    text = [" Monday", " Mentees", *(f" Name {n}" for n in range(20))]
    written = marked_first(text, at)
    terminal = Emulator(80, 24)
    terminal.feed(written)
    assert [terminal.line(y).rstrip() for y in range(22)] == text
    names = [f" Name {at}", *(f" Name {n}" for n in range(20) if n != at)]
    assert re.findall(r" Name \d+", written) == names


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


def test_no_name_is_left_where_there_is_no_other_screen(path: Path) -> None:
    with start(path, "screen", alternate=False) as terminal:
        terminal.wait_for("Maja")
        terminal.kill(signal.SIGTERM)
        terminal.wait_exit(5)
        assert "".join([terminal.screen(), *terminal.emulator.history]).strip() == ""
        assert terminal.cursor == (0, 0, True)


@pytest.mark.parametrize(("term", "rows"), [("linux", 24), ("xterm-256color", 12)])
def test_where_it_would_not_do_the_names_wait_for_the_first_screen(
    path: Path, term: str, rows: int
) -> None:
    with start(path, term, rows) as terminal:
        terminal.wait_for("Maja")
        assert terminal.raw_mode()
        assert b"\x1b[?2004h" in terminal.raw, "Textual has the terminal"


def test_keys_pressed_before_anything_is_shown_are_kept_and_not_written_out(path: Path) -> None:
    with start(path, heard="1") as terminal:
        while not terminal.raw_mode():
            assert not terminal.raw
        terminal.key("\x1b[Bn")
        terminal.wait_for("Note: ")
    assert b"^[" not in terminal.raw


@pytest.mark.parametrize("wait", [False, True], ids=["at once", "later"])
def test_behind_a_screen_that_an_early_key_opened_is_the_whole_first_screen(
    path: Path, *, wait: bool
) -> None:
    with start(path) as terminal:
        terminal.wait_for("Maja")
        terminal.key(DOWN + "\r")
        terminal.wait_for("1 Overview")
        if wait:
            terminal.rest()
        terminal.key("\x1b")
        terminal.wait_for("Today (")
        terminal.wait_for(f"{MARK}Maja")
        terminal.key(DOWN + "\r")
        terminal.wait_for("Åse · week")
        terminal.resize(70, 20)
        terminal.key("\x1b")
        terminal.wait_for("Today (")
        terminal.wait_for(f"{MARK}Åse")
        terminal.key("\x11")
        assert terminal.wait_exit() == 0


def test_early_arrows_choose_whom_the_keys_after_them_are_for(path: Path) -> None:
    with start(path) as terminal:
        terminal.wait_for("Maja")
        terminal.key(DOWN + DOWN + DOWN + UP + DOWN + "\r2")
        terminal.wait_for("The plan has no tasks yet")
        terminal.wait_for("Åse · week")  # the last in the list
        terminal.key("\x11")
        assert terminal.wait_exit() == 0


def test_an_early_key_is_for_the_line_with_the_mark(path: Path) -> None:
    """The mark stands where the first screen will, and a talk cut off does not lead away."""
    opened = open_store(path, threaded=False)
    _first, second, third = mentees(opened.store)
    talk = Talk(mentee_id=second.id, number=1, state=TalkState.RUNNING, started_at=now())
    opened.store.commit([Change.created(talk)], "")
    opened.close()
    state = path.parent / "mentorrollen"
    state.mkdir(mode=0o700)
    (state / "positions.json").write_text(json.dumps({"home": f"{third.id}|"}), "utf-8")
    with start(path) as terminal:
        terminal.wait_for("Maja")
        assert f"▎{third.name}" in terminal.screen()
        terminal.key("2")
        terminal.wait_for("The plan has no tasks yet")
        terminal.wait_for(f" {third.name} · week")
    with start(path) as terminal:
        terminal.wait_for("is unfinished")
        terminal.wait_for(f"▎{second.name}")


class Line:
    """A pty with the names on it, and nobody but this test at the other end."""

    def __init__(self, names: Sequence[str], rows: int = 24, at: int = 0) -> None:
        self.keeper, self.screen = pty.openpty()
        termios.tcsetwinsize(self.screen, (rows, 80))
        self.mentees = [Mentee(name=name) for name in names]
        self.glimpse = Glimpse(self.screen, self.screen, XTERM)
        self.glimpse.show(self.mentees, DAY, self.mentees[at].id)
        self.said = b""

    def press(self, keys: str, answer: bytes) -> None:
        os.write(self.keeper, keys.encode())
        while answer not in self.said:
            assert select.select([self.keeper], [], [], 10)[0], self.said
            self.said += os.read(self.keeper, 4096)
        self.said = b""

    def wait_until_it_reads_no_more(self) -> None:
        while any(thread.name == "early keys" for thread in threading.enumerate()):
            time.sleep(0.001)

    def close(self) -> None:
        self.glimpse.put_away()
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        os.close(self.screen)
        os.close(self.keeper)


@pytest.fixture
def line() -> Iterator[Callable[..., Line]]:
    made: list[Line] = []

    def make(*names: str, **how: int) -> Line:
        made.append(Line(names, **how))
        return made[-1]

    yield make
    for one in made:
        one.close()


def mark_at(row: int) -> bytes:
    return f"\x1b[{row}H▎".encode()


def test_arrows_are_answered_before_the_program_is_there(line: Callable[..., Line]) -> None:
    shown = line("Maja", "Åse", "Bo")
    assert shown.glimpse.chosen == "", "no key yet"
    shown.press(DOWN, mark_at(4))
    shown.press("\x1bOB", mark_at(5))
    shown.press(DOWN + UP, mark_at(4))
    assert shown.glimpse.chosen == shown.mentees[1].id
    assert shown.glimpse.early_keys() == b""


@pytest.mark.parametrize("rest", ["n", "\n", "\x1b", "\x1b[", "\x1b[6~", "æ", f"x{DOWN}y"])
def test_the_first_other_key_and_all_after_it_are_kept(
    line: Callable[..., Line], rest: str
) -> None:
    shown = line("Maja", "Åse", "Bo")
    shown.press(DOWN + rest, mark_at(4))
    assert shown.glimpse.early_keys() == rest.encode()
    assert shown.glimpse.chosen == shown.mentees[1].id


@pytest.mark.parametrize(
    ("keys", "place", "rest"),
    [("\r", "overview", ""), ("\r2", "overview", "2"), ("2n", "plan", "n"), ("n2", "", "n2")],
)
def test_a_first_key_that_opens_a_screen_is_told_and_all_after_it_are_kept(
    line: Callable[..., Line], keys: str, place: str, rest: str
) -> None:
    shown = line("Maja", "Åse", "Bo")
    shown.press(DOWN + keys, mark_at(4))
    assert shown.glimpse.early_keys() == rest.encode()
    assert shown.glimpse.place == place
    assert shown.glimpse.chosen == shown.mentees[1].id


def test_a_key_for_a_mentee_who_is_gone_meanwhile_leaves_the_first_screen(
    line: Callable[..., Line], path: Path
) -> None:
    shown = line("Maja", "Åse", "Bo")
    shown.press(DOWN + "\r", mark_at(4))
    assert shown.glimpse.early_keys() == b""
    opened = open_store(path, threaded=False)
    context = Context(opened.store, Settings())
    opening = HomeScreen(context).opening
    go_on_from(shown.glimpse, opening, context)
    assert shown.glimpse.place == "overview"
    assert not opening.unseen, "the file has no mentee of that id"
    opened.close()


def test_an_arrow_that_the_line_cuts_in_two_is_an_arrow(line: Callable[..., Line]) -> None:
    shown = line("Maja", "Åse", "Bo")
    shown.press(DOWN + "\x1b", mark_at(4))
    shown.press("[", b"")
    shown.press("B", mark_at(5))
    assert shown.glimpse.early_keys() == b""


def test_where_there_are_more_names_than_lines_the_arrow_is_kept(
    line: Callable[..., Line],
) -> None:
    names = [f"N{number:02}" for number in range(30)]
    shown = line(*names, rows=20, at=18)
    shown.press(UP + DOWN, mark_at(19))
    shown.press(DOWN + UP, b"")
    shown.wait_until_it_reads_no_more()
    assert shown.glimpse.early_keys() == (DOWN + UP).encode()
    assert shown.glimpse.chosen == shown.mentees[18].id


def test_past_both_ends_of_the_list_there_is_nothing_to_do(line: Callable[..., Line]) -> None:
    shown = line("Maja", "Åse")
    shown.press(UP + DOWN + DOWN + DOWN + UP, mark_at(3))
    assert shown.glimpse.early_keys() == b""


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
        said = b""
        while not said.endswith(LEAVE + b"\x1b[?25h"):
            assert select.select([keeper], [], [], 10)[0], said
            said += os.read(keeper, 4096)
    finally:
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        os.close(screen)
        os.close(keeper)
