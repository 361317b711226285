"""A compiled catalogue of texts, of which each is made when it is first asked for.

The standard library's gettext makes all texts at once, and their translations: that takes more time
than all that a short command says, and half a megabyte for as long as the program runs.
"""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path
from struct import unpack_from
from typing import Final

_MAGIC: Final = 0x950412DE
"""How the file begins where its numbers begin with their smallest byte, as Babel writes them."""


_HEAD: Final = 20
"""Bytes at the beginning that say what is where."""


def _is_whole(raw: bytes, number: int, *tables: int) -> bool:
    """Whether the last text of each table is there: a file that was cut short lacks it."""
    for table in tables:
        if table + 8 * number > len(raw):
            return False
        if number and sum(unpack_from("<2I", raw, table + 8 * (number - 1))) > len(raw):
            return False
    return True


class Catalogue:
    """The texts of a language that has one form for one thing and one for all other numbers."""

    def __init__(self, path: Path) -> None:
        """Read a `.mo` file. Raises `OSError`, and `ValueError` where it is none."""
        self._raw = raw = path.read_bytes()
        if len(raw) < _HEAD:
            raise ValueError(path.name)
        magic, _version, number, originals, translations = unpack_from("<5I", raw)
        if magic != _MAGIC or not _is_whole(raw, number, originals, translations):
            raise ValueError(path.name)
        self._number = number
        self._originals, self._translations = originals, translations
        """Where length and start of each text stand, one after the other."""
        self._said: dict[tuple[str, str], tuple[str, ...]] = {}
        """What has been asked for, and its forms; none where there is no translation."""

    def gettext(self, message: str) -> str:
        """Return the translation of a text, or the text itself where there is none."""
        forms = self._forms("", message)
        return forms[0] if forms else message

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of a text in one of its meanings, or the text itself."""
        forms = self._forms(context, message)
        return forms[0] if forms else message

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the translation for one thing or for many, or the text itself."""
        forms = self._forms("", one)
        return forms[number != 1] if len(forms) > 1 else (one, many)[number != 1]

    def _forms(self, context: str, message: str) -> tuple[str, ...]:
        found = self._said.get((context, message))
        if found is None:
            found = self._said[context, message] = self._find(message.encode(), context.encode())
        return found

    def _find(self, *wanted: bytes) -> tuple[str, ...]:
        row = bisect_left(range(self._number), wanted, key=self._original)
        if row == self._number or self._original(row) != wanted:
            return ()
        return tuple(self._text(self._translations, row).decode().split("\0"))

    def _original(self, row: int) -> tuple[bytes, bytes]:
        """Return a text and what it means there. The texts are sorted by these, as Babel does."""
        context, _mark, text = self._text(self._originals, row).rpartition(b"\x04")
        return text.partition(b"\0")[0], context

    def _text(self, table: int, row: int) -> bytes:
        length, at = unpack_from("<2I", self._raw, table + 8 * row)
        return self._raw[at : at + length]
