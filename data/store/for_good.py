"""What an open session does when something is deleted for good, here or in another session.

Nothing of it stays in memory that could be written again: no change that waits for the disk, no
step of undo, no text that is being typed, no form; and no conflict is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.records import Mentee
from data.storage.journal import to_json
from data.storage.protocol import DocChange, ForGood, TypingLog
from data.store.change import Change
from data.store.doc_changes import to_docs
from data.store.events import DeletedForGood
from data.store.restored import Restored
from data.store.undo import UndoHistory
from data.store.unsaved import UnsavedWork


class ForGoodHere:
    """What was deleted for good since this session began."""

    def __init__(
        self,
        shown: UnsavedWork,
        history: UndoHistory,
        restored: Restored,
        log: TypingLog | None,
    ) -> None:
        """Take what may hold something of it.

        Args:
            shown: What is shown, and what waits to be saved.
            history: The steps of undo.
            restored: The records of before a backup was restored.
            log: The log of what is typed; None if nobody types.
        """
        self._shown = shown
        self._history = history
        self._restored = restored
        self._log = log
        self._all: list[ForGood] = []

    def left_of(self, changes: list[Change]) -> list[Change]:
        """Return changes but those of what is gone."""
        if not self._all:
            return changes
        return [change for change in changes if not self._takes(to_docs(change))]

    def _takes(self, change: DocChange) -> bool:
        return any(one.takes_change(change) for one in self._all)

    def take_out(self, gone: Sequence[ForGood]) -> tuple[DeletedForGood, ...]:
        """Drop all that is gone from memory, and from the file of what is being typed.

        Call it before the documents themselves go.

        Returns:
            What there is to tell.
        """
        told = tuple(self._told(one) for one in gone)
        self._all += gone
        for steps in (self._history.done, self._history.undone):
            for step in steps:
                step.changes[:] = self.left_of(step.changes)
                if step.text is not None and self._is_typed_in_gone(step.text[:2]):
                    step.text = None
        self._history.drop_empty()
        self._restored.forget(self._takes)
        waiting = self._shown.typed.waiting
        for key in [key for key in waiting if self._is_typed_in_gone(key[:2])]:
            del waiting[key]
        self._shown.leave_out(self._takes)
        if self._log is not None:
            for one in gone:
                self._log.forget(one)
        return told

    def _is_typed_in_gone(self, key: tuple[str, str]) -> bool:
        doc = self._shown.documents.doc(*key)
        return any(one.takes(*key, to_json(doc or {})) for one in self._all)

    def _told(self, one: ForGood) -> DeletedForGood:
        names = tuple(self._names(one))
        return DeletedForGood(one.id, one.kind, one.by, one.at, names, one.knows, one.who)

    def _names(self, one: ForGood) -> Iterable[tuple[str, str]]:
        """Yield the ids and names of the mentees who are gone, as far as they are known here."""
        for id, doc in self._shown.documents.tables.get(Mentee.table, {}).items():
            if one.knows(id):
                yield id, str(doc.get("name", ""))
