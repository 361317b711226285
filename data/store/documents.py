"""All documents of a file in memory, and the records that are made of them.

A record is made from its document when it is first asked for, and kept until the document changes.
So opening a large file does not wait for records that nobody looks at.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from data.clock import seconds_of
from data.records import MenteeRecord, Record, is_part_id
from data.storage.protocol import BOOKKEEPING, Doc, DocChange, Tables
from data.store.codec import decode
from data.store.revisions import Revisions

R = TypeVar("R", bound=Record)
M = TypeVar("M", bound=MenteeRecord)


class Documents:
    """All documents, by table and id. This class knows nothing of files, threads and listeners."""

    def __init__(self, tables: Tables) -> None:
        self._docs: dict[str, dict[str, Doc]] = defaultdict(dict, tables)
        self.revisions = Revisions()
        """The changes that `put` has made: every change comes through it."""
        self._records: dict[str, dict[str, Record]] = defaultdict(dict)
        self._order: dict[str, list[str]] = {}
        """Table -> ids of its records, oldest first. Filled when a table is first asked for."""
        self._of: dict[str, dict[str, list[str]]] = {}
        """Table -> id of a mentee -> ids of the mentee's records, oldest first. Filled likewise."""

    def doc(self, table: str, id: str) -> Doc | None:
        """Return a document, or None if there is none. The caller must not change it."""
        return self._docs[table].get(id)

    @property
    def tables(self) -> Mapping[str, Mapping[str, Doc]]:
        """The documents themselves: later changes show in them. The caller must not change them."""
        return self._docs

    @property
    def changed_last(self) -> str:
        """When a document was last changed, as documents hold it; "" if none says so."""
        found = (doc.get("changed_at") for docs in self._docs.values() for doc in docs.values())
        return max((at for at in found if isinstance(at, str)), default="", key=_moment)

    def get(self, kind: type[R], id: str) -> R | None:
        """Return the record with this id, or None if there is none."""
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
        order = self._order.get(kind.table)
        if order is None:
            order = self._order[kind.table] = self._sorted(kind.table)
        return [record for id in order if (record := self.get(kind, id)) is not None]

    def of(self, kind: type[M], mentee_id: str) -> list[M]:
        """Return the records of a kind that belong to a mentee, oldest first."""
        index = self._of.get(kind.table)
        if index is None:
            index = self._of[kind.table] = defaultdict(list)
            for id in self._sorted(kind.table):
                index[_mentee(self._docs[kind.table][id])].append(id)
        ids = index.get(mentee_id, ())
        return [record for id in ids if (record := self.get(kind, id)) is not None]

    def put(self, table: str, id: str, doc: Doc | None) -> None:
        """Set a document, in place of the one that was there; None deletes it."""
        docs = self._docs[table]
        before = docs.get(id)
        was, now = _owner(before), _owner(doc)
        self.revisions.count(table, id, was, now)
        self._records[table].pop(id, None)
        if doc is None:
            docs.pop(id, None)
        else:
            docs[id] = doc
        if table in self._order and (before is None) != (doc is None):
            self._place(self._order[table], table, id, there=doc is not None)
        if table in self._of and was != now:
            if was is not None:
                self._place(self._of[table][was], table, id, there=False)
            if now is not None:
                self._place(self._of[table][now], table, id, there=True)

    def _sorted(self, table: str) -> list[str]:
        """Return the ids of the records in a table, oldest first."""
        docs = self._docs[table]
        return sorted(docs, key=lambda one: _age(one, docs[one]))

    def _place(self, ids: list[str], table: str, id: str, *, there: bool) -> None:
        """Put an id where it belongs in a list sorted by age, or, if not `there`, take it out."""
        docs = self._docs[table]
        if there:
            insort(ids, id, key=lambda one: _age(one, docs[one]))
        else:
            ids.remove(id)

    def apply(self, change: DocChange) -> None:
        """Make a change, and leave those fields of the document alone that it does not touch.

        The document may hold newer values of another session in them.
        """
        current = self.doc(change.table, change.id)
        if change.after is None or change.before is None or current is None:
            self.put(change.table, change.id, change.after)
            return
        doc = dict(current)
        for name in {*change.before, *change.after}:
            if name not in change.after:
                doc.pop(name, None)
            elif change.before.get(name) != change.after[name] or name in BOOKKEEPING:
                doc[name] = change.after[name]
        self.put(change.table, change.id, doc)


def _age(id: str, doc: Doc) -> tuple[int, str]:
    """Return a key that sorts ids by the time when their records were made.

    Most ids are that time. Those from `part_id` are not: for them the document is asked.
    """
    if is_part_id(id):
        with suppress(ValueError, TypeError, KeyError):
            made = seconds_of(datetime.fromisoformat(doc["created_at"]))
            id = str(int(made * 1_000_000_000))
    return len(id), id


def _mentee(doc: Doc) -> str:
    return str(doc.get("mentee_id", ""))


def _owner(doc: Doc | None) -> str | None:
    return None if doc is None else _mentee(doc)


def _moment(at: str) -> float:
    """Return a time as seconds, to compare times with different offsets; 0 if it is none."""
    with suppress(ValueError, OverflowError):
        return datetime.fromisoformat(at).timestamp()
    return 0.0
