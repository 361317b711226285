"""Documents in memory as a `tinydb.TinyDB`, to be asked in TinyDB's query language.

Nothing is copied but what is handed out, and nothing can be written. TinyDB is loaded by whoever
imports this module; so do that where it is asked, since the start of the program is not to wait.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, NoReturn

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from data.storage.protocol import Doc

LiveTables = Mapping[str, Mapping[str, Doc]]
"""Table name -> document id -> document, as somebody else keeps them up to date."""


class ReadOnly(Exception):
    """Somebody tried to write into documents that can only be read this way."""

    def __init__(self) -> None:
        super().__init__(
            "These tables can only be read. Write with Store.commit, or with"
            " tinydb.TinyDB(path, storage=JournalStorage)."
        )


def database(tables: LiveTables) -> TinyDB:
    """Return a TinyDB over these tables. What changes in them is seen by the next question.

    An id is the string that it is in the tables, and so the record's; plain TinyDB makes an `int`
    of it. Whatever would write raises `ReadOnly`, and has changed nothing.
    """
    return _Database(tables, storage=_Live)


class _Live(Storage):
    """Reads what is in memory. There is no file, and so nothing to close."""

    def __init__(self, tables: LiveTables) -> None:
        self._tables = tables

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables that hold something: the documents themselves, not copies."""
        found: dict[str, Any] = {name: docs for name, docs in self._tables.items() if docs}
        return found or None

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        """Refuse."""
        raise ReadOnly


class _Document(Document):
    """A document that is handed out: a copy, so that nobody changes the one in memory."""

    def __init__(self, value: Mapping[str, Any], doc_id: Any) -> None:
        super().__init__(deepcopy(dict(value)), doc_id)


class _Table(Table):
    """A table whose documents may change at any time, and not through it."""

    document_class = _Document
    document_id_class: Any = str

    def __init__(
        self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        """Remember no answers, whatever `cache_size` says: they may be true no longer."""
        super().__init__(storage, name, 0, persist_empty)

    def count(self, cond: QueryLike) -> int:
        """Return how many documents match. None is copied for it."""
        return sum(1 for doc in self._read_table().values() if cond(doc))

    def _get_next_id(self) -> NoReturn:
        raise ReadOnly

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> NoReturn:
        # Before the updater has run: it would change the documents in memory.
        raise ReadOnly


class _Database(TinyDB):
    """A TinyDB of such tables."""

    table_class = _Table
