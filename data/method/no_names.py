"""Texts without names: what leaves a file for others to use names nobody.

Templates of plans and what a mentor contributes to the library are made of texts about real people.
A name that was found is replaced by what the person is: "mentee", or "a colleague". The words are
read by the mentor before they go anywhere, so it may well replace a word too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from data.addresses import address_places
from data.citizens import without_citizens
from data.frozen import immutable
from data.i18n import _
from data.records import Mentee, Person, PersonKind
from data.text import any_spelling, clean, plain_letters, skeleton

_WHOLE_WORD: Final = 3
"""Letters of a part of a name that is looked for in capital and small letters alike.

A shorter one, such as Bo or Ea, is looked for with a capital letter: it is often another word."""
_JOINED_WORD: Final = 6
"""Likewise of two parts that are written as one: "perle" is a word, and "annesofie" is none."""
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NOT_AFTER: Final = r"(?<![^\W\d_])"
_NOT_BEFORE: Final = r"(?![^\W\d_])"
_JOIN: Final = "\x00"
"""Stands where two words are written as one; no clean text has it."""
_MOST_PARTS: Final = 8
"""So many parts of a name are looked for written as one."""
_UNSEEN: Final = re.compile("[\u00ad\u200b\u200c\u2060\ufeff]")
"""What nobody sees within a word, such as where it may be divided: it comes with a copied text."""
_ANY: Final = "*"
"""Stands among the skeletons of words where any text may have a name: one without letters."""
_GENITIVE: Final = r"(?:['’]?s|(?<=[sxz])['’])"
_PARTICLES: Final = frozenset(
    {"van", "von", "der", "den", "del", "dos", "las", "los", "og", "the", "and"}
    | {"mentee", "kollega", "colleague", "borger", "citizen"}
)
"""Words of names that are also other words: alone they name nobody."""


@immutable
class Names:
    """The names that no text may have: those of the mentees, and those of everybody else."""

    mentees: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def names_of(
    mentees: Iterable[Mentee], people: Iterable[Person], others: Iterable[str] = ()
) -> Names:
    """Return the names of a file's mentees and people. A network is nobody: its name may stay.

    Args:
        mentees: All mentees of the file, also those whose mentorships are closed.
        people: Everybody at the workplace, also those who are archived.
        others: Further names that name somebody, such as the mentor's own.
    """
    return Names(
        mentees=tuple(one.name for one in mentees),
        others=(*(one.name for one in people if one.kind is PersonKind.PERSON), *others),
    )


def without_names(text: str, names: Names) -> str:
    """Return a text in which each of the names is replaced by what its person is.

    A name is found whole and in its parts, in capital and small letters, in the spellings that
    people take for the same, and in the genitive ("Mias plan" becomes "mentees plan"). CPR numbers,
    the names of citizens and e-mail addresses go, too.

    Args:
        text: Any text that was typed. It comes back clean (see `data.text.clean`).
        names: Whose names may not stay.
    """
    text = _without_mail(without_citizens(_cleaned(text)))
    looked = _looked(names)
    if looked is None or not looked.may_be_in(text):
        return text
    return looked.replaced(looked.replaced(text), joins=True).replace(_JOIN, "")


def has_name(text: str, names: Names) -> bool:
    """Whether a text has one of the names in it, as `without_names` finds them."""
    looked = _looked(names)
    return looked is not None and looked.has_any(_cleaned(text))


def _cleaned(text: str) -> str:
    return _UNSEEN.sub("", clean(text, lines=True))


class _Looked:
    """The names as they are looked for in a text in plain letters."""

    def __init__(
        self, mentees: dict[str, bool], others: dict[str, bool], bones: frozenset[str]
    ) -> None:
        """Keep the patterns.

        Args:
            mentees: Pattern of a name or of a part of one -> whether it needs a capital letter.
            others: The same of everybody else.
            bones: The skeletons of words, one of which a text has that has any of the names.
        """
        self._bones = bones
        every = others | mentees
        name = "|".join(sorted(every, key=len, reverse=True))
        self._name = re.compile(
            rf"{_NOT_AFTER}(?P<first>{name})(?P<more>(?:(?:\s+|-|{_JOIN})(?:{name}))*)"
            rf"(?P<genitive>{_GENITIVE})?{_NOT_BEFORE}"
        )
        self._mentee = re.compile("|".join(mentees)) if mentees else None
        small = [pattern for pattern, capital in every.items() if not capital]
        self._small = re.compile("|".join(small)) if small else None

    @classmethod
    def of(cls, names: Names) -> _Looked | None:
        """Return how these names are looked for; None where there are none."""
        mentees = dict(_patterns(names.mentees))
        others = dict(_patterns(names.others))
        bones = frozenset(_bones((*names.mentees, *names.others)))
        return cls(mentees, others, bones) if mentees or others else None

    def may_be_in(self, text: str) -> bool:
        """Whether it is worth to look for names: most texts of a plan have no word of one."""
        if _ANY in self._bones:
            return True
        for word in _words(text):
            found = skeleton(word)
            if found in self._bones or (found[-1:] == "s" and found[:-1] in self._bones):
                return True
        return False

    def has_any(self, text: str) -> bool:
        """Whether a text has a name."""
        return self.may_be_in(text) and any(
            any(self._found(one)) for one in (text, _with_joins(text))
        )

    def replaced(self, text: str, *, joins: bool = False) -> str:
        """Return a text with each name replaced; `joins`: also where a word is written up to it."""
        if joins:
            text = _with_joins(text)
        parts: list[str] = []
        at = 0
        for start, end, is_mentee, genitive in self._found(text):
            parts += text[at:start], _instead(is_mentee, genitive, capital=_begins(text, start))
            at = end
        return "".join((*parts, text[at:]))

    def _found(self, text: str) -> Iterator[tuple[int, int, bool, bool]]:
        """Yield where a name starts and ends, whether it is a mentee's, and in the genitive."""
        plain = plain_letters(text)
        at = 0
        while hit := self._name.search(plain, at):
            start, end = hit.span()
            first = hit["first"]
            if not (text[start].isupper() or hit["more"] or self._is(self._small, first)):
                at = hit.end("first")
                continue
            yield start, end, self._is(self._mentee, first), bool(hit["genitive"])
            at = end

    @staticmethod
    def _is(pattern: re.Pattern[str] | None, word: str) -> bool:
        return pattern is not None and pattern.fullmatch(word) is not None


