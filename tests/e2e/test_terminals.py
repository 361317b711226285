"""The real program on terminals of many kinds, in windows of many sizes, on a line that stalls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.theme import Theme

from tests.e2e.world import MENTOR, World
from tests.tools.emulator import Style
from tests.tools.palettes import CONSOLE, PALETTES
from tests.tools.pty import Terminal
from tests.tui.test_themes import contrast, triplet
from tui.app.themes import DARK, LIGHT, PLAIN

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


LOOKED_AT = (
    *("", "\x1b[B", "\x1bOP", "\x1b", "/", "\x1b", "a", "\x1b", "\x10", "\x1b", "\r", "2", "\r"),
    *("\x1b", "e", "\x1b", "4", "5", "6", "\r", "\x1b", "t", "\x1b[6~", "Ja", "\x07"),
)
"""Keys that lead past lists, grids, forms, the lists of commands and of choices, and a talk."""


@pytest.mark.parametrize(
    ("theme", "environ"),
    [
        (DARK, {"TERM": "xterm-256color"}),
        (LIGHT, {"TERM": "xterm-256color", "COLORTERM": "truecolor"}),
        (PLAIN, {"TERM": "xterm"}),
        pytest.param(
            DARK,
            {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
            marks=pytest.mark.soak,
        ),
        pytest.param(LIGHT, {"TERM": "xterm-256color"}, marks=pytest.mark.soak),
        pytest.param(PLAIN, {"TERM": "linux"}, marks=pytest.mark.soak),
        pytest.param(PLAIN, {"TERM": "xterm-256color"}, marks=pytest.mark.soak),
    ],
    ids=lambda one: one.name if isinstance(one, Theme) else "-".join(one.values()),
)
def test_every_text_on_the_screens_can_be_read(
    world: World, theme: Theme, environ: dict[str, str]
) -> None:
    settings = world.folder / "config/mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'theme = "{theme.name}"\n', "utf-8")
    # The console has 16 colours, and says so: it never gets the others.
    palettes = [one for one in PALETTES if theme is PLAIN or one is not CONSOLE]
    least: dict[Style, float] = {}
    with demo(world, **environ) as terminal:
        for key in LOOKED_AT:
            terminal.do(key, quiet=0.05)
            for y, row in enumerate(terminal.emulator.buffer):
                for cell in row:
                    text = cell.text.isalnum() or cell.text in "!?/.,"
                    if cell.text and (text or cell.text in "▁▂▃▄▅▆▇"):
                        if cell.style not in least:
                            least[cell.style] = min(
                                contrast(*palette.seen(cell.style)) for palette in palettes
                            )
                        found = least[cell.style]
                        line = terminal.emulator.line(y)
                        assert found >= (4.5 if text else 3.0), (key, cell, line)
    if theme is not PLAIN:
        system = ColorSystem.TRUECOLOR if "COLORTERM" in environ else ColorSystem.EIGHT_BIT
        grounds = {palette.seen(style)[1] for style in least for palette in palettes}
        assert triplet(theme.panel or "", system) in grounds


def test_the_cursor_hides_no_letter_of_what_is_chosen(world: World) -> None:
    """In some terminals it is a block in a colour of its own, which can be that of the letter."""
    with demo(world) as terminal:
        for key, mark in (("\x1b[B", "▎"), ("\r", ""), ("2", "["), ("\x1b[C", "["), ("3", "▎")):
            terminal.do(key)
            x, y, shown = terminal.cursor
            assert not mark or (shown and terminal.cell(x, y).text == mark)


@pytest.mark.parametrize("term", ["xterm", "xterm-256color"])
def test_what_is_selected_in_a_line_is_seen(world: World, term: str) -> None:
    with demo(world, TERM=term) as terminal:
        terminal.do("/Hej")
        typed = {terminal.cell(x, 1).style for x in range(1, 4)}
        assert len(typed) == 1
        terminal.do("\x1b[1;2D" * 2)
        assert {terminal.cell(x, 1).style for x in (2, 3)}.isdisjoint(typed)


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
