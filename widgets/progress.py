"""Pictures of one line of text: how far something is, and what happened week by week.

They are made of characters that every terminal has, and of ASCII where it has no others. None
stands alone: the words that say the same are beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from widgets.glyphs import glyphs

FULL: Final = "█"
EMPTY: Final = "░"
LEVELS: Final = "░▒▓█"
"""Four steps of the way, the first to the last."""
NOTHING: Final = "·"
"""A week in which nothing had begun yet."""


def bar(share: float | None, width: int) -> str:
    """Return a bar of `width` cells for a share of 0 to 1; None is a line of dots.

    It is empty only at 0 and full only at 1.
    """
    if width <= 0:
        return ""
    if share is None:
        return glyphs(NOTHING * width)
    cells = round(min(max(share, 0.0), 1.0) * width)
    if share > 0:
        cells = max(cells, 1)
    if share < 1:
        cells = min(cells, width - 1)
    return glyphs(FULL * cells + EMPTY * (width - cells))


def levels(weeks: Sequence[int | None], width: int) -> str:
    """Return one character a week: 0 to 3 for the level reached by then, None for none yet.

    Where there are more weeks than cells, the latest are shown.
    """
    shown = weeks[max(len(weeks) - width, 0) :]
    return glyphs("".join(NOTHING if level is None else LEVELS[level] for level in shown))


def scale(first: int, last: int, width: int) -> str:
    """Return the numbers of the weeks from `first` to `last` over such a line, every fifth named.

    Where there are more weeks than cells, the latest are shown.
    """
    first = max(first, last - width + 1)
    line = [" "] * max(last - first + 1, 0)
    free = 0
    for week in range(first, last + 1):
        text, at = str(week), week - first
        named = week == first or week % 5 == 0
        if named and at >= free and at + len(text) <= len(line):
            line[at : at + len(text)] = text
            free = at + len(text) + 1
    return "".join(line)
