"""Texts divided into lines that are as long as there is room, or left out of a line without it."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells

from data.addresses import address_places, addresses
from widgets.glyphs import dotted, glyphs
from widgets.grid_model import fit


def wrap(text: str, width: int) -> list[str]:
    """Return the text in lines of at most `width` cells.

    Lines are broken between words; only a word that is longer than a line is broken itself. But an
    address is never broken, since half of one is no address: it ends in "…" where it is too long.
    The first line of a paragraph keeps its indent. (`textwrap` counts characters, not cells.)
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        # An indent of more than half a line would leave no room for the words.
        indent = paragraph[: len(paragraph) - len(paragraph.lstrip())][: width // 2]
        line = indent
        for word in paragraph.split():
            joined = word if line == indent else f" {word}"
            if cell_len(line) + cell_len(joined) <= width:
                line += joined
                continue
            if line != indent:
                lines.append(line)
            # A word that fits comes back as its own last piece.
            *whole, line = [fit(word, width)] if addresses(word) else chop_cells(word, width)
            lines.extend(whole)
        lines.append(line)
    return lines


def with_addresses_cut(text: str, width: int) -> str:
    """Return the text with each address that is wider than a line cut, so that it is not broken."""
    found, end = "", 0
    for start, after in address_places(text):
        address = text[start:after]
        if cell_len(address) > width:
            found += text[end:start] + fit(address, width)
            end = after
    return found + text[end:]


def wrap_within(text: str, width: int, most: int) -> list[str]:
    """Return the text in at most `most` lines; the last ends in "…" if they do not hold it.

    Where a line of the text comes to stand behind another one there, a dot is between them.
    """
    lines = wrap(text, width)
    if len(lines) <= most:
        return lines
    left, rest = most - 1, []
    for one in text.split("\n"):
        wrapped = wrap(one, width)
        rest.append(" ".join(wrapped[left:]))
        left = max(left - len(wrapped), 0)
    return [*lines[: most - 1], fit(dotted(*rest), width).rstrip()]


def dotted_within(room: int, *texts: str) -> str:
    """Return as many of the texts as have room in one line of `room` cells, none of them cut.

    Where there are more, the line ends in "…" if that has room too. The first is always in it.
    """
    line = ""
    for text in texts:
        longer = dotted(line, text)
        if line and cell_len(longer) > room:
            marked = f"{line} {glyphs('…')}"
            return marked if cell_len(marked) <= room else line
        line = longer
    return line