@lru_cache(maxsize=4)
def _looked(names: Names) -> _Looked | None:
    """Return how names are looked for, made once: a plan has hundreds of texts."""
    return _Looked.of(names)


def _with_joins(text: str) -> str:
    """Return a text with a mark where a capital letter follows a small one: "mødetMia"."""
    marked = [
        _JOIN + letter if letter.isupper() and before.islower() else letter
        for before, letter in pairwise(f" {text}")
    ]
    return "".join(marked)


def _patterns(names: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield the pattern of each name and of its parts, and whether it needs a capital letter."""
    whole = []
    for name in map(_name, names):
        words = _LETTERS.findall(name)
        if pattern := _pattern(name):
            whole.append((pattern, False))
        for joined in _joined(words):
            yield _pattern(joined), len(joined) < _JOINED_WORD
        named = [word for word in words if word[0].isupper()] or words
        for word in named:
            if len(word) > 1 and word.lower() not in _PARTICLES:
                yield _pattern(word), len(word) < _WHOLE_WORD
    yield from whole  # last: a name that is no longer than a part needs no capital letter


def _name(name: str) -> str:
    """Return a name as it is looked for."""
    return _UNSEEN.sub("", clean(name, lines=False))


def _joined(words: Sequence[str]) -> Iterator[str]:
    """Yield parts of a name that follow on each other as one word: "AnneSofie", "OBrien"."""
    for first, last in combinations(range(len(words[:_MOST_PARTS])), 2):
        parts = words[first : last + 1]
        if any(one.lower() not in _PARTICLES for one in parts):
            yield "".join(parts)


def _bones(names: Iterable[str]) -> Iterator[str]:
    """Yield the skeletons of the words of which every text that has one of the names has one."""
    for name in map(_name, names):
        words = _LETTERS.findall(name)
        yield from map(skeleton, _joined(words))
        telling = [one for one in words if len(one) > 1 and one.lower() not in _PARTICLES] or words
        for word in telling:
            yield skeleton(word)
            yield skeleton(_with_joins(word).partition(_JOIN)[0])
        if not words:
            yield _ANY


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text, and the words that are written as one."""
    for word in _LETTERS.findall(text):
        yield word
        if not (word.islower() or word.isupper() or word.istitle()):
            yield from _with_joins(word).split(_JOIN)


def _pattern(name: str) -> str:
    """Return the pattern of a name, which may have the mark of `_with_joins` in it: "McDonald"."""
    return f"{_JOIN}?".join(filter(None, map(any_spelling, _with_joins(name).split(_JOIN))))


def _instead(is_mentee: bool, genitive: bool, *, capital: bool) -> str:
    """Return the words that stand in place of a name."""
    if is_mentee:
        words = _("the mentee’s") if genitive else _("the mentee")
    else:
        words = _("a colleague’s") if genitive else _("a colleague")
    return words[:1].upper() + words[1:] if capital else words


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins at this place of a text, with a capital letter."""
    before = text[:start].rstrip(" ")
    return text[start].isupper() and (not before or before[-1] in ".!?\n")


def _without_mail(text: str) -> str:
    """Return a text without addresses of e-mail: they are made of names."""
    for start, end in reversed(address_places(text)):
        if "@" in text[start:end] and "//" not in text[start:end]:
            text = text[:start] + "…" + text[end:]
    return text
