"""The records that were made of their documents lately, so that they need not be made again."""

from __future__ import annotations

from collections import OrderedDict, defaultdict

from data.records import MenteeRecord, Record

MOST = 16
"""Of so many mentees the records are kept that have been asked for."""


class MadeRecords:
    """Records by table and id: those of the mentees that were looked at last, and of no mentee."""

    def __init__(self) -> None:
        self._records: defaultdict[str, dict[str, Record]] = defaultdict(dict)
        self._mentees: OrderedDict[str, dict[tuple[str, str], None]] = OrderedDict()
        """Which records there are of each mentee; that of the one looked at last is at the end."""
        self._last = ""

    def get(self, table: str, id: str) -> Record | None:
        """Return a record; None if it has not been made, or not lately."""
        found = self._records[table].get(id)
        if isinstance(found, MenteeRecord) and found.mentee_id != self._last:
            self._last = found.mentee_id
            self._mentees.move_to_end(self._last)
        return found

    def keep(self, record: Record) -> None:
        """Keep a record, and forget those of the mentee that was looked at longest ago."""
        self._records[record.table][record.id] = record
        if isinstance(record, MenteeRecord):
            self._last = record.mentee_id
            self._mentees.setdefault(self._last, {})[record.table, record.id] = None
            self._mentees.move_to_end(self._last)
            if len(self._mentees) > MOST:
                _mentee, gone = self._mentees.popitem(last=False)
                for table, id in gone:
                    del self._records[table][id]

    def drop(self, table: str, id: str) -> None:
        """Forget a record: its document has changed."""
        found = self._records[table].pop(id, None)
        if isinstance(found, MenteeRecord):
            del self._mentees[found.mentee_id][table, id]
