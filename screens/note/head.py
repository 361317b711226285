"""The line above a note: what it is about, in one line of the screen."""

from __future__ import annotations

from typing import Final

from data.cell_width import cell_width
from data.text import shorten
from widgets.glyphs import dotted

ABOUT_CELLS: Final = 20
"""So much of what a note is about has room above it, however long the mentee's name is."""
NAME_CELLS: Final = 12
"""So much of the name stands there in any case."""


def head_line(
    marks: tuple[str, str], name: str, *, week: str, day: str, about: str, width: int
) -> str:
    """Return what a note is about: a long name is cut off, and so is the end of a long task's.

    Args:
        marks: Whether it is private, and its kind.
        name: The mentee's name.
        week: The week of the mentorship; "" for none.
        day: The day of the note; "" for today.
        about: The task, or the learning goal.
        width: How many cells the line has.
    """

    def head(name: str, about: str) -> str:
        return dotted(*marks, f"{name} ({week})" if week else name, day, about)

    left = width - cell_width(head("", shorten(about, ABOUT_CELLS)))
    return head(shorten(name, max(left, NAME_CELLS)), about)
