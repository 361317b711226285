"""The thread that waits for the disk, so that nobody at the keyboard has to.

It saves batches in the order in which they came, and tries again by itself when the disk fails.
Between batches it looks for what other sessions have saved, and when nothing has happened for a
while it lets the backend fold its journal.
"""

from __future__ import annotations

import os
import queue
import select
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field

from data.frozen import changing, immutable
from data.storage.problems import NO_MENTOR, ErrorKind, NotSaved, StorageError, kind_of
from data.storage.protocol import (
    BOOKKEEPING,
    Backend,
    Commit,
    DocChange,
    Presence,
    TableRules,
)
from data.store.change import Change

POLL_SECONDS = 0.5
"""How often it looks for what other sessions have saved."""
PRESENCE_SECONDS = 2.0
"""How often it looks who else has the file open."""
IDLE_SECONDS = 5.0
"""How long nothing must have been saved before the backend may fold its journal."""
FIRST_RETRY_SECONDS = 0.5
"""How long it waits after a failure before it tries again; after each further one twice as long."""
LONGEST_RETRY_SECONDS = 10.0
"""How long it waits at the most."""
LONGEST_SERVER_RETRY_SECONDS = 2.0
"""The same for a server: another one may take its place within seconds."""
LAST_TRY_SECONDS = 2.0
"""How long the last try to save may take when the program ends."""

DraftText = tuple[str, str, str, str]
"""A typed text: the table, the id, the name of the field, and the text itself."""


@immutable
class Batch:
    """Changes that are saved together or not at all. Each is equal to itself only."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    changes: tuple[DocChange, ...]
    typed: tuple[DraftText, ...] = ()
    """Typed texts that are saved with it, so that the log of typing can forget them."""
    made: list[Change] = field(default_factory=list)
    """The same changes as the step of undo has them. What came of them is written into this list:
    see `data.store.what_clashed`."""
    undoes: list[Change] | None = None
    """The list `made` of the batch that it takes back; None if it takes none back."""
    settled: set[tuple[str, str, str]] = field(default_factory=set)
    """Table, id and field of what clashed already in the batch that it takes back."""

    @property
    def keys(self) -> set[tuple[str, str]]:
        """Table and id of each document that it changes."""
        return {(change.table, change.id) for change in self.changes}


@immutable
class Outcome:
    """What the thread has to tell: a batch was saved or not, or others have done something.

    An outcome in which nothing is set tells that looking for others' commits works again.
    """

    commits: tuple[Commit, ...] = ()
    """What has been saved since the last outcome, by others or, at the end, by `batch`. With a
    problem: what others have done that ends the access to the records."""
    batch: Batch | None = None
    """The batch that has been saved; None if this is about something else."""
    problem: StorageError | None = None
    """Why the oldest batch could not be saved, or what others have saved could not be read.

    The thread tries again by itself.
    """
    others: tuple[Presence, ...] | None = None
    """Who else has the file open, if that has changed."""

    def merged_tables(self) -> set[str]:
        """Return the tables in which something else was saved than the batch asked for.

        There its text has been merged with somebody else's.
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


