"""Textual's own output, sent to one terminal as it is and to another through the driver's eyes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Final

from rich.color import Color
from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.tools.emulator import Emulator
from tui.terminal.abilities import Abilities
from tui.terminal.cells import Shadow
from tui.terminal.painter import Painter

WORDS: Final = (
    *("Maja", "øver", "sig", "i", "at", "sige", "nej", "på", "en", "ordentlig", "måde", "ÆØÅ"),
    *("│", "┌──┐", "─────", "▔▔", "…", "“citat”", "–", "•", "e\u0301t", "a\u030asen", "n\u0303"),
    *(
        "漢字",
        "한국어",
        "かな",
        "🙂",
        "🚀🎉",
        "ﬁ",
        "½",
        "€",
        "ß",
        "  ",
        "          ",
        "§",
        "\u200b",
    ),
)
JOINED: Final = ("👩‍💻", "👨‍👩‍👧", "❤️", "🇩🇰", "👍🏽", "☺️", "🏴‍☠️")

CONSOLE: Final = Console(force_terminal=True, color_system="truecolor", width=200)

COLOURS: Final = ("default", "red", "bright_blue", "color(252)", "color(235)", "#123456", "#fafafa")


def random_style(rng: random.Random) -> Style:
    """A style as themes have them, from few colours so that neighbours are often alike."""
    return Style(
        color=Color.parse(rng.choice(COLOURS)) if rng.random() < 0.8 else None,
        bgcolor=Color.parse(rng.choice(COLOURS)) if rng.random() < 0.6 else None,
        bold=rng.random() < 0.15 or None,
        dim=rng.random() < 0.05 or None,
        underline=rng.random() < 0.1 or None,
        reverse=rng.random() < 0.1 or None,
        strike=rng.random() < 0.03 or None,
        italic=rng.random() < 0.05 or None,
    )


def random_strip(rng: random.Random, width: int, words: tuple[str, ...]) -> Strip:
    """A line of exactly `width` cells."""
    segments: list[Segment] = []
    while sum(segment.cell_length for segment in segments) < width:
        text = " ".join(rng.choice(words) for _ in range(rng.randint(1, 4)))
        if rng.random() < 0.3:
            text = " " * rng.randint(1, width)
        segments.append(Segment(text, random_style(rng)))
    return Strip(Segment.adjust_line_length(segments, width), width)


@dataclass
class Twins:
    """Two terminals that must look alike."""

    cols: int
    rows: int
    abilities: Abilities = field(default_factory=Abilities)
    joins: bool = True

    def __post_init__(self) -> None:
        self.stock = Emulator(self.cols, self.rows, joins=self.joins)
        self.ours = Emulator(self.cols, self.rows, joins=self.joins)
        for terminal in (self.stock, self.ours):
            terminal.feed("\x1b[?7l")
        self.shadow = Shadow(self.cols, self.rows)
        self.painter = Painter(self.abilities)
        self.stock_bytes = self.our_bytes = self.frames = 0

    def write(self, text: str) -> None:
        """Take one frame of Textual's."""
        self.shadow.feed(text)
        stock = text.replace("\n", "\r\n").encode()  # as the line discipline does for Textual
        self.stock_bytes += len(stock)
        self.stock.feed(stock)
        self.frames += 1

    def paint(self, *, in_pieces: bool = False) -> str:
        """Bring our terminal up to date, or a piece of it; what it was sent."""
        assert not self.shadow.passed, self.shadow.passed
        at = self.shadow.x, self.shadow.y
        out = self.painter.paint(self.shadow, at, in_pieces=in_pieces)
        if not self.abilities.plain_newline:
            out = out.replace("\n", "\r\n")
        self.our_bytes += len(out.encode())
        self.ours.feed(out)
        return out

    def resize(self, cols: int, rows: int) -> None:
        """Both windows change their size."""
        self.cols, self.rows = cols, rows
        self.stock.resize(cols, rows)
        self.ours.resize(cols, rows)
        self.shadow.resize(cols, rows)
        self.painter.forget()

    def assert_alike(self) -> None:
        """Cell for cell, style for style, and the cursor."""
        assert not self.ours.unknown
        assert not self.stock.unknown
        for y in range(self.rows):
            stock, ours = self.stock.buffer[y], self.ours.buffer[y]
            differing = [
                f"({x}, {y}): {theirs} is {own}"
                for x, (theirs, own) in enumerate(zip(stock, ours, strict=True))
                if theirs != own
            ]
            assert not differing, "\n".join(differing)
        assert self.ours.cursor[:2] == self.stock.cursor[:2]


