"""Text that people type: made safe, measured in cells, sorted and searched the Danish way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

_ESCAPES: Final = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves
    r"|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)"  # OSC, DCS: titles, links, the clipboard
    r"|\x1b[ -/]+[0-~]"  # character sets
    r"|\x1b[0-Z\\-_]?"  # two-character escapes, and an ESC left alone
)
_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Direction overrides could make a text read as another; the byte order mark shows as nothing.
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_CPR: Final = re.compile(r"(?<!\d)\d{6}[- ]?\d{4}(?!\d)")
_DIGITS: Final = re.compile(r"([0-9]+)")
_WORD_STARTS: Final = re.compile(r"[^\W_]+")
_ELLIPSIS: Final = "…"


def clean(text: str, *, lines: bool) -> str:
    """Return the text as it may be stored and shown: NFC, no control or escape sequences.

    With `lines` the text keeps its lines, and tabs become spaces up to every fourth column;
    without it line ends and tabs become one space.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _ESCAPES.sub("", text)
    text = text.expandtabs(4) if lines else re.sub(r"[\t\n]+", " ", text)
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


def line(text: str) -> str:
    """Return a typed text as it is stored where it is one line: clean, without blanks around it."""
    return clean(text, lines=False).strip()


def safe(text: str) -> str:
    """Return a text of a file, which anybody may have written, without control characters.

    One that has none comes back as it is.
    """
    if text.isprintable() or _UNWANTED.search(text) is None:
        return text
    return clean(text, lines=True)


def first_line(text: str) -> str:
    """Return the first line that has something on it."""
    return next((line.strip() for line in text.split("\n") if line.strip()), "")


def csv_safe(text: str) -> str:
    """Return the text so that a spreadsheet does not take it for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def has_cpr(text: str) -> bool:
    """Whether something in the text looks like a Danish civil registration number."""
    return _CPR.search(text) is not None


# Cells


class _CellWidths(dict[int, int]):
    """Code point -> cells, remembered as they are met."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        category = unicodedata.category(character)
        joins = category in ("Mn", "Me", "Cc", "Cf", "Cs", "Zl", "Zp") and code != 0xAD
        if joins or 0x1160 <= code <= 0x11FF:  # Hangul vowels and finals join the one before
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
        self[code] = width
        return width


_widths: Final = _CellWidths()


def _clusters(text: str) -> list[tuple[str, int]]:
    """Split into letters with their marks and whole emoji, each with its width."""
    found: list[tuple[str, int]] = []
    joined = False
    for character in text:
        width = _widths[ord(character)]
        if found and (width == 0 or joined):
            before, cells = found[-1]
            if character == "\ufe0f" and cells == 1:
                cells = 2  # asks for the picture, which is wide
            found[-1] = (before + character, cells)
        else:
            found.append((character, width))
        joined = character == "\u200d"
    return found


_FIRST_MARK: Final = "\u0300"
"""All that can be printed before the first combining mark takes one cell."""


def cell_width(text: str) -> int:
    """Return how many cells of a terminal the text takes up."""
    if text.isascii() or (text.isprintable() and max(text) < _FIRST_MARK):
        return len(text)
    return sum(width for _text, width in _clusters(text))


def shorten(text: str, width: int) -> str:
    """Return the text in at most `width` cells, with "…" where something was cut off."""
    if cell_width(text) <= width:
        return text
    if width < 1:
        return ""
    kept: list[str] = []
    room = width - 1
    for cluster, cells in _clusters(text):
        if cells > room:
            break
        kept.append(cluster)
        room -= cells
    return "".join(kept).rstrip() + _ELLIPSIS


# Sorting


class _Flat(dict[int, str]):
    """Code point -> its small letter without accents, always one character; æ, ø and å stay."""

    _kin: Final = {"ä": "æ", "ö": "ø", "œ": "ø", "ß": "s", "đ": "d", "ł": "l", "ð": "d", "þ": "t"}

    def __missing__(self, code: int) -> str:
        lower = chr(code).lower()[0]
        if lower not in "æøå":
            lower = self._kin.get(lower) or unicodedata.normalize("NFD", lower)[0]
        self[code] = lower
        return lower


_flat: Final = _Flat()
_ALPHABET: Final = {letter: rank for rank, letter in enumerate("abcdefghijklmnopqrstuvwxyzæøå", 1)}

