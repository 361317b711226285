"""A compiled catalogue of texts, of which each is made when it is first asked for.

The standard library's gettext makes all texts at once, and their translations: that takes more time
than all that a short command says, and half a megabyte for as long as the program runs. Of the
file, the translations are nearly half: each is read when it is first asked for.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from pathlib import Path
from struct import unpack_from
from typing import Final

_MAGIC: Final = 0x950412DE
"""How the file begins where its numbers begin with their smallest byte, as Babel writes them."""


_HEAD: Final = 20
"""Bytes at the beginning that say what is where."""


class Catalogue:
    """The texts of a language that has one form for one thing and one for all other numbers."""

    def __init__(self, path: Path) -> None:
        """Open a `.mo` file. Raises `OSError`, and `ValueError` where it is none."""
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._said: dict[tuple[str, str], tuple[str, ...]] = {}
        """What has been asked for, and its forms; none where there is no translation."""
        try:
            self._read(path.name)
        except BaseException:
            self.close()
            raise

    def _read(self, name: str) -> None:
        """Read the tables and the texts. Raises `OSError` and `ValueError`."""
        self._size = os.fstat(self._file).st_size
        head = os.pread(self._file, _HEAD, 0)
        if len(head) < _HEAD:
            raise ValueError(name)
        magic, _version, number, originals, translations = unpack_from("<5I", head)
        tables = max(originals, translations) + 8 * number
        if magic != _MAGIC or tables > self._size:
            raise ValueError(name)
        self._number, self._originals, self._translations = number, originals, translations
        self._raw = os.pread(self._file, tables, 0)
        """The beginning of the file, as far as it is in memory."""
        if (
            len(self._raw) < tables
            or max(self._end(originals), self._end(translations)) > self._size
        ):
            raise ValueError(name)
        self._raw = os.pread(self._file, self._end(originals), 0)

    def _end(self, table: int) -> int:
        """Return where the last text of a table ends: a file that was cut short lacks it."""
        if not self._number:
            return _HEAD
        return sum(unpack_from("<2I", self._raw, table + 8 * (self._number - 1)))

    def keep(self) -> None:
        """Read all of the file, for when it is replaced. Raises `OSError`."""
        if self._file >= 0:
            self._raw = os.pread(self._file, self._size, 0)
            self.close()

    def close(self) -> None:
        """Close the file. What is not in memory has no translation from now on."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __del__(self) -> None:
        """Close the file."""
        self.close()

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
        try:
            return tuple(self._text(self._translations, row).decode().split("\0"))
        except (OSError, ValueError):  # the file was written over, or its drive is gone
            return ()

    def _original(self, row: int) -> tuple[bytes, bytes]:
        """Return a text and what it means there. The texts are sorted by these, as Babel does."""
        context, _mark, text = self._text(self._originals, row).rpartition(b"\x04")
        return text.partition(b"\0")[0], context

    def _text(self, table: int, row: int) -> bytes:
        """Return a text. Raises `OSError`, and `ValueError` where it is not there."""
        length, at = unpack_from("<2I", self._raw, table + 8 * row)
        if at + length <= len(self._raw):
            return self._raw[at : at + length]
        text = os.pread(self._file, length, at)
        if len(text) < length:
            raise ValueError(at)
        return text
