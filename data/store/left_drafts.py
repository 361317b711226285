"""What brings a text back that was typed in a session that died."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from data.records import BY_TABLE, Conflict, Mentee, Record, Unfinished, is_part_id
from data.storage.protocol import BOOKKEEPING, DocChange, Draft
from data.store.change import Change
from data.store.codec import decode, table_rules
from data.store.conflicts import conflicts_of_draft, is_kept
from data.store.documents import Documents
from data.store.saver import DraftText

Get = Callable[[type[Record], str], Record | None]
"""Returns the record of a kind with an id, or None if there is none."""


def changes_of_draft(draft: Draft, get: Get) -> list[Change]:
    """Return the changes that bring a draft back; none if its text is in the records already.

    A text whose record is gone, or has no such field, becomes a `Conflict`. A record that had never
    been saved comes back as it was, unless its mentee is gone.

    Args:
        draft: The text, and the record and field that it was typed in.
        get: Finds a record.
    """

    def find(table: str, id: str) -> Record | None:
        kind = BY_TABLE.get(table)
        found = None if kind is None else get(kind, id)
        return None if found is not None and _is_other(draft, found) else found

    record = find(draft.table, draft.id)
    new = _new_record(draft, get) if record is None else None
    if new is not None:
        return [Change.created(new)]
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


def _is_other(draft: Draft, found: Record) -> bool:
    """Whether a record is another one than that of a draft, and only has its id.

    Such an id can be worked out, and a colleague can have put something there that others see. So
    what had never been saved is not written into it: it comes back as new, with all its fields.
    """
    if (draft.table, draft.id) != (found.table, found.id) or not is_part_id(draft.id):
        return False
    if getattr(found, "mentee_id", draft.owner) != draft.owner:
        return True
    return draft.new is not None and getattr(found, draft.field, None) != draft.text


def with_texts(record: Record, field: str, *texts: str) -> list[Record]:
    """Return for each text the record that has it in the field."""
    values: list[dict[str, Any]] = [{field: text} for text in texts]
    return [replace(record, **value) for value in values]


def show(
    drafts: Iterable[Draft], documents: Documents, to_docs: Callable[[Change], DocChange]
) -> list[Draft]:
    """Put drafts into documents that nobody saves.

    Returns:
        The drafts whose texts were not there.
    """
    # most commands find no draft
    from data.storage.merge import merge
    from data.storage.protocol import NO_RULES

    shown = []
    for draft in drafts:
        changes = [to_docs(change) for change in changes_of_draft(draft, documents.get)]
        for change in changes:
            current = documents.doc(change.table, change.id)
            merged = merge(change, current, table_rules().get(change.table, NO_RULES))
            documents.put(change.table, change.id, merged.after)
        if changes:
            shown.append(draft)
    return shown


def _new_record(draft: Draft, get: Get) -> Record | None:
    """Return the record that was being written, if it had never been saved; None for another.

    None also for an open form, of which each field is kept by itself, and where whom it is about
    is not there any more.
    """
    kind = BY_TABLE.get(draft.table)
    if draft.new is None or kind is None or kind is Unfinished or not draft.text.strip():
        return None
    if draft.owner and kind is not Conflict and get(Mentee, draft.owner) is None:
        return None
    record = decode(kind, draft.id, draft.new)
    if not _has_text(record, draft.field):
        return None
    return with_texts(record, draft.field, draft.text)[0]


def _has_text(record: Record, field: str) -> bool:
    """Whether the record has such a field of text: a draft may name any, even one of no record."""
    return isinstance(getattr(record, field, None), str) and field not in {"id", *BOOKKEEPING}


def recover(
    drafts: Iterable[Draft],
    get: Get,
    make: Callable[..., object],
    forget: Callable[[DraftText], None],
) -> list[Draft]:
    """Bring texts back that were typed in sessions that died, and return those that were missing.

    Args:
        drafts: The texts.
        get: Returns a record as it is stored.
        make: Makes changes, with the typed text that is saved with them.
        forget: Has the log of typing forget a text, which had been saved before its session died.
    """
    restored = []
    for draft in drafts:
        text = (draft.table, draft.id, draft.field, draft.text)
        changes = changes_of_draft(draft, get)
        if changes:
            make(changes, text)
            restored.append(draft)
        else:
            forget(text)
    return restored
