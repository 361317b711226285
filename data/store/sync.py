"""The way to the disk and back: saving what is done here, and taking in what was saved.

A batch of changes goes to the backend, at once or through the saver thread. Back come the commits:
our own as they were saved, which may include words of others, and those of other sessions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic

from data.clock import now
from data.frozen import immutable
from data.storage.problems import StorageError
from data.storage.protocol import Backend, Clash, DocChange, ForGood, Presence
from data.store.change import Change
from data.store.codec import table_rules
from data.store.conflicts import concerns_user
from data.store.events import DeletedForGood, Event, SaveState, SaveStatus
from data.store.saver import Batch, DraftText, Outcome, Saver
from data.store.typed_now import TypedNow
from data.store.unsaved import UnsavedWork
from data.store.what_clashed import is_settled


@immutable
class Hooks:
    """What the store does when something has happened on the way."""

    notify: Callable[[Event], None]
    """Tells the listeners of an event."""
    draft_saved: Callable[[DraftText], None]
    """Called with a typed text that has been saved: the log of typing can forget it."""
    typed_now: Callable[[Sequence[DocChange]], TypedNow]
    """Returns the text that is being typed, before a file takes the place of the one read. It gets
    what that changes."""
    make: Callable[[list[Change]], object]
    """Makes changes that are no step of undo."""
    came_back: Callable[[Batch, Sequence[DocChange], Sequence[Clash]], None]
    """Called with a batch that has been saved, what it made of the documents, and what clashed."""
    keep: Callable[[Batch, Sequence[Clash]], None]
    """Called with them once the listeners have been told: keeps texts that lost their place."""
    gone: Callable[[Sequence[ForGood]], tuple[DeletedForGood, ...]]
    """Called with what was deleted for good, before its documents go. Returns what to tell."""


class Sync:
    """Saves what the store does, and takes in what others do.

    Only `drain` may be called from another thread than the store's own.
    """

    def __init__(self, backend: Backend, shown: UnsavedWork, hooks: Hooks) -> None:
        self.status = SaveStatus()
        self.others: tuple[Presence, ...] = ()
        """The other sessions that have the file open."""
        self.backend = backend
        self._shown = shown
        self._hooks = hooks
        self._saver: Saver | None = None
        self._where = ""
        """Where this session is, as the others are told."""

    def start_saver(self, wake: Callable[[], None]) -> None:
        """Save in a thread from now on.

        Args:
            wake: Called from that thread when `pump` is to be called. If the thread runs already,
                this only takes the place of the earlier function.
        """
        if self._saver is None:
            self._saver = Saver(self.backend, table_rules(), wake)
            self._saver.start()
        else:
            self._saver.wake = wake
            wake()

    def send(self, batch: Batch) -> None:
        """Have a batch saved.

        With a saver thread this returns at once: the batch is shown and waits. Without one it has
        been saved when this returns.

        Raises:
            NotSaved: It could not be saved, and nothing has changed. Only without a saver thread;
                that one tries again by itself.
        """
        if self._saver is None:
            commits = self.backend.commit(batch.changes, table_rules())
            self._receive(Outcome(commits, batch))
            return
        self._shown.add(batch)
        self.say_waiting()
        self._saver.submit(batch)

    def announce(self, where: str) -> None:
        """Let other sessions know where this one is: the id of a mentee, or "" for nowhere."""
        self._where = where
        if self._saver is not None:
            self._saver.announce(where)

    # -- what comes back ----------------------------------------------------------------------

    def pump(self) -> None:
        """Take in what the saver thread has to tell; without one, what others have saved.

        Raises `StorageError` where that cannot be read; never with the thread.
        """
        if self._saver is None:
            self._receive(Outcome(self.backend.poll()))
            return
        while not self._saver.outcomes.empty():
            self._receive(self._saver.outcomes.get())

    def _receive(self, outcome: Outcome) -> None:
        """Take in one outcome and tell the listeners of it."""
        if outcome.others is not None:
            self.others = outcome.others
            self._hooks.notify(Event(others=True))
            return
        if outcome.problem is not None:
            self._take(outcome)
            self._set_status(SaveState.FAILED, problem=outcome.problem)
            return
        if outcome.batch is not None:
            self._shown.remove(outcome.batch)
            for text in outcome.batch.typed:
                self._hooks.draft_saved(text)
        self._take(outcome)
        at = None if outcome.batch is None else now()
        self._set_status(SaveState.SAVING if self.unsaved else SaveState.SAVED, at=at)

    def _take(self, outcome: Outcome) -> None:
        """Bring saved commits into what is shown, and tell the listeners what others changed."""
        gone = [one for commit in outcome.commits for one in commit.for_good]
        for_good = self._hooks.gone(gone) if gone else ()
        if any(one.knows(id) for one in gone for id in self._where.split("/")):
            self.announce("")  # that would be a trace of who is gone
        replaced = any(commit.replaced for commit in outcome.commits)
        older = [one for commit in outcome.commits if commit.replaced for one in commit.changes]
        typed = self._hooks.typed_now(older) if replaced else None
        for commit in outcome.commits:
            for change in commit.changes:
                self._shown.take_durable(change)
        last = self._shown.documents.changed_last if replaced else ""
        if typed is not None:
            self._hooks.make(typed.put_back())
        if outcome.batch is not None:
            self._shown.show_without(outcome.batch)
        found = [clash for commit in outcome.commits for clash in commit.clashes]
        if outcome.batch is not None:
            made = [one for commit in outcome.commits if commit.own for one in commit.changes]
            self._hooks.came_back(outcome.batch, made, found)
            found = [clash for clash in found if not is_settled(outcome.batch, clash)]
        clashes = tuple(clash for clash in found if concerns_user(clash))
        tables = {clash.table for clash in clashes} | outcome.merged_tables()
        for commit in outcome.commits:
            if not commit.own:
                tables.update(change.table for change in commit.changes)
        notices = tuple(one for commit in outcome.commits for one in commit.notices)
        if tables or notices or for_good:
            event = Event(
                frozenset(tables),
                own=False,
                clashes=clashes,
                replaced=replaced,
                notices=notices,
                changed_last=last,
                for_good=for_good,
            )
            self._hooks.notify(event)
        if outcome.batch is not None:
            self._hooks.keep(outcome.batch, clashes)

    # -- how far saving has come --------------------------------------------------------------

    @property
    def unsaved(self) -> int:
        """How many batches and typed texts have not been saved yet."""
        return len(self._shown.batches) + len(self._shown.typed.waiting)

    def say_waiting(self) -> None:
        """Set the status to "saving", unless saving fails: more work does not mend that."""
        if self.status.state is not SaveState.FAILED:
            self._set_status(SaveState.SAVING)

    def say_saved(self) -> None:
        """Set the status to "saved" if nothing waits any more."""
        if not self.unsaved and self.status.state is SaveState.SAVING:
            self._set_status(SaveState.SAVED)

    def _set_status(
        self, state: SaveState, *, at: datetime | None = None, problem: StorageError | None = None
    ) -> None:
        before, self.status = self.status, SaveStatus(state, at or self.status.at, problem)
        if before != self.status:
            self._hooks.notify(Event(status=True))

    def flush(self, timeout: float) -> bool:
        """Wait until all that was sent is saved.

        Returns:
            Whether it is, after `timeout` seconds at the most.
        """
        if self._saver is None:
            return True
        end = monotonic() + timeout
        done = True
        self.pump()
        while self.unsaved and done:
            done = self._saver.flush(max(0.0, end - monotonic()))
            self.pump()  # what clashed has become a record of its own, to be saved as well
        return done

    def drain(self, timeout: float) -> bool:
        """Wait until all that was sent is saved; may be called from any thread. See `flush`."""
        return self._saver is None or self._saver.flush(timeout)

    def retry(self) -> None:
        """Try again now to save what could not be saved."""
        if self._saver is not None:
            self._saver.retry()

    def close(self, timeout: float) -> bool:
        """Save what waits and close the file. Return whether all has been saved."""
        done = self.flush(timeout)
        if self._saver is None:
            self.backend.close()
            return True
        # If saving failed all that time, waiting again would be no use. The thread itself tries
        # once more on its way out.
        stopped = self._saver.stop(timeout if done else 0.0)
        self.pump()
        return stopped
