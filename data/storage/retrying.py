"""A record file that can be read even if nothing can be written beside it just now.

The disk may be full or read-only, or somebody may hold the lock. Then what the files hold is shown
all the same, and opening is tried again now and then. Once that succeeds, the session is like any
other.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from data.storage.backend import JournalBackend
from data.storage.disk import REAL, Disk
from data.storage.generation import time_now
from data.storage.problems import ErrorKind, Notice, NoticeKind, NotSaved, StorageError
from data.storage.protocol import Commit, DocChange, Happening, Presence, TableRules, Tables
from data.storage.raw_table import copied, differences
from data.storage.snapshot import Unsound, read_tables

RETRY_SECONDS = 5.0
"""How long to wait until opening is tried again, if nothing is to be saved meanwhile."""
_MAY_PASS = {
    ErrorKind.FULL,
    ErrorKind.QUOTA,
    ErrorKind.TOO_BIG,
    ErrorKind.READ_ONLY,
    ErrorKind.DISK,
    ErrorKind.BUSY,
}


class RetryingBackend:
    """A `JournalBackend` that shows what the files hold until it can be opened."""

    def __init__(self, path: Path, *, by: str | None = None, disk: Disk = REAL) -> None:
        """See `JournalBackend`."""
        self._backend = JournalBackend(path, by=by, disk=disk)
        self._disk = disk
        self.by = self._backend.by
        self.notices = self._backend.notices
        self._shown: Tables | None = None
        """What is shown while the file can only be read; None once it is open."""
        self._where = ""
        self._next_try = 0.0
        self._new_commits: tuple[Commit, ...] = ()

    def load(self) -> Tables:
        """Return all documents.

        Raises:
            StorageError: They cannot even be read, or must not be used.
        """
        try:
            return self._backend.load()
        except StorageError as hindrance:
            if hindrance.kind not in _MAY_PASS:
                raise
            try:
                tables = read_tables(self._backend.path, self._disk)
            except (OSError, StorageError, Unsound):
                raise hindrance from None
            self.notices.append(Notice(NoticeKind.ONLY_READ, name=str(hindrance)))
            self._shown = tables
            self._wait()
            return copied(tables)

    def commit(self, changes: Sequence[DocChange], rules: TableRules) -> tuple[Commit, ...]:
        """Open the file if it is not open yet, and save changes. See `Backend.commit`."""
        try:
            self._open()
        except NotSaved:
            raise
        except StorageError as problem:
            raise NotSaved(problem.kind, name=problem.name, who=problem.who) from problem
        commits = self._backend.commit(changes, rules)
        return (*self._take_commits(), *commits)

    def poll(self) -> tuple[Commit, ...]:
        """Return what others have saved. If the file is not open, try now and then to open it."""
        if self._shown is not None:
            if time.monotonic() < self._next_try:
                return ()
            try:
                self._open()
            except StorageError as problem:
                if problem.kind in _MAY_PASS:
                    return ()
                raise
        return (*self._take_commits(), *self._backend.poll())

    news = None

    def presence(self) -> Sequence[Presence]:
        """Return the other sessions that have the file open; none while this one has not."""
        return [] if self._shown is not None else self._backend.presence()

    def announce(self, where: str) -> None:
        """Let the other sessions know where this one is, as soon as the file is open."""
        self._where = where
        if self._shown is None:
            self._backend.announce(where)

    @property
    def session(self) -> str:
        """The id of this session; empty while the file can only be read."""
        return self._backend.session

    def is_living(self, session: str) -> bool:
        """Whether the session with this id still has the file open; any thread may ask."""
        return self._backend.is_living(session)

    def history(self, mentee_id: str) -> Sequence[Happening]:
        """Return what happened to a mentee and what belongs to them; any thread may ask."""
        return self._backend.history(mentee_id)

    def idle(self) -> None:
        """Tidy up, if that is worth it and the file is open."""
        if self._shown is None:
            self._backend.idle()

    def raise_format(self, number: int) -> None:
        """See `JournalBackend`; the file must be open."""
        self._backend.raise_format(number)

    def close(self) -> None:
        """Tidy up and close."""
        self._backend.close()

    def _open(self) -> None:
        """Open the file. What has changed since it was read is handed on as a commit of others."""
        if self._shown is None:
            return
        try:
            tables = self._backend.load()
        finally:
            self._wait()
        changes = tuple(differences(self._shown, tables))
        self._shown = None
        if changes:
            self._new_commits = (Commit(0, time_now(), "", own=False, changes=changes),)
        self._backend.announce(self._where)

    def _wait(self) -> None:
        self._next_try = time.monotonic() + RETRY_SECONDS

    def _take_commits(self) -> tuple[Commit, ...]:
        commits, self._new_commits = self._new_commits, ()
        return commits