@changing
class Saver:
    """Saves in a thread. From `start` until `stop` only that thread uses the backend."""

    backend: Backend
    rules: TableRules
    """How the documents of each table are merged."""
    wake: Callable[[], None]
    """Called from the thread when there is something new in `outcomes`."""
    outcomes: queue.SimpleQueue[Outcome] = field(default_factory=queue.SimpleQueue)
    """What the thread has to tell; the store takes it out on its own thread."""
    _waiting: deque[Batch] = field(default_factory=deque)
    """The batches that are not saved yet, the oldest first."""
    _changed: threading.Condition = field(default_factory=threading.Condition)
    """Guards `_waiting`, `_stop` and `_retry_now`, and is notified of each change of them."""
    _stop: bool = False
    _retry_now: bool = False
    _cannot_poll: bool = False
    """Whether the last look for others' commits failed; that is told only once."""
    _where: str = ""
    """Where this session is, as the others are to know it."""
    _announced: str = ""
    """Where it is by what they have been told."""
    _others: tuple[Presence, ...] = ()
    _met_others_at: float = 0.0
    """When the thread last looked who else is there, by the monotonic clock."""
    _called: tuple[int, int] | None = None
    """The ends of a pipe that wakes the thread while it waits for news of a server."""
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread."""
        self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
        self._thread.start()

    def submit(self, batch: Batch) -> None:
        """Have a batch saved. Returns at once."""
        with self._changed:
            self._waiting.append(batch)
            self._changed.notify_all()
        self._call()

    def announce(self, where: str) -> None:
        """Let other sessions know where this one is, within half a second."""
        self._where = where

    def retry(self) -> None:
        """Try again now to save what could not be saved."""
        with self._changed:
            self._retry_now = True
            self._changed.notify_all()

    def flush(self, timeout: float) -> bool:
        """Wait until all that was submitted is saved. Return False if it is not after `timeout`."""
        self.retry()
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting, timeout)

    def stop(self, timeout: float) -> bool:
        """Save what waits, end the thread and close the backend.

        Returns:
            Whether all has been saved.
        """
        self.flush(timeout)
        with self._changed:
            self._stop = True
            self._changed.notify_all()
        self._call()
        if self._thread is not None:
            self._thread.join(max(timeout, LAST_TRY_SECONDS))
        with self._changed:
            return not self._waiting

    def _run(self) -> None:
        """Do the thread's work until `stop`.

        Nothing that fails in between ends it, whatever it is, or nothing would be saved any more
        and nobody be told.
        """
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
                    retry_after = min(retry_after * 2, self._longest_retry)
                    continue
            if self._stop:
                break
            self._poll()
            with suppress(Exception):  # only who is there is not known then
                self._meet_others()
            if quiet_since is not None and time.monotonic() - quiet_since > IDLE_SECONDS:
                quiet_since = None
                with suppress(Exception):  # the next commit tells what is wrong
                    self.backend.idle()
        with suppress(Exception):  # nothing is lost by it: all that could be saved has been
            self.backend.close()
        with self._changed:
            ends, self._called = self._called or (), None
            for fd in ends:
                os.close(fd)

    def _next(self) -> Batch | None:
        """Wait for a batch, but not longer than until others' commits are to be looked for."""
        news = self.backend.news
        told_on = news.fileno() if news is not None else -1
        if told_on >= 0:
            self._listen(told_on)
        with self._changed:
            if told_on < 0:
                self._changed.wait_for(lambda: self._waiting or self._stop, POLL_SECONDS)
            return self._waiting[0] if self._waiting else None

    def _listen(self, told_on: int) -> None:
        """Wait until there are news on a file descriptor, or something to do here."""
        if self._called is None:
            self._called = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        with self._changed:
            if self._waiting or self._stop:
                return
        waiting = select.poll()
        for fd in (told_on, self._called[0]):
            waiting.register(fd, select.POLLIN)
        waiting.poll(POLL_SECONDS * 1000)
        with suppress(BlockingIOError):
            os.read(self._called[0], 1024)

    def _call(self) -> None:
        """End the waiting for news, if the thread is at it."""
        with self._changed, suppress(BlockingIOError):
            if self._called is not None:
                os.write(self._called[1], b"!")

    @property
    def _longest_retry(self) -> float:
        is_file = self.backend.news is None
        return LONGEST_RETRY_SECONDS if is_file else LONGEST_SERVER_RETRY_SECONDS

    def _pause(self, seconds: float) -> None:
        """Wait after a failure, unless `retry` or `stop` ends the waiting."""
        with self._changed:
            self._changed.wait_for(lambda: self._stop or self._retry_now, seconds)
            self._retry_now = False

    def _save(self, batch: Batch) -> bool:
        """Save a batch and report what came of it; return whether it has been saved."""
        try:
            commits = self.backend.commit(batch.changes, self.rules)
        except Exception as error:
            problem = _named(error)
            self._report(Outcome(self._lost_with(problem), problem=problem))
            return False
        with self._changed:
            self._waiting.popleft()
            self.outcomes.put(Outcome(commits, batch))
            self._changed.notify_all()
        self._wake()
        return True

    def _lost_with(self, problem: StorageError) -> tuple[Commit, ...]:
        """Return what takes from sight what cannot be seen any more, since there is no access.

        Others' commits are not looked for while nothing can be saved.
        """
        if problem.kind not in NO_MENTOR:
            return ()
        with suppress(Exception):  # the next try tells what is wrong
            return self.backend.poll()
        return ()

    def _poll(self) -> None:
        """Report what other sessions have saved."""
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
        """Announce where this session is, and report who else is there."""
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
    """Return an error as one that can be shown to the user.

    Nearly all errors of the backend are of that kind. Another one is a fault of the program; it
    must not end the thread, or nobody would be told that nothing is saved any more.
    """
    if isinstance(error, StorageError):
        return error
    return NotSaved(kind_of(error) if isinstance(error, OSError) else ErrorKind.FAULT)
