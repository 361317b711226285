"""The one door to the records: read them, commit changes, undo, notice what others changed.

The store holds all documents in memory. A commit changes the memory at once and is made durable by
the saver thread; `status` says truthfully how far that has come. Without a saver (the command
line) a commit is durable when it returns, or raises `NotSaved` and has changed nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from data.clock import now
from data.records import BY_TABLE, Conflict, MenteeRecord, Record
from data.storage.problems import StorageError
from data.storage.protocol import (
    BOOKKEEPING,
    Backend,
    DocChange,
    Draft,
    Presence,
    TypingLog,
)
from data.store.change import Change, inverse
from data.store.codec import decode, encode
from data.store.conflicts import conflicts_of_draft, is_kept
from data.store.documents import Documents
from data.store.events import Event, SaveState, SaveStatus
from data.store.saver import Batch, DraftText
from data.store.sync import Hooks, Sync
from data.store.typed import TypedText
from data.store.undo import TextKey, UndoHistory, UndoStep
from data.store.unsaved import UnsavedWork

if TYPE_CHECKING:
    from tinydb import TinyDB

__all__ = ["Event", "SaveState", "SaveStatus", "Store"]

R = TypeVar("R", bound=Record)
M = TypeVar("M", bound=MenteeRecord)


class Store:
    """All records of one file. Used from one thread."""

    def __init__(self, backend: Backend, *, by: str, typing_log: TypingLog | None = None) -> None:
        """Load everything. Raises `StorageError`."""
        self.by = by
        self._typing_log = typing_log
        self._documents = Documents(backend.load())
        self._shown = UnsavedWork(self._documents)
        self._typing = self._shown.typed
        self._history = UndoHistory()
        self._listeners: list[Callable[[Event], None]] = []
        hooks = Hooks(self._notify, self._forget_draft, self._keep_conflicts)
        self._sync = Sync(backend, self._shown, hooks)
        self.on_typing: Callable[[], None] = lambda: None
        """Called when typed text waits to be committed; the app then calls `commit_typing` soon."""

    # -- reading ------------------------------------------------------------------------------

    def get(self, kind: type[R], id: str) -> R | None:
        """Return the record with this id, or None."""
        return self._documents.get(kind, id)

    def all(self, kind: type[R]) -> list[R]:
        """Return all records of a kind, oldest first."""
        return self._documents.all(kind)

    def of(self, kind: type[M], mentee_id: str) -> list[M]:
        """Return the records of a kind that belong to a mentee, oldest first."""
        return self._documents.of(kind, mentee_id)

    def tables(self) -> TinyDB:
        """Return all documents as a TinyDB that can be read only, to be asked in its own language.

        It shows what the store shows, as it is at each question: also what waits to be saved. Ids
        are the records' own, so that `get` takes them. Writing raises `data.storage.database.
        ReadOnly`. Made for questions across records; loading TinyDB costs some milliseconds once.
        """
        from data.storage.database import database  # a start is not to wait for TinyDB

        return database(self._documents.tables)

    # -- changing -----------------------------------------------------------------------------

    def commit(self, changes: Iterable[Change], what: str = "", *, undoable: bool = True) -> None:
        """Make changes, as one step of undo that is named `what`. Empty changes are left out.

        Not `undoable`: bookkeeping that nobody would take back, such as where in a talk one is.
        """
        self.commit_typing()
        made = self._make([change for change in changes if not change.is_empty])
        if made and undoable:
            self._history.add(what, made)

    def undo(self) -> str | None:
        """Take the last step back and return its name; None where there is nothing to undo."""
        self.commit_typing()
        return self._step_back(self._history.done, self._history.undone)

    def redo(self) -> str | None:
        """Do the last undone step again and return its name; None where there is none."""
        self.commit_typing()
        return self._step_back(self._history.undone, self._history.done)

    def _step_back(self, source: list[UndoStep], target: list[UndoStep]) -> str | None:
        if not source:
            return None
        step = source[-1]
        made = self._make(inverse(step.changes))
        source.pop()
        target.append(UndoStep(step.what, made))
        self._history.end_typing()
        return step.what

    def _make(self, changes: list[Change], *settles: DraftText) -> list[Change]:
        """Bring changes into memory and on their way to the disk. Returns them as stamped.

        `settles` are the drafts that they make durable.
        """
        if not changes:
            return []
        at = now()
        stamped = [self._stamp(change, at) for change in changes]
        docs = tuple(_to_docs(change) for change in stamped)
        self._sync.send(Batch(docs, settles))
        self._notify(Event(frozenset(change.table for change in docs)))
        return stamped

    def _stamp(self, change: Change, at: datetime) -> Change:
        after = change.after
        if after is None:
            return change
        base = self.get(type(after), after.id)
        created = (base.created_at if base else None) or after.created_at or at
        after = replace(
            after,
            rev=(base.rev if base else after.rev) + 1,
            created_at=created,
            # What comes from elsewhere (the example, an undone deletion) keeps its own past.
            changed_at=after.changed_at if base is None and after.changed_at else at,
            changed_by=self.by,
        )
        return Change(change.table, change.id, change.before, after)

    # -- typing -------------------------------------------------------------------------------

    def type_text(
        self, record: Record, field: str, text: str, what: str = "", *, shown: str | None = None
    ) -> None:
        """Keep what a text field reads now, key by key; `commit_typing` commits it.

        The record must have been committed. One stretch of typing is one step of undo. `shown` is
        what the field read on the screen before this edit; None: what the store has for it.
        Somebody else's words may have arrived in the store that the screen does not show yet;
        without `shown` they would count as deleted by the user.
        """
        typed = self._shown.type(record, field, text, what, shown)
        if typed is None:
            return
        if self._typing_log is not None:
            self._typing_log.keep(record.table, record.id, field, typed.base, text)
        self._sync.say_waiting()
        self._notify(Event(frozenset({record.table}), typing=True))
        self.on_typing()

    def begin_text(self, record: Record, field: str, what: str) -> None:
        """Commit a new record whose text is being typed: making and typing it are one undo."""
        self.commit_typing()
        made = self._make([Change.created(record)])
        self._history.add(what, made, text=(record.table, record.id, field))

    def commit_typing(self) -> None:
        """Commit typed text that waits."""
        waiting = self._typing.waiting
        for key, typed in list(waiting.items()):
            del waiting[key]
            try:
                self._commit_text(key, typed)
            except StorageError:
                waiting[key] = typed
                raise
            self._shown.typing_committed(key)
        self._sync.say_saved()

    def _commit_text(self, key: TextKey, typed: TypedText) -> None:
        table, id, field = key
        doc = self._documents.doc(table, id)
        if doc is None:
            return
        if typed.text == typed.base:
            self._forget_draft((*key, typed.text))
            return
        record = decode(BY_TABLE[table], id, doc)
        before, after = _with(record, field, typed.base, typed.text)
        change = self._stamp(Change(table, id, before, after), now())
        self._sync.send(Batch((_to_docs(change),), ((*key, typed.text),)))
        if record.UNDOABLE:
            self._history.add_typing(typed.what, change, key)

    def end_typing(self) -> None:
        """Commit typed text, and let the next stretch of typing be a step of undo of its own."""
        self.commit_typing()
        self._history.end_typing()

    def _forget_draft(self, text: DraftText) -> None:
        if self._typing_log is not None:
            self._typing_log.committed(*text)

    def _keep_conflicts(self, conflicts: Iterable[Conflict]) -> None:
        self._make([Change.created(conflict) for conflict in conflicts])

    def recover(self, drafts: Iterable[Draft]) -> list[Draft]:
        """Bring back texts typed in a session that died. Returns those that were not saved yet.

        A text whose record is gone is kept as a `Conflict`.
        """
        restored = []
        for draft in drafts:
            kind = BY_TABLE.get(draft.table)
            record = None if kind is None else self.get(kind, draft.id)
            text = (draft.table, draft.id, draft.field, draft.text)
            if record is None or not _has_text(record, draft.field):
                changes = [
                    Change.created(one) for one in conflicts_of_draft(draft) if not self._holds(one)
                ]
            else:
                stands = getattr(record, draft.field) == draft.text
                before, after = _with(record, draft.field, draft.base, draft.text)
                changes = [] if stands else [Change.between(before, after)]
            if not changes:
                self._forget_draft(text)
                continue
            self._make(changes, text)
            restored.append(draft)
        return restored

    def _holds(self, conflict: Conflict) -> bool:
        kind = BY_TABLE.get(conflict.of_table)
        return is_kept(conflict, self.get(kind, conflict.of_id) if kind else None)

    # -- the disk -----------------------------------------------------------------------------

    @property
    def status(self) -> SaveStatus:
        """How far saving has come."""
        return self._sync.status

    @property
    def unsaved(self) -> int:
        """How many commits and typed texts are not durable yet."""
        return self._sync.unsaved

    def start_saver(self, wake: Callable[[], None]) -> None:
        """Save in a thread from now on. `wake` is called from it; have `pump` called then.

        Called again, it only takes the other `wake`.
        """
        self._sync.start_saver(wake)

    def pump(self) -> None:
        """Take in what the saver thread has to say. Called on the store's own thread."""
        self._sync.pump()

    def flush(self, timeout: float = 10.0) -> bool:
        """Wait until all is durable; False where it is not by then (see `status`)."""
        self.commit_typing()
        return self._sync.flush(timeout)

    def drain(self, timeout: float) -> bool:
        """Wait until all that was submitted is durable. For the end of the line: from any thread.

        Typed text that waits is not committed; it is in the log of typing.
        """
        return self._sync.drain(timeout)

    def retry(self) -> None:
        """Try again now to save what could not be saved."""
        self._sync.retry()

    def close(self, timeout: float = 10.0) -> bool:
        """Save what waits and let go of the file; False where something could not be saved."""
        self.commit_typing()
        return self._sync.close(timeout)

    # -- other sessions -----------------------------------------------------------------------

    @property
    def others(self) -> tuple[Presence, ...]:
        """The other sessions that have the file open."""
        return self._sync.others

    @property
    def session(self) -> str:
        """The id of this session, as `is_living` knows it in another one."""
        return self._sync.backend.session

    def is_living(self, session: str) -> bool:
        """Whether a session with this id still has the file open. Asks the disk."""
        return self._sync.backend.is_living(session)

    def announce(self, where: str) -> None:
        """Let the other sessions know where this one is: the id of a mentee, or ""."""
        self._sync.announce(where)

    # -- listening ----------------------------------------------------------------------------

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Have `listener` told of each event. Returns a function that ends it."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def _notify(self, event: Event) -> None:
        for listener in tuple(self._listeners):
            listener(event)


def _to_docs(change: Change) -> DocChange:
    return DocChange(
        change.table,
        change.id,
        None if change.before is None else encode(change.before),
        None if change.after is None else encode(change.after),
    )


def _has_text(record: Record, field: str) -> bool:
    return isinstance(getattr(record, field, None), str) and field not in {"id", *BOOKKEEPING}


def _with(record: Record, field: str, *texts: str) -> list[Record]:
    """Return the record with each of the texts in the field."""
    values: list[dict[str, Any]] = [{field: text} for text in texts]
    return [replace(record, **value) for value in values]
