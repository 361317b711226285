"""All documents of a file in memory, and the records that are made of them.

A record is made from its document when it is asked for. It is kept until the document changes, or
until other mentees have been looked at since (`made_records`). So neither opening a large file nor
memory has to do with records that nobody looks at.
"""

from __future__ import annotations

from array import array
from bisect import insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TypeAlias, TypeVar, cast

from data.clock import seconds_of
from data.records import Mentee, MenteeRecord, Record, is_part_id, is_usual_id
from data.storage.protocol import BOOKKEEPING, Doc, DocChange, Docs, Tables
from data.storage.raw_table import several, texts, with_text
from data.store.codec import decode
from data.store.made_records import MadeRecords
from data.store.revisions import Revisions

R = TypeVar("R", bound=Record)
M = TypeVar("M", bound=MenteeRecord)

MANY, FEW = 5000, 3
"""To sort the ids of so many records by mentee takes longer than to look so often for those of one:
the first screen asks for the notes of one mentee alone."""


class Documents:
    """All documents, by table and id. This class knows nothing of files, threads and listeners."""

    def __init__(self, tables: Tables) -> None:
        self._docs: dict[str, Docs] = defaultdict(dict, tables)
        self.revisions = Revisions()
        """The changes that `put` has made: every change comes through it."""
        self._made = MadeRecords()
        self._order: dict[str, list[str]] = {}
        """Table -> ids of its records, oldest first. Filled when a table is first asked for."""
        self._of: dict[str, dict[str, Packed]] = {}
        """Table -> id of a mentee -> ids of the mentee's records, oldest first. Filled when a small
        table is first asked for, or a large one has been asked for more than a few times."""
        self._asked: defaultdict[str, int] = defaultdict(int)
        """How often a large table has been asked for a mentee's records without that."""

    def doc(self, table: str, id: str) -> Doc | None:
        """Return a document, or None if there is none. The caller must not change it."""
        return self._docs[table].get(id)

    @property
    def tables(self) -> Mapping[str, Mapping[str, Doc]]:
        """The documents themselves: later changes show in them. The caller must not change them."""
        return self._docs

    def age(self, table: str, id: str) -> tuple[int, str]:
        """Return what the records of a table are sorted by, the oldest first."""
        return _age(table, id, self._docs[table])

    @property
    def changed_last(self) -> str:
        """When a document was last changed, as documents hold it; "" if none says so."""
        found = (at for docs in self._docs.values() for _id, at in texts(docs, "changed_at"))
        return max(found, default="", key=_moment)

    def get(self, kind: type[R], id: str) -> R | None:
        """Return the record with this id, or None if there is none."""
        found = self._made.get(kind.table, id)
        if found is None:
            doc = self._docs[kind.table].get(id)
            if doc is None:
                return None
            found = decode(kind, id, doc)
            self._made.keep(found)
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
        if index is not None:
            found = index.get(mentee_id)
            if not found:
                return []
            ids = unpacked(found)
        elif mentee_id and self._is_hardly_asked(kind.table):
            self._asked[kind.table] += 1
            ids = self._of_one(kind.table, mentee_id)
        else:
            index = self._of[kind.table] = self._by_mentee(kind.table)
            ids = unpacked(index.get(mentee_id, ()))
        return self._of_ids(kind, mentee_id, ids) if ids else []

    def _of_ids(self, kind: type[M], mentee_id: str, ids: list[str]) -> list[M]:
        """Return the records of a kind with these ids, which belong to a mentee."""
        known = self._made.of(kind.table, mentee_id, ids)
        if None not in known:
            return cast("list[M]", known)  # a table holds one kind of record
        missing = [id for id, record in zip(ids, known, strict=True) if record is None]
        docs = several(self._docs[kind.table], missing)
        made = {
            id: decode(kind, id, doc)
            for id, doc in zip(missing, docs, strict=True)
            if doc is not None
        }
        # Control characters of an id that another program made are not in the records.
        if all(record.mentee_id == mentee_id for record in made.values()):
            self._made.keep_of(mentee_id, kind.table, made)
        records = (record or made.get(id) for id, record in zip(ids, known, strict=True))
        return [cast("M", record) for record in records if record is not None]

    def _is_hardly_asked(self, table: str) -> bool:
        return self._asked[table] < FEW and len(self._docs[table]) >= MANY

    def _of_one(self, table: str, mentee_id: str) -> list[str]:
        """Return the ids of the records in a table that belong to a mentee, oldest first."""
        docs = self._docs[table]
        found = [id for id, _doc in with_text(docs, "mentee_id", mentee_id)]
        return sorted(found, key=lambda one: _age(table, one, docs))

    def _by_mentee(self, table: str) -> dict[str, Packed]:
        """Return the ids of the records in a table by the id of their mentee, oldest first."""
        docs = self._docs[table]
        usual: dict[str, array[int]] = {}
        unusual: defaultdict[str, list[str]] = defaultdict(list)
        for id, mentee_id in texts(docs, "mentee_id"):
            if not is_usual_id(id):
                unusual[mentee_id].append(id)
            elif mentee_id in usual:
                usual[mentee_id].append(int(id))
            else:
                usual[mentee_id] = array("Q", (int(id),))
        found: dict[str, Packed] = {
            # All are as long, and tell the time. An array that grew has room left.
            mentee_id: array("Q", sorted(ids))
            for mentee_id, ids in usual.items()
        }
        for mentee_id, more in unusual.items():
            ids = [*unpacked(found.get(mentee_id, ())), *more]
            found[mentee_id] = sorted(ids, key=lambda one: _age(table, one, docs))
        return found

    def put(self, table: str, id: str, doc: Doc | None) -> None:
        """Set a document, in place of the one that was there; None deletes it."""
        docs = self._docs[table]
        before = docs.get(id)
        was, now = _owner(before), _owner(doc)
        self.revisions.count(table, id, was, now)
        self._made.drop(table, id)
        if doc is None:
            docs.pop(id, None)
        else:
            docs[id] = doc
        if table in self._order and (before is None) != (doc is None):
            self._place(self._order[table], table, id, there=doc is not None)
        if table in self._of and was != now:
            index = self._of[table]
            for owner, there in ((was, False), (now, True)):
                if owner is not None:
                    ids = unpacked(index.get(owner, ()))
                    self._place(ids, table, id, there=there)
                    index[owner] = packed(ids)

    def _sorted(self, table: str) -> list[str]:
        """Return the ids of the records in a table, oldest first."""
        docs = self._docs[table]
        return sorted(docs, key=lambda one: _age(table, one, docs))

    def _place(self, ids: list[str], table: str, id: str, *, there: bool) -> None:
        """Put an id where it belongs in a list sorted by age, or, if not `there`, take it out."""
        docs = self._docs[table]
        if there:
            insort(ids, id, key=lambda one: _age(table, one, docs))
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


