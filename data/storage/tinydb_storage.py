"""TinyDB itself on a record file, for scripts: `tinydb.TinyDB(path, storage=JournalStorage)`.

It reads what the record file and its journal hold at each question, so that the program may be
running, and each write of TinyDB's becomes a commit of what differs: durable, and seen by open
sessions. `docs/format.md` has an example. TinyDB hands over all tables at each write; a program
that writes much uses `data.storage.backend.JournalBackend`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from data.storage.backend import JournalBackend
from data.storage.protocol import Commit, DocChange, Tables


class JournalStorage(Storage):
    """A TinyDB storage that journals. Raises `StorageError`, and `NotSaved` for a failed write."""

    def __init__(self, path: str | Path) -> None:
        self._backend = JournalBackend(Path(path))
        self._tables: Tables = self._backend.load()

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return all tables as they are now, with what other sessions have written."""
        self._take(self._backend.poll())
        tables = {
            name: {id: dict(doc) for id, doc in docs.items()} for name, docs in self._tables.items()
        }
        return tables or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Commit what differs from what was read."""
        changes = []
        for name in {**self._tables, **data}:
            old = self._tables.get(name, {})
            new = {str(id): dict(doc) for id, doc in data.get(name, {}).items()}
            for id in {**old, **new}:
                if old.get(id) != new.get(id):
                    changes.append(DocChange(name, id, old.get(id), new.get(id)))
        if changes:
            self._take(self._backend.commit(changes, {}))

    def _take(self, commits: tuple[Commit, ...]) -> None:
        for commit in commits:
            for change in commit.changes:
                docs = self._tables.setdefault(change.table, {})
                if change.after is None:
                    docs.pop(change.id, None)
                else:
                    docs[change.id] = change.after

    def close(self) -> None:
        """Fold, and let go of the file."""
        self._backend.close()
