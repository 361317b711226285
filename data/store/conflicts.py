"""What lost its place in a document to somebody else's change, kept as a record of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from data.records import BY_TABLE, Conflict, Record, Unfinished
from data.storage.protocol import Clash, DocChange, Draft
from data.store.filling import Filling, from_json


def concerns_user(clash: Clash) -> bool:
    """Whether the user is to hear of it: not where the field only says where somebody stands."""
    kind = BY_TABLE.get(clash.table)
    passing = {f.name for f in fields(kind) if f.metadata.get("passing")} if kind else set()
    return clash.field not in passing


def needs_conflict(clash: Clash) -> bool:
    """Whether something that was written here would be gone without a `Conflict`."""
    return not clash.merged and _as_text(clash.mine) != ""


def conflict_of_clash(clash: Clash, changes: Iterable[DocChange]) -> Conflict:
    """Return what keeps the value that lost its place; `changes` are those it was made with."""
    place = (clash.table, clash.id)
    docs = (change.after for change in changes if (change.table, change.id) == place)
    doc = next((doc for doc in docs if doc), {})
    mentee = clash.id if clash.table == "mentees" else str(doc.get("mentee_id", ""))
    return Conflict(
        of_table=clash.table,
        of_id=clash.id,
        of_field=clash.field,
        mine=_as_text(clash.mine),
        theirs=_as_text(clash.theirs),
        mentee_id=mentee,
    )


def conflicts_of_draft(draft: Draft) -> list[Conflict]:
    """Return what keeps a typed text whose record is gone.

    What a form or a cell held comes back as the texts of its fields, each with the record, the
    field and the mentee that it was written for.
    """
    if draft.table == Unfinished.table and (filling := from_json(draft.text)) is not None:
        return conflicts_of_filling(filling)
    return [Conflict(of_table=draft.table, of_id=draft.id, of_field=draft.field, mine=draft.text)]


def conflicts_of_filling(filling: Filling) -> list[Conflict]:
    """Return what keeps the texts of a form or a cell that cannot be filled in again."""
    return [
        Conflict(
            of_table=filling.table,
            of_id=filling.id,
            of_field=field,
            mine=typed,
            theirs=was,
            mentee_id=filling.mentee_id,
        )
        for field, (was, typed) in filling.fields.items()
        if typed.strip() and typed != was
    ]


def is_kept(conflict: Conflict, record: Record | None) -> bool:
    """Whether the record holds the text of the conflict already, so that nothing is lost."""
    return getattr(record, conflict.of_field, None) == conflict.mine


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
