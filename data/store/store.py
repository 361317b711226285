"""The one door to the records: reading them, changing them, undo, and what other sessions change.

All documents are in memory. On the screen a change shows at once, and a thread saves it; `status`
tells how far that has come. On the command line there is no such thread: a change is saved when
`commit` returns, or `commit` raises `NotSaved` and nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from data.clock import now
from data.records import BY_TABLE, Mentee, MenteeRecord, Record
from data.storage.problems import StorageError
from data.storage.protocol import Backend, Draft, Presence, TypingLog
from data.store.change import Change, stamped
from data.store.codec import decode, encode
from data.store.doc_changes import all_to_docs, to_docs
from data.store.documents import Documents
from data.store.events import Event, SaveState, SaveStatus
from data.store.for_good import ForGoodHere
from data.store.hold import Refusals
from data.store.left_drafts import recover, show, with_texts
from data.store.lost_access import LostAccess
from data.store.restored import Restored
from data.store.revisions import Revisions
from data.store.saver import Batch, DraftText
from data.store.sync import Hooks, Sync
from data.store.typed import TypedText, keep_typed, move_typed
from data.store.undo import TextKey, UndoHistory, UndoStep, taking_back
from data.store.unsaved import LeftBehind, UnsavedWork
from data.store.what_clashed import SavedSteps

if TYPE_CHECKING:
    from tinydb import TinyDB

    from data.storage.protocol import Happening

__all__ = ["Event", "SaveState", "SaveStatus", "Store"]

R = TypeVar("R", bound=Record)
M = TypeVar("M", bound=MenteeRecord)


class Store:
    """All records of one file, for one thread; only `drain` may be called from another."""

    def __init__(self, backend: Backend, *, by: str, typing_log: TypingLog | None = None) -> None:
        """Load all documents. Raises `StorageError` if they cannot be read.

        Args:
            backend: Where the documents are kept.
            by: The login name of the user, which every change bears.
            typing_log: Keeps what is typed from one key to the next; None if nobody types.
        """
        self.by = by
        self.of_team = False  # in a team file or on a server, where others write in them too
        self.on_server = False  # where colleagues see only mentees they have a role for
        self.own_name = ""  # by which colleagues know the user; "" if no server says it
        self.names: Mapping[str, str] = {}  # what they call the team's mentors, by login
        self._typing_log = typing_log
        self._documents = Documents(backend.load())
        self._shown = UnsavedWork(self._documents)
        self._typing = self._shown.typed
        self._history = UndoHistory()
        self.lost_access = LostAccess()
        self._listeners: list[Callable[[Event], None]] = [self.lost_access.hear]
        self._restored = Restored(self.get)
        steps = SavedSteps(self._history, self._shown, self._make)
        instead = partial(self._restored.instead, history=self._history)
        told = self._notify, self._forget_draft, instead
        self._for_good = ForGoodHere(self._shown, self._history, self._restored, typing_log)
        hooks = Hooks(*told, self._make, steps.came_back, steps.keep, self._for_good.take_out)
        self._sync = Sync(backend, self._shown, hooks)
        self.refusals = Refusals(lambda mentee_id: self.get(Mentee, mentee_id))
        """What may not be deleted, because of a hold."""
        self.on_typing: Callable[[], None] = lambda: None
        """Called when typed text waits to be committed: have `commit_typing` called in a moment."""

    # -- reading ------------------------------------------------------------------------------

    def get(self, kind: type[R], id: str) -> R | None:
        """Return the record with this id, or None if there is none."""
        return self._documents.get(kind, id)

    def all(self, kind: type[R]) -> list[R]:
        """Return all records of a kind, oldest first."""
        return self._documents.all(kind)

    def of(self, kind: type[M], mentee_id: str) -> list[M]:
        """Return the records of a kind that belong to a mentee, oldest first."""
        return self._documents.of(kind, mentee_id)

    @property
    def revisions(self) -> Revisions:
        """How often what is shown has changed, by mentee and by table: see `Revisions`."""
        return self._documents.revisions

    @property
    def documents(self) -> Documents:
        """What is read without making records. Nobody but the store may change it."""
        return self._documents

    def tables(self) -> TinyDB:
        """Return all documents as a TinyDB, for questions across records in its query language.

        A question sees what the store holds now, saved or not. Documents have the ids of their
        records. Whatever would write raises `ReadOnly` of `data.store.database`.
        """
        from data.store.database import database  # a start is not to wait for TinyDB

        return database(self._documents.tables)

    # -- changing -----------------------------------------------------------------------------

    def commit(self, changes: Iterable[Change], what: str = "", *, undoable: bool = True) -> None:
        """Make changes, as one step of undo.

        Args:
            changes: What is to happen. Changes that change nothing are left out.
            what: What the step is called on the screen.
            undoable: False for what nobody would take back, such as where in a talk one is.

        Raises:
            NotSaved: It could not be saved, and nothing has changed. Only without a saver thread.
            OnHold: It would delete something about a mentee on hold (see `Refusals`), and nothing
                has changed; likewise with `undo` and `redo`.
        """
        self.commit_typing()
        made = self._make(self.refusals.allowed([one for one in changes if not one.is_empty]))
        if made and undoable:
            self._history.add(what, made)

    def undo(self) -> str | None:
        """Take the last step back. Return its name, or None if there is nothing to undo."""
        self.commit_typing()
        return self._step_back(self._history.done, self._history.undone)

    def redo(self) -> str | None:
        """Do the last undone step again. Return its name, or None if there is nothing to redo."""
        self.commit_typing()
        return self._step_back(self._history.undone, self._history.done)

    def next_step(self, *, redo: bool = False) -> UndoStep | None:
        """Return the step that `undo` takes back next (or `redo` does again); None without one."""
        self.commit_typing()
        return next(reversed(self._history.undone if redo else self._history.done), None)

    def _step_back(self, source: list[UndoStep], target: list[UndoStep]) -> str | None:
        """Make the opposite of the last step in `source`, and add that to `target`."""
        if not source:
            return None
        step = source[-1]
        back = taking_back(step.changes, self.of)
        if back and not self.refusals.allowed(back):
            return None
        made = self._make(back, undoes=step.changes)
        source.pop()
        if made:
            target.append(UndoStep(step.what, made))
        self._history.end_typing()
        return step.what

    def _make(
        self,
        changes: list[Change],
        *drafts: DraftText,
        into: list[Change] | None = None,
        undoes: list[Change] | None = None,
    ) -> list[Change]:
        """Show changes and have them saved.

        Args:
            changes: What is to happen.
            drafts: Typed texts that are saved with it, so that the log of typing can forget them.
            into: The changes of the step of undo that they are added to; None for a new one.
            undoes: The changes of the step that they take back.

        Returns:
            `into` with the changes, as they are stamped. What came of them is written into this
            list, even later, so that undo takes back what was done.
        """
        made = [] if into is None else into
        changes = self._for_good.left_of(changes)
        if not changes:
            return made
        at = now()
        own = [self._stamp(self._restored.rebased(change), at) for change in changes]
        docs = all_to_docs(own, self._documents.doc)
        with self._history.unless_it_fails():
            made += own
            self._sync.send(Batch(docs, drafts, made, undoes))
        self._shown.renew(self._typing_log, docs)
        self._notify(Event(frozenset(change.table for change in docs)))
        return made

    def _stamp(self, change: Change, at: datetime) -> Change:
        after = change.after
        base = self.get(type(after), after.id) if after is not None else None
        return stamped(change, base, at, self.by)

    # -- typing -------------------------------------------------------------------------------

    def type_text(
        self, record: Record, field: str, text: str, what: str = "", *, shown: str | None = None
    ) -> None:
        """Keep what a text field shows after a key. `commit_typing` commits it later.

        What is typed without a longer pause is one step of undo.

        Args:
            record: The record whose field it is. It must have been committed.
            field: The name of the field.
            text: What the field shows now.
            what: What the step of undo is called on the screen.
            shown: What the field showed before this key; None if that is what the store holds. That
                may have words of somebody else that the field does not show yet: without `shown`
                it would look as if the user had deleted them.
        """
        typed = self._shown.type(record, field, text, what, shown)
        if typed is None:
            return
        keep_typed(self._typing_log, record, field, typed, self._shown.new_doc(record))
        self._sync.say_waiting()
        self._notify(Event(frozenset({record.table}), typing=True))
        self.on_typing()

    def begin_text(
        self, record: Record, field: str, what: str, instead: TextKey | None = None
    ) -> None:
        """Commit a new record whose text is being typed: both are one step of undo.

        Args:
            record: The record, with the text as far as it has been typed.
            field: The name of the field that is typed in.
            what: What the step is called on the screen.
            instead: The field in which it was typed until now, if what waits there is not to be
                committed: its record is gone.
        """
        if instead is not None:
            move_typed(self._typing_log, self._shown.let_go(instead), record, field)
        self.commit_typing()
        key, text = (record.table, record.id, field), str(getattr(record, field))
        keep_typed(self._typing_log, record, field, TypedText("", text, what), encode(record))
        self._history.add(what, self._make([Change.created(record)], (*key, text)), text=key)

    @property
    def typed_in(self) -> TextKey | None:
        """The field in which the user is typing, or has typed last; None for none."""
        step = self._history.typing
        return self._typing.last or (step.text if step is not None else None)

    def commit_typing(self) -> None:
        """Commit the typed text that waits.

        It raises `NotSaved`, and the text still waits, only without a saver thread.
        """
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
        """Commit the typed text of one field."""
        table, id, field = key
        if (doc := self._documents.doc(table, id)) is None:
            return
        if typed.text == typed.base:
            if not self._shown.is_waiting(key):  # else it is forgotten when that is saved
                self._forget_draft((*key, typed.text))
            return
        record = decode(BY_TABLE[table], id, doc)
        before, after = with_texts(record, field, typed.base, typed.text)
        change = self._stamp(Change(table, id, before, after), now())
        with self._history.unless_it_fails():
            made = self._history.add_typing(typed.what, change, key) if record.UNDOABLE else []
            self._sync.send(Batch((to_docs(change),), ((*key, typed.text),), made))

    def end_typing(self, changes: Iterable[Change] = (), what: str = "") -> None:
        """Commit typed text. What is typed after this is another step of undo.

        Args:
            changes: What comes of the text: one step of undo with it.
            what: What the step is called if nothing was being typed.
        """
        self.commit_typing()
        made = self.refusals.allowed([change for change in changes if not change.is_empty])
        step = self._history.typing
        if step is not None:
            self._make(made, into=step.changes)
        elif made:
            self._history.add(what, self._make(made))
        self._history.end_typing()

    def _forget_draft(self, text: DraftText) -> None:
        if self._typing_log is not None:
            self._typing_log.committed(*text)

    def recover(self, drafts: Iterable[Draft]) -> list[Draft]:
        """Bring back texts that sessions typed that died; one whose record is gone as a `Conflict`.

        Returns:
            The drafts that were brought back. The others had been saved before the session died.
        """
        return recover(drafts, self.get, self._make, self._forget_draft)

    def show_left(self, drafts: Iterable[Draft]) -> list[Draft]:
        """Show texts of sessions that died, and save nothing. Return those that were missing."""
        return show(drafts, self._documents, lambda change: to_docs(self._stamp(change, now())))

    # -- the disk -----------------------------------------------------------------------------

    @property
    def status(self) -> SaveStatus:
        """How far saving has come."""
        return self._sync.status

    @property
    def unsaved(self) -> int:
        """How many commits and typed texts have not been saved yet."""
        return self._sync.unsaved

    def left_behind(self) -> LeftBehind:
        """Return what becomes of all that is not saved if the program ends now."""
        return self._shown.left_behind(self._typing_log)

    def start_saver(self, wake: Callable[[], None]) -> None:
        """Save in a thread from now on, which calls `wake` when `pump` is to be called here."""
        self._sync.start_saver(wake)

    def pump(self) -> None:
        """Take in what the saver thread has to tell; without one, what others have saved."""
        self._sync.pump()

    def flush(self, timeout: float = 10.0) -> bool:
        """Save all that waits. Return whether all is saved, after `timeout` seconds at the most."""
        self.commit_typing()
        return self._sync.flush(timeout)

    def drain(self, timeout: float) -> bool:
        """Wait until all that was committed is saved; typed text is in its log. From any thread."""
        return self._sync.drain(timeout)

    def retry(self) -> None:
        """Try again now to save what could not be saved."""
        self._sync.retry()

    def close(self, timeout: float = 10.0) -> bool:
        """Save what waits and close the file. Return whether all has been saved."""
        self.commit_typing()
        return self._sync.close(timeout)

    # -- other sessions -----------------------------------------------------------------------

    @property
    def others(self) -> tuple[Presence, ...]:
        """The other sessions that have the file open."""
        return self._sync.others

    @property
    def session(self) -> str:
        """The id of this session, by which another one can ask whether it `is_living`."""
        return self._sync.backend.session

    def history(self, mentee_id: str) -> Sequence[Happening]:
        """Return what happened to a mentee, as far as it is saved: see `Backend.history`."""
        return self._sync.backend.history(mentee_id)

    def is_living(self, session: str) -> bool:
        """Return whether the session with this id still has the file open. Asks the disk."""
        return self._sync.backend.is_living(session)

    def announce(self, where: str) -> None:
        """Let other sessions know where this one is: see `data.store.presence`; "" for nowhere."""
        self._sync.announce(where)

    # -- listening ----------------------------------------------------------------------------

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Have a function called with each event, on the store's own thread; return its end."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def _notify(self, event: Event) -> None:
        for listener in tuple(self._listeners):
            listener(event)
