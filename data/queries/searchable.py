"""The texts of all records in the order of their days, in a form that is looked through quickly.

A record is read once, without being made: what is kept of it is the day it is sorted by and the
skeleton of its texts. Where the skeleton of what is searched for is not in it, the words are not in
the record either; the others have to be looked at.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from math import inf
from operator import itemgetter
from sys import intern
from time import perf_counter
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from data.method.plan.fields import OWN
from data.method.view import held_on
from data.records import Answer, Mentee, MenteeRecord, Note, Record, Talk, Task
from data.storage.protocol import Doc
from data.store import by_key
from data.store.store import Store
from data.stored_values import read_moment
from data.text import skeleton

Place = tuple[int, tuple[int, str], str]
"""The day of a record as a number, 0 if it is not known, its age (see `Documents.age`), and its id.

No two records of a kind have the same: those that were made together are as old as each other.
"""
_PLACE = itemgetter(0)
_MANY = 64
"""So many records are looked at without a hit being shown."""
_SOME = 32
"""So many records are read between looks at the clock."""


class _Entry(NamedTuple):
    place: Place
    id: str
    mentee_id: str | None
    """Whom it belongs to; None for a person, who may be met by several."""
    skeleton: str


class _OfKind:
    """The records of one kind in order, the oldest first."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self.by_id: dict[str, _Entry] = {}


class Searchable:
    """The texts of a store's records of some kinds, kept up to date with it."""

    def __init__(self, store: Store, fields: Mapping[type[Record], tuple[str, ...]]) -> None:
        """Read nothing yet.

        Args:
            store: The store.
            fields: The kinds of records, each with the names of its fields that are searched.
        """
        self._store = store
        self._fields = fields
        self._tables = {kind.table: kind for kind in fields}
        self._kinds: dict[type[Record], _OfKind] = {}
        self._at = 0
        """The revision of the store that all is like."""
        self._reading = self._read_all()

    def read_some(self, seconds: float) -> bool:
        """Read for about so long what has not been read. Return whether everything has been."""
        until = perf_counter() + seconds
        return not any(perf_counter() > until for _some in self._reading)

    def _read_all(self) -> Iterator[None]:
        self._at = self._store.revisions.last  # what changes from now on is read again
        for kind in self._fields:
            yield from self._read(kind)

    def renew(self) -> None:
        """Read what has not been read, and what has changed."""
        self.read_some(inf)
        revisions = self._store.revisions
        if revisions.last == self._at:
            return
        changed = list(revisions.documents_since(self._at))
        if any(table == Talk.table for table, _id in changed):
            # The days of its answers are that of the talk.
            deque(self._read(Answer), maxlen=0)
        for table, id in changed:
            if table in self._tables:
                self._take(self._tables[table], id)
        self._at = revisions.last

    def _read(self, kind: type[Record]) -> Iterator[None]:
        """Read all records of a kind; it yields when some have been read."""
        docs = self._store.documents.tables.get(kind.table, {})
        found = _OfKind()
        for number, id in enumerate(list(docs)):
            doc = docs.get(id)  # it may have gone meanwhile
            if doc is not None:
                found.by_id[id] = self._entry(kind, id, doc)
            if not number % _SOME:
                yield
        found.entries = sorted(found.by_id.values(), key=_PLACE)
        self._kinds[kind] = found

    def _take(self, kind: type[Record], id: str) -> None:
        of_kind = self._kinds[kind]
        before = of_kind.by_id.pop(id, None)
        if before is not None:
            del of_kind.entries[bisect_left(of_kind.entries, before.place, key=_PLACE)]
        doc = self._store.documents.doc(kind.table, id)
        if doc is not None:
            entry = of_kind.by_id[id] = self._entry(kind, id, doc)
            insort(of_kind.entries, entry, key=_PLACE)

    def _entry(self, kind: type[Record], id: str, doc: Doc) -> _Entry:
        values: list[Any] = [doc.get(name, "") for name in self._fields[kind]]
        if kind is Task and isinstance(extra := doc.get("extra"), dict):
            values += extra.values()
        if kind.table in by_key.TABLES:
            values += by_key.in_every_language(doc)
        if not all(isinstance(value, str) and _is_plain(value) for value in values):
            # Edited by hand: as the record has it.
            record = self._store.get(kind, id)
            values = [text for _name, text in texts_of(record, self._fields[kind])]
        day = self._day_of(kind, id, doc)
        age = self._store.documents.age(kind.table, id)
        owner = None
        if kind is Mentee:
            owner = id
        elif issubclass(kind, MenteeRecord) and isinstance(of := doc.get("mentee_id"), str):
            owner = intern(of)
        place = (day.toordinal() if day else 0, age, id)
        return _Entry(place, id, owner, skeleton("\n".join(values)))

    def _day_of(self, kind: type[Record], id: str, doc: Doc) -> date | None:
        at = (doc.get("at") if kind is Note else None) or doc.get("created_at")
        if kind is not Answer and isinstance(at, str):
            try:
                return read_moment(at).astimezone().date()
            except (ValueError, OverflowError):
                pass
        record = self._store.get(kind, id)
        return written_on(self._store, record) if record is not None else None

    def candidates(self, kind: type[Record], wanted: str) -> Iterator[_Entry]:
        """Yield the records that may have the words, by day, the newest first.

        Args:
            kind: The kind of the records.
            wanted: The skeleton of the words.
        """
        entries = self._kinds[kind].entries
        for end in range(len(entries), 0, -_MANY):
            some = entries[max(end - _MANY, 0) : end]
            # A list is made more quickly than one is taken at a time; [3] is the skeleton.
            yield from reversed([entry for entry in some if wanted in entry[3]])


def _is_plain(text: str) -> bool:
    """Return whether a record has a text as its document has it."""
    return text.isprintable() or text.replace("\n", "").isprintable()


def texts_of(record: Record | None, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of field name and text; for a task, the own columns too, after `OWN`."""
    if record is not None:
        for name in names:
            yield name, getattr(record, name)
        if isinstance(record, Task):
            yield from ((OWN + column, text) for column, text in record.extra.items())


def written_on(store: Store, record: Record) -> date | None:
    """Return the day of a note, that of an answer's talk, or else the day a record was made."""
    if isinstance(record, Note) and record.at:
        return record.at.astimezone().date()
    if isinstance(record, Answer):
        talk = store.get(Talk, record.talk_id)
        if talk is not None:
            return held_on(talk)
    return record.created_at.astimezone().date() if record.created_at else None


_kept: WeakKeyDictionary[Store, Searchable] = WeakKeyDictionary()


def searchable(store: Store, fields: Mapping[type[Record], tuple[str, ...]]) -> Searchable:
    """Return the texts of a store, which may have to be renewed."""
    found = _kept.get(store)
    if found is None:
        found = _kept[store] = Searchable(store, fields)
    return found


def forget_searched(store: Store) -> None:
    """Free the memory that the texts take up, when the search is over."""
    _kept.pop(store, None)
