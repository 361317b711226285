"""A frame drawn style by style shows what it should, whatever stood there before."""

from __future__ import annotations

import random
import re
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.emulator import Emulator
from tests.tools.emulator import Style as Shown
from tests.tui.terminal.replay import JOINED, WORDS, Screenplay, Twins
from tui.terminal import painter as painter_module
from tui.terminal.abilities import Abilities
from tui.terminal.cells import Row, Shadow
from tui.terminal.layers import Layers
from tui.terminal.lines import change_line
from tui.terminal.painter import Painter
from tui.terminal.pen import Pen
from tui.terminal.sgr import PLAIN, Style, style_of

COLS, ROWS = 14, 4
KINDS: Final = (
    Abilities(),
    Abilities(paints_erased=False),
    Abilities(shifts=False, plain_newline=False),
    Abilities(paints_erased=False, shifts=False, columns=False, plain_newline=False),
)
STYLES: Final = (
    PLAIN,
    style_of("38;5;252", "48;5;233", 0),
    style_of("38;5;246", "48;5;233", 0),
    style_of("38;5;252", "48;5;235", 0),
    style_of("31", "", 1),
    style_of("38;5;252", "48;5;233", 1 << 6 | 1),
    style_of("", "44", 1 << 3),
)
"""Texts and blanks as themes have them: in two backgrounds, bold, reversed, underlined."""

Stretches = list[tuple[str, int, int]]
SCREENS: Final = st.lists(
    st.lists(st.tuples(st.sampled_from("ab █"), st.integers(0, 6), st.integers(1, 9)), max_size=6),
    min_size=ROWS,
    max_size=ROWS,
)
"""For each line: a letter, the number of its style, and how many times it stands there."""


def rows_of(screen: list[Stretches]) -> list[Row]:
    """The lines of a screen; what is not said is blank, in the first style or the second."""
    rows = []
    for number, stretches in enumerate(screen):
        row = Row(COLS, STYLES[number % 2])
        x = 0
        for letter, style, count in stretches:
            texts = [letter] * min(count, COLS - x)
            if texts:
                row.put(x, texts, STYLES[style])
            x += len(texts)
        rows.append(row)
    return rows


def assert_shows(terminal: Emulator, lines: list[Row]) -> None:
    """The terminal shows these lines, cell for cell and style for style."""
    assert not terminal.unknown
    for y, line in enumerate(lines):
        shown = terminal.buffer[y]
        assert [cell.text for cell in shown] == line.text
        for x, (cell, style) in enumerate(zip(shown, line.style, strict=True)):
            assert cell.style == seen(style), (x, y)


def seen(style: Style) -> Shown:
    """The same style as the emulator says it."""
    names = ("bold", "dim", "italic", "underline", "blink", "blink2", "reverse")
    wanted = frozenset(name for bit, name in enumerate(names) if style.attributes >> bit & 1)
    return Shown(style.ink, style.paper, wanted)


def written(out: str, abilities: Abilities) -> str:
    """What reaches the terminal, where the line discipline adds carriage returns."""
    return out if abilities.plain_newline else out.replace("\n", "\r\n")


@given(SCREENS, SCREENS, st.sampled_from(KINDS), st.integers(0, 6))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_screen_can_become_any_other(
    before: list[Stretches], after: list[Stretches], abilities: Abilities, resting: int
) -> None:
    terminal = Emulator(COLS, ROWS)
    terminal.feed("\x1b[?7l")
    pen = Pen(abilities)
    nothing = [Row(COLS) for _ in range(ROWS)]
    old, new = rows_of(before), rows_of(after)
    first = Layers(pen, old, nothing).draw(range(ROWS), None, set(range(ROWS)))
    terminal.feed(written(first, abilities))
    assert_shows(terminal, old)
    second = Layers(pen, new, old).draw(range(ROWS), STYLES[resting])
    terminal.feed(written(second, abilities))
    assert_shows(terminal, new)


@given(SCREENS, SCREENS, st.integers(0, 200))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_frame_cut_off_leaves_nothing_that_the_next_whole_one_does_not_mend(
    before: list[Stretches], after: list[Stretches], cut: int
) -> None:
    terminal = Emulator(COLS, ROWS)
    terminal.feed("\x1b[?7l")
    shadow, painter = Shadow(COLS, ROWS), Painter(Abilities())
    for screen in (before, after):
        shadow.lines = rows_of(screen)
        shadow.touched = set(range(ROWS))
        shadow.drawn = True
        frame = painter.paint(shadow, (0, 0))
    pieces = re.findall(r"\x1b\[[?\d;]*[A-Za-z@]|\x1bM|[^\x1b]", frame)
    assert "".join(pieces) == frame
    terminal.feed("".join(pieces[:cut]))
    assert terminal.modes <= {"25"}  # no mode is on that somebody would have to turn off
    painter.forget()
    terminal.feed(painter.paint(shadow, (0, 0)))
    assert_shows(terminal, shadow.lines)


@given(SCREENS, SCREENS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_frame_is_never_longer_than_line_by_line(
    before: list[Stretches], after: list[Stretches]
) -> None:
    shadow, painter = Shadow(COLS, ROWS), Painter(Abilities())
    shadow.lines = rows_of(before)
    painter.paint(shadow, None)
    pen = painter._pen.twin()
    new = rows_of(after)
    line_by_line = "".join(
        change_line(pen, y, line, glass)
        for y, (line, glass) in enumerate(zip(new, painter.glass, strict=True))
    )
    shadow.lines, shadow.touched = new, set(range(ROWS))
    assert len(painter.paint(shadow, None)) <= len(line_by_line)


@pytest.fixture
def layers_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw style by style always, however little there is to change."""
    monkeypatch.setattr(painter_module, "MANY_CELLS", 0)


@pytest.mark.usefixtures("layers_only")
@pytest.mark.parametrize("seed", range(8))
def test_every_frame_looks_as_textual_means_it_style_by_style(seed: int) -> None:
    """Half of the plays have characters that are drawn by themselves, among those that are not."""
    rng = random.Random(4000 + seed)
    narrow = tuple(word for word in WORDS if word.isascii() or word[0] in "øÆ│┌─▔…“–•½€ß§")
    play = Screenplay(rng, 80, 24, narrow if seed % 2 else WORDS + JOINED)
    if seed % 2:
        play.letters = "abcæøå"
    twins = Twins(80, 24, KINDS[seed // 2])
    twins.write(play.whole())
    for number in range(30):
        twins.paint()
        twins.assert_alike()
        if number % 10 == 9:
            twins.painter.forget()
        twins.write(play.edit())


def test_the_cursor_may_rest_behind_the_last_column() -> None:
    """Where Textual has written a full line, and says nothing of the cursor afterwards."""
    shadow, painter = Shadow(COLS, ROWS), Painter(Abilities())
    shadow.feed("\x1b[2;1H" + "x" * COLS)
    assert painter.paint(shadow, (shadow.x, shadow.y)).count("x") == COLS


def test_a_style_that_comes_again_and_again_is_told_once() -> None:
    lines = rows_of([[("a", 1, 3), ("b", 2, 3), ("a", 1, 2), ("b", 2, 3)] for _ in range(ROWS)])
    shadow, painter = Shadow(COLS, ROWS), Painter(Abilities())
    shadow.lines = lines
    frame = painter.paint(shadow, None)
    assert frame.count("38;5;246") == 1
    assert frame.count("38;5;252") == 1
