"""A compiled catalogue of texts, of which each is made when it is first asked for.

The standard library's gettext makes all texts at once, and their translations: that takes more time
than all that a short command says, and half a megabyte for as long as the program runs.
"""

from __future__ import annotations

from pathlib import Path
from struct import unpack_from
from typing import Final

_MAGIC: Final = 0x950412DE
"""How the file begins where its numbers begin with their smallest byte, as Babel writes them."""


class Catalogue:
    """The texts of a language that has one form for one thing and one for all other numbers."""

    def __init__(self, path: Path) -> None:
        """Read a `.mo` file. Raises `OSError`, and `ValueError` where it is none."""
        self._raw = raw = path.read_bytes()
        magic, _version, number, originals, translations = unpack_from("<5I", raw)
        if magic != _MAGIC:
            raise ValueError(path.name)
        self._translations = translations
        places = unpack_from(f"<{2 * number}I", raw, originals)
        # Length and start of each text are told in turns.
        pairs = zip(places[::2], places[1::2], strict=True)
        self._rows = {raw[at : at + length]: row for row, (length, at) in enumerate(pairs)}
        self._said: dict[str, tuple[str, ...]] = {}
        """What has been asked for, and its forms; none where there is no translation."""

    def gettext(self, message: str) -> str:
        """Return the translation of a text, or the text itself where there is none."""
        forms = self._forms(message)
        return forms[0] if forms else message

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of a text in one of its meanings, or the text itself."""
        forms = self._forms(f"{context}\x04{message}")
        return forms[0] if forms else message

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the translation for one thing or for many, or the text itself."""
        forms = self._forms(f"{one}\0{many}") or (one, many)
        return forms[number != 1]

    def _forms(self, key: str) -> tuple[str, ...]:
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = self._read(key)
        return found

    def _read(self, key: str) -> tuple[str, ...]:
        row = self._rows.get(key.encode())
        if row is None:
            return ()
        length, at = unpack_from("<2I", self._raw, self._translations + 8 * row)
        return tuple(self._raw[at : at + length].decode().split("\0"))
