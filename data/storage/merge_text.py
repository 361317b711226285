"""Merging two edits of one text by words and lines, so that no word is ever torn. Pure functions.

What each side did to the base is a list of hunks: words of the base that other words take the place
of. Hunks of the two sides that lie apart are both made. Where they meet, both texts are kept whole,
one after the other. Which of the two edits is called mine makes no difference, so that two sessions
arrive at the same text whichever of them was first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from data.frozen import immutable
from data.word_diff import Word, matching_words, split

_NEWLINE: Final = "\n"


@immutable
class _Hunk:
    """Words `start` up to `end` of the base become `words`."""

    start: int
    end: int
    words: tuple[Word, ...]


@immutable
class _Side:
    """What one side has made of the base."""

    hunks: list[_Hunk]
    blanks: list[str]
    """The blanks before each word of the base and before its end, as this side has them. Those of a
    word that is gone are the base's."""


def merge_text(base: str, mine: str, theirs: str) -> tuple[str, bool]:
    """Return a text with both edits of `base`, and whether they met at the same place."""
    if mine in (base, theirs):
        return theirs, False
    if theirs == base:
        return mine, False
    return _Merge(base, mine, theirs).result()


def _side(base: list[Word], end: str, text: str) -> _Side:
    """Find out what has been made of the base; `end` are the blanks after its last word."""
    words, new_end = split(text)
    hunks: list[_Hunk] = []
    blanks = [*(word.blank for word in base), new_end if new_end != end else end]
    place = start = 0
    found = matching_words(base, words)
    for number, partner in enumerate([*found, len(words)]):
        if partner < 0:
            continue
        if start < number or place < partner:
            hunks.append(_Hunk(start, number, tuple(words[place:partner])))
        if number < len(base):
            blanks[number] = words[partner].blank
        start, place = number + 1, partner + 1
    return _Side(hunks, blanks)


@immutable
class _Region:
    """What one side has made of a stretch of the base."""

    words: tuple[Word, ...]
    after: str
    """The blanks behind it on that side."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The words without blanks."""
        return tuple(word.text for word in self.words)

    @property
    def begins_line(self) -> bool:
        """Whether a line ends before its first word."""
        return self.words[0].text == _NEWLINE

    @property
    def ends_line(self) -> bool:
        """Whether it ends with its line."""
        return self.words[-1].text == _NEWLINE

    def without_blank(self) -> _Region:
        """Return it without the blanks before its first word."""
        return replace(self, words=(Word("", self.words[0].text), *self.words[1:]))


