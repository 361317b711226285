"""Documents that are given out, and may come back filled in: they bear a mark.

A form that comes back with the mark of its `Written` record is merged with what was done here
meanwhile, as the work of two sessions is.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from data.clock import now
from data.documents.importing.given_values import GIVEN, digests_of
from data.documents.model.document import Document
from data.method.visibility import Reader, seen
from data.queries.views import mentee_view
from data.records import Mentee, Written
from data.storage.problems import NotSaved
from data.store.change import Change
from data.store.store import Store


def give(store: Store, mentee: Mentee, document: Document) -> Document:
    """Return the document with a mark, by which a filled-in form is known when it comes back.

    What it gives out is kept as a `Written` record. Call it where a document leaves the program,
    just before it is written. Other documents than plan, roles and expectations, and all where
    nothing can be saved just now, are returned as they are: what comes back of them is merged
    without a base.

    Args:
        store: The records; an open session's, which can be written.
        mentee: Whom the document is about.
        document: The document, made of the records as they are now.
    """
    if document.what not in GIVEN:
        return document
    view = seen(mentee_view(store, mentee), Reader.WRITTEN)
    written = Written(
        mentee_id=mentee.id,
        what=document.what,
        at=now(),
        digests=digests_of(view, document.what),
    )
    try:
        store.commit([Change.created(written)], undoable=False)
    except NotSaved:
        return document
    return replace(document, mark=written.id)


def take_back(store: Store, document: Document) -> None:
    """Forget that a document was given out, where it could not be written after all."""
    written = store.get(Written, document.mark) if document.mark else None
    if written is not None:
        with suppress(NotSaved):
            store.commit([Change.deleted(written)], undoable=False)
