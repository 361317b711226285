"""The real program on terminals of many kinds, in windows of many sizes, on a line that stalls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from textual.theme import Theme

from tests.e2e.world import MENTOR, World
from tests.tools.emulator import Style
from tests.tools.pty import Terminal
from tests.tui.test_themes import contrast, triplet
from tui.app.themes import DARK, LIGHT

NOTE = "Maja har i dag haft sin første samtale alene, og det gik godt."


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@contextmanager
def demo(world: World, **environ: str) -> Iterator[Terminal]:
    with Terminal([MENTOR, "demo"], env={**world.env, **environ}) as terminal:
        terminal.wait_until(lambda: b"Maja Holm" in terminal.raw)
        terminal.rest()
        yield terminal


@pytest.mark.parametrize(
    "environ",
    [{"LC_ALL": "da_DK.ISO-8859-1"}, {"TERM": "linux"}, {"TERM": "vt100"}],
    ids=["latin-1", "console", "vt100"],
)
def test_lines_and_marks_are_ascii_where_there_may_be_no_others(
    world: World, environ: dict[str, str]
) -> None:
    with demo(world, **environ) as terminal:
        assert b"#.. 52 %" in terminal.raw
        terminal.do("\x1b[B\r")
        terminal.do("2")
        assert b"**oo Sammen" in terminal.raw
        terminal.do("x")
        assert b"+------" in terminal.raw
        shown = terminal.raw.decode("latin-1" if "LC_ALL" in environ else "utf-8")
        assert not [each for each in shown if "\u2010" <= each <= "\u27bf"]


def rgb(parameters: str) -> tuple[int, int, int]:
    _layer, kind, *numbers = parameters.split(";")
    if kind == "5":
        red, green, blue = Color.from_ansi(int(numbers[0])).get_truecolor()
        return red, green, blue
    red, green, blue = map(int, numbers)
    return red, green, blue


def seen(style: Style) -> float:
    """The contrast of a cell's text to what is behind it."""
    assert "dim" not in style.attributes
    return contrast(rgb(style.ink), rgb(style.paper))


@pytest.mark.parametrize(
    ("theme", "colours"),
    [
        (DARK, ""),
        (LIGHT, "truecolor"),
        pytest.param(DARK, "truecolor", marks=pytest.mark.soak),
        pytest.param(LIGHT, "", marks=pytest.mark.soak),
    ],
)
def test_every_text_on_the_screens_can_be_read(world: World, theme: Theme, colours: str) -> None:
    settings = world.folder / "config/mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'theme = "{theme.name}"\n', "utf-8")
    system = ColorSystem.TRUECOLOR if colours else ColorSystem.EIGHT_BIT
    with demo(world, COLORTERM=colours) as terminal:
        assert rgb(terminal.cell(1, 0).style.paper) == triplet(theme.panel or "", system)
        for key in ("", "\x1b[B", "/", "\x1b", "a", "\x1b", "\r", "2", "\r", "\x1b", "4", "6", "t"):
            terminal.do(key, quiet=0.05)
            for y, row in enumerate(terminal.emulator.buffer):
                for cell in row:
                    text = cell.text.isalnum() or cell.text in "!?/.,"
                    if cell.text and (text or cell.text in "▁▂▃▄▅▆▇"):
                        found = seen(cell.style)
                        line = terminal.emulator.line(y)
                        assert found >= (4.5 if text else 3.0), (key, cell, line)


def test_with_sixteen_colours_none_is_chosen(world: World) -> None:
    with demo(world, TERM="xterm") as terminal:
        styles = {cell.style for row in terminal.emulator.buffer for cell in row}
        assert {(style.ink, style.paper) for style in styles} == {("", "")}


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_without_cursor_is_refused(world: World, term: str) -> None:
    with Terminal([MENTOR, "demo"], cols=200, env={**world.env, "TERM": term}) as terminal:
        assert terminal.wait_exit() == 2
        assert "--plain" in " ".join(terminal.screen().split())
        assert b"\x1b" not in terminal.raw


def test_the_cursor_stays_in_the_text_whatever_the_windows_size(world: World) -> None:
    with demo(world) as terminal:
        terminal.do("\x1b[B")
        terminal.do("n")
        terminal.do("ord " * 40 + "!")
        for cols, rows in ((40, 10), (20, 5), (40, 10), (60, 15), (1, 1), (80, 24)):
            terminal.resize(cols, rows)
            terminal.rest()
            x, y, shown = terminal.cursor
            assert shown == (cols >= 40)
            if shown:
                assert terminal.emulator.line(y)[:x].endswith("ord !")
        terminal.resize(20, 5)
        terminal.wait_for("Vinduet")
        assert "▁" not in terminal.screen()


def test_a_note_typed_while_the_line_stood_still_is_a_note(world: World) -> None:
    with demo(world) as terminal:
        terminal.key("\x1b[B")
        terminal.key("n" + NOTE)
        terminal.wait_for(NOTE)
