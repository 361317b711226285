"""What brings a text back that was typed in a session that died."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from data.records import BY_TABLE, Record
from data.storage.protocol import BOOKKEEPING, Doc, DocChange, Draft
from data.store.change import Change
from data.store.codec import text_fields
from data.store.conflicts import conflicts_of_draft, is_kept

Get = Callable[[type[Record], str], Record | None]
"""Returns the record of a kind with an id, or None if there is none."""


def changes_of_draft(draft: Draft, get: Get) -> list[Change]:
    """Return the changes that bring a draft back; none if its text is in the records already.

    A text whose record is gone, or has no such field, becomes a `Conflict`.

    Args:
        draft: The text, and the record and field that it was typed in.
        get: Finds a record.
    """

    def find(table: str, id: str) -> Record | None:
        kind = BY_TABLE.get(table)
        return None if kind is None else get(kind, id)

    record = find(draft.table, draft.id)
    if record is None or not _has_text(record, draft.field):
        return [
            Change.created(conflict)
            for conflict in conflicts_of_draft(draft)
            if not is_kept(conflict, find(conflict.of_table, conflict.of_id))
        ]
    if getattr(record, draft.field) == draft.text:
        return []
    before, after = with_texts(record, draft.field, draft.base, draft.text)
    return [Change.between(before, after)]


def with_texts(record: Record, field: str, *texts: str) -> list[Record]:
    """Return for each text the record that has it in the field."""
    values: list[dict[str, Any]] = [{field: text} for text in texts]
    return [replace(record, **value) for value in values]


def merged_with(change: DocChange, current: Doc | None) -> Doc | None:
    """Return a document as it is when a change has been merged into it."""
    # most commands find no draft
    from data.storage.merge import merge

    return merge(change, current, text_fields().get(change.table, frozenset())).after


def _has_text(record: Record, field: str) -> bool:
    """Whether the record has such a field of text: a draft may name any, even one of no record."""
    return isinstance(getattr(record, field, None), str) and field not in {"id", *BOOKKEEPING}
