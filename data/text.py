"""Texts that people type: how they are cleaned, measured, sorted, compared and searched.

Danish readers know "Åse" and "Aase" as one name, and find it at the end of a list. Sorting and
searching follow them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from data.cell_width import cell_width, clusters, is_narrow

_ESCAPES: Final = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves
    r"|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)"  # OSC, DCS: titles, links, the clipboard
    r"|\x1b[ -/]+[0-~]"  # character sets
    r"|\x1b[0-Z\\-_]?"  # two-character escapes, and an ESC left alone
)
"""Sequences by which a text could steer the terminal that shows it."""
_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
"""Line ends of other systems than this one."""
# Marks of direction are among them because they can make a text read as another one, and the byte
# order mark because nobody can see it.
UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
"""Characters that are never stored: all control characters except tab and line end, and others that
do harm."""
_FORMULA: Final = re.compile("'*[=+\\-@\t\r]")
"""The start of what a spreadsheet takes for a formula, also where an apostrophe keeps it from it:
another one is put before that, so that none of the text is lost when it is read."""
_DIGITS: Final = re.compile(r"([0-9]+)")
_WORD_STARTS: Final = re.compile(r"[^\W_]+")
_ELLIPSIS: Final = "…"


def text_of_bytes(data: bytes) -> str:
    """Return the text of bytes that were piped, or that an editor saved.

    What is not UTF-8 is read as what older terminals and editors write.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def clean(text: str, *, lines: bool) -> str:
    """Return a text as it may be stored and shown, without anything that steers a terminal.

    Letters with accents become single characters (NFC), so that the same text is always stored in
    the same way.

    Args:
        text: What was typed, pasted or read.
        lines: Whether the text may have several lines. Tabs then become spaces, up to every fourth
            column. Otherwise line ends and tabs become spaces, and the text is one line.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _ESCAPES.sub("", text)
    text = text.expandtabs(4) if lines else re.sub(r"[\t\n]+", " ", text)
    return unicodedata.normalize("NFC", UNWANTED.sub("", text))


def line(text: str) -> str:
    """Return a typed text as it is stored in a field of one line: cleaned, without outer blanks."""
    return clean(text, lines=False).strip()


def lines(text: str) -> str:
    """Return a typed text of several lines as it is stored: clean, without blanks around it."""
    return clean(text, lines=True).strip()


def safe(text: str) -> str:
    """Return a text that was read from a file, without control characters.

    Other programs may have written the file, so it may hold anything. A text that has no control
    characters comes back as it is, not even normalised: reading must not change what is stored.
    """
    if text.isprintable() or UNWANTED.search(text) is None:
        return text
    return clean(text, lines=True)


def first_line(text: str) -> str:
    """Return the first line that is not blank, without blanks around it; "" if there is none."""
    return next((line.strip() for line in text.split("\n") if line.strip()), "")


def small_first(text: str) -> str:
    """Return a name as it is written inside a sentence, or after a colon: with a small letter."""
    return text[:1].lower() + text[1:]


def csv_safe(text: str) -> str:
    """Return a text as a CSV file may hold it, so that no spreadsheet takes it for a formula.

    `csv_plain` returns the text as it was.
    """
    return "'" + text if _FORMULA.match(text) else text


def csv_plain(text: str) -> str:
    """Return the text that `csv_safe` was given, from a cell of a CSV file."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


# Cells


def shorten(text: str, width: int) -> str:
    """Return a text that takes up at most `width` cells, with "…" at the end if it was cut off."""
    if cell_width(text) <= width:
        return text
    if width < 1:
        return ""
    room = width - 1
    if is_narrow(text):  # a cell for each character: the quick way, for nearly all texts
        return text[:room].rstrip() + _ELLIPSIS
    kept: list[str] = []
    for cluster, cells in clusters(text):
        if cells > room:
            break
        kept.append(cluster)
        room -= cells
    return "".join(kept).rstrip() + _ELLIPSIS


# Sorting