class Screenplay:
    """Random screens and edits, rendered by Textual's own update classes."""

    def __init__(self, rng: random.Random, cols: int, rows: int, words: tuple[str, ...]) -> None:
        self.rng, self.words = rng, words
        self.letters = "abcæøå e\u0301 漢"
        self.kinds = ["insert", "delete", "restyle", "words", "block", "scroll", "screen"]
        self.resize(cols, rows)

    def resize(self, cols: int, rows: int) -> None:
        """Begin a screen of another size."""
        self.cols, self.rows = cols, rows
        self.lines = [random_strip(self.rng, cols, self.words) for _ in range(rows)]

    def whole(self) -> str:
        """The frame of a new screen."""
        region = Region(0, 0, self.cols, self.rows)
        return LayoutUpdate([[line] for line in self.lines], region).render_segments(
            CONSOLE
        ) + self._cursor(None)

    def edit(self) -> str:
        """A frame that changes something."""
        rng = self.rng
        y = rng.randrange(self.rows)
        kind = rng.choice(self.kinds)
        if kind == "screen":
            if rng.random() < 0.3:
                self.lines = [random_strip(rng, self.cols, self.words) for _ in self.lines]
            return self.whole()
        if kind == "scroll":
            self.lines = [*self.lines[1:], random_strip(rng, self.cols, self.words)]
            return self.whole()
        if kind == "block":
            last = min(self.rows, y + rng.randint(1, 4))
            first_x = rng.randrange(self.cols)
            width = rng.randint(1, self.cols - first_x)
            for row in range(y, last):
                self._replace(row, first_x, random_strip(rng, width, self.words))
            return self._chops(list(range(y, last)), first_x, first_x + width)
        line = self.lines[y]
        x = rng.randrange(self.cols)
        head, tail = line.crop(0, x), line.crop(x, self.cols)
        style = next(iter(tail)).style or Style()
        if kind == "insert":
            letter = Strip([Segment(rng.choice(self.letters), style)])
            line = Strip.join([head, letter, tail])
        elif kind == "delete":
            line = Strip.join([head, tail.crop(1, tail.cell_length)])
        elif kind == "restyle":
            line = Strip.join([head, tail.apply_style(random_style(rng))])
        else:
            line = Strip.join([head, random_strip(rng, self.cols - x, self.words)])
        self.lines[y] = line.adjust_cell_length(self.cols, style)
        return self._chops([y], 0, self.cols)

    def _replace(self, y: int, x: int, piece: Strip) -> None:
        line = self.lines[y]
        end = x + piece.cell_length
        self.lines[y] = Strip.join([line.crop(0, x), piece, line.crop(end, self.cols)])

    def _chops(self, rows: list[int], x1: int, x2: int) -> str:
        cuts = sorted({0, x1, x2, self.cols})
        chops: list[dict[int, Strip | None]] = []
        for line in self.lines:
            pieces = line.divide(cuts[1:])
            chops.append(dict(zip(cuts[:-1], pieces, strict=False)))
        update = ChopsUpdate(chops, [(y, x1, x2) for y in rows], [cuts[1:]] * self.rows)
        return update.render_segments(CONSOLE) + self._cursor(rows[-1])

    def _cursor(self, y: int | None) -> str:
        y = self.rng.randrange(self.rows) if y is None else y
        return Control.move_to(self.rng.randrange(self.cols), y).segment.text
