"""On a slow line the row of the cursor comes first, and what is new comes before what is old."""

from __future__ import annotations

import os
import random
import select
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.emulator import Emulator
from tests.tools.first_row import HALF_A_SECOND, bytes_to_cursors_row, bytes_to_text
from tests.tools.pty import Terminal
from tests.tui.terminal.replay import JOINED, WORDS, Screenplay, Twins
from tests.tui.terminal.test_replay import KINDS
from tui.terminal import output
from tui.terminal.display import Display
from tui.terminal.kind import TerminalKind
from tui.terminal.other_screen import ENTER
from tui.terminal.output import LITTLE, Outlet

DOWN, ENTER_KEY, ESC, F3, PAGE_DOWN = "\x1b[B", "\r", "\x1b", "\x1bOR", "\x1b[6~"
WALK = (
    *(DOWN, ENTER_KEY, "2", DOWN, "3", "4", "5", "6", "7", "1", "t", PAGE_DOWN, ESC, "n", ESC),
    *("2", "a", ESC, "/", ESC, "?", ESC, F3, ESC, "\x10", ESC, ESC, "a", ESC, "t", ESC, "n", ESC),
)
"""From the list to a mentee's pages, a talk, a note, forms and questions, and back again."""

PIECE = 500
"""Bytes in one piece of a frame, at most."""


@pytest.mark.parametrize(
    ("term", "lang"),
    [
        ("xterm-256color", "da"),
        ("vt220", "en"),
        pytest.param("xterm-256color", "en", marks=pytest.mark.soak),
        pytest.param("vt220", "da", marks=pytest.mark.soak),
    ],
)
def test_the_cursors_row_is_there_half_a_second_after_a_key_at_9600_baud(
    tmp_path: Path, lang: str, term: str
) -> None:
    command = [sys.executable, "-m", "tui", "demo", "--lang", lang]
    env = {"MENTOR_NOW": "2026-11-23T08:05", "XDG_STATE_HOME": str(tmp_path), "TERM": term}
    late = {}
    with Terminal(command, env=env) as terminal:
        terminal.wait_for("F1 ")
        terminal.settle()
        raw = bytes(terminal.raw)
        name = terminal.emulator.line(terminal.cursor[1])[:10]  # with the mark
        late["a name"] = bytes_to_text(raw, name)
        own = raw.index(b"\x1b[?2004h")  # before it, the names have been there for a while
        rest = raw.find(b"\x1b[?25l", own)  # what takes time to work out comes when they are there
        for what, at, end in (("start", own, rest), ("the rest of the start", rest, len(raw))):
            late[what] = bytes_to_cursors_row(raw[:end], at)
        for number, key in enumerate(WALK):
            before = len(terminal.raw)
            # The details of the plan's task come by themselves when the cursor rests on it.
            terminal.do(key, quiet=0.4 if key == DOWN else 0.1)
            late[f"{number} {key!r}"] = bytes_to_cursors_row(bytes(terminal.raw), before)
        assert b"\x1b[?2026h" not in terminal.raw, "a frame would be held back until it is whole"
        terminal.kill()
        terminal.wait_exit()

    later = {key: count for key, count in late.items() if count > HALF_A_SECOND}
    assert not later, f"bytes until the row of the cursor is there: {later}"


# -- pieces ------------------------------------------------------------------------------------


@pytest.fixture
def display() -> Display:
    """The cells of a terminal that takes little at a time."""
    display = Display(TerminalKind.of({"TERM": "xterm-256color"}), (80, 24), _fail)
    display.in_pieces = True
    display.write(ENTER)
    return display


def _fail(error: Exception) -> None:
    raise error


def page(word: str) -> str:
    """A screen full of a word, as Textual writes it; the cursor is in the 13th line."""
    lines = (f"{word} {number} " * 9 for number in range(24))
    return "\x1b[H\x1b[38;5;252;48;5;233m" + "\n".join(lines) + "\x1b[13;5H"


