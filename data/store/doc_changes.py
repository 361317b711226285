"""Changes of records as the backend takes them: changes of documents."""

from __future__ import annotations

from data.storage.protocol import DocChange
from data.store.change import Change
from data.store.codec import encode


def to_docs(change: Change) -> DocChange:
    """Return the change of the record's document."""
    return DocChange(
        change.table,
        change.id,
        None if change.before is None else encode(change.before),
        None if change.after is None else encode(change.after),
        change.together,
        change.if_unused,
    )
