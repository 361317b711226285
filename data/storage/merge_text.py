"""Merging two edits of one text. Pure functions."""

from __future__ import annotations

import re

from data.frozen import immutable
from data.storage.ops import splice

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def merge_text(base: str, mine: str, theirs: str) -> tuple[str, bool]:
    """Return a text with both edits, and whether they met at the same place.

    Where they met, it holds theirs and then mine.
    """
    if mine in (base, theirs):
        return theirs, False
    if theirs == base:
        return mine, False
    simple = _merge_apart(base, mine, theirs)
    return (simple, False) if simple is not None else _merge_words(base, mine, theirs)


def _merge_apart(base: str, mine: str, theirs: str) -> str | None:
    """Merge two edits that lie apart; None where they do not."""
    one, other = splice(base, mine), splice(base, theirs)
    first, last = sorted((one, other), key=lambda edit: edit[0])
    at, gone, come = first
    if at + gone > last[0] or at == last[0]:
        return None
    there, gone_there, come_there = last
    return base[:at] + come + base[at + gone : there] + come_there + base[there + gone_there :]


@immutable
class _Hunk:
    """Words `start` up to `end` of the base become `words`."""

    start: int
    end: int
    words: tuple[str, ...]


def _hunks(base: list[str], side: list[str]) -> list[_Hunk]:
    from difflib import SequenceMatcher

    # The unchanged ends are cut off first: typing changes little of a long text.
    head = 0
    while head < min(len(base), len(side)) and base[head] == side[head]:
        head += 1
    tail = 0
    while tail < min(len(base), len(side)) - head and base[-1 - tail] == side[-1 - tail]:
        tail += 1
    # Blanks and other words that a long text is full of begin no match: looking for one from each
    # of them would take seconds, for which the lock is held.
    matcher = SequenceMatcher(
        None, base[head : len(base) - tail], side[head : len(side) - tail], autojunk=True
    )
    return [
        _Hunk(head + start, head + end, tuple(side[head + low : head + high]))
        for tag, start, end, low, high in matcher.get_opcodes()
        if tag != "equal"
    ]


def _merge_words(base: str, mine: str, theirs: str) -> tuple[str, bool]:
    words = _WORDS.findall(base)
    ours, others = _hunks(words, _WORDS.findall(mine)), _hunks(words, _WORDS.findall(theirs))
    out: list[str] = []
    at = 0
    met = False
    while ours or others:
        start = min(side[0].start for side in (ours, others) if side)
        end, left, right = _cluster(start, ours, others)
        out += words[at:start]
        at = end
        if left and right and left != right:
            met = True
            out += _both(_region(words, start, end, right), _region(words, start, end, left))
        else:
            out += _region(words, start, end, left or right)
    return "".join(out + words[at:]), met


def _cluster(
    start: int, ours: list[_Hunk], others: list[_Hunk]
) -> tuple[int, list[_Hunk], list[_Hunk]]:
    """Take the hunks that hang together from `start` on. Returns their end, and each side's."""
    end = start
    taken: tuple[list[_Hunk], list[_Hunk]] = ([], [])
    grew = True
    while grew:
        grew = False
        for side, mine in zip((ours, others), taken, strict=True):
            while side and (side[0].start < end or side[0].start == start):
                mine.append(side.pop(0))
                end = max(end, mine[-1].end)
                grew = True
    return end, *taken


def _region(words: list[str], start: int, end: int, hunks: list[_Hunk]) -> list[str]:
    """Return what one side makes of a stretch of the base."""
    out: list[str] = []
    at = start
    for hunk in hunks:
        out += words[at : hunk.start]
        out += hunk.words
        at = hunk.end
    return out + words[at:end]


def _both(theirs: list[str], mine: list[str]) -> list[str]:
    if not theirs or not mine:
        return theirs or mine
    parted = theirs[-1][-1].isspace() or mine[0][0].isspace()
    return [*theirs, *([] if parted else ["\n"]), *mine]
