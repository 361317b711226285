"""Pictures that are one line of text: how far something has come, and what happened week by week.

They are drawn with characters that every terminal has, or in ASCII. A screen reader makes nothing
of them, so whoever shows one says the same in words beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from widgets.glyphs import glyphs

FULL: Final = "█"
EMPTY: Final = "░"
LEVELS: Final = "░▒▓█"
"""The four levels that something can reach, from the lowest to the highest."""
NOTHING: Final = "·"
"""A week before the first level was reached, or a day on which nothing happened."""
LIMIT: Final = "│"
"""The mark of a limit in a bar."""
BEYOND: Final = "›"
"""The end of a bar that is longer than the line."""
MAX_WEEK_CELLS: Final = 4
"""How many cells a week takes up at most."""
NUMBER_EVERY: Final = (1, 5, 10)
"""Which weeks are numbered: each, every fifth or every tenth. See `week_numbers`."""


def bar(share: float | None, width: int) -> str:
    """Return a bar that is filled according to a share.

    Only a share of 0 gives an empty bar, and only 1 gives a full one: what has begun is seen to
    have begun, and what is not done does not look done.

    Args:
        share: A number from 0 to 1; None, for a share that does not exist yet, gives dots.
        width: How many cells the bar takes up.
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


def days_bar(days: int, limit: int, width: int, *, full: bool) -> str:
    """Return a bar whose length is a number of days, with the mark of a limit in the middle.

    Bars of the same `limit` and `width` can be compared: a day is as long in all of them. A bar
    that is too long for the line ends with `BEYOND`.

    Args:
        days: How long the bar is.
        limit: How many days the mark stands for.
        width: How many cells the bar may take up; with the mark the line is one cell longer.
        full: Whether the bar is drawn full; otherwise it is drawn light.
    """
    middle = width // 2
    cells = max(round(days / max(limit, 1) * middle), 1)
    # One day too many must be seen, even where a cell is worth several days.
    if days > limit:
        cells = max(cells, middle + 1)
    line = (FULL if full else EMPTY) * min(cells, width)
    if cells > width:
        line = line[:-1] + BEYOND
    line = f"{line:<{width}}"
    return glyphs(line[:middle] + LIMIT + line[middle:])


# -- weeks ----------------------------------------------------------------------------------------


def week_cells(weeks: int, width: int) -> list[int]:
    """Return for each cell of a line the number of the week whose end it shows, from 0.

    A week takes up as many cells as there is room for, `MAX_WEEK_CELLS` at most. If there are more
    weeks than cells, a cell stands for several weeks, so that the whole mentorship is on the line.

    Args:
        weeks: How many weeks the line shows.
        width: How many cells there are for them; the line may take up fewer.
    """
    if weeks <= width:
        cells = min(width // weeks, MAX_WEEK_CELLS)
        return [week for week in range(weeks) for _cell in range(cells)]
    return [(cell + 1) * weeks // width - 1 for cell in range(width)]


def week_levels(weeks: Sequence[int | None], width: int) -> str:
    """Return a line that shows the level reached week by week.

    Args:
        weeks: The level at the end of each week: 0 to 3, or None before the first was reached.
        width: How many cells there are.
    """
    signs = [NOTHING if level is None else LEVELS[level] for level in weeks]
    return glyphs("".join(signs[week] for week in week_cells(len(weeks), width)))


def week_marks(days: Iterable[tuple[int, str]], weeks: int, width: int) -> str:
    """Return a line with signs on the days of some weeks, such as the days of talks.

    Args:
        days: Pairs of a day, counted from 0, and its sign. Days outside the weeks are left out. If
            two fall into one cell, the later in the list is seen.
        weeks: How many weeks the line shows.
        width: How many cells there are.
    """
    line = [NOTHING] * len(week_cells(weeks, width))
    for day, sign in days:
        cell = day * len(line) // (7 * weeks)
        if 0 <= cell < len(line):
            line[cell] = sign
    return glyphs("".join(line))


def week_numbers(first: int, last: int, width: int) -> str:
    """Return a heading for such a line: the numbers of the weeks from `first` to `last`.

    A number begins over the first cell of its week. With three cells or more to a week every week
    is numbered, with one or two every fifth, and with several weeks to a cell every tenth.
    """
    weeks = last - first + 1
    cells = week_cells(weeks, width)
    every = NUMBER_EVERY[0 if len(cells) >= 3 * weeks else 1 if len(cells) >= weeks else 2]
    line = [" "] * len(cells)
    free, seen = 0, -1  # the first cell without a number in it; the last week that was handled
    for at, index in enumerate(cells):
        new, seen = range(seen + 1, index + 1), index
        named = [first + i for i in new if i == 0 or (first + i) % every == 0]
        text = str(named[0]) if named else ""
        # A number that would run into the one before it, or over the end, is left out.
        if text and at >= free and at + len(text) <= len(line):
            line[at : at + len(text)] = text
            free = at + len(text) + 1
    return "".join(line)
