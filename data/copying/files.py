"""A record file, or a team file with the user's own, as one end of a copy."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from data.copying.ends import Rows, Unseeing
from data.paths import data_dir, make_private_folder
from data.storage.backend import JournalBackend
from data.storage.disk import REAL
from data.storage.folder import open_folder
from data.storage.history import Telling, add, read_history
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.problems import ErrorKind, StorageError, kind_of
from data.storage.protocol import DocChange, Happening, Tables
from data.storage.record_file import HEAD, read_head
from data.storage.snapshot import Unsound, is_team_file, read_tables
from data.storage.split.backend import SplitBackend
from data.storage.split.parts import Parting
from data.store.opening_team import look_into, split_backend


class FileSource:
    """A file that is copied. Nothing is written, mended or locked there."""

    def __init__(self, path: Path, parting: Parting) -> None:
        """Remember where it is, and what is private in a team file."""
        self.path = path
        self._parting = parting

    def rows(self) -> Rows:
        """Read all documents."""
        try:
            if is_team_file(self.path):
                found = look_into(self.path, self._parting)
                return Rows(found.tables, found.left)
            return Rows(read_tables(self.path))
        except Unsound as problem:
            raise StorageError(ErrorKind.DAMAGED, name=self.path.name) from problem
        except OSError as error:
            raise StorageError(kind_of(error), name=self.path.name) from error

    def history(self, mentee_id: str) -> Sequence[Happening]:
        """Return what happened to a mentee."""
        try:
            return read_history(self.path, mentee_id)
        except OSError as error:
            raise StorageError(kind_of(error), name=self.path.name) from error

    def close(self) -> None:
        """Do nothing: nothing is open."""


class FileTarget:
    """A file that is copied to."""

    is_shared = False

    def __init__(self, path: Path, parting: Parting) -> None:
        """Remember where it is to be, and what is private in a team file."""
        self.path = path
        self._parting = parting
        self._backend: JournalBackend | SplitBackend | None = None
        self._past: list[Happening] = []
        self._last = 0
        """The number of the last commit of the file."""

    def looked_at(self) -> Tables:
        """Read the file, if there is one."""
        if not self.path.exists():
            return {}
        return FileSource(self.path, self._parting).rows().tables

    def tables(self) -> Tables:
        """Open the file, and make it if need be."""
        if self.path.parent == data_dir(os.environ):
            make_private_folder(self.path.parent)
        if is_team_file(self.path):
            self._backend = split_backend(self.path, self._parting, JournalBackend, reading=False)
        else:
            self._backend = JournalBackend(self.path)
        return self._backend.load()

    def held(self, value: Any) -> Any:
        """Return the value: a file holds all letters."""
        return value

    def put(self, mentee_id: str, docs: Sequence[DocChange], past: Sequence[Happening]) -> None:
        """Save documents as one commit. What happened before is told when all are there."""
        # before the commit, of which the file tells itself
        told = set(map(_key, read_history(self.path, mentee_id))) if mentee_id else set()
        if docs and self._backend is not None:
            for commit in self._backend.commit(docs, {}):
                self._last = max(self._last, commit.seq)
        self._past += [one for one in past if _key(one) not in told]

    def read_again(self) -> Tables:
        """Tell the history, close the file and read it."""
        if self._past:
            self._tell()
        self.close()
        return FileSource(self.path, self._parting).rows().tables

    def _tell(self) -> None:
        """Add what happened before to the history, in place of what the copying would tell."""
        folder, name = open_folder(self.path, REAL)
        with closing(folder):
            names = Names(name)
            lock = Lock(folder, names.lock)
            with closing(lock), lock:
                head = read_head(self.path.read_bytes()[:HEAD])
                of = head.id if head is not None else ""
                last = max(self._last, 1)
                add(folder, names, Telling(of, last, [(last, one) for one in self._past]))
        self._past = []

    def finish(self) -> Unseeing:
        """Do nothing more: nobody needs a login for a file."""
        return Unseeing()

    def close(self) -> None:
        """Close the file."""
        if self._backend is not None:
            with suppress(StorageError):
                self._backend.close()
            self._backend = None


def _key(one: Happening) -> tuple[str, str, str, str]:
    """Return what tells it from others; who did it may be called otherwise by now."""
    return one.table, one.id, one.at, one.kind
