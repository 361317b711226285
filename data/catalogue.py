"""A compiled catalogue of texts, of which each is made when it is first asked for.

The standard library's gettext makes all texts at once, and their translations: that takes more time
than all that a short command says, and half a megabyte for as long as the program runs. Here every
sixteenth text is known, and where each of the others is to be looked for in the file.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from pathlib import Path
from struct import unpack, unpack_from
from typing import Final

_MAGIC: Final = 0x950412DE
"""How the file begins where its numbers begin with their smallest byte, as Babel writes them."""
_HEAD: Final = 20
"""Bytes at the beginning that say what is where."""
_TOGETHER: Final = 16
"""How many texts are looked through for one. The more, the fewer are in memory."""


class Catalogue:
    """The texts of a language that has one form for one thing and one for all other numbers."""

    def __init__(self, path: Path) -> None:
        """Open a `.mo` file. Raises `OSError`, and `ValueError` where it is none."""
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._whole = b""
        """All of the file, once it is kept."""
        self._said: dict[tuple[str, str], tuple[str, ...]] = {}
        """What has been asked for, and its forms; none where there is no translation."""
        try:
            self._read(path.name)
        except BaseException:
            self.close()
            raise

    def _read(self, name: str) -> None:
        """Read the tables, and some of the texts. Raises `OSError` and `ValueError`."""
        size = os.fstat(self._file).st_size
        head = os.pread(self._file, _HEAD, 0)
        if len(head) < _HEAD:
            raise ValueError(name)
        magic, _version, number, originals, translations = unpack_from("<5I", head)
        tables = max(originals, translations) + 8 * number
        if magic != _MAGIC or tables > size:
            raise ValueError(name)
        raw = os.pread(self._file, tables, 0)
        if len(raw) < tables:
            raise ValueError(name)
        # Where the last text of a table ends: a file that was cut short lacks it.
        ends = [
            sum(unpack_from("<2I", raw, table + 8 * (number - 1))) if number else _HEAD
            for table in (originals, translations)
        ]
        if max(ends) > size:
            raise ValueError(name)
        self._number, self._originals, self._translations = number, originals, translations
        raw = os.pread(self._file, ends[0], 0)
        rows = range(0, number, _TOGETHER)
        places = (unpack_from("<2I", raw, originals + 8 * row) for row in rows)
        self._first = [_key(raw[at : at + length]) for length, at in places]
        """What the first text of each group is sorted by."""

    def keep(self) -> None:
        """Read all of the file, for when it is replaced. Raises `OSError`."""
        if self._file >= 0:
            self._whole = os.pread(self._file, os.fstat(self._file).st_size, 0)
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
            text = f"{context}\4{message}" if context else message
            try:
                found = self._find(text.encode())
            except (OSError, ValueError):  # the file was written over, or its drive is gone
                found = ()
            self._said[context, message] = found
        return found

    def _find(self, text: bytes) -> tuple[str, ...]:
        """Look for the translation of a text with its context. Raises `OSError`, `ValueError`."""
        group = bisect_right(self._first, _key(text)) - 1
        if group < 0:
            return ()
        row = group * _TOGETHER
        number = min(_TOGETHER, self._number - row)
        places = unpack(f"<{2 * number}I", self._bytes(8 * number, self._originals + 8 * row))
        begin = places[1]
        raw = self._bytes(places[-1] + places[-2] - begin, begin)
        for length, at in zip(places[::2], places[1::2], strict=True):
            one = raw[at - begin : at - begin + length]
            if one == text or one.startswith(b"%s\0" % text):  # then come forms for other numbers
                return tuple(self._text(self._translations, row).decode().split("\0"))
            row += 1
        return ()

    def _text(self, table: int, row: int) -> bytes:
        """Return a text. Raises `OSError`, and `ValueError` where it is not there."""
        length, at = unpack("<2I", self._bytes(8, table + 8 * row))
        return self._bytes(length, at)

    def _bytes(self, length: int, at: int) -> bytes:
        """Return what the file has at a place. Raises `OSError` and `ValueError`."""
        whole = self._whole
        found = whole[at : at + length] if whole else os.pread(self._file, length, at)
        if len(found) < length:
            raise ValueError(at)
        return found


def _key(text: bytes) -> bytes:
    """Return what the texts are sorted by, as Babel does it: the text, and then its context."""
    context, _mark, message = text.rpartition(b"\4")
    return b"%s\0%s" % (message.partition(b"\0")[0], context)
