"""How many cells of a terminal a text takes up, by the table of widths of the library wcwidth.

Nearly all texts have only characters that are known to take up one cell each. Only for others is
wcwidth asked, and loaded: the start of the program must not wait for it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_NARROW: Final = frozenset(
    chr(code)
    for first, last in (
        (0x20, 0x7E),  # ASCII
        (0xA0, 0xAC),  # Latin-1, but for the soft hyphen
        (0xAE, 0x2FF),  # Latin Extended and phonetics
        (0x370, 0x373),  # Greek
        (0x384, 0x481),  # Greek and Cyrillic
        (0x1E00, 0x1EFF),  # Latin letters with several accents
        (0x2010, 0x2027),  # dashes, quotation marks, the ellipsis
        (0x2030, 0x203A),
        (0x20A0, 0x20BF),  # currencies
        (0x2190, 0x2193),  # arrows
        (0x2500, 0x25B5),  # boxes, blocks and shapes
        (0x25B8, 0x25BF),
        (0x25C2, 0x25FA),
        (0x2713, 0x2713),  # the tick
        (0x2800, 0x28FF),  # braille
    )
    for code in range(first, last + 1)
)
"""Characters that take up one cell in every terminal. There are others; these are in common use."""
is_narrow: Final = _NARROW.issuperset
"""Returns whether all characters of a text are known to take up one cell each."""


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
