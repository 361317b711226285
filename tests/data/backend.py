"""A backend in memory that two stores can share and that can be made to fail."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from copy import deepcopy

from data.storage.history import happening, joined
from data.storage.merge_commit import merge_commit
from data.storage.problems import ErrorKind, NotSaved
from data.storage.protocol import (
    Clash,
    Commit,
    DocChange,
    Happening,
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


class MemoryBackend:
    """One session's backend on a `Disk`. It fails while `full` is set."""

    def __init__(self, disk: Disk, by: str = "met") -> None:
        self.disk = disk
        self.by = by
        self.full = threading.Event()
        self.gate = threading.Event()
        """Commits wait until it is set."""
        self.gate.set()
        self.tries = 0
        self.closed = False
        self._seen = 0
        disk.sessions.add(self.session)

    def load(self) -> Tables:
        self._seen = len(self.disk.commits)
        return deepcopy(self.disk.tables)

    def commit(self, changes: Sequence[DocChange], rules: TableRules) -> tuple[Commit, ...]:
        assert self.gate.wait(10)
        self.tries += 1
        if self.full.is_set():
            raise NotSaved(ErrorKind.FULL)
        with self.disk.lock:
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
        with self.disk.lock:
            return self._others()

    @property
    def is_behind(self) -> bool:
        """Whether somebody has committed what this session has not seen."""
        return self._seen < len(self.disk.commits)

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
