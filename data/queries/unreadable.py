"""Reading all records of a file the way the program does, to find values that it cannot read."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from data.records import BY_TABLE
from data.storage.folder import open_folder
from data.storage.names import Names
from data.storage.problems import StorageError
from data.storage.protocol import Tables
from data.storage.snapshot import Unsound, take
from data.store.codec import problems_of

Unreadable = tuple[str, str, list[str]]
"""Table, id, and the names of the fields."""


def unreadable(path: Path) -> list[Unreadable]:
    """Return the records with values that are read as their default. Changes nothing.

    A file that cannot be opened has none: that is for `data.storage.doctor` to say.
    """
    try:
        tables = _tables(path)
    except (StorageError, OSError, Unsound):
        return []
    return [
        (table, id, wrong)
        for table, docs in tables.items()
        if table in BY_TABLE
        for id, doc in docs.items()
        if (wrong := problems_of(BY_TABLE[table], doc))
    ]


def _tables(path: Path) -> Tables:
    folder, name = open_folder(path)
    folder.mending = False
    with closing(folder):
        snapshot = take(folder, Names(name), writing=False)
        os.close(snapshot.journal_fd)
        return snapshot.tables
