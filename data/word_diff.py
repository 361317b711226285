"""Which words two versions of a text have in common, and what follows from that for a cursor.

Two sessions may edit one text at the same time. Comparing words instead of characters keeps each
word whole: nobody reads a word of which one half is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"([^\S\n]*)(\n|\S+)")
MOST_EDITS: Final = 600
"""By how many words two texts may differ and still be compared word by word.

If they differ by more, all between the first difference and the last counts as different. The limit
is there because the time that a comparison takes grows with its square.
"""


class Word(NamedTuple):
    """A word with the blanks before it. A line end counts as a word of its own."""

    blank: str
    """The blanks before the word."""
    text: str
    """The word itself, with its punctuation, or a line end."""


def split(text: str) -> tuple[list[Word], str]:
    """Return the words of a text, and the blanks after the last word.

    Joined again they are exactly the text.
    """
    words: list[Word] = []
    end = 0
    for found in _WORD.finditer(text):
        words.append(Word(found[1], found[2]))
        end = found.end()
    return words, text[end:]


def matching_words(one: Sequence[Word], other: Sequence[Word]) -> list[int]:
    """Return for each word of one text its place in the other, or -1 if it is not there.

    Words match in order: the places that are returned only grow. As many words as possible match.
    Blanks are not compared.
    """
    # What is the same at the beginning and at the end is found at once; most edits leave only a few
    # words between.
    head = 0
    least = min(len(one), len(other))
    while head < least and one[head].text == other[head].text:
        head += 1
    tail = 0
    while tail < least - head and one[-1 - tail].text == other[-1 - tail].text:
        tail += 1
    found = [*range(head), *[-1] * (len(one) - head - tail)]
    found += range(len(other) - tail, len(other))
    numbers: dict[str, int] = {}  # a number for each word: numbers are compared faster than texts
    left = [numbers.setdefault(word.text, len(numbers)) for word in one[head : len(one) - tail]]
    right = [
        numbers.setdefault(word.text, len(numbers)) for word in other[head : len(other) - tail]
    ]
    for place, partner in _common(left, right):
        found[head + place] = head + partner
    return found


def _common(one: list[int], other: list[int]) -> list[tuple[int, int]]:
    """Return the places of a longest row of numbers that is in both lists, as pairs.

    It is empty if the lists differ by more than `MOST_EDITS`. This is the greedy search for a
    difference that Eugene Myers described in 1986: it finds how far one gets with no edit, with
    one, with two, until both ends are reached. An edit leaves out one number of one of the lists.
    """
    if not one or not other:
        return []
    reaches = [_Reach(0, [_end_of_match(one, other, 0, 0)])]
    while not reaches[-1].has_reached(len(one), len(other)):
        edits = len(reaches)
        if edits > MOST_EDITS:
            return []
        before = reaches[-1]
        starts = ((before.start(diagonal), diagonal) for diagonal in range(-edits, edits + 1, 2))
        reaches.append(
            _Reach(edits, [_end_of_match(one, other, at, at - diagonal) for at, diagonal in starts])
        )
    return _trace_back(reaches, len(one), len(other))


def _end_of_match(one: list[int], other: list[int], place: int, partner: int) -> int:
    """Return the place in `one` up to which both lists are the same from these places on."""
    while place < len(one) and partner < len(other) and one[place] == other[partner]:
        place += 1
        partner += 1
    return place


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far the comparison gets with a certain number of edits.

    Imagine a table with a column for each number of one list and a row for each of the other. A
    match goes one cell along a diagonal of it. A diagonal is named by the place in the one list
    minus the place in the other.
    """

    edits: int
    """The number of edits."""
    reached: list[int]
    """The place reached in the one list on each diagonal from -`edits` to `edits`.

    Only every second diagonal is there: an even number of edits cannot lead to an odd one.
    """

    def at(self, diagonal: int) -> int:
        """Return the place reached on a diagonal; -1 if it cannot be reached with so few edits."""
        return self.reached[(diagonal + self.edits) // 2] if abs(diagonal) <= self.edits else -1

    def best_source(self, diagonal: int) -> int:
        """Return from which neighbour one more edit leads furthest on a diagonal."""
        return diagonal + 1 if self.at(diagonal - 1) < self.at(diagonal + 1) else diagonal - 1

    def start(self, diagonal: int) -> int:
        """Return the place on a diagonal to which one more edit leads, before any match."""
        source = self.best_source(diagonal)
        # From the diagonal below, the edit leaves out a number of the one list, which goes on a
        # place; from above it leaves out one of the other list.
        return self.at(source) + (1 if source < diagonal else 0)

    def has_reached(self, one: int, other: int) -> bool:
        """Return whether the ends of both lists, of these lengths, have been reached."""
        diagonal = one - other
        return (diagonal + self.edits) % 2 == 0 and self.at(diagonal) >= one


def _trace_back(reaches: list[_Reach], one: int, other: int) -> list[tuple[int, int]]:
    """Return the pairs of places that match, found from the ends of both lists backwards.

    They come in no particular order.
    """
    found: list[tuple[int, int]] = []
    place, diagonal = one, one - other
    for before in reversed(reaches[:-1]):
        start = before.start(diagonal)
        found += [(at, at - diagonal) for at in range(start, place)]
        source = before.best_source(diagonal)
        place, diagonal = before.at(source), source
    found += [(at, at) for at in range(place)]
    return found


def cursor_after_edit(
    before: str, after: str, place: int, *, has_own: bool = True
) -> tuple[int, bool]:
    """Return where a cursor belongs after somebody else's edit of a text has arrived.

    The cursor stays with the word that it is in or behind, and words that have come there are
    behind it. If it is on an empty line at the end, or if nothing in the text is the user's own, it
    goes to the end of the text.

    Args:
        before: The text that the user saw.
        after: The text that takes its place.
        place: Where the cursor is in `before`, as a number of characters.
        has_own: Whether the user has written anything of `before`.

    Returns:
        Where the cursor belongs in `after`, and whether what is typed next must begin a new line,
        because otherwise it would continue a line of somebody else.
    """
    if not has_own or (place == len(before) and before[-1:] in {"", "\n"}):
        return len(after), after[-1:] not in {"", "\n"}
    return _follow(before, after, place), False


def _follow(before: str, after: str, place: int) -> int:
    """Return the place in `after` that is in or behind the same word as `place` is in `before`."""
    known = [
        (old.span(2), new)
        for old, new in zip(
            _WORD.finditer(before), matching_words(split(before)[0], split(after)[0]), strict=True
        )
        if new >= 0
    ]
    if not known:
        return len(after)
    spans = [found.span(2) for found in _WORD.finditer(after)]
    # The last word before the cursor that is still there; else the cursor goes before the first.
    behind = [one for one in known if one[0][0] < place]
    if not behind:
        return spans[known[0][1]][0]
    (start, end), new = behind[-1]
    new_start, new_end = spans[new]
    if place <= end:
        return new_start + place - start
    # Behind the word, keep as many of the blanks before the cursor as are still there.
    blanks = before[end:place]
    kept = 0
    while blanks[kept : kept + 1] and after.startswith(blanks[: kept + 1], new_end):
        kept += 1
    return new_end + kept