class _Merge:
    """One merge under way."""

    def __init__(self, base: str, one: str, other: str) -> None:
        self.base, self.end = split(base)
        self.sides = (_side(self.base, self.end, one), _side(self.base, self.end, other))
        self.out: list[Word] = []
        self.after: str | None = None
        """The blanks behind the region that was put last, until something is put behind it."""
        self.met = False

    def result(self) -> tuple[str, bool]:
        """Return the merged text, and whether the edits met."""
        waiting = [list(side.hunks) for side in self.sides]
        place = 0
        while any(waiting):
            start, end, taken = _take_cluster(waiting)
            self._put_base(place, start)
            self._put_cluster(start, end, taken)
            place = end
        self._put_base(place, len(self.base))
        parts = [part for word in self.out for part in word]
        return "".join([*parts, self._blank(len(self.base))]), self.met

    def _put(self, word: Word) -> None:
        """Put a word behind those that are there; two of different edits never grow together."""
        between = self.out and _NEWLINE not in (word.text, self.out[-1].text)
        self.out.append(Word(" ", word.text) if between and not word.blank else word)

    def _put_base(self, start: int, end: int) -> None:
        """Put words of the base that neither side took out."""
        for number in range(start, end):
            self._put(Word(self._blank(number), self.base[number].text))

    def _blank(self, number: int) -> str:
        """Return the blanks before a word of the base, or before its end.

        They are those behind what was put before it, else those of the side that changed them.
        """
        if self.after is not None:
            after, self.after = self.after, None
            return after
        return self._three_way(number, *(side.blanks[number] for side in self.sides))

    def _three_way(self, number: int, one: str, other: str) -> str:
        """Return those of two blanks that were changed from the base's at a place."""
        before = self.base[number].blank if number < len(self.base) else self.end
        if before in (one, other):
            return other if one == before else one
        return max(one, other)

    def _put_region(self, region: _Region) -> None:
        """Put words that came from one side.

        Where they begin with a line's end, the blanks before it are not theirs but those of whoever
        writes in that line, and may be about to go on in it.
        """
        first, *rest = region.words
        if region.begins_line and self.after is not None:
            first = Word(self.after, first.text)
        for word in (first, *rest):
            self._put(word)
        self.after = region.after

    def _put_cluster(self, start: int, end: int, taken: Sequence[Sequence[_Hunk]]) -> None:
        """Put what the sides make of words `start` up to `end` of the base."""
        regions = [
            self._region(start, end, hunks, side)
            for hunks, side in zip(taken, self.sides, strict=True)
            if hunks
        ]
        # Sorted, so that it makes no difference whose edit is whose.
        *others, last = sorted(regions, key=lambda one: (one.texts, one.words, one.after))
        if not last.words:
            self.after = None  # those blanks were before a word that is gone
            return
        for one in others:
            if not one.words:
                self.met = True  # one side has taken out what the other has changed
            elif one.texts != last.texts[: len(one.words)]:
                self._put_both(one, last, start, end)
                return
        if last.begins_line and not others and self.after is None:
            idle = next(side for hunks, side in zip(taken, self.sides, strict=True) if not hunks)
            self.after = self._three_way(start, last.words[0].blank, idle.blanks[start])
        self._put_region(last)

    def _region(self, start: int, end: int, hunks: Sequence[_Hunk], side: _Side) -> _Region:
        words: list[Word] = []
        place = start
        for hunk in hunks:
            words += self._untouched(place, hunk.start, side)
            words += hunk.words
            place = hunk.end
        words += self._untouched(place, end, side)
        return _Region(tuple(words), side.blanks[end])

    def _untouched(self, start: int, end: int, side: _Side) -> list[Word]:
        return [Word(side.blanks[n], self.base[n].text) for n in range(start, end)]

    def _put_both(self, one: _Region, other: _Region, start: int, end: int) -> None:
        """Put the words of both sides, each whole.

        What goes on with the line comes before what begins a new one, and a whole line before what
        stands before the next word. Otherwise each has a line of its own where the line ends here.
        """
        if one.begins_line and not other.begins_line:
            one, other = other, one
        elif one.begins_line == other.begins_line:
            if other.ends_line and not one.ends_line:
                one, other = other, one
            elif other.ends_line == one.ends_line:
                self.met = True
        self._put_region(one)
        line_ends = end == len(self.base) or self.base[end].text == _NEWLINE
        has_lines = _NEWLINE in (*one.texts, *other.texts)
        if (line_ends or has_lines) and not one.ends_line and not other.begins_line:
            self._put(Word(one.after, _NEWLINE))
        in_line = start > 0 and self.base[start - 1].text != _NEWLINE
        if in_line and self.out[-1].text == _NEWLINE:
            other = other.without_blank()  # they were for the word before it
        self._put_region(other)


def _take_cluster(
    waiting: Sequence[list[_Hunk]],
) -> tuple[int, int, tuple[list[_Hunk], list[_Hunk]]]:
    """Take the first hunk, and all that meet it. Returns from where to where, and each side's.

    Two hunks meet where they take out the same word, or put words in at the same place.
    """
    first = min((hunks[0] for hunks in waiting if hunks), key=lambda hunk: (hunk.start, hunk.end))
    start, end = first.start, first.end
    taken: tuple[list[_Hunk], list[_Hunk]] = ([], [])
    grew = True
    while grew:
        grew = False
        for hunks, mine in zip(waiting, taken, strict=True):
            while hunks and (
                hunks[0].start < end or (hunks[0].start, hunks[0].end) == (start, end)
            ):
                mine.append(hunks.pop(0))
                end = max(end, mine[-1].end)
                grew = True
    return start, end, taken
