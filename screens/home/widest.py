"""How wide the widest of many texts are, known without looking at all of them after a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

Widths = tuple[int, ...]
"""The widths of several texts of one row, in cells."""


class Widest:
    """The widths of the widest texts among rows that come and go."""

    def __init__(self, texts: int) -> None:
        """Begin without rows. `texts` is how many texts of each are measured."""
        self._counts = tuple(Counter[int]() for _text in range(texts))
        """For each text, how many rows have one of a certain width."""

    def add(self, widths: Widths) -> None:
        """Add a row with texts of these widths."""
        for counts, width in zip(self._counts, widths, strict=True):
            counts[width] += 1

    def take(self, widths: Widths) -> None:
        """Take away a row that was added with these widths."""
        for counts, width in zip(self._counts, widths, strict=True):
            counts[width] -= 1
            if not counts[width]:
                del counts[width]

    @property
    def widths(self) -> Widths:
        """The width of the widest of each; 0 without rows."""
        return tuple(max(counts, default=0) for counts in self._counts)


def widest(rows: Iterable[Widths], texts: int) -> Widths:
    """Return the width of the widest of each of so many texts; 0 without rows."""
    return tuple(map(max, zip(*rows, strict=True))) or (0,) * texts