SortKey = tuple[tuple[tuple[int, int, str], ...], str]


def danish_key(text: str) -> SortKey:
    """Return a key that sorts a-z, æ, ø, å, "aa" as å, and numbers by their value."""
    parts: list[tuple[int, int, str]] = []
    for part in _DIGITS.split(text.translate(_flat).replace("aa", "å")):
        if _DIGITS.fullmatch(part):
            value = part.lstrip("0")
            parts.append((1, len(value), value))
        else:
            parts.extend(
                (2, rank, "") if (rank := _ALPHABET.get(letter, 0)) else (_other(letter), 0, letter)
                for letter in part
            )
    return tuple(parts), text


def _other(character: str) -> int:
    """Signs and spaces sort before everything, letters of other alphabets after it."""
    return 3 if character.isalpha() else 0


# Searching

# What may stand in the text where this stands in what is looked for.
_ALIKE: Final = {
    "aa": "(?:aa|å|a)",
    "å": "(?:aa|å|a)",
    "a": "(?:aa|å|a)",
    "ae": "(?:ae|æ)",
    "æ": "(?:ae|æ)",
    "oe": "(?:oe|ø|o)",
    "ø": "(?:oe|ø|o)",
    "o": "(?:oe|ø|o)",
    " ": r"\s+",
}
_TOKENS: Final = re.compile(r"aa|ae|oe|\s+|.", re.DOTALL)
_FOLDS: Final = (("æ", "ae"), ("oe", "o"), ("ø", "o"), ("aa", "a"), ("å", "a"))


def fold(text: str) -> str:
    """Return the text so that spellings people take for the same become equal.

    Case and accents go; æ is ae; ø, oe and o are one, and å, aa and a. The length may change.
    """
    folded = unicodedata.normalize("NFC", text).translate(_flat)
    for letter, plain in _FOLDS:
        folded = folded.replace(letter, plain)
    return folded


def matches(text: str, query: str) -> list[tuple[int, int]]:
    """Return where the query occurs in a clean text, as (start, end), folded as `fold` does."""
    pattern = _pattern(query)
    return [found.span() for found in pattern.finditer(_flattened(text))] if pattern else []


@lru_cache(maxsize=1 << 16)
def _flattened(text: str) -> str:
    """Return the text flattened: a search looks through the same texts at each letter typed."""
    return text.translate(_flat)


def forget_flattened() -> None:
    """Let go of the flattened texts, when a search is over."""
    _flattened.cache_clear()


@lru_cache(maxsize=8)
def _pattern(query: str) -> re.Pattern[str] | None:
    """Return what finds the query in a flattened text; None where there is nothing to find."""
    wanted = unicodedata.normalize("NFC", query).strip().translate(_flat)
    if not wanted:
        return None
    return re.compile(
        "".join(
            _ALIKE.get(" " if token.isspace() else token, re.escape(token))
            for token in _TOKENS.findall(wanted)
        )
    )


def in_context(text: str, hit: tuple[int, int], width: int) -> tuple[str, tuple[int, int]]:
    """Return one line of at most `width` cells around a hit, and where the hit is in that line."""
    start, end = hit
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line = text[line_start : None if line_end < 0 else line_end].replace("\n", " ")
    start, end = start - line_start, end - line_start
    lead = ""
    while start and cell_width(lead + line[:end]) > width * 2 // 3:
        cut = min(start, max(1, start // 2))
        line, start, end, lead = line[cut:], start - cut, end - cut, _ELLIPSIS
    shown = shorten(lead + line, width)
    shift = len(lead)
    return shown, (min(start + shift, len(shown)), min(end + shift, len(shown)))


def match_names(names: Sequence[str], typed: str) -> list[int]:
    """Return the positions of the names that fit what was typed, the best first.

    First names that begin with it, then those with another word that does, then those that
    contain it; two equal names both come. Nothing typed fits all.
    """
    wanted = " ".join(fold(typed).split())
    begins: list[int] = []
    within: list[int] = []
    contains: list[int] = []
    for place, name in enumerate(names):
        folded = " ".join(fold(name).split())
        if folded.startswith(wanted):
            begins.append(place)
        elif any(folded[m.start() :].startswith(wanted) for m in _WORD_STARTS.finditer(folded)):
            within.append(place)
        elif wanted in folded or matches(name, typed):
            contains.append(place)
    return list(chain(begins, within, contains))
