"""Documents in memory as a `tinydb.TinyDB`, for questions in TinyDB's query language.

Nothing is copied but the documents that are handed out, and nothing can be written. This module
loads TinyDB. So import it where a question is asked, not at the top of a file: the start of the
program must not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any, NoReturn

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from data.storage.protocol import Doc

LiveTables = Mapping[str, Mapping[str, Doc]]
"""Table name -> document id -> document. Whoever owns them may change them at any time."""


class ReadOnly(Exception):
    """Somebody tried to write through a TinyDB that can only be read."""

    def __init__(self) -> None:
        super().__init__(
            "These tables can only be read. Write with Store.commit, or with"
            " tinydb.TinyDB(path, storage=JournalStorage)."
        )


def database(tables: LiveTables) -> TinyDB:
    """Return a TinyDB over tables in memory.

    Each question sees the tables as they are at that moment. The id of a document is a string, as
    in the tables; plain TinyDB would make a number of it. Whatever would write raises `ReadOnly`,
    and nothing has changed then.
    """
    return _Database(tables, storage=_Live)


class _Live(Storage):
    """A storage whose tables are in memory."""

    def __init__(self, tables: LiveTables) -> None:
        self._tables = tables

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return views of the tables that are not empty. Nothing can be changed through them."""
        found: dict[str, Any] = {name: _View(docs) for name, docs in self._tables.items() if docs}
        return found or None

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        """Raise `ReadOnly`."""
        raise ReadOnly


class _View(Mapping[str, Any]):
    """A live object as others see it: they cannot change it, nor what is in it.

    Functions that are put in a question get documents too. What they changed would be saved with
    the next commit.
    """

    def __init__(self, live: Mapping[str, Any]) -> None:
        self._live = live

    def __getitem__(self, name: str) -> Any:
        value = self._live[name]
        if isinstance(value, dict):
            return _View(value)
        return deepcopy(value) if isinstance(value, list) else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._live)

    def __len__(self) -> int:
        return len(self._live)

    def __eq__(self, other: object) -> bool:
        return self._live == (other._live if isinstance(other, _View) else other)

    def __hash__(self) -> int:
        return id(self._live)

    def __repr__(self) -> str:
        return repr(self._live)

    def copy(self) -> dict[str, Any]:
        """Return a copy that can be changed, with all that is in it."""
        return deepcopy(dict(self._live))


class _Document(Document):
    """A document that is handed out. It is a copy, so that nobody changes the one in memory."""

    def __init__(self, value: Mapping[str, Any], doc_id: Any) -> None:
        super().__init__(value.copy() if isinstance(value, _View) else dict(value), doc_id)


class _Table(Table):
    """A table whose documents may change at any time, but not through it."""

    document_class = _Document
    document_id_class: Any = str

    def __init__(
        self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        """Make the table. It never remembers answers (`cache_size`): they may become wrong."""
        super().__init__(storage, name, 0, persist_empty)

    def count(self, cond: QueryLike) -> int:
        """Return how many documents match a query. TinyDB's own would copy each of them."""
        return sum(1 for doc in self._read_table().values() if cond(doc))

    def _get_next_id(self) -> NoReturn:
        raise ReadOnly

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> NoReturn:
        # The updater must not run at all: it would change the documents in memory.
        raise ReadOnly


class _Database(TinyDB):
    """A TinyDB with such tables."""

    table_class = _Table
