"""The operations in a line of the journal: making them, and applying them to documents.

An operation is a JSON object with `t` (table) and `i` (id of the document), and with one of

- `put`: the whole document, which is new, - `del`: 1, the document is deleted, - any of `set`
(field -> value), `cut` (field -> [place, deleted, inserted, length before]) and `drop`
  (names of fields that go).

A `cut` makes a line short when a letter is typed in a long text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from data.frozen import changing
from data.storage.protocol import Doc, DocChange, Tables

Op = dict[str, Any]
_CUT_FROM = 128
"""A text of fewer characters is written whole: a `cut` would not be shorter."""
_ENDS = 8
"""A text is cut only if so many characters at one of its ends are the same as before.

Finding what differs takes time. Two texts that differ at both ends hardly have anything in common.
"""


def splice(old: str, new: str) -> tuple[int, int, str]:
    """Return the one edit that makes one text of another.

    Returns:
        Where it is, how many characters go there, and the text that comes there.
    """
    limit = min(len(old), len(new))
    head = _common(old, new, limit)
    limit -= head
    tail = _common(old[::-1], new[::-1], limit) if limit else 0
    return head, len(old) - head - tail, new[head : len(new) - tail]


def _common(one: str, other: str, limit: int) -> int:
    """Return how many characters two texts have in common at their beginning, `limit` at most."""
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
    """Return the operation that makes one document of another; None if they are the same."""
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


@changing
class Applied:
    """What came of applying operations."""

    changes: list[DocChange] = field(default_factory=list)
    """What happened to the documents."""
    misfits: list[tuple[str, str]] = field(default_factory=list)
    """Table and id of the documents to which an operation did not fit."""


def apply(ops: Sequence[Op], tables: Tables) -> Applied:
    """Apply operations to tables. Documents are replaced, never changed in place.

    A `cut` may not fit, if the text has another length than it should. Nothing is lost then: what
    it would have inserted comes at the end of the text.

    Raises:
        KeyError: Something among them is no operation.
        TypeError: Likewise.
        ValueError: Likewise.
        AttributeError: Likewise.
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
    """Return a document after an operation, None if it is deleted; and whether the two fitted."""
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


def without_parts(doc: Doc, parts: Mapping[str, Any]) -> Doc:
    """Return a document without parts of it.

    Args:
        doc: The document.
        parts: Field -> True if all of it goes, else the values that those objects of its list have
            that go.
    """
    left = dict(doc)
    for name, what in parts.items():
        value = left.get(name)
        if what is True:
            left.pop(name, None)
        elif isinstance(value, list):
            kept = [one for one in value if not _has(one, what)]
            left.pop(name)
            if kept:
                left[name] = kept
    return left


def _has(value: Any, wanted: Mapping[str, Any]) -> bool:
    return isinstance(value, dict) and all(value.get(k) == v for k, v in wanted.items())


def without_names(value: Any, gone: set[str]) -> Any:
    """Return a value of JSON without the ids in it; an object loses the fields that were one."""
    if isinstance(value, dict):
        return {
            name: without_names(one, gone)
            for name, one in value.items()
            if name not in gone and not (isinstance(one, str) and one in gone)
        }
    if isinstance(value, list):
        return [
            without_names(one, gone) for one in value if not (isinstance(one, str) and one in gone)
        ]
    return value