class _PlainLetters(dict[int, str]):
    """Maps a character to its small letter without accents, for `str.translate`.

    The letters æ, ø and å are not accented letters and stay. Each character becomes exactly one, so
    that a place in the plain text is the same place in the text itself. Characters are added when
    they are first met.
    """

    _danish_letter: Final = {
        "ä": "æ",
        "ö": "ø",
        "œ": "ø",
        "ß": "s",
        "đ": "d",
        "ł": "l",
        "ð": "d",
        "þ": "t",
    }

    def __missing__(self, code: int) -> str:
        lower = chr(code).lower()[0]
        if lower not in "æøå":
            lower = self._danish_letter.get(lower) or unicodedata.normalize("NFD", lower)[0]
        self[code] = lower
        return lower


_plain_letters: Final = _PlainLetters()
_LETTERS: Final = {
    letter: (2, rank, "") for rank, letter in enumerate("abcdefghijklmnopqrstuvwxyzæøå", 1)
}
"""The letters of the Danish alphabet as parts of a sort key, with their places in it."""

SortKey = tuple[tuple[tuple[int, int, str], ...], str]
"""A sort key: what is compared first is the kind of each part of the text (see `danish_key`)."""


def danish_key(text: str) -> SortKey:
    """Return a key by which texts are sorted as a Danish reader expects.

    Letters are sorted a-z, æ, ø, å, with "aa" as å, and without regard to case or accents. Numbers
    are sorted by their value, so that "Uge 9" comes before "Uge 10". Texts that are the same in all
    this are sorted by their characters, so that the order is always the same.
    """
    # A part is one letter, one other character, or a whole number. It begins with its kind: 0 for
    # signs and blanks, 1 for numbers, 2 for Danish letters, 3 for other letters.
    parts: list[tuple[int, int, str]] = []
    for part in _DIGITS.split(text.translate(_plain_letters).replace("aa", "å")):
        if _DIGITS.fullmatch(part):
            # Comparing the number of digits first is as good as comparing values, and `int` would
            # refuse a number of very many digits.
            value = part.lstrip("0")
            parts.append((1, len(value), value))
        else:
            parts.extend(_LETTERS.get(letter) or (_other(letter), 0, letter) for letter in part)
    return tuple(parts), text


def _other(character: str) -> int:
    """Return the kind of a character that is not a Danish letter: a sign (0) or a letter (3)."""
    return 3 if character.isalpha() else 0


# Searching

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
"""What is searched for, and a pattern of all that the text may have in its place."""
_TOKENS: Final = re.compile(r"aa|ae|oe|\s+|.", re.DOTALL)
"""Divides what is searched for into the pieces that `_ALIKE` knows, and single characters."""
_SPELLINGS: Final = (("æ", "ae"), ("oe", "o"), ("ø", "o"), ("aa", "a"), ("å", "a"))
"""Spellings, and what they become when texts are compared."""


def spelling_key(text: str) -> str:
    """Return a key that is equal for spellings that people take for the same.

    Case and accents make no difference, æ is ae, and ø, oe and o are the same, as are å, aa and a.
    The key is for comparing only; it may be longer or shorter than the text.
    """
    key = unicodedata.normalize("NFC", text).translate(_plain_letters)
    for letter, plain in _SPELLINGS:
        key = key.replace(letter, plain)
    return key


_BONES: Final = {"å": "a", "æ": "a", "ø": "o", "e": ""}
"""What a skeleton has of letters that are spelt in several ways, as `_ALIKE` has them."""


class _Bones(dict[int, str]):
    """Maps a character to what a skeleton has of it. They are added when they are first met."""

    def __missing__(self, code: int) -> str:
        plain = _plain_letters[code]
        self[code] = bone = "" if plain.isspace() else _BONES.get(plain, plain)
        return bone


_bones: Final = _Bones()


def skeleton(text: str) -> str:
    """Return a text without blanks, with one way to spell for the letters that have several.

    Wherever `matches` finds a query in a text, the skeleton of the query is in that of the text;
    but not the other way round.
    """
    bones = unicodedata.normalize("NFC", text).translate(_bones)
    while "aa" in bones:
        bones = bones.replace("aa", "a")
    return bones


