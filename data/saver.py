"""The thread that waits for the disk, so that nobody else has to.

It commits batches in the order they came, tries again by itself when the disk fails, looks for
other sessions' commits, and lets the backend fold when all is quiet.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from data.storage.problems import StorageError
from data.storage.protocol import Backend, Commit, DocChange, TextFields

POLL_SECONDS = 0.5
"""How often other sessions' commits are looked for."""
IDLE_SECONDS = 5.0
"""How long all must be quiet before the backend may fold."""
FIRST_RETRY_SECONDS = 0.5
LONGEST_RETRY_SECONDS = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Changes that are committed together."""

    changes: tuple[DocChange, ...]
    texts: tuple[tuple[str, str, str, str], ...] = ()
    """Typed texts that it settles: table, id, field, text."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a batch or of a look for others' commits."""

    commits: tuple[Commit, ...] = ()
    batch: Batch | None = None
    """The batch that is durable now."""
    problem: StorageError | None = None
    """Why the first waiting batch could not be saved; it is tried again."""


@dataclass
class Saver:
    """Owns the backend from the moment it is started until it is closed."""

    backend: Backend
    texts: TextFields
    wake: Callable[[], None]
    """Called from the thread when `outcomes` has something."""
    outcomes: queue.SimpleQueue[Outcome] = field(default_factory=queue.SimpleQueue)
    _waiting: deque[Batch] = field(default_factory=deque)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _stop: bool = False
    _failing: bool = False
    _retry_now: bool = False
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread."""
        self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
        self._thread.start()

    def submit(self, batch: Batch) -> None:
        """Have the batch saved; returns at once."""
        with self._changed:
            self._waiting.append(batch)
            self._changed.notify_all()

    @property
    def waiting(self) -> int:
        """How many batches are not durable yet."""
        return len(self._waiting)

    def retry(self) -> None:
        """Try a failed batch again without waiting."""
        with self._changed:
            self._retry_now = True
            self._changed.notify_all()

    def flush(self, timeout: float) -> bool:
        """Wait until all that was submitted is durable; False where it is not by then."""
        self.retry()
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting, timeout)

    def stop(self, timeout: float) -> bool:
        """Save what waits, end the thread and close the backend; False where something waits."""
        done = self.flush(timeout)
        with self._changed:
            self._stop = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout)
        return done

    def _run(self) -> None:
        retry_after = FIRST_RETRY_SECONDS
        quiet_since = time.monotonic()
        idle_done = False
        while True:
            batch = self._next()
            if batch is not None:
                quiet_since, idle_done = time.monotonic(), False
                if self._save(batch):
                    retry_after = FIRST_RETRY_SECONDS
                else:
                    self._rest(retry_after)
                    retry_after = min(retry_after * 2, LONGEST_RETRY_SECONDS)
                if not self._stop:
                    continue
            if self._stop:
                self.backend.close()
                return
            self._look()
            if not idle_done and time.monotonic() - quiet_since > IDLE_SECONDS:
                idle_done = True
                self.backend.idle()

    def _next(self) -> Batch | None:
        """Wait for a batch or for the next look at the others' commits."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._stop, POLL_SECONDS)
            return self._waiting[0] if self._waiting else None

    def _rest(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stop or self._retry_now, seconds)
            self._retry_now = False

    def _save(self, batch: Batch) -> bool:
        try:
            commits = self.backend.commit(batch.changes, self.texts)
        except StorageError as problem:
            self._failing = True
            self._tell(Outcome(problem=problem))
            return False
        self._failing = False
        self._tell(Outcome(commits, batch))
        with self._changed:
            self._waiting.popleft()
            self._changed.notify_all()
        return True

    def _look(self) -> None:
        try:
            commits = self.backend.poll()
        except StorageError as problem:
            self._tell(Outcome(problem=problem))
            return
        if commits:
            self._tell(Outcome(commits))

    def _tell(self, outcome: Outcome) -> None:
        self.outcomes.put(outcome)
        self.wake()
