"""Texts as rows of words, and which words two texts have in common. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"([^\S\n]*)(\n|\S+)")
MOST_EDITS: Final = 600
"""How many words two texts may differ by, in several places, to be compared word by word. Where
they differ by more, all between the first difference and the last counts as different. The time
that a comparison takes grows with the square of this number."""


class Word(NamedTuple):
    """What stands between two blanks, or a line end."""

    blank: str
    """The blanks before it."""
    text: str


def split(text: str) -> tuple[list[Word], str]:
    """Return the words of a text, and the blanks after the last one. Together they are the text."""
    words: list[Word] = []
    end = 0
    for found in _WORD.finditer(text):
        words.append(Word(found[1], found[2]))
        end = found.end()
    return words, text[end:]


def partners(one: Sequence[Word], other: Sequence[Word]) -> list[int]:
    """Return for each word of `one` its place in `other`, or -1 where it is not there.

    The blanks before words are not compared. The places returned only grow.
    """
    head = 0
    least = min(len(one), len(other))
    while head < least and one[head].text == other[head].text:
        head += 1
    tail = 0
    while tail < least - head and one[-1 - tail].text == other[-1 - tail].text:
        tail += 1
    found = [*range(head), *[-1] * (len(one) - head - tail)]
    found += range(len(other) - tail, len(other))
    numbers: dict[str, int] = {}  # comparing numbers is quicker than comparing texts
    left = [numbers.setdefault(word.text, len(numbers)) for word in one[head : len(one) - tail]]
    right = [
        numbers.setdefault(word.text, len(numbers)) for word in other[head : len(other) - tail]
    ]
    for place, partner in _common(left, right):
        found[head + place] = head + partner
    return found


def _common(one: list[int], other: list[int]) -> list[tuple[int, int]]:
    """Return the places of a longest row of numbers that both hold; none beyond `MOST_EDITS`.

    This is the greedy search of Myers, "An O(ND) Difference Algorithm and Its Variations" (1986).
    """
    if not one or not other:
        return []
    steps = [_Step(0, [_slide(one, other, 0, 0)])]
    while not steps[-1].has_come_to(len(one), len(other)):
        edits = len(steps)
        if edits > MOST_EDITS:
            return []
        before = steps[-1]
        starts = ((before.start(way), way) for way in range(-edits, edits + 1, 2))
        steps.append(_Step(edits, [_slide(one, other, at, at - way) for at, way in starts]))
    return _way_back(steps, len(one), len(other))


def _slide(one: list[int], other: list[int], place: int, partner: int) -> int:
    """Go on while both read the same; return the place in `one`."""
    while place < len(one) and partner < len(other) and one[place] == other[partner]:
        place += 1
        partner += 1
    return place


@dataclass(frozen=True, slots=True)
class _Step:
    """How far one gets with a number of edits.

    A way is a diagonal of the table of both rows: the place in the one less that in the other.
    """

    edits: int
    reached: list[int]
    """The place in the one row, for each way from -`edits` to `edits`, every second one."""

    def at(self, way: int) -> int:
        """Return how far one gets on a way; -1 on one that cannot be reached."""
        return self.reached[(way + self.edits) // 2] if abs(way) <= self.edits else -1

    def comes_from(self, way: int) -> int:
        """Return the way here from which one more edit leads furthest on `way`."""
        return way + 1 if self.at(way - 1) < self.at(way + 1) else way - 1

    def start(self, way: int) -> int:
        """Return the place on `way` to which one more edit leads."""
        source = self.comes_from(way)
        return self.at(source) + (1 if source < way else 0)

    def has_come_to(self, one: int, other: int) -> bool:
        """Whether the ends of both rows have been reached."""
        way = one - other
        return (way + self.edits) % 2 == 0 and self.at(way) >= one


def _way_back(steps: list[_Step], one: int, other: int) -> list[tuple[int, int]]:
    """Return the places that read the same, along the steps that led to the ends of both rows."""
    found: list[tuple[int, int]] = []
    place, way = one, one - other
    for before in reversed(steps[:-1]):
        start = before.start(way)
        found += [(at, at - way) for at in range(start, place)]
        source = before.comes_from(way)
        place, way = before.at(source), source
    found += [(at, at) for at in range(place)]
    return found


def arrive(before: str, after: str, place: int, *, has_own: bool = True) -> tuple[int, bool]:
    """Return where a cursor belongs in a text in which somebody else's edit has arrived.

    `place` is its offset in `before`, and `after` the text that takes its place. The cursor stays
    with the word that it stands in or behind; what has come there from elsewhere comes after it.
    Where it stands on an empty line at the end, or nothing in `before` is the user's own
    (`has_own` false), it goes behind all there is. Also returned is whether what is typed next must
    then begin a line, so that it does not grow together with somebody else's word.
    """
    if not has_own or (place == len(before) and before[-1:] in {"", "\n"}):
        return len(after), after[-1:] not in {"", "\n"}
    return _follow(before, after, place), False


def _follow(before: str, after: str, place: int) -> int:
    """Return the offset in `after` behind the same word that `place` is in or behind."""
    known = [
        (old.span(2), new)
        for old, new in zip(
            _WORD.finditer(before), partners(split(before)[0], split(after)[0]), strict=True
        )
        if new >= 0
    ]
    if not known:
        return len(after)
    spans = [found.span(2) for found in _WORD.finditer(after)]
    behind = [one for one in known if one[0][0] < place]
    if not behind:
        return spans[known[0][1]][0]
    (start, end), new = behind[-1]
    new_start, new_end = spans[new]
    if place <= end:
        return new_start + place - start
    blanks = before[end:place]
    kept = 0
    while blanks[kept : kept + 1] and after.startswith(blanks[: kept + 1], new_end):
        kept += 1
    return new_end + kept
