"""What a widget says of itself to somebody who hears the screen, or feels it, instead of seeing it.

It is a value, like everything that widgets show: a line that a screen reader says, and the rows of
a text where one is being written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Protocol, runtime_checkable

from data.frozen import immutable
from data.i18n import N_, _
from widgets.glyphs import glyphs

HEARD: Final = "-heard"
"""The class of an app whose screen is heard or felt; widgets and styles go by it."""


@immutable
class Spoken:
    """What is said of the place where the keys go."""

    line: str = ""
    """What stands there, what matters first: "Sparring: today · Network meeting, row 3 of 13"."""
    above: tuple[str, ...] = ()
    """Texts that are read before the rows, such as the question that they answer."""
    rows: tuple[str, ...] = ()
    """The rows of the text that is being written, as wide as its field is."""
    caret: tuple[int, int] | None = None
    """Where in `rows` one types: the column, in cells, and the row. None: nothing is written."""
    heading: str = ""
    """What `line` belongs to; it is said only when one comes there."""
    hint: str = ""
    """What is said behind `line` when one comes there: how the text is understood, or which letter
    takes which choice."""
    may_come: bool = False
    """Whether nothing stands there yet, and something may still come."""
    problem: str = ""
    """What is wrong with what has been typed. It is said when one leaves the place, not before."""


@runtime_checkable
class Speaks(Protocol):
    """A widget, or a screen, that says what stands at its cursor."""

    def spoken(self) -> Spoken:
        """Return what is said of it now."""


_SIGNS: Final = {
    "✓": N_("ticked"),
    "●": N_("ticked"),
    "○": N_("not ticked"),
    "!": N_("check"),
    "?": N_("not answered"),
}
"""What signs that stand alone, or before a text, are called."""
_PICTURE: Final = re.compile(r"[●◐○✓▎‹›█░▁-▇]+ ?|^· ")
"""Signs that show what the text beside them says."""


def is_sign(text: str) -> bool:
    """Return whether a text is nothing but a sign that has a name."""
    return text.strip() in {glyphs(sign) for sign in _SIGNS}


def in_words(text: str) -> str:
    """Return a text of a list with its signs in words, behind it: "Case systems, ticked"."""
    text = " ".join(text.split())
    names = {glyphs(sign): _(name) for sign, name in _SIGNS.items()}
    found = []
    while (first := text.partition(" ")[0]) in names:
        found.append(names[first])
        text = text.partition(" ")[2]
    return listed([without_pictures(text), *found])


def without_pictures(text: str) -> str:
    """Return a text without signs that only draw what it says."""
    return _PICTURE.sub("", text)


def listed(texts: Sequence[str]) -> str:
    """Return the texts that say something, with a comma between them."""
    return ", ".join(one for one in (text.strip().rstrip(".,;") for text in texts) if one)


def in_rows(text: str, at: int, width: int) -> tuple[tuple[str, ...], tuple[int, int]]:
    """Return a line of text cut into rows of `width` cells, and where its character `at` is.

    The place is a column and a row, as in `Spoken.caret`. Behind a full row it is in the next one.
    """
    from rich.cells import cell_len  # only where a line is being written

    rows, row, cells, place = [], "", 0, (0, 0)
    for number, character in enumerate(text):
        wide = cell_len(character)
        if cells + wide > width > 0:
            rows.append(row)
            row, cells = "", 0
        if number == at:
            place = (cells, len(rows))
        row, cells = row + character, cells + wide
    if at >= len(text):
        place = (cells, len(rows)) if cells < width else (0, len(rows) + 1)
    return (*rows, row, *([""] if place[1] > len(rows) else [])), place
