"""The records that documents are made of, for formats that programs read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from data.documents.kinds import ALL, kinds
from data.documents.model.document import Confidence, Document
from data.documents.model.talks import LAST
from data.i18n import _, language
from data.method.visibility import Reader, seen
from data.queries.all_about import Tables, all_about, encoded, people_named
from data.queries.views import mentee_view
from data.records import Answer, Mentee, Person, Record, Talk
from data.store.store import Store


def with_records(
    store: Store,
    document: Document,
    mentee: Mentee | None,
    talk: Talk | None = None,
    *,
    private: bool = False,
) -> Document:
    """Return a document with the records that it is made of.

    Args:
        store: The records.
        document: The document.
        mentee: Whom it is about; None for one that is about nobody, which has no records.
        talk: The talk that it is about: of other talks it has none.
        private: Whether what is private is among them; the document says so then.
    """
    kind = next((one for one in kinds() if one.key == document.what), None)
    if kind is None or mentee is None:
        return document
    view = seen(mentee_view(store, mentee), _reader(private))
    tables: Tables = {}
    for record_kind, field in kind.records.items():
        if record_kind is Mentee:
            tables[Mentee.table] = [encoded(view.mentee)]
        elif record_kind is not Person:
            found = (one for one in getattr(view, field) if _is_of(one, talk))
            tables[record_kind.table] = [encoded(_shared(one, private)) for one in found]
    if tables:
        tables[Person.table] = list(people_named(store, tables))
    return replace(document, tables=tables, **_private(document, private))


def everything(store: Store, mentee: Mentee, *, private: bool = False) -> Document:
    """Return all records about a mentee as a document that only programs read."""
    reader = _reader(private)
    tables: Tables = {Mentee.table: [encoded(mentee)]}
    tables |= all_about(store, mentee, reader, lambda record: _shared(record, private))
    tables[Person.table] = list(people_named(store, tables))
    document = Document(ALL, _("All about {name}").format(name=mentee.name), (), language())
    return replace(document, tables=tables, **_private(document, private))


def _reader(private: bool) -> Reader:
    return Reader.MENTOR if private else Reader.WRITTEN


def _private(document: Document, private: bool) -> dict[str, Any]:
    return {"confidence": Confidence.PRIVATE if private else document.confidence}


def _shared(record: Record, private: bool) -> Record:
    """Return a record without what the mentor noted about the mentor's own learning (R35)."""
    if private or not isinstance(record, Answer) or record.key != LAST:
        return record
    return replace(record, mentor="", corrections=())


def _is_of(record: Record, talk: Talk | None) -> bool:
    """Whether a record belongs to the talk, where the document is about one."""
    if talk is None:
        return True
    return record.id == talk.id or getattr(record, "talk_id", talk.id) == talk.id
