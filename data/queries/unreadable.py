"""Values in a file's records that the program cannot read: somebody may have edited it by hand."""

from __future__ import annotations

from data.records import BY_TABLE
from data.storage.protocol import Tables
from data.store.codec import problems_of

Unreadable = tuple[str, str, list[str]]
"""Table, id, and the names of the fields."""


def unreadable(tables: Tables) -> list[Unreadable]:
    """Return the records with values that are read as their default."""
    return [
        (table, id, wrong)
        for table, docs in tables.items()
        if table in BY_TABLE
        for id, doc in docs.items()
        if (wrong := problems_of(BY_TABLE[table], doc))
    ]
