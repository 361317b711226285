"""Merging two edits of one text, by words and lines. Pure functions.

The base is the text that both sides began with. What a side has done to it is a list of hunks: some
words of the base, and the words that have taken their place. Hunks of the two sides that lie apart
are both made. If two of them meet, the words of both are kept, one after the other, and each side's
words stay together. So no word is ever torn.

It makes no difference which side is called mine. Two sessions come to the same text, whichever of
them was first to save.
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
    """The words `start` up to `end` of the base have become `words`."""

    start: int
    end: int
    words: tuple[Word, ...]


@immutable
class _Side:
    """What one side has made of the base."""

    hunks: list[_Hunk]
    """What it has changed, from the beginning of the text to its end."""
    blanks: list[str]
    """The blanks before each word of the base, and at last those at the end of the text, as this
    side has them. Before a word that is gone they are those of the base."""


def merge_text(base: str, mine: str, theirs: str) -> tuple[str, bool]:
    """Merge two edits of one text.

    Args:
        base: The text that both sides began with.
        mine: What one side has made of it.
        theirs: What the other side has made of it.

    Returns:
        The text with both edits; and whether both sides wrote at the same place, so that somebody
        should look at it.
    """
    if mine in (base, theirs):
        return theirs, False
    if theirs == base:
        return mine, False
    return _Merge(base, mine, theirs).result()


def _side(base: list[Word], text: str) -> _Side:
    """Return what one side has done to get from the words of the base to its text."""
    words, end = split(text)
    hunks: list[_Hunk] = []
    blanks = [*(word.blank for word in base), end]
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
    """The blanks behind it, as that side has them."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The words without the blanks before them."""
        return tuple(word.text for word in self.words)

    @property
    def begins_line(self) -> bool:
        """Whether it begins with the end of a line, so that its words stand on a new one."""
        return self.words[0].text == _NEWLINE

    @property
    def ends_line(self) -> bool:
        """Whether it ends with the end of a line."""
        return self.words[-1].text == _NEWLINE

    def without_blank(self) -> _Region:
        """Return the same words without the blanks before the first one."""
        return replace(self, words=(Word("", self.words[0].text), *self.words[1:]))


class _Merge:
    """One merge, and what it has put together so far."""

    def __init__(self, base: str, one: str, other: str) -> None:
        self.base, self.end = split(base)
        self.sides = (_side(self.base, one), _side(self.base, other))
        self.out: list[Word] = []
        self.after: str | None = None
        """The blanks behind what one side has put last; None after words of the base."""
        self.met = False

    def result(self) -> tuple[str, bool]:
        """Return the merged text, and whether both sides wrote at the same place."""
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
        """Put a word behind the others. A blank comes between two that would become one."""
        between = self.out and _NEWLINE not in (word.text, self.out[-1].text)
        self.out.append(Word(" ", word.text) if between and not word.blank else word)

    def _put_base(self, start: int, end: int) -> None:
        """Put the words `start` up to `end` of the base, which neither side has changed."""
        for number in range(start, end):
            self._put(Word(self._blank(number), self.base[number].text))

    def _blank(self, number: int) -> str:
        """Return the blanks to be put before a word of the base, or at the end of the text.

        If words of one side come before it, they are the blanks behind those words. Otherwise they
        are the base's, or those of the side that has changed them.
        """
        if self.after is not None:
            after, self.after = self.after, None
            return after
        return self._three_way(number, *(side.blanks[number] for side in self.sides))

    def _three_way(self, number: int, one: str, other: str) -> str:
        """Return the blanks of the side that has changed those of the base; both may have."""
        before = self.base[number].blank if number < len(self.base) else self.end
        if before in (one, other):
            return other if one == before else one
        return max(one, other)

    def _put_region(self, region: _Region) -> None:
        """Put words of one side.

        They may begin with the end of a line. The blanks before that belong to whoever writes in
        the line, and may be about to go on behind them; they are not those of this side.
        """
        first, *rest = region.words
        if region.begins_line and self.after is not None:
            first = Word(self.after, first.text)
        for word in (first, *rest):
            self._put(word)
        self.after = region.after

    def _put_cluster(self, start: int, end: int, taken: Sequence[Sequence[_Hunk]]) -> None:
        """Put what the sides have made of the words `start` up to `end` of the base."""
        regions = [
            self._region(start, end, hunks, side)
            for hunks, side in zip(taken, self.sides, strict=True)
            if hunks
        ]
        # They are sorted, so that it makes no difference which side is which.
        *others, last = sorted(regions, key=lambda one: (one.texts, one.words, one.after))
        if not last.words:
            self.after = None  # the blanks before it were those of a word that is gone
            return
        for one in others:
            if not one.words:
                self.met = True  # one side has deleted what the other has changed
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
        """Put the words of both sides, one after the other.

        Words that go on with a line come before words that begin a new one, and words that end with
        their line come before words that do not. If that does not decide, both sides wrote at the
        same place: the order is that of the alphabet, and each side gets a line of its own if a
        line ends here anyway.
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
            other = other.without_blank()  # they stood between it and a word that is elsewhere now
        self._put_region(other)


def _take_cluster(
    waiting: Sequence[list[_Hunk]],
) -> tuple[int, int, tuple[list[_Hunk], list[_Hunk]]]:
    """Take the first hunk out of those that wait, and all that meet it.

    Two hunks meet if they take out the same word, or put words in at the same place.

    Returns:
        From where to where in the base they go, and the hunks of each side.
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
