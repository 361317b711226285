"""The texts of the library, some of which the workplace may have rewritten (R42, R79)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data.library import text, text_title
from data.records import OwnText
from data.store.change import Change
from data.store.store import Store


@dataclass(frozen=True, slots=True)
class LibraryText:
    """A text of the library as it is shown now."""

    key: str
    title: str
    text: str
    own: OwnText | None = None
    """The record of the workplace's wording; None if the library's own wording is used."""


def library_text(store: Store, language: str, key: str) -> LibraryText:
    """Return the text `key`. Raises KeyError if it is not among `data.library.TEXTS`."""
    own = own_record(store, key)
    if own is not None and own.text.strip():
        return LibraryText(key, text_title(language, key), own.text, own)
    return LibraryText(key, text_title(language, key), text(language, key))


def own_record(store: Store, key: str) -> OwnText | None:
    """Return the oldest record of the workplace's wording, which may be empty; or None."""
    return next((one for one in store.all(OwnText) if one.key == key), None)


def reset_text(store: Store, key: str) -> list[Change]:
    """Return the changes after which the library's own wording is used again."""
    return [
        Change.between(one, replace(one, text=""))
        for one in store.all(OwnText)
        if one.key == key and one.text
    ]
