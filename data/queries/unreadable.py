"""Values that the program cannot read, as after somebody has edited the file by hand."""

from __future__ import annotations

from data.records import BY_TABLE
from data.storage.protocol import Tables
from data.store.codec import problems_of

Unreadable = tuple[str, str, list[str]]
"""The table and the id of a record, and the names of its fields that cannot be read."""


def unreadable(tables: Tables) -> list[Unreadable]:
    """Return the records with values that cannot be read. Such fields get their default value."""
    return [
        (table, id, wrong)
        for table, docs in tables.items()
        if table in BY_TABLE
        for id, doc in docs.items()
        if (wrong := problems_of(BY_TABLE[table], doc))
    ]
