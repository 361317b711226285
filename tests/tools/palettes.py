"""What a cell really looks like in some terminals: their colours, and what they make of bold.

A program that uses the terminal's own two colours knows neither, so both are listed here as the
terminals have them when nobody has changed anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rich.color import Color

from tests.tools.emulator import Style

Rgb = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""


def _colours(*hexadecimal: str) -> tuple[Rgb, ...]:
    return tuple((int(one[:2], 16), int(one[2:4], 16), int(one[4:], 16)) for one in hexadecimal)


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one terminal as it comes."""

    name: str
    sixteen: tuple[Rgb, ...]
    """The colours 0 to 15 of SGR 30-37, 90-97 and the first of 38;5."""
    ink: Rgb
    paper: Rgb
    bold_ink: Rgb
    """What bold makes of the terminal's own ink; the colours 0 to 7 become 8 to 15."""
    bold_paper: Rgb
    """What it makes of the paper, where that has become the ink by being reversed."""
    bold_is_last: bool
    """Whether bold changes what is the ink once ink and paper have been exchanged."""
    dim: Rgb | None
    """The ink of what is dim; None: two thirds of the ink."""
    underlined: Rgb | None = None
    """The ink of what is underlined, where there are no lines."""

    def seen(self, style: Style) -> tuple[Rgb, Rgb]:
        """Return the colours of text and ground of a cell in `style`."""
        attributes = style.attributes
        bold = "bold" in attributes
        ink = self._colour(style.ink, self.ink)
        paper = self._colour(style.paper, self.paper)
        if "underline" in attributes and self.underlined:
            ink = self.underlined
        elif "dim" in attributes:
            ink = self.dim or (ink[0] * 2 // 3, ink[1] * 2 // 3, ink[2] * 2 // 3)
        if bold and not self.bold_is_last:
            ink = self._bold(ink)
        if "reverse" in attributes:
            ink, paper = paper, ink
        if bold and self.bold_is_last:
            ink = self._bold(ink)
        return ink, paper

    def _bold(self, ink: Rgb) -> Rgb:
        if ink == self.ink:
            return self.bold_ink
        if ink == self.paper:
            return self.bold_paper
        if ink in self.sixteen[:8]:
            return self.sixteen[self.sixteen.index(ink) + 8]
        return ink

    def _colour(self, parameters: str, own: Rgb) -> Rgb:
        if not parameters:
            return own
        code, *rest = parameters.split(";")
        if not rest:
            bright = 8 if int(code) >= 90 else 0
            return self.sixteen[int(code) % 10 + bright]
        numbers = [int(one) for one in rest[1:]]
        if rest[0] == "2":
            return numbers[0], numbers[1], numbers[2]
        if numbers[0] < 16:
            return self.sixteen[numbers[0]]
        red, green, blue = Color.from_ansi(numbers[0]).get_truecolor()
        return red, green, blue


# xterm's app-defaults XTerm-col and `XtDefaultForeground`; `boldColors` leaves its own ink alone.
XTERM: Final = Palette(
    "xterm",
    _colours(
        *("000000", "cd0000", "00cd00", "cdcd00", "0000ee", "cd00cd", "00cdcd", "e5e5e5"),
        *("7f7f7f", "ff0000", "00ff00", "ffff00", "5c5cff", "ff00ff", "00ffff", "ffffff"),
    ),
    ink=(0, 0, 0),
    paper=(255, 255, 255),
    bold_ink=(0, 0, 0),
    bold_paper=(255, 255, 255),
    bold_is_last=False,
    dim=None,
)

# PuTTY's settings.c ("Colour0" to "Colour21") and terminal.c, `do_paint`: bold is the other colour.
PUTTY: Final = Palette(
    "putty",
    _colours(
        *("000000", "bb0000", "00bb00", "bbbb00", "0000bb", "bb00bb", "00bbbb", "bbbbbb"),
        *("555555", "ff5555", "55ff55", "ffff55", "5555ff", "ff55ff", "55ffff", "ffffff"),
    ),
    ink=(187, 187, 187),
    paper=(0, 0, 0),
    bold_ink=(255, 255, 255),
    bold_paper=(85, 85, 85),
    bold_is_last=True,
    dim=None,
)

# Windows Terminal's defaults.json, the scheme Campbell.
CAMPBELL: Final = Palette(
    "campbell",
    _colours(
        *("0c0c0c", "c50f1f", "13a10e", "c19c00", "0037da", "881798", "3a96dd", "cccccc"),
        *("767676", "e74856", "16c60c", "f9f1a5", "3b78ff", "b4009e", "61d6d6", "f2f2f2"),
    ),
    ink=(204, 204, 204),
    paper=(12, 12, 12),
    bold_ink=(242, 242, 242),
    bold_paper=(12, 12, 12),
    bold_is_last=False,
    dim=(102, 102, 102),
)

# The Linux kernel's drivers/tty/vt/vt.c: `default_red` and so on, and `build_attr`.
CONSOLE: Final = Palette(
    "console",
    _colours(
        *("000000", "aa0000", "00aa00", "aa5500", "0000aa", "aa00aa", "00aaaa", "aaaaaa"),
        *("555555", "ff5555", "55ff55", "ffff55", "5555ff", "ff55ff", "55ffff", "ffffff"),
    ),
    ink=(170, 170, 170),
    paper=(0, 0, 0),
    bold_ink=(255, 255, 255),
    bold_paper=(85, 85, 85),
    bold_is_last=True,
    dim=(85, 85, 85),
    underlined=(0, 170, 170),
)

PALETTES: Final = (XTERM, PUTTY, CAMPBELL, CONSOLE)
