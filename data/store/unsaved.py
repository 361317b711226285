"""What the user sees: the documents as they are on the disk, with all that is not saved yet.

Unsaved are batches of changes that wait for the disk, and texts that are being typed. When the disk
confirms something, or another session changes a document, what is shown must be worked out anew
from these layers; this module does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from data.records import BY_TABLE, Record
from data.storage.protocol import Doc, DocChange, TypingLog
from data.store.codec import encode
from data.store.documents import Documents
from data.store.saver import Batch, DraftText
from data.store.typed import TypedText, TypedTexts, keep_typed
from data.store.undo import TextKey

KEEP_SECONDS: Final = 1.0
"""How long it is waited until the log of typing has what was typed."""


class LeftBehind(NamedTuple):
    """What becomes of all that is not saved if the program ends now."""

    texts: int = 0
    """How many typed texts the log of typing has: they come back at the next start."""
    is_lost: bool = False
    """Whether there is more, which would be lost."""


class UnsavedWork:
    """The layers of unsaved work over the documents that the disk has."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        """What is shown."""
        self.typed = TypedTexts()
        self.batches: list[Batch] = []
        """The batches that wait to be saved, the oldest first."""
        self._is_gone: Callable[[DocChange], bool] | None = None
        """Whether a change is about what was deleted for good; None as long as nothing was."""
        self._durable: dict[tuple[str, str], Doc | None] = {}
        """The documents that have unsaved work over them, as they are on the disk."""

    def add(self, batch: Batch) -> None:
        """Show the changes of a batch, which waits to be saved from now on."""
        for change in batch.changes:
            key = (change.table, change.id)
            self._durable.setdefault(key, self.documents.doc(*key))
            self.documents.apply(change)
        self.batches.append(batch)

    def type(
        self, record: Record, field: str, text: str, what: str, shown: str | None
    ) -> TypedText | None:
        """Show a text that is being typed.

        Args:
            record: The record whose field it is.
            field: The name of the field.
            text: What the field shows now.
            what: What the step of undo is called.
            shown: What the field showed before this key; None if that is what is in `documents`.

        Returns:
            The text as it waits to be committed; None if the record holds it already, or was
            deleted for good.
        """
        table, id = record.table, record.id
        if self._is_gone is not None and self._is_gone(DocChange(table, id, None, encode(record))):
            return None
        doc = self.documents.doc(table, id)
        # Somebody else may have deleted the record. The text is shown all the same: committing it
        # will clash, and then the text is kept as a `Conflict`.
        current = doc or encode(record)
        stored = str(current.get(field, ""))
        if text == stored:
            return None
        self._durable.setdefault((table, id), doc)
        base = stored if shown is None else shown
        typed = self.typed.type((table, id, field), base, text, what)
        self.documents.put(table, id, {**current, field: text})
        return typed

    def new_doc(self, record: Record) -> Doc | None:
        """Return the document of a record as it is shown; None if it has been saved already."""
        key = record.table, record.id
        waiting = (one for batch in self.batches for one in batch.changes)
        is_new = any((one.table, one.id) == key and one.before is None for one in waiting)
        return self.documents.doc(*key) if is_new else None

    def renew(self, log: TypingLog | None, changes: Iterable[DocChange]) -> None:
        """Have the log of typing know what became of new records in which somebody has typed.

        They come back with their text, and are to be as private then as they were made since.
        """
        keys = {text[:3] for batch in self.batches for text in batch.typed}
        for table, id, *_rest in changes if log is not None and keys else ():
            record = self.documents.get(BY_TABLE[table], id)
            doc = self.new_doc(record) if record is not None else None
            if record is None or doc is None:
                continue
            for field in (key[2] for key in keys if key[:2] == (table, id)):
                keep_typed(log, record, field, TypedText("", str(doc.get(field, "")), ""), doc)

    def is_waiting(self, key: TextKey) -> bool:
        """Whether a text of a field has been committed and is not saved yet."""
        return any(text[:3] == key for batch in self.batches for text in batch.typed)

    def let_go(self, key: TextKey) -> list[DraftText]:
        """Let what is typed in a field not wait any more: it is kept elsewhere. Return it."""
        typed = self.typed.waiting.pop(key, None)
        if typed is None:
            return []
        self._refresh(*key[:2])
        return [(*key, typed.text)]

    def typing_committed(self, key: TextKey) -> None:
        """Show a field whose typed text does not wait any more as it is without that text."""
        self._refresh(*key[:2])

    def left_behind(self, log: TypingLog | None) -> LeftBehind:
        """Return what becomes of all that is not saved if the program ends now.

        Args:
            log: The log of typing; None if there is none.
        """
        typed = {text[:3] for batch in self.batches for text in batch.typed} | {*self.typed.waiting}
        if not typed or log is None or not log.barrier(KEEP_SECONDS):
            return LeftBehind(0, bool(typed or self.batches))
        return LeftBehind(len(typed), any(not batch.typed for batch in self.batches))

    def take_durable(self, change: DocChange) -> None:
        """Take in a change that has been saved, here or in another session."""
        key = (change.table, change.id)
        if key in self._durable:
            self._durable[key] = change.after
            self._refresh(*key)
        else:
            self.documents.put(*key, change.after)

    def remove(self, batch: Batch) -> None:
        """Forget a batch that does not wait any more. What is shown stays until `show_without`."""
        if batch in self.batches:
            self.batches.remove(batch)

    def show_without(self, batch: Batch) -> None:
        """Show the documents that a forgotten batch has changed as they are without it."""
        for change in batch.changes:
            self._refresh(change.table, change.id)

    def leave_out(self, is_gone: Callable[[DocChange], bool]) -> None:
        """Show nothing of what was deleted for good, which the disk does not take any more."""
        self._is_gone = is_gone
        waiting = [change for batch in self.batches for change in batch.changes]
        for change in waiting:
            if is_gone(change):
                self._refresh(change.table, change.id)

    def _refresh(self, table: str, id: str) -> None:
        """Lay all unsaved work over a document again, from the document on the disk up."""
        if (table, id) not in self._durable:
            return
        shown = self.documents.doc(table, id)
        self.documents.put(table, id, self._durable[table, id])
        waits = False
        for change in (change for batch in self.batches for change in batch.changes):
            if (change.table, change.id) == (table, id):
                waits = True
                if self._is_gone is None or not self._is_gone(change):
                    self.documents.apply(change)
        for key, typed in self.typed.waiting.items():
            if key[:2] == (table, id):
                waits = True
                # Somebody else may have deleted the record just now. It stays in sight until the
                # text has been committed, and clashed.
                doc = self.documents.doc(table, id) or shown or {}
                self.documents.put(table, id, {**doc, key[2]: typed.text})
        if not waits:
            del self._durable[table, id]
