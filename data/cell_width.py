"""How many cells of a terminal a text takes up, by the table of widths of the library wcwidth.

Nearly all texts have only characters that are known to take up one cell each. Only for others is
wcwidth asked, and loaded: the start of the program must not wait for it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_NARROW: Final = re.compile(
    "["
    " -~"  # ASCII
    "\xa0-\xac\xae-\u02ff"  # Latin-1, but for the soft hyphen; Latin Extended and phonetics
    "\u0370-\u0373\u0384-\u0481"  # Greek and Cyrillic
    "\u1e00-\u1eff"  # Latin letters with several accents
    "\u2010-\u2027\u2030-\u203a"  # dashes, quotation marks, the ellipsis
    "\u20a0-\u20bf"  # currencies
    "\u2190-\u2193"  # arrows
    "\u2500-\u25b5\u25b8-\u25bf\u25c2-\u25fa"  # boxes, blocks and shapes
    "\u2713"  # the tick
    "\u2800-\u28ff"  # braille
    "]*"
).fullmatch
"""Matches characters that take up one cell in every terminal. There are others; these are in common
use. As a set of characters they would take a quarter of a megabyte."""


def is_narrow(text: str) -> bool:
    """Return whether all characters of a text are known to take up one cell each."""
    return _NARROW(text) is not None


def cell_width(text: str) -> int:
    """Return how many cells of a terminal a text takes up. Control characters take up none."""
    if text.isascii() or is_narrow(text):
        return len(text)
    return sum(width for _cluster, width in clusters(text))


@lru_cache(maxsize=4096)
def clusters(text: str) -> tuple[tuple[str, int], ...]:
    """Return the pieces of a text that must not be cut apart, with the cells that each takes up.

    A piece is a letter with its marks, or an emoji with all that is joined to it. It takes up no
    cell, one or two.
    """
    from wcwidth import iter_graphemes, wcswidth  # loaded when first needed, see above

    return tuple((cluster, max(wcswidth(cluster), 0)) for cluster in iter_graphemes(text))


@lru_cache(maxsize=4096)
def widest(cluster: str) -> int:
    """Return how many cells a piece of text may take up in the worst of terminals.

    Some terminals do not know which emoji belong together, and show them side by side.
    """
    if is_narrow(cluster):
        return len(cluster)
    from wcwidth import wcwidth  # loaded when first needed, see above

    return sum(max(wcwidth(character), 0) for character in cluster)
