"""What memory shows: documents as the disk has them, under what waits to be saved or is typed."""

from __future__ import annotations

from data.records import Record
from data.storage.protocol import Doc, DocChange
from data.store.codec import encode
from data.store.documents import Documents
from data.store.saver import Batch
from data.store.typed import TypedText, TypedTexts
from data.store.undo import TextKey


class UnsavedWork:
    """Keeps memory right while batches wait and texts are typed."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.typed = TypedTexts()
        self.batches: list[Batch] = []
        """What waits to be saved, the oldest first."""
        self._durable: dict[tuple[str, str], Doc | None] = {}
        """Documents as the disk has them, where memory shows more."""

    def add(self, batch: Batch) -> None:
        """Show a batch that waits to be saved."""
        for change in batch.changes:
            key = (change.table, change.id)
            self._durable.setdefault(key, self.documents.doc(*key))
            self.documents.apply(change)
        self.batches.append(batch)

    def type(
        self, record: Record, field: str, text: str, what: str, shown: str | None
    ) -> TypedText | None:
        """Show a text that is being typed; None where the field reads so already.

        `shown` is what the typist saw in the field before this edit; None: what memory has for it.
        """
        table, id = record.table, record.id
        doc = self.documents.doc(table, id)
        # A record that somebody else has deleted meanwhile takes the text all the same: committing
        # it then clashes, and the text is kept as a `Conflict`.
        current = doc or encode(record)
        stored = str(current.get(field, ""))
        if text == stored:
            return None
        self._durable.setdefault((table, id), doc)
        base = stored if shown is None else shown
        typed = self.typed.type((table, id, field), base, text, what)
        self.documents.put(table, id, {**current, field: text})
        return typed

    def typing_committed(self, key: TextKey) -> None:
        """Show the field as it is now that its typed text waits no more."""
        self._refresh(*key[:2])

    def take_durable(self, change: DocChange) -> None:
        """Take in a change that the disk has."""
        key = (change.table, change.id)
        if key in self._durable:
            self._durable[key] = change.after
            self._refresh(*key)
        else:
            self.documents.put(*key, change.after)

    def remove(self, batch: Batch) -> None:
        """Take away a batch that waits no more; what it came to has arrived, or will."""
        if batch in self.batches:
            self.batches.remove(batch)

    def show_without(self, batch: Batch) -> None:
        """Show the documents of a batch as they are without it."""
        for change in batch.changes:
            self._refresh(change.table, change.id)

    def _refresh(self, table: str, id: str) -> None:
        if (table, id) not in self._durable:
            return
        shown = self.documents.doc(table, id)
        self.documents.put(table, id, self._durable[table, id])
        waits = False
        for change in (change for batch in self.batches for change in batch.changes):
            if (change.table, change.id) == (table, id):
                waits = True
                self.documents.apply(change)
        for key, typed in self.typed.waiting.items():
            if key[:2] == (table, id):
                waits = True
                # Where somebody else has just deleted the record, it stays until the text has been
                # committed, which then clashes.
                doc = self.documents.doc(table, id) or shown or {}
                self.documents.put(table, id, {**doc, key[2]: typed.text})
        if not waits:
            del self._durable[table, id]
