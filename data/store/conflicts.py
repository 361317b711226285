"""Values that lost their place to somebody else's change, and the records that keep them.

If two sessions change the same value, one of the two stays in the record. The other is kept as a
`Conflict` until somebody has looked at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from data.records import BY_TABLE, Conflict, Note, Record, Unfinished
from data.storage.protocol import Clash, DocChange, Draft
from data.store.codec import decode, encode
from data.store.filling import Filling, from_json


def concerns_user(clash: Clash) -> bool:
    """Whether the user is to hear of a clash: not if the field only says where somebody stands."""
    kind = BY_TABLE.get(clash.table)
    passing = {f.name for f in fields(kind) if f.metadata.get("passing")} if kind else set()
    return clash.field not in passing


def needs_conflict(clash: Clash, changes: Iterable[DocChange] = ()) -> bool:
    """Whether a clash would lose something that was written here, unless a `Conflict` keeps it.

    Of a new record whose owner is gone, only what somebody filled in is kept: not the ids and the
    values that every new record begins with.
    """
    if clash.merged or _as_text(clash.mine) == "":
        return False
    new = any(
        change.before is None and (change.table, change.id) == (clash.table, clash.id)
        for change in changes
    )
    return not new or _is_filled_in(clash)


def _is_filled_in(clash: Clash) -> bool:
    kind = BY_TABLE.get(clash.table)
    if kind is None:
        return True
    empty = decode(kind, clash.id, {})
    names_record = clash.field.endswith(("_id", "_ids")) or clash.field == "key"
    return not names_record and clash.mine != encode(empty).get(clash.field)


def conflict_of_clash(clash: Clash, changes: Iterable[DocChange]) -> Conflict:
    """Return the conflict that keeps the value which lost its place.

    Args:
        clash: What happened.
        changes: The changes in which it happened. They tell to which mentee the record belongs.
    """
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
        by=clash.by,
        mentee_id=mentee,
    )


def conflicts_of_draft(draft: Draft) -> list[Conflict]:
    """Return the conflicts that keep a typed text whose record is gone.

    It is one conflict. For a form or a cell that was being filled in it is one for each field, with
    the record, the field and the mentee that its text was written for.
    """
    if draft.table == Unfinished.table and (filling := from_json(draft.text)) is not None:
        return conflicts_of_filling(filling)
    if draft.table == Conflict.table:  # it was typed in the place of one that had gone already
        place = Note.table, "", "text"
    else:
        place = draft.table, draft.id, draft.field
    table, id, field = place
    kept = Conflict(of_table=table, of_id=id, of_field=field, mine=draft.text)
    return [replace(kept, mentee_id=draft.owner)]


def conflicts_of_filling(filling: Filling, form: str = "") -> list[Conflict]:
    """Return the conflicts that keep what was typed into a form or a cell, one for each field.

    `form` is the kind of the form; "" for a cell.
    """
    return [
        Conflict(
            of_table=filling.table,
            of_id=filling.id,
            of_field=field,
            mine=filling.days.get(field, typed),
            theirs=was,
            mentee_id=filling.mentee_id,
            of_form=form,
        )
        for field, (was, typed) in filling.fields.items()
        if typed.strip() and typed != was
    ]


def is_kept(conflict: Conflict, record: Record | None) -> bool:
    """Whether the record holds the text of the conflict, so that no conflict is needed."""
    return getattr(record, conflict.of_field, None) == conflict.mine


def _as_text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return value if isinstance(value, str) else "" if value is None else str(value)
