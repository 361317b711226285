"""The driver is exact: two terminals, one fed by Textual and one by us, never differ in a cell."""

from __future__ import annotations

import random
import re

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.tui.apps.medley import Medley
from tests.tui.terminal.replay import CONSOLE, JOINED, WORDS, Screenplay, Twins, random_style
from tests.tui.terminal.tape import Session
from tui.terminal.abilities import Abilities
from tui.terminal.cells import Shadow
from tui.terminal.painter import Painter

PLAYS, FRAMES = 44, 250
"""44 x 250 = 11,000 frames."""
SHORT = 4
"""Plays of these in the short run."""

KINDS = (
    Abilities(),
    Abilities(paints_erased=False),
    Abilities(shifts=False, plain_newline=False),
    Abilities(paints_erased=False, shifts=False, columns=False, plain_newline=False),
)


@pytest.mark.parametrize(
    "seed",
    [pytest.param(n, marks=[] if n < SHORT else [pytest.mark.soak]) for n in range(PLAYS)],
)
def test_every_frame_looks_as_textual_means_it(seed: int) -> None:
    rng = random.Random(seed)
    cols, rows = rng.randint(8, 60), rng.randint(3, 14)
    play = Screenplay(rng, cols, rows, WORDS + JOINED)
    twins = Twins(cols, rows, KINDS[seed % len(KINDS)])
    twins.write(play.whole())
    for _ in range(FRAMES):
        twins.write(play.edit())
        chance = rng.random()
        if chance < 0.02:
            twins.painter.forget()
        elif chance < 0.04:
            size = rng.randint(8, 60), rng.randint(3, 14)
            twins.resize(*size)
            play.resize(*size)
            twins.write(play.whole())
        elif chance < 0.3:
            continue  # frames that come while the terminal is busy are merged
        twins.paint()
        twins.assert_alike()


@given(
    st.lists(
        st.lists(st.tuples(st.text("aå 🙂漢é\u0301│"), st.integers(0, 3)), max_size=5),
        min_size=2,
        max_size=8,
    )
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_line_can_become_any_other(lines: list[list[tuple[str, int]]]) -> None:
    styles = [random_style(random.Random(number)) for number in range(4)]
    twins = Twins(12, 1)
    for line in lines:
        segments = [Segment(text, styles[number]) for text, number in line if text]
        strip = Strip(Segment.adjust_line_length(segments, 12), 12)
        update = LayoutUpdate([[strip]], Region(0, 0, 12, 1))
        twins.write(update.render_segments(CONSOLE) + "\x1b[1;1H")
        twins.paint()
        twins.assert_alike()


@pytest.mark.parametrize("seed", range(6))
def test_another_terminal_emulator_agrees(seed: int) -> None:
    rng = random.Random(1000 + seed)
    cols, rows = 30, 6
    # pyte puts marks at the line's end elsewhere, and leaves half of a wide character cut in two
    words = tuple(word for word in WORDS if not re.search("[\u0300-\u030a\u200b]", word))
    play = Screenplay(rng, cols, rows, words)
    play.letters = "abcæøå 漢"
    play.kinds.remove("block")
    stock, ours = pyte.Screen(cols, rows), pyte.Screen(cols, rows)
    streams = pyte.Stream(stock), pyte.Stream(ours)
    for stream in streams:
        stream.feed("\x1b[?7l")
    shadow, painter = Shadow(cols, rows), Painter(Abilities())
    for number in range(60):
        frame = play.edit() if number else play.whole()
        shadow.feed(frame)
        streams[0].feed(frame.replace("\n", "\r\n"))
        streams[1].feed(painter.paint(shadow, (shadow.x, shadow.y)))
        assert ours.display == stock.display
        for y in range(rows):
            for x in range(cols):
                assert ours.buffer[y][x] == stock.buffer[y][x], (x, y)


@pytest.mark.parametrize("seed", range(6))
def test_a_terminal_that_counts_cells_otherwise_keeps_the_rest_in_place(seed: int) -> None:
    rng = random.Random(2000 + seed)
    play = Screenplay(rng, 40, 6, WORDS[:12] + JOINED)
    twins = Twins(40, 6, joins=False)
    twins.write(play.whole())
    for _ in range(100):
        twins.paint()
        for y, line in enumerate(twins.shadow.lines):
            shown = [cell.text for cell in twins.ours.buffer[y]]
            for x, text in enumerate(line.text):
                if text.isascii() and text.strip():
                    assert shown[x] == text, f"({x}, {y}): {line.text}\n{shown}"
        twins.write(play.edit())


async def test_textual_writes_nothing_that_is_not_understood() -> None:
    """When this fails after a new Textual, `tui.terminal.cells` must learn what it writes."""
    rng = random.Random(3)
    keys = (
        *((letter, letter) for letter in "aåæø🙂"),
        *((name, None) for name in ("tab", "left", "right", "up", "down", "backspace", "enter")),
        *((name, None) for name in ("ctrl+p", "escape", "pagedown", "shift+right", "end")),
    )
    async with Session(Medley(), (80, 24)) as session:
        twins = Twins(80, 24)
        for number in range(100):
            for frame in session.take():
                twins.write(frame)
            passed, twins.shadow.passed = twins.shadow.passed, []
            assert not twins.shadow.strange, passed
            assert all(each.startswith("\x1b]22;") for each in passed), passed
            twins.stock.strings.clear()
            twins.paint()
            twins.assert_alike()
            if number % 25 == 24:
                # Textual's own list fails where there is no column left for it
                size = rng.randint(40, 100), rng.randint(8, 30)
                session.resize(*size)
                await session.settle()
                twins.resize(*size)
            elif number % 10 == 9:
                session.paste("indsat på\nto linjer")
            else:
                session.key(*rng.choice(keys))
            await session.settle()
        assert twins.frames > 70
        assert twins.our_bytes * 4 < twins.stock_bytes
