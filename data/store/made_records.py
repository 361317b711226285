"""The records that were made of their documents lately, so that they need not be made again."""

from __future__ import annotations

from collections import defaultdict

from data.records import Record

MOST = 1024
"""So many of the records asked for last are there in any case, and never more than twice as many.

A thousand are all records of some fifteen mentees with a plan, talks and notes of usual length.
"""


class MadeRecords:
    """Some of the records of a file, by table and id: those that were asked for last.

    They are in two generations. When the younger one is full it becomes the older one, and what
    has not been asked for since the last time is forgotten.
    """

    def __init__(self) -> None:
        self._young: defaultdict[str, dict[str, Record]] = defaultdict(dict)
        self._old: defaultdict[str, dict[str, Record]] = defaultdict(dict)
        self._count = 0

    def get(self, table: str, id: str) -> Record | None:
        """Return a record; None if it is not there, or not any more."""
        found = self._young[table].get(id)
        if found is None:
            found = self._old[table].get(id)
            if found is not None:
                self.keep(found)
        return found

    def keep(self, record: Record) -> None:
        """Keep a record for a while."""
        if self._count >= MOST:
            self._old, self._young, self._count = self._young, defaultdict(dict), 0
        self._young[record.table][record.id] = record
        self._count += 1

    def drop(self, table: str, id: str) -> None:
        """Forget a record: its document has changed."""
        self._young[table].pop(id, None)
        self._old[table].pop(id, None)
