"""The library's texts in the workplace's own words, where it has any (R42, R79)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data.library import text, text_title
from data.records import OwnText
from data.store.change import Change
from data.store.store import Store


@dataclass(frozen=True, slots=True)
class LibraryText:
    """A text as it reads now."""

    key: str
    title: str
    text: str
    own: OwnText | None = None
    """The record of the workplace's own words; None while the library's hold."""


def library_text(store: Store, language: str, key: str) -> LibraryText:
    """Return the text `key` (one of `data.library.TEXTS`); raises KeyError for any other."""
    own = own_record(store, key)
    if own is not None and own.text.strip():
        return LibraryText(key, text_title(language, key), own.text, own)
    return LibraryText(key, text_title(language, key), text(language, key))


def own_record(store: Store, key: str) -> OwnText | None:
    """Return the record of the workplace's own words, even where they are empty; the oldest."""
    return next((one for one in store.all(OwnText) if one.key == key), None)


def reset_text(store: Store, key: str) -> list[Change]:
    """Return the changes that let the library's own words hold again; undo brings the others."""
    return [
        Change.between(one, replace(one, text=""))
        for one in store.all(OwnText)
        if one.key == key and one.text
    ]