Packed: TypeAlias = "array[int] | Sequence[str]"
"""Ids as numbers, which take an eighth of the memory, or as texts if one is unusual."""


def packed(ids: list[str]) -> Packed:
    """Return ids so that they take little memory."""
    if all(map(is_usual_id, ids)):
        return array("Q", map(int, ids))
    return ids


def unpacked(ids: Packed) -> list[str]:
    """Return packed ids as a list, which the caller may change."""
    return list(map(str, ids))


def _age(table: str, id: str, docs: Mapping[str, Doc]) -> tuple[int, str]:
    """Return a key that sorts ids by the time when their records were made.

    Most ids are that time. Those from `part_id` are not, and those of mentees tell it only roughly:
    for them the document is asked. Of mentees that were made together the ids decide.
    """
    is_mentee = table == Mentee.table
    made = id
    if is_mentee or is_part_id(id):
        with suppress(ValueError, TypeError, KeyError):
            seconds = seconds_of(datetime.fromisoformat(docs[id]["created_at"]))
            made = str(int(seconds * 1_000_000_000))
    return len(made), f"{made}/{id}" if is_mentee else made


def _owner(doc: Doc | None) -> str | None:
    """Return the id of the mentee that a document belongs to; "" if it belongs to none."""
    owner = "" if doc is None else doc.get("mentee_id", "")
    return None if doc is None else owner if isinstance(owner, str) else ""


def _moment(at: str) -> float:
    """Return a time as seconds, to compare times with different offsets; 0 if it is none."""
    with suppress(ValueError, OverflowError):
        return seconds_of(datetime.fromisoformat(at))
    return 0.0
