"""What storage tests have in common: documents, changes, and a session that keeps books."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from data.storage.backend import JournalBackend
from data.storage.disk import REAL, Disk
from data.storage.protocol import Commit, Doc, DocChange, Rules, Tables

TEXTS = {"notes": Rules(frozenset({"text"}))}


class Session:
    """One open session: a backend, and the documents as a store would have them."""

    def __init__(
        self, path: Path, by: str = "met", *, disk: Disk = REAL, fold_bytes: int = 4 << 20
    ) -> None:
        self.backend = JournalBackend(path, by=by, disk=disk, fold_bytes=fold_bytes)
        self.tables: Tables = self.backend.load()
        self.commits: list[Commit] = []

    def doc(self, id: str, table: str = "notes") -> Doc | None:
        return self.tables.get(table, {}).get(id)

    def text(self, id: str) -> str:
        return str((self.doc(id) or {}).get("text", ""))

    def change(self, id: str, table: str = "notes", **fields: Any) -> DocChange:
        """A change of some fields from what this session knows."""
        before = self.doc(id, table)
        after = {**(before or {"rev": 0}), **fields}
        after["rev"] = after["rev"] + 1
        return DocChange(table, id, before, after)

    def put(self, id: str, table: str = "notes", **fields: Any) -> Commit:
        return self.commit([self.change(id, table, **fields)])

    def delete(self, id: str, table: str = "notes") -> Commit:
        return self.commit([DocChange(table, id, self.doc(id, table), None)])

    def commit(self, changes: Sequence[DocChange]) -> Commit:
        commits = self.backend.commit(changes, TEXTS)
        self._take(commits)
        return commits[-1]

    def poll(self) -> tuple[Commit, ...]:
        commits = self.backend.poll()
        self._take(commits)
        return commits

    def _take(self, commits: Sequence[Commit]) -> None:
        for commit in commits:
            self.commits.append(commit)
            for change in commit.changes:
                docs = self.tables.setdefault(change.table, {})
                if change.after is None:
                    docs.pop(change.id, None)
                else:
                    docs[change.id] = change.after

    @property
    def told(self) -> set[str]:
        return {notice.kind for notice in self.backend.notices}

    def close(self) -> None:
        self.backend.close()

    def die(self) -> None:
        """End as a killed process does: nothing is written or folded any more."""
        file = self.backend._file
        assert file is not None
        file.close()
        file.session.lock.close()
        file.session.folder.close()


def contents(path: Path) -> Tables:
    """What a new session finds, without empty tables."""
    session = Session(path)
    session.close()
    return full(session.tables)


def full(tables: Tables) -> Tables:
    return {name: docs for name, docs in tables.items() if docs}


def plain(path: Path) -> Tables:
    """What a plain JSON reader finds, without our `_meta`."""
    found = json.loads(path.read_bytes())
    found.pop("_meta")
    return full(found)


def open_files() -> set[str]:
    """The descriptors that this process has open."""
    return {fd.name for fd in Path("/proc/self/fd").iterdir()}


def close_all(before: set[str], folder: Path) -> None:
    """Let go of what a dead process held below a folder, as the kernel does."""
    for name in open_files() - before:
        with suppress(OSError):
            if str(Path(f"/proc/self/fd/{name}").readlink()).startswith(str(folder)):
                os.close(int(name))
