"""Backends that tests share, in memory, and what makes any backend fail or wait."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from copy import deepcopy

from data.storage.history import happening, joined
from data.storage.merge_commit import merge_commit
from data.storage.problems import ErrorKind, NotSaved
from data.storage.protocol import (
    Backend,
    Clash,
    Commit,
    DocChange,
    Happening,
    News,
    Presence,
    TableRules,
    Tables,
)


class Disk:
    """What several backends have in common: documents and the commits that made them."""

    def __init__(self) -> None:
        self.tables: Tables = {}
        self.deleted_by: dict[tuple[str, str], str] = {}
        self.commits: list[tuple[int, Commit]] = []
        self.lock = threading.Lock()
        self.sessions: set[str] = set()
        self.saved = 0
        """How many commits have been made."""

    def backend(self, by: str = "met", *, listening: bool = False) -> Hindered:
        """Return the backend of a session, which can be hindered.

        Args:
            by: The login name of its user.
            listening: Whether it is of a session on the screen, which is told what others do.
        """
        return Hindered(self._backend(by, listening=listening), self)

    def _backend(self, by: str, *, listening: bool) -> Backend:
        return MemoryBackend(self, by)

    def make_ready(self, backend: Backend, changes: Sequence[DocChange]) -> tuple[Commit, ...]:
        """Do what a commit needs so that all users may see it. Return what the session is told."""
        return ()

    def now(self, by: str = "met") -> Tables:
        """Return the documents as a session of this user would find them now."""
        backend = self._backend(by, listening=False)
        try:
            return {name: dict(docs) for name, docs in backend.load().items() if docs}
        finally:
            backend.close()

    def close(self) -> None:
        """Close all backends that are open yet."""


class Hindered:
    """A session's backend that fails while `full` is set, and waits while `gate` is not."""

    def __init__(self, backend: Backend, disk: Disk) -> None:
        self.backend = backend
        self.disk = disk
        self.full = threading.Event()
        self.gate = threading.Event()
        """Commits wait until it is set."""
        self.gate.set()
        self.tries = 0
        self.closed = False
        self._seen = 0

    def load(self) -> Tables:
        self._seen = self.disk.saved
        return self.backend.load()

    def commit(self, changes: Sequence[DocChange], rules: TableRules) -> tuple[Commit, ...]:
        assert self.gate.wait(10)
        self.tries += 1
        if self.full.is_set():
            raise NotSaved(ErrorKind.FULL)
        with self.disk.lock:
            told = self.disk.make_ready(self.backend, changes)
            made = self.backend.commit(changes, rules)
            self.disk.saved += 1
            self._seen = self.disk.saved
        return (*told, *made)

    def poll(self) -> tuple[Commit, ...]:
        with self.disk.lock:
            self._seen = self.disk.saved
            return self.backend.poll()

    @property
    def is_behind(self) -> bool:
        """Whether somebody has committed since this session has last looked."""
        return self._seen < self.disk.saved

    @property
    def news(self) -> News | None:
        return self.backend.news

    def presence(self) -> Sequence[Presence]:
        return self.backend.presence()

    def announce(self, where: str) -> None:
        self.backend.announce(where)

    @property
    def session(self) -> str:
        return self.backend.session

    def is_living(self, session: str) -> bool:
        return self.backend.is_living(session)

    def history(self, mentee_id: str) -> Sequence[Happening]:
        return self.backend.history(mentee_id)

    def idle(self) -> None:
        self.backend.idle()

    def close(self) -> None:
        self.backend.close()
        self.closed = True


class MemoryBackend:
    """One session's backend on a `Disk`."""

    def __init__(self, disk: Disk, by: str = "met") -> None:
        self.disk = disk
        self.by = by
        self.closed = False
        self._seen = 0
        disk.sessions.add(self.session)

    def load(self) -> Tables:
        self._seen = len(self.disk.commits)
        return deepcopy(self.disk.tables)

    def commit(self, changes: Sequence[DocChange], rules: TableRules) -> tuple[Commit, ...]:
        applied, clashes = self._apply(changes, rules)
        others = self._others()
        number = len(self.disk.commits) + 1
        own = Commit(number, "", self.by, True, tuple(applied), tuple(clashes))
        self.disk.commits.append((id(self), own))
        self._seen = number
        return (*others, own)

    def _apply(
        self, changes: Sequence[DocChange], rules: TableRules
    ) -> tuple[list[DocChange], list[Clash]]:
        found = merge_commit(changes, rules, self.disk.tables, self.disk.deleted_by)
        for change in found.applied:
            docs = self.disk.tables.setdefault(change.table, {})
            if change.after is None:
                del docs[change.id]
                self.disk.deleted_by[change.table, change.id] = self.by
            else:
                docs[change.id] = change.after
        return found.applied, found.clashes

    def _others(self) -> tuple[Commit, ...]:
        new = self.disk.commits[self._seen :]
        self._seen = len(self.disk.commits)
        return tuple(
            Commit(one.seq, one.at, one.by, False, one.changes)
            for session, one in new
            if session != id(self)
        )

    def poll(self) -> tuple[Commit, ...]:
        return self._others()

    news = None

    def presence(self) -> tuple[Presence, ...]:
        return ()

    def announce(self, where: str) -> None: ...

    @property
    def session(self) -> str:
        return "" if self.closed else str(id(self))

    def is_living(self, session: str) -> bool:
        return session in self.disk.sessions

    def history(self, mentee_id: str) -> list[Happening]:
        with self.disk.lock:
            commits = [one for _session, one in self.disk.commits]
        found = (happening(change, one.at, one.by) for one in commits for change in one.changes)
        return joined(one for one in found if one is not None and one.mentee_id == mentee_id)

    def idle(self) -> None:
        return

    def close(self) -> None:
        self.disk.sessions.discard(self.session)
        self.closed = True
