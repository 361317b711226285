"""Counts the changes of documents, so that nobody computes anew what has not changed.

Whoever keeps something that was worked out of records keeps the revision with it, and works it out
again when the revision is another one.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.records import Mentee


class Revisions:
    """The number of the last change: of all, of each mentee's records, and of each table.

    The numbers only grow. They say nothing of whether a record differs from what it was before:
    one that is set to what it was counts as changed.
    """

    def __init__(self) -> None:
        """Begin at 0, where nothing has changed since the file was read."""
        self.last = 0
        """How many documents have been changed."""
        self._mentees: dict[str, int] = {}
        """The mentee that was changed last stands last."""
        self._tables: dict[str, int] = {}
        self._docs: dict[tuple[str, str], int] = {}
        """By table and id; what was changed last stands last."""

    def count(self, table: str, id: str, *owners: str | None) -> None:
        """Count the change of a document.

        Args:
            table: Its table.
            id: Its id.
            owners: The ids of the mentees that it belonged to before and belongs to now; None and
                "" for none. A mentee's own document belongs to it.
        """
        self.last += 1
        self._tables[table] = self.last
        self._docs.pop((table, id), None)
        self._docs[table, id] = self.last
        if table == Mentee.table:
            self._changed(id)
        for owner in owners:
            if owner:
                self._changed(owner)

    def _changed(self, mentee_id: str) -> None:
        self._mentees.pop(mentee_id, None)
        self._mentees[mentee_id] = self.last

    def of(self, mentee_id: str) -> int:
        """Return the number of the last change of a mentee or a record that belongs to it."""
        return self._mentees.get(mentee_id, 0)

    def of_table(self, table: str) -> int:
        """Return the number of the last change in a table."""
        return self._tables.get(table, 0)

    def changed_since(self, number: int) -> Iterator[str]:
        """Yield the ids of the mentees that were changed after a change, the latest first."""
        for id, at in reversed(self._mentees.items()):
            if at <= number:
                return
            yield id

    def documents_since(self, number: int) -> Iterator[tuple[str, str]]:
        """Yield table and id of the documents changed after a change, the latest first."""
        for key, at in reversed(self._docs.items()):
            if at <= number:
                return
            yield key
