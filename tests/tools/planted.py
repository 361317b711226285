"""Documents whose values another program has written: of every type the least, the greatest, and
those that are none."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from itertools import count
from pathlib import Path
from typing import Any, Final

from data.records import BY_TABLE
from data.storage.backend import JournalBackend
from data.storage.protocol import DocChange

EXTREMES: Final[Mapping[type, tuple[Any, ...]]] = {
    date: (
        "9999-12-31",
        "0001-01-01",
        "1900-01-01",
        "2199-12-31",
        "2200-01-01",
        "1899-12-31",
        "2025-11-20",
    ),
    datetime: (
        "2025-11-01T10:00:00",
        "2025-11-20T10:00:00+01:00",
        "9999-12-31T23:59:59.999999-15:59",
        "2025-11-05",
        "0001-01-01T00:00:00+15:59",
        "2199-12-31T23:59:59-15:59",
        "1900-01-01T00:00:00+15:59",
        "9999-12-31T23:59:59",
        "0001-01-01T00:00:00",
    ),
    int: (10**300, -1, 0, 1, 10**9, 10**9 + 1, 577_200, 577_201, -(10**300), True),
    float: (1.7e308, -1.7e308, 1e9, -1e9, 0, 10**400),
    bool: (1, "true", True, False),
    str: ("", "x" * 2000, "9" * 5000, "a\x1b[31m\nb", "99:99", "24:00", "٣", 5, "[b]"),
    Enum: ("", "nonsense", 5, None, [], {}),
    dict: ({}, {"": ""}, {"x": "nonsense"}, {"x": 5}, []),
}
"""Values of each type; the nearest to usual are among them, for they meet the others."""
_KEPT: Final = frozenset({"mentee_id", "name"})
"""Fields without which nobody finds the record."""


class Planter:
    """Puts extreme values into documents, one after the other, and so that they meet."""

    def __init__(self, kinds: frozenset[type], first: int = 0, only: int | None = None) -> None:
        """Begin with the value of that number, in fields of these types.

        Args:
            kinds: The types.
            first: The number of the first value.
            only: The number of the one field of each record that gets one; None for all of them. A
                wrong value may hide another.
        """
        self._kinds = kinds
        self._only = only
        self._counts = {kind: count(first) for kind in kinds}

    def planted(self, table: str, doc: Mapping[str, Any]) -> dict[str, Any]:
        """Return a document of a table with extreme values in its fields."""
        kind = BY_TABLE[table]
        values = [one for one in self._values(kind, doc) if one[0] not in _KEPT]
        if self._only is not None and values:
            at = self._only % len(values)
            values = values[at : at + 1]
        return {**doc, **dict(values)}

    def _values(self, kind: Any, doc: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        hints = typing.get_type_hints(kind)
        for item in fields(kind):
            if item.name == "id":
                continue
            hint = hints[item.name]
            if isinstance(hint, types.UnionType):
                hint = next(one for one in typing.get_args(hint) if one is not type(None))
            origin, inner = typing.get_origin(hint), typing.get_args(hint)
            if origin is tuple and is_dataclass(inner[0]):
                there = doc.get(item.name)
                if there:
                    yield item.name, [{**one, **dict(self._values(inner[0], one))} for one in there]
            elif origin is tuple and inner[0] in self._kinds:
                yield item.name, [self._next(inner[0]), self._next(inner[0])]
            else:
                of = self._type(origin or hint)
                if of is not None:
                    yield item.name, self._next(of)

    def _type(self, hint: Any) -> type | None:
        if isinstance(hint, type) and issubclass(hint, Enum):
            hint = Enum
        return hint if hint in self._kinds else None

    def _next(self, kind: type) -> Any:
        values = EXTREMES[kind]
        return values[next(self._counts[kind]) % len(values)]


def plant(file: Path, planter: Planter, by: str = "bo") -> None:
    """Have another program store extreme values in all documents of a data file."""
    backend = JournalBackend(file, by=by)
    changes = [
        DocChange(table, id, doc, planter.planted(table, doc))
        for table, docs in backend.load().items()
        if table in BY_TABLE
        for id, doc in docs.items()
    ]
    backend.commit(changes, {})
    backend.close()
