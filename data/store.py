"""The one door to the records: read them, commit changes, undo, notice what others changed.

The store holds all documents in memory. A commit changes the memory at once and is made durable by
the saver thread; `status` says truthfully how far that has come. Without a saver (the command
line) a commit is durable when it returns, or raises `NotSaved` and has changed nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

from data.change import Change, inverse
from data.clock import now
from data.codec import decode, encode, text_fields
from data.records import BY_TABLE, Conflict, MenteeRecord, Record
from data.saver import Batch, Outcome, Saver
from data.storage.problems import StorageError
from data.storage.protocol import (
    BOOKKEEPING,
    Backend,
    Clash,
    Commit,
    Doc,
    DocChange,
    Draft,
    TypingLog,
)

R = TypeVar("R", bound=Record)
M = TypeVar("M", bound=MenteeRecord)


class SaveState(Enum):
    """How far saving has come."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SaveStatus:
    """What the status line says about saving."""

    state: SaveState = SaveState.SAVED
    at: datetime | None = None
    """When something was last made durable."""
    problem: StorageError | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What a listener is told: which tables changed, by whom, and which fields clashed."""

    tables: frozenset[str] = frozenset()
    own: bool = True
    typing: bool = False
    """Only a text that is being typed here; its widget shows it already."""
    clashes: tuple[Clash, ...] = ()
    status: bool = False
    """The save status changed."""


@dataclass(slots=True)
class _Step:
    """One step of undo."""

    what: str
    changes: list[Change]
    text: tuple[str, str, str] | None = None
    """Table, id and field where it is one stretch of typing."""


class Store:
    """All records of one file. Used from one thread."""

    def __init__(self, backend: Backend, *, by: str, typing_log: TypingLog | None = None) -> None:
        """Load everything. Raises `StorageError`."""
        self.by = by
        self.status = SaveStatus()
        self._backend = backend
        self._typing_log = typing_log
        self._docs: dict[str, dict[str, Doc]] = defaultdict(dict)
        for table, docs in backend.load().items():
            self._docs[table] = docs
        self._records: dict[str, dict[str, Record]] = defaultdict(dict)
        self._by_mentee: dict[str, dict[str, list[str]]] = {}
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self._texts: dict[tuple[str, str, str], str] = {}
        """Typed and not yet committed: (table, id, field) -> the text that the typing began with."""
        self._pending: list[Batch] = []
        self._listeners: list[Callable[[Event], None]] = []
        self._saver: Saver | None = None
        self.on_typing: Callable[[], None] = lambda: None
        """Called when typed text waits to be committed; the app then calls `settle` soon."""

    # -- reading ------------------------------------------------------------------------------

    def get(self, kind: type[R], id: str) -> R | None:
        """Return the record with this id, or None."""
        doc = self._docs[kind.table].get(id)
        if doc is None:
            return None
        known = self._records[kind.table]
        found = known.get(id)
        if found is None:
            found = known[id] = decode(kind, id, doc)
        assert isinstance(found, kind), "a table holds one kind of record"  # noqa: S101
        return found

    def all(self, kind: type[R]) -> list[R]:
        """Return all records of a kind, oldest first."""
        return list(self._iterate(kind, self._docs[kind.table]))

    def of(self, kind: type[M], mentee_id: str) -> list[M]:
        """Return the records of a kind that belong to a mentee, oldest first."""
        index = self._by_mentee.get(kind.table)
        if index is None:
            index = self._by_mentee[kind.table] = defaultdict(list)
            for id, doc in self._docs[kind.table].items():
                index[str(doc.get("mentee_id", ""))].append(id)
        return list(self._iterate(kind, index.get(mentee_id, ())))

    def _iterate(self, kind: type[R], ids: Iterable[str]) -> Iterator[R]:
        for id in ids:
            record = self.get(kind, id)
            if record is not None:
                yield record

    # -- changing -----------------------------------------------------------------------------

    def commit(self, changes: Iterable[Change], what: str = "") -> None:
        """Make changes, as one step of undo that is named `what`. Empty changes are left out."""
        self.settle()
        made = self._make([change for change in changes if not change.is_empty])
        if made:
            self._undo.append(_Step(what, made))
            self._redo.clear()

    def undo(self) -> str | None:
        """Take the last step back and return its name; None where there is nothing to undo."""
        return self._step_back(self._undo, self._redo)

    def redo(self) -> str | None:
        """Do the last undone step again and return its name; None where there is none."""
        return self._step_back(self._redo, self._undo)

    def _step_back(self, source: list[_Step], target: list[_Step]) -> str | None:
        self.settle()
        if not source:
            return None
        step = source[-1]
        made = self._make(inverse(step.changes))
        source.pop()
        target.append(_Step(step.what, made))
        return step.what

    def _make(self, changes: list[Change]) -> list[Change]:
        """Bring changes into memory and on their way to the disk. Returns them as stamped."""
        if not changes:
            return []
        at = now()
        stamped = [self._stamp(change, at) for change in changes]
        docs = tuple(_to_docs(change) for change in stamped)
        self._send(Batch(docs))
        for change in docs:
            self._overlay(change)
        self._tell(Event(frozenset(change.table for change in docs)))
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
            changed_at=at,
            changed_by=self.by,
        )
        return Change(change.table, change.id, change.before, after)

    # -- typing -------------------------------------------------------------------------------

    def type_text(self, record: Record, field: str, text: str, what: str = "") -> None:
        """Keep what a text field reads now, key by key; `settle` commits it.

        The record must have been committed. One stretch of typing is one step of undo.
        """
        table, id = record.table, record.id
        doc = self._docs[table].get(id)
        if doc is None:
            return
        key = (table, id, field)
        old = str(doc.get(field, ""))
        if text == old:
            return
        base = self._texts.setdefault(key, old)
        if self._typing_log is not None:
            self._typing_log.keep(table, id, field, base, text)
        self._docs[table][id] = {**doc, field: text}
        self._records[table].pop(id, None)
        self._typed_what = what
        self._set_status(SaveState.SAVING)
        self._tell(Event(frozenset({table}), typing=True))
        self.on_typing()

    _typed_what = ""

    def settle(self) -> None:
        """Commit typed text that waits."""
        waiting, self._texts = self._texts, {}
        for (table, id, field), base in waiting.items():
            kind, doc = BY_TABLE[table], self._docs[table].get(id)
            if doc is None:
                continue
            text = str(doc.get(field, ""))
            after = self.get(kind, id)
            if after is None or text == base:
                self._forget_typing(table, id, field, text)
                continue
            before = decode(kind, id, {**doc, field: base})
            change = self._stamp(Change(table, id, before, after), now())
            docs = _to_docs(change)
            self._send(Batch((docs,), ((table, id, field, text),)))
            self._overlay(docs)
            self._remember_typing(change, field)

    def _remember_typing(self, change: Change, field: str) -> None:
        key = (change.table, change.id, field)
        last = self._undo[-1] if self._undo else None
        if last is not None and last.text == key:
            first = last.changes[0]
            last.changes[0] = Change(change.table, change.id, first.before, change.after)
        else:
            self._undo.append(_Step(self._typed_what, [change], key))
        self._redo.clear()

    def end_typing(self) -> None:
        """Commit typed text, and let the next stretch of typing be a step of undo of its own."""
        self.settle()
        if self._undo:
            self._undo[-1].text = None

    def _forget_typing(self, table: str, id: str, field: str, text: str) -> None:
        if self._typing_log is not None:
            self._typing_log.settled(table, id, field, text)

    def recover(self, drafts: Iterable[Draft]) -> list[Draft]:
        """Bring back texts typed in a session that died. Returns those that were not saved yet.

        A text whose record is gone is kept as a `Conflict`.
        """
        restored = []
        for draft in drafts:
            kind = BY_TABLE.get(draft.table)
            record = self.get(kind, draft.id) if kind is not None else None
            if record is not None and getattr(record, draft.field, None) == draft.text:
                continue
            restored.append(draft)
            if record is None:
                kept = Conflict(
                    of_table=draft.table, of_id=draft.id, of_field=draft.field, mine=draft.text
                )
                self._make([Change.created(kept)])
                continue
            before = replace(record, **{draft.field: draft.base})
            self._make([Change.between(before, replace(record, **{draft.field: draft.text}))])
        return restored

    # -- the disk -----------------------------------------------------------------------------

    def start_saver(self, wake: Callable[[], None]) -> None:
        """Save in a thread from now on. `wake` is called from it; have `pump` called then."""
        self._saver = Saver(self._backend, text_fields(), wake)
        self._saver.start()

    def _send(self, batch: Batch) -> None:
        if self._saver is not None:
            self._pending.append(batch)
            self._set_status(SaveState.SAVING)
            self._saver.submit(batch)
            return
        commits = self._backend.commit(batch.changes, text_fields())
        for table, id, field, text in batch.texts:
            self._forget_typing(table, id, field, text)
        for commit in commits[:-1]:
            self._take(commit)
        self.status = SaveStatus(SaveState.SAVED, now())

    def pump(self) -> None:
        """Take in what the saver thread has to say. Called on the store's own thread."""
        if self._saver is None:
            return
        while not self._saver.outcomes.empty():
            self._receive(self._saver.outcomes.get())

    def _receive(self, outcome: Outcome) -> None:
        if outcome.problem is not None:
            self._set_status(SaveState.FAILED, outcome.problem)
            return
        if outcome.batch is not None:
            self._pending.remove(outcome.batch)
            for table, id, field, text in outcome.batch.texts:
                self._forget_typing(table, id, field, text)
        clashes: list[Clash] = []
        for commit in outcome.commits:
            self._take(commit)
            clashes.extend(commit.clashes)
        if not self._pending and not self._texts:
            self._set_status(SaveState.SAVED)
        if clashes:
            self._keep_clashes(clashes)

    def _take(self, commit: Commit) -> None:
        """Bring a durable commit into memory, under what still waits to be saved."""
        tables = set()
        for change in commit.changes:
            current = self._docs[change.table].get(change.id)
            self._set(change.table, change.id, change.after)
            for batch in self._pending:
                for later in batch.changes:
                    if (later.table, later.id) == (change.table, change.id):
                        self._overlay(later)
            self._keep_typing(change, current)
            tables.add(change.table)
        if not commit.own or commit.clashes:
            self._tell(Event(frozenset(tables), own=commit.own))

    def _keep_typing(self, change: DocChange, current: Doc | None) -> None:
        """Put texts that are being typed here back over what arrived."""
        for (table, id, field), _base in self._texts.items():
            if (table, id) == (change.table, change.id) and current is not None:
                doc = self._docs[table].get(id, current)
                self._set(table, id, {**doc, field: current.get(field, "")})

    def _keep_clashes(self, clashes: list[Clash]) -> None:
        kept = []
        for clash in clashes:
            if clash.merged:
                continue
            doc = self._docs[clash.table].get(clash.id, {})
            mentee = clash.id if clash.table == "mentees" else str(doc.get("mentee_id", ""))
            kept.append(
                Conflict(
                    of_table=clash.table,
                    of_id=clash.id,
                    of_field=clash.field,
                    mine=_as_text(clash.mine),
                    theirs=_as_text(clash.theirs),
                    mentee_id=mentee,
                )
            )
        self._make([Change.created(conflict) for conflict in kept])
        self._tell(Event(clashes=tuple(clashes)))

    def _overlay(self, change: DocChange) -> None:
        """Bring the fields that a change touches into the document in memory."""
        current = self._docs[change.table].get(change.id)
        if change.after is None or change.before is None or current is None:
            self._set(change.table, change.id, change.after)
            return
        doc = dict(current)
        for name in {*change.before, *change.after}:
            if name in change.after:
                if change.before.get(name) != change.after[name] or name in BOOKKEEPING:
                    doc[name] = change.after[name]
            else:
                doc.pop(name, None)
        self._set(change.table, change.id, doc)

    def _set(self, table: str, id: str, doc: Doc | None) -> None:
        docs = self._docs[table]
        known = id in docs
        self._records[table].pop(id, None)
        if doc is None:
            docs.pop(id, None)
        else:
            docs[id] = doc
        if (doc is None) == known:
            self._by_mentee.pop(table, None)

    def flush(self, timeout: float = 10.0) -> bool:
        """Wait until all is durable; False where it is not by then (see `status`)."""
        self.settle()
        if self._saver is None:
            return True
        done = self._saver.flush(timeout)
        self.pump()
        return done

    def retry(self) -> None:
        """Try again now to save what could not be saved."""
        if self._saver is not None:
            self._saver.retry()

    @property
    def unsaved(self) -> int:
        """How many commits are not durable yet."""
        return len(self._pending) + len(self._texts)

    def close(self, timeout: float = 10.0) -> bool:
        """Save what waits and let go of the file; False where something could not be saved."""
        self.settle()
        if self._saver is None:
            self._backend.close()
            return True
        done = self._saver.stop(timeout)
        self.pump()
        return done

    # -- listening ----------------------------------------------------------------------------

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Have `listener` told of each event. Returns a function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, event: Event) -> None:
        for listener in tuple(self._listeners):
            listener(event)

    def _set_status(self, state: SaveState, problem: StorageError | None = None) -> None:
        at = now() if state is SaveState.SAVED else self.status.at
        if state is SaveState.SAVING and self.status.state is SaveState.FAILED:
            return
        before, self.status = self.status, SaveStatus(state, at, problem)
        if before != self.status:
            self._tell(Event(status=True))


def _to_docs(change: Change) -> DocChange:
    return DocChange(
        change.table,
        change.id,
        None if change.before is None else encode(change.before),
        None if change.after is None else encode(change.after),
    )


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
