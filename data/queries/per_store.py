"""What is worked out of the records of a whole table, kept until one of them changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from data.records import Record
from data.store.store import Store

R = TypeVar("R")


class KeptOfTable(Generic[R]):
    """One value for each store, worked out of all records of a kind."""

    def __init__(self, kind: type[Record], make: Callable[[Store], R]) -> None:
        self._table = kind.table
        self._make = make
        self._kept: WeakKeyDictionary[Store, tuple[int, R]] = WeakKeyDictionary()
        """With the revision that the table had then."""

    def of(self, store: Store) -> R:
        """Return the value; it is worked out again where a record of that kind has changed."""
        at = store.revisions.of_table(self._table)
        kept = self._kept.get(store)
        if kept is None or kept[0] != at:
            kept = self._kept[store] = (at, self._make(store))
        return kept[1]
