"""What a journal line does to the documents: making such operations, and applying them.

An operation is a JSON object with `t` (table), `i` (document id) and one of
`put` (the whole new document), `del` (1), or any of
`set` (field -> value), `cut` (field -> [place, deleted, inserted, length before]) and `drop`
(fields that go).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from data.storage.protocol import Doc, DocChange, Tables

Op = dict[str, Any]
_CUT_FROM = 128
"""A text of fewer characters is written whole."""
_ENDS = 8
"""An edit leaves at least so many characters alike at one end; else the text is written whole."""


def splice(old: str, new: str) -> tuple[int, int, str]:
    """Return place, number of characters that go, and the text that comes."""
    limit = min(len(old), len(new))
    head = _common(old, new, limit)
    limit -= head
    tail = _common(old[::-1], new[::-1], limit) if limit else 0
    return head, len(old) - head - tail, new[head : len(new) - tail]


def _common(one: str, other: str, limit: int) -> int:
    """Return how many of the first `limit` characters are alike."""
    if one[:limit] == other[:limit]:
        return limit
    low, high = 0, limit
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def difference(table: str, id: str, before: Doc | None, after: Doc | None) -> Op | None:
    """Return the operation that leads from one document to the other; None where nothing does."""
    if after is None:
        return None if before is None else {"t": table, "i": id, "del": 1}
    if before is None:
        return {"t": table, "i": id, "put": after}
    put: Doc = {}
    cut: Doc = {}
    for name, value in after.items():
        old = before.get(name, _ABSENT)
        if old is value or (old == value and type(old) is type(value)):
            continue
        if (
            type(value) is str
            and type(old) is str
            and len(old) >= _CUT_FROM
            and (old[:_ENDS] == value[:_ENDS] or old[-_ENDS:] == value[-_ENDS:])
        ):
            cut[name] = [*splice(old, value), len(old)]
        else:
            put[name] = value
    same_fields = before.keys() == after.keys()
    drop = [] if same_fields else [name for name in before if name not in after]
    if not (put or cut or drop):
        return None
    op: Op = {"t": table, "i": id}
    if put:
        op["set"] = put
    if cut:
        op["cut"] = cut
    if drop:
        op["drop"] = drop
    return op


_ABSENT = object()


@dataclass
class Applied:
    """What came of applying the operations of one line."""

    changes: list[DocChange] = field(default_factory=list)
    misfits: list[tuple[str, str]] = field(default_factory=list)
    """Table and id of documents that an operation did not fit."""


def apply(ops: Sequence[Op], tables: Tables) -> Applied:
    """Apply operations to the tables. Documents are replaced, never changed in place.

    An operation that does not fit loses no text: what it would have inserted is put at the end.
    Raises KeyError, TypeError, ValueError or AttributeError for what is no operation.
    """
    applied = Applied()
    for op in ops:
        table, id = op["t"], op["i"]
        docs = tables.setdefault(table, {})
        before = docs.get(id)
        after, fits = result(op, before)
        if after is None:
            docs.pop(id, None)
        else:
            docs[id] = after
        if not fits:
            applied.misfits.append((table, id))
        applied.changes.append(DocChange(table, id, before, after))
    return applied


def result(op: Op, before: Doc | None) -> tuple[Doc | None, bool]:
    """Return the document after an operation, and whether the operation fitted it."""
    if "del" in op:
        return None, True
    if "put" in op:
        return dict(op["put"]), True
    after = dict(before or {})
    fits = before is not None
    after.update(op.get("set", ()))
    for name, (at, gone, come, length) in op.get("cut", {}).items():
        old = after.get(name, "")
        if isinstance(old, str) and len(old) == length:
            after[name] = old[:at] + come + old[at + gone :]
        else:
            fits = False
            after[name] = f"{old}\n{come}" if old and come else old or come
    for name in op.get("drop", ()):
        after.pop(name, None)
    return after, fits
