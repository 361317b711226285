"""Pictures of one line of text: how far something is, and what happened week by week.

They are made of characters that every terminal has, and of ASCII where it has no others. None
stands alone: the words that say the same are beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from widgets.glyphs import glyphs

FULL: Final = "█"
EMPTY: Final = "░"
LEVELS: Final = "░▒▓█"
"""Four steps of the way, the first to the last."""
NOTHING: Final = "·"
"""A week in which nothing had begun yet, a day on which nothing was."""
LIMIT: Final = "│"
BEYOND: Final = "›"
WIDEST: Final = 4
"""Cells that a week has where there is room."""
EVERY: Final = (1, 5, 10)
"""How many weeks there are to a name: wide ones, those of a cell or two, and narrower ones."""


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


def length(days: int, limit: int, width: int, *, full: bool) -> str:
    """Return a bar as long as so many days, past or before the mark of a limit.

    All bars of one limit and `width` have one scale, on which the limit is in the middle, and are
    `width` + 1 cells with the mark. A bar too long for it has a sign at its end.
    """
    middle = width // 2
    cells = max(round(days / max(limit, 1) * middle), 1)
    if days > limit:
        cells = max(cells, middle + 1)
    line = (FULL if full else EMPTY) * min(cells, width)
    if cells > width:
        line = line[:-1] + BEYOND
    line = f"{line:<{width}}"
    return glyphs(line[:middle] + LIMIT + line[middle:])


# -- weeks ----------------------------------------------------------------------------------------


def week_cells(weeks: int, width: int) -> list[int]:
    """Return which week, from 0 on, each cell of a line shows the end of.

    A week has as many cells as there is room for; where there are more weeks than cells, a cell
    has several weeks, so that the whole course is on the line.
    """
    if weeks <= width:
        return [week for week in range(weeks) for _cell in range(min(width // weeks, WIDEST))]
    return [(cell + 1) * weeks // width - 1 for cell in range(width)]


def levels(weeks: Sequence[int | None], width: int) -> str:
    """Return the level reached week by week: 0 to 3, or None for none yet."""
    signs = [NOTHING if level is None else LEVELS[level] for level in weeks]
    return glyphs("".join(signs[week] for week in week_cells(len(weeks), width)))


def marks(days: Iterable[tuple[int, str]], weeks: int, width: int) -> str:
    """Return signs on such a line, each on its day from 0 on; those outside it are left out.

    Of two that fall into one cell, the later is seen.
    """
    line = [NOTHING] * len(week_cells(weeks, width))
    for day, sign in days:
        cell = day * len(line) // (7 * weeks)
        if 0 <= cell < len(line):
            line[cell] = sign
    return glyphs("".join(line))


def scale(first: int, last: int, width: int) -> str:
    """Return the numbers of the weeks from `first` to `last` over such a line.

    Each stands over the first cell of its week; the narrower the weeks, the fewer are named.
    """
    weeks = last - first + 1
    cells = week_cells(weeks, width)
    every = EVERY[0 if len(cells) >= 3 * weeks else 1 if len(cells) >= weeks else 2]
    line = [" "] * len(cells)
    free, seen = 0, -1
    for at, index in enumerate(cells):
        new, seen = range(seen + 1, index + 1), index
        named = [first + i for i in new if i == 0 or (first + i) % every == 0]
        text = str(named[0]) if named else ""
        if text and at >= free and at + len(text) <= len(line):
            line[at : at + len(text)] = text
            free = at + len(text) + 1
    return "".join(line)
