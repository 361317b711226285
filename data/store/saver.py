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
from contextlib import suppress
from dataclasses import dataclass, field

from data.frozen import immutable
from data.storage.problems import ErrorKind, NotSaved, StorageError, kind_of
from data.storage.protocol import (
    BOOKKEEPING,
    Backend,
    Commit,
    DocChange,
    Presence,
    TextFields,
)

POLL_SECONDS = 0.5
"""How often other sessions' commits are looked for."""
PRESENCE_SECONDS = 2.0
"""How often is looked who else has the file open."""
IDLE_SECONDS = 5.0
"""How long all must be quiet before the backend may fold."""
FIRST_RETRY_SECONDS = 0.5
LONGEST_RETRY_SECONDS = 10.0
LAST_TRY_SECONDS = 2.0
"""How long the last try to save may take when the program ends."""

DraftText = tuple[str, str, str, str]
"""A typed text: table, id, field, text."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Changes that are committed together."""

    changes: tuple[DocChange, ...]
    typed: tuple[DraftText, ...] = ()
    """Typed texts that it settles."""


@immutable
class Outcome:
    """What came of a batch, or of a look for others' commits.

    One without anything says that looking, which had failed, works again.
    """

    commits: tuple[Commit, ...] = ()
    batch: Batch | None = None
    """The batch that is durable now."""
    problem: StorageError | None = None
    """Why the first waiting batch could not be saved, or the others' commits not be read. It is
    tried again."""
    others: tuple[Presence, ...] | None = None
    """Who else has the file open, where that is not as it was."""

    def merged_tables(self) -> set[str]:
        """Return the tables in which the batch came to something else than it asked for.

        Somebody else's words were merged with its own there.
        """
        if self.batch is None:
            return set()
        own = (change for commit in self.commits if commit.own for change in commit.changes)
        came_to = {(change.table, change.id): change.after or {} for change in own}
        return {
            change.table
            for change in self.batch.changes
            for name, value in (change.after or {}).items()
            if name not in BOOKKEEPING
            and value != (change.before or {}).get(name)
            and value != came_to.get((change.table, change.id), {name: value}).get(name)
        }


@dataclass
class Saver:
    """Owns the backend from the moment it is started until it is closed."""

    backend: Backend
    text_fields: TextFields
    wake: Callable[[], None]
    """Called from the thread when `outcomes` has something."""
    outcomes: queue.SimpleQueue[Outcome] = field(default_factory=queue.SimpleQueue)
    _waiting: deque[Batch] = field(default_factory=deque)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _stop: bool = False
    _retry_now: bool = False
    _cannot_poll: bool = False
    _where: str = ""
    _announced: str = ""
    _others: tuple[Presence, ...] = ()
    _met_others_at: float = 0.0
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

    def announce(self, where: str) -> None:
        """Let other sessions know where this one is, at the next look round."""
        self._where = where

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
        self.flush(timeout)
        with self._changed:
            self._stop = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(max(timeout, LAST_TRY_SECONDS))
        with self._changed:
            return not self._waiting

    def _run(self) -> None:
        retry_after = FIRST_RETRY_SECONDS
        quiet_since: float | None = time.monotonic()
        while True:
            batch = self._next()
            if batch is not None:
                quiet_since = time.monotonic()
                if self._save(batch):
                    retry_after = FIRST_RETRY_SECONDS
                    continue
                if not self._stop:
                    self._pause(retry_after)
                    retry_after = min(retry_after * 2, LONGEST_RETRY_SECONDS)
                    continue
            if self._stop:
                break
            self._poll()
            self._meet_others()
            if quiet_since is not None and time.monotonic() - quiet_since > IDLE_SECONDS:
                quiet_since = None
                with suppress(StorageError):  # the next commit says what is wrong
                    self.backend.idle()
        with suppress(StorageError):  # likewise: all that could be saved has been
            self.backend.close()

    def _next(self) -> Batch | None:
        """Wait for a batch or for the next look at the others' commits."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._stop, POLL_SECONDS)
            return self._waiting[0] if self._waiting else None

    def _pause(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stop or self._retry_now, seconds)
            self._retry_now = False

    def _save(self, batch: Batch) -> bool:
        try:
            commits = self.backend.commit(batch.changes, self.text_fields)
        except Exception as error:
            self._report(Outcome(problem=_named(error)))
            return False
        with self._changed:
            self._waiting.popleft()
            self.outcomes.put(Outcome(commits, batch))
            self._changed.notify_all()
        self._wake()
        return True

    def _poll(self) -> None:
        try:
            commits = self.backend.poll()
        except Exception as error:
            if not self._cannot_poll:
                self._report(Outcome(problem=_named(error)))
            self._cannot_poll = True
            return
        if commits or self._cannot_poll:
            self._report(Outcome(commits))
        self._cannot_poll = False

    def _meet_others(self) -> None:
        """Say where we are, and see who else is here."""
        if self._announced != self._where:
            self._announced = self._where
            self.backend.announce(self._announced)
        if time.monotonic() - self._met_others_at > PRESENCE_SECONDS:
            self._met_others_at = time.monotonic()
            others = tuple(self.backend.presence())
            if others != self._others:
                self._others = others
                self._report(Outcome(others=others))

    def _report(self, outcome: Outcome) -> None:
        self.outcomes.put(outcome)
        self._wake()

    def _wake(self) -> None:
        with suppress(RuntimeError):  # after a hang-up there is no event loop left to wake
            self.wake()


def _named(error: Exception) -> StorageError:
    """Return what is said of an error.

    The backend names every error that it knows. One it does not know must not end the thread
    either: nobody would be told that nothing is saved any more.
    """
    if isinstance(error, StorageError):
        return error
    return NotSaved(kind_of(error) if isinstance(error, OSError) else ErrorKind.FAULT)