def matches(text: str, query: str) -> list[tuple[int, int]]:
    """Return all places in a text where a query is found, as pairs of start and end.

    Spellings that people take for the same are found, as in `spelling_key`. A blank in the query
    stands for any number of blanks or line ends. A blank query is found nowhere.

    Args:
        text: The text to search, which is clean (see `clean`).
        query: What was typed to search for.
    """
    pattern = _pattern(query)
    return [found.span() for found in pattern.finditer(_in_plain_letters(text))] if pattern else []


@lru_cache(maxsize=1 << 16)
def _in_plain_letters(text: str) -> str:
    """Return a text in plain small letters.

    It is cached, because a search looks through the same texts again with each letter that is
    typed.
    """
    return text.translate(_plain_letters)


def forget_searched_texts() -> None:
    """Free the memory that the cached texts of a search take up, when the search is over."""
    _in_plain_letters.cache_clear()


@lru_cache(maxsize=8)
def _pattern(query: str) -> re.Pattern[str] | None:
    """Return the pattern that finds a query in a text in plain letters; None for a blank query."""
    pattern = any_spelling(query)
    return re.compile(pattern) if pattern else None


def any_spelling(query: str) -> str:
    """Return the pattern of a query in a text of `plain_letters`; "" for a blank query."""
    wanted = unicodedata.normalize("NFC", query).strip().translate(_plain_letters)
    return "".join(
        _ALIKE.get(" " if token.isspace() else token, re.escape(token))
        for token in _TOKENS.findall(wanted)
    )


def plain_letters(text: str) -> str:
    """Return a text in small letters without accents; each character is where it was."""
    return text.translate(_plain_letters)


def in_context(text: str, hit: tuple[int, int], width: int) -> tuple[str, tuple[int, int]]:
    """Return a line of the text that shows a hit, and where the hit is in that line.

    Args:
        text: The whole text.
        hit: Where the hit begins and ends in it, as from `matches`.
        width: How many cells the line may take up. Ellipses say where it was cut.
    """
    start, end = hit
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line = text[line_start : None if line_end < 0 else line_end].replace("\n", " ")
    start, end = start - line_start, end - line_start
    lead = ""
    # Take away text before the hit until it ends within the first two thirds: what follows it tells
    # the reader more than what comes before.
    while start and cell_width(lead + line[:end]) > width * 2 // 3:
        cut = min(start, max(1, start // 2))
        line, start, end, lead = line[cut:], start - cut, end - cut, _ELLIPSIS
    shown = shorten(lead + line, width)
    shift = len(lead)
    return shown, (min(start + shift, len(shown)), min(end + shift, len(shown)))


def words_key(text: str) -> str:
    """Return a text as it is compared with others, however it is spelt and wherever its blanks."""
    return " ".join(spelling_key(text).split())


@lru_cache(maxsize=1 << 13)
def name_key(name: str) -> str:
    """Return a name as it is compared with others, as `words_key` does.

    It is remembered: a filter compares the same names at each letter.
    """
    return words_key(name)


@lru_cache(maxsize=1 << 13)
def _word_starts(key: str) -> tuple[int, ...]:
    return tuple(found.start() for found in _WORD_STARTS.finditer(key))


def match_names(names: Sequence[str], typed: str) -> list[int]:
    """Return the places in `names` of those that fit what was typed, the likeliest first.

    First come names that begin with it, then names with a later word that begins with it, then
    names that contain it. Within each of these they keep their order. A blank text fits every name.
    """
    wanted = name_key(typed)
    begins: list[int] = []
    within: list[int] = []
    contains: list[int] = []
    pattern = _pattern(typed)
    for place, name in enumerate(names):
        key = name_key(name)
        if wanted not in key:
            if pattern is not None and pattern.search(_in_plain_letters(name)):
                contains.append(place)
        elif key.startswith(wanted):
            begins.append(place)
        elif any(key.startswith(wanted, at) for at in _word_starts(key)):
            within.append(place)
        else:
            contains.append(place)
    return list(chain(begins, within, contains))
