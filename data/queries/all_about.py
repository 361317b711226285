"""All records about a mentee as JSON values, for programs that read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from data.method.visibility import Reader, without_private
from data.records import KINDS, Loan, Mentee, MenteeRecord, Person, Record
from data.store.codec import told
from data.store.store import Store

Tables = dict[str, list[dict[str, object]]]
"""Name of a table -> its documents, each with its id."""


def all_about(
    store: Store,
    mentee: Mentee,
    reader: Reader,
    told: Callable[[Record], Record] = lambda record: record,
) -> Tables:
    """Return all records about a mentee that the reader may see, by table, the oldest first.

    Args:
        store: The records.
        mentee: The mentee, who is not among them.
        reader: Who reads.
        told: Makes of a record what is told of it.
    """
    return {
        kind.table: [
            encoded(told(_told(record)))
            for record in without_private(store.of(kind, mentee.id), reader)
        ]
        for kind in KINDS
        if issubclass(kind, MenteeRecord)
    }


def _told(record: Record) -> Record:
    """Return a loan without what was lent: it stands in the records, as far as it is shared yet."""
    return replace(record, base={}, ids={}) if isinstance(record, Loan) else record


def encoded(record: Record) -> dict[str, object]:
    """Return a record as a document of the record file, with its id and all its texts."""
    return {"id": record.id, **told(record)}


def people_named(store: Store, tables: Tables) -> Iterator[dict[str, object]]:
    """Yield the documents of the people who are named in other documents.

    They are read first, as all others are: of a wrong value that somebody stored nothing goes on.
    """
    named = {text for rows in tables.values() for text in texts_of(rows)}
    return (encoded(one) for one in store.all(Person) if one.id in named)


def texts_of(value: object) -> Iterator[str]:
    """Yield every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from texts_of(inner)
