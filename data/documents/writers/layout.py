"""How the blocks of a document are laid out on sheets of paper, for Word files and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from data.documents.model.document import Block, Document, Heading, Paragraph, Table
from data.documents.model.sheets import on_sheets
from data.text import safe

UPRIGHT_ROOM: Final = 20
"""The sum of the columns' shares that a table may have on an upright sheet."""
_USUAL: Final = 0.57
_WIDE: Final = 0.78
"""About how wide letters are, against their size."""
_SHORT: Final = 8
"""How many letters of text for each share of a column are no more than usual."""
_UNWRITABLE: Final = {0xFFFE: None, 0xFFFF: None}
"""Characters that no XML can hold, beside the control characters."""


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks on sheets that are turned in the same way. Its tables fit in their width."""

    landscape: bool
    blocks: tuple[Block, ...]


def parts(document: Document) -> list[Part]:
    """Return the blocks of a document on sheets that are wide enough for its tables.

    In an upright document a wide table stands on a sheet on its side, with the heading and the
    paragraphs above it. A table that is wider than that becomes several, one below the other.
    """
    if document.landscape:
        return [Part(True, tuple(_fitting(document.blocks)))]
    found: list[Part] = []
    upright: list[Block] = []
    for block in document.blocks:
        if not isinstance(block, Table) or shares(block) <= UPRIGHT_ROOM:
            upright.append(block)
            continue
        above = _taken_along(upright)
        if upright:
            found.append(Part(False, tuple(upright)))
        found.append(Part(True, tuple(_fitting([*above, block]))))
        upright = []
    return [*found, Part(False, tuple(upright))] if upright or not found else found


def _taken_along(upright: list[Block]) -> list[Block]:
    """Take the last heading, and the paragraphs after it, from the end of a list of blocks."""
    place = len(upright)
    while place and isinstance(upright[place - 1], Paragraph):
        place -= 1
    if not place or not isinstance(upright[place - 1], Heading):
        return []
    taken = upright[place - 1 :]
    del upright[place - 1 :]
    return taken


def _fitting(blocks: Sequence[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        found += on_sheets(block) if isinstance(block, Table) else [block]
    return found


def is_blank(row: Sequence[str]) -> bool:
    """Return whether a row is to be filled in by hand: only its number stands there."""
    return not any(row[1:])


def widths(table: Table, room: int, size: float, margin: int) -> list[int]:
    """Return the width of each column: by its share and its texts, but no word is broken.

    Where the longest words do not all fit, those of the columns with the longest ones are.

    Args:
        table: The table.
        room: How much width there is, in any small unit: twentieths of a point, for example.
        size: The size of the letters in that unit.
        margin: How much of a cell is empty, left and right together.
    """
    least = [_longest_word(table, place) * size + margin for place in range(len(table.columns))]
    least = _within([min(each, room / 4) for each in least], room)
    weights = [_weight(table, place) for place in range(len(table.columns))]
    found = [room * weight / sum(weights) for weight in weights]
    for _round in found:  # each round settles one column at least
        narrow = [place for place, each in enumerate(found) if each <= least[place]]
        others = [place for place in range(len(found)) if place not in narrow]
        taken = sum(least[place] for place in narrow)
        whole = sum(weights[place] for place in others)
        if not others:
            found = least
            break
        for place in range(len(found)):
            part = (room - taken) * weights[place] / whole if whole else 0
            found[place] = least[place] if place in narrow else part
    scale = room / sum(found)
    return [int(each * scale) for each in found]


def _within(least: Sequence[float], room: float) -> list[float]:
    """Return widths that fit in the room together: only the widest give way, to each other."""
    found = [*least]
    for done, place in enumerate(sorted(range(len(least)), key=least.__getitem__)):
        found[place] = min(least[place], room / (len(least) - done))
        room -= found[place]
    return found


def _weight(table: Table, place: int) -> float:
    """Return how much width a column asks for: its share, and more of it where texts are long."""
    share = table.columns[place].share
    length = sum(len(row[place]) for row in table.rows) / max(len(table.rows), 1)
    return share * max(1.0, sqrt(length / (_SHORT * share)))


def _longest_word(table: Table, place: int) -> float:
    """Return the width of the longest word in a column, for letters of size 1."""
    texts = [table.columns[place].heading, *(row[place] for row in table.rows)]
    return max((text_width(word) for text in texts for word in text.split()), default=0.0)


def row_heights(table: Table, wide: Sequence[float], size: float) -> list[float]:
    """Return about how high each row is; a little more than it will be.

    Args:
        table: The table.
        wide: The width of each column without its margins, in any unit.
        size: The size of the letters in that unit.
    """
    return [
        max(_lines(text, each, size) for text, each in zip(row, wide, strict=True)) * size * 1.4
        for row in table.rows
    ]


def _lines(text: str, wide: float, size: float) -> int:
    """Return about how many lines a text has in a column of a width."""
    return sum(1 + int(text_width(line) * size / max(wide, size)) for line in text.split("\n"))


def text_width(text: str) -> float:
    """Return about how wide a text is in bold letters of size 1."""
    return sum(_WIDE if one.isupper() or one in "mwæ%" else _USUAL for one in text)


def shares(table: Table) -> int:
    """Return the sum of the shares of a table's columns."""
    return sum(column.share for column in table.columns)


def printable(text: str) -> str:
    """Return a text without control characters, which no Word file can hold; its lines stay."""
    return safe(text).translate(_UNWRITABLE)
