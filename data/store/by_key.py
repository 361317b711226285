"""Texts that come with the program: stored by their key, and read in the language in use.

A duty that every mentee gets is a sentence of the library until somebody rewrites it. Its document
has the key and an empty text; the record has the sentence. So it follows the language, and a better
wording in a later version. Documents of before have the sentence itself, which is known again in
whichever language it is.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Final

from data.i18n import LANGUAGES, language
from data.records import Duty

TABLES: Final = frozenset({Duty.table})
"""The tables of such records."""
FIELD: Final = "text"
"""The field that has the sentence."""
_KEY: Final = "key"


def put_in(values: MutableMapping[str, Any]) -> None:
    """Put the sentence into what was read of a document, unless somebody has rewritten it."""
    text, key = values.get(FIELD), values.get(_KEY)
    if not key:
        return
    mine = _text(key, language())
    if mine and text != mine and (not text or text in in_every_language(values)):
        values[FIELD] = mine


def take_out(doc: MutableMapping[str, Any]) -> None:
    """Take the sentence out of a document, unless somebody has rewritten it."""
    if doc.get(_KEY) and doc.get(FIELD) in in_every_language(doc):
        doc[FIELD] = ""


def in_every_language(values: Mapping[str, Any]) -> list[str]:
    """Return the sentence that belongs to the key of a document, in each language."""
    key = values.get(_KEY)
    found = [_text(key, one) for one in LANGUAGES] if isinstance(key, str) else []
    return [text for text in found if text]


def _text(key: str, language: str) -> str:
    # a start that shows no duties needs no text of the library
    from data.library.rolematrix import texts

    return texts(language).get(key, "")