def test_a_frame_leaves_in_pieces_and_the_row_of_the_cursor_is_in_the_first(
    display: Display,
) -> None:
    terminal = Emulator(80, 24)
    display.write(page("plan"))
    pieces, shown = [], []
    while piece := "".join(display.take()):
        terminal.feed(piece)
        pieces.append(len(piece.encode()))
        shown.append([y for y in range(24) if "plan" in terminal.line(y)])
        assert terminal.cursor[:2] == (4, 12)
        assert terminal.cursor[2] == (len(shown[-1]) == 24)
    assert max(pieces) <= PIECE
    assert {0, 12} <= set(shown[0])
    assert shown[-1] == list(range(24))
    near = sorted(range(1, 24), key=lambda y: abs(y - 12))
    for rows in shown:
        assert set(near[: len(rows) - 1]) == set(rows) - {0}, "the nearest rows come before others"


def test_what_is_new_comes_before_what_has_not_been_sent_yet(display: Display) -> None:
    terminal = Emulator(80, 24)
    display.write(page("plan"))
    terminal.feed("".join(display.take()))
    display.write(page("note"))
    sent = "".join(display.take())
    terminal.feed(sent)
    assert len(sent.encode()) <= PIECE
    assert "note 12" in terminal.line(12)
    while piece := "".join(display.take()):
        terminal.feed(piece)
        sent += piece
    assert "plan" not in sent
    assert all(f"note {y}" in terminal.line(y) for y in range(24))


@pytest.mark.parametrize("seed", range(8))
def test_every_piece_leaves_a_screen_that_the_next_one_goes_on_from(seed: int) -> None:
    rng = random.Random(7000 + seed)
    play = Screenplay(rng, 80, 24, WORDS + JOINED)
    twins = Twins(80, 24, KINDS[seed % len(KINDS)])
    twins.write(play.whole())
    for _ in range(40):
        for _ in range(rng.randint(0, 4)):
            twins.paint(in_pieces=True)
        if rng.random() < 0.1:
            twins.painter.forget()
        twins.write(play.edit())
        if rng.random() < 0.5:
            for _ in range(24):
                twins.paint(in_pieces=rng.random() < 0.9)
            twins.assert_alike()


# -- the line ----------------------------------------------------------------------------------


@pytest.fixture
def line() -> Iterator[tuple[int, int]]:
    """A line that holds 64 KB and then no more: its end to read from, and its end to write to."""
    there, here = os.pipe()
    os.set_blocking(here, False)
    yield there, here
    os.close(there)
    os.close(here)


def read_all(fd: int, count: int) -> None:
    """Read so many bytes."""
    while count:
        count -= len(os.read(fd, count))


def test_a_line_that_has_held_a_write_up_is_asked_for_pieces_until_all_is_there(
    line: tuple[int, int],
) -> None:
    there, here = line
    answers = [b"x" * 100_000, b"y" * 400, b"", b"z", b""]
    asked: list[bool] = []
    over = threading.Event()

    def compose(in_pieces: bool) -> bytes:
        asked.append(in_pieces)
        if len(asked) in (3, 5):
            over.set()
        return answers[len(asked) - 1] if len(asked) <= len(answers) else b""

    outlet = Outlet(here, compose, lambda: None)
    outlet.wake()
    while select.select([], [here], [], 0.001)[1]:
        pass
    read_all(there, 100_400)
    assert over.wait(20)
    over.clear()
    outlet.wake()
    read_all(there, 1)
    assert over.wait(20)
    assert outlet.stop(5)
    assert asked[:5] == [False, True, True, False, False]


def test_a_serial_line_is_asked_for_the_next_piece_when_the_last_has_nearly_gone(
    line: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    there, here = line
    in_line = [0, 900, 500, LITTLE + 1, LITTLE, 400]
    seen: list[int] = []

    def waiting(_fd: int) -> int:
        seen.append(in_line[len(seen)] if len(seen) < len(in_line) else 0)
        return seen[-1]

    monkeypatch.setattr(output, "_is_serial", lambda _fd: True)
    monkeypatch.setattr(output, "_waiting", waiting)
    asked: list[tuple[int, bool]] = []
    over = threading.Event()

    def compose(in_pieces: bool) -> bytes:
        asked.append((seen[-1], in_pieces))
        if len(asked) == 3:
            over.set()
        return b"x" if len(asked) < 3 else b""

    outlet = Outlet(here, compose, lambda: None)
    outlet.wake()
    assert over.wait(20)
    read_all(there, 2)
    assert outlet.stop(5)
    assert asked[:3] == [(0, True), (LITTLE, True), (0, True)]


def test_a_window_and_the_end_of_a_connection_are_no_serial_line() -> None:
    master, slave = os.openpty()
    assert not output._is_serial(slave)
    os.close(master)
    os.close(slave)
