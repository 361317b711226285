"""The records that were made of their documents lately, so that they need not be made again."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping

from data.i18n import tell_changes
from data.records import MenteeRecord, Record

MOST = 16
"""Of so many mentees the records are kept that have been asked for."""


class MadeRecords:
    """Records by table and id: those of the mentees that were looked at last, and of no mentee."""

    def __init__(self) -> None:
        self._records: defaultdict[str, dict[str, Record]] = defaultdict(dict)
        self._mentees: OrderedDict[str, defaultdict[str, dict[str, Record]]] = OrderedDict()
        """The records of each mentee by table and id; the one looked at last is at the end."""
        self._last = ""
        tell_changes(self)

    def language_changed(self) -> None:
        """Forget all records: some have texts in the language before (`data.store.by_key`)."""
        self._records.clear()
        self._mentees.clear()
        self._last = ""

    def get(self, table: str, id: str) -> Record | None:
        """Return a record; None if it has not been made, or not lately."""
        found = self._records[table].get(id)
        if isinstance(found, MenteeRecord) and found.mentee_id != self._last:
            self._look_at(found.mentee_id)
        return found

    def of(self, table: str, mentee_id: str, ids: Iterable[str]) -> list[Record | None]:
        """Return those records of a mentee that `get` returns for the ids."""
        if mentee_id in self._mentees:
            self._look_at(mentee_id)
        return list(map(self._records[table].get, ids))

    def keep(self, record: Record) -> None:
        """Keep a record, and forget those of the mentee that was looked at longest ago."""
        if isinstance(record, MenteeRecord):
            self.keep_of(record.mentee_id, record.table, {record.id: record})
        else:
            self._records[record.table][record.id] = record

    def keep_of(self, mentee_id: str, table: str, by_id: Mapping[str, MenteeRecord]) -> None:
        """Keep records of one mentee and table, by id, as `keep` keeps each of them."""
        self._records[table].update(by_id)
        self._mentees.setdefault(mentee_id, defaultdict(dict))[table].update(by_id)
        self._look_at(mentee_id)
        if len(self._mentees) > MOST:
            _mentee, gone = self._mentees.popitem(last=False)
            for of_table, forgotten in gone.items():
                for id in forgotten:
                    del self._records[of_table][id]

    def _look_at(self, mentee_id: str) -> None:
        self._last = mentee_id
        self._mentees.move_to_end(mentee_id)

    def drop(self, table: str, id: str) -> None:
        """Forget a record: its document has changed."""
        found = self._records[table].pop(id, None)
        if isinstance(found, MenteeRecord):
            del self._mentees[found.mentee_id][table][id]
