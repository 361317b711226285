"""What of a commit goes where on the server: the parts of `save` in `sql/save.sql`.

A part is about one mentee, or about what the whole team has, or it is private.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from data.storage import ops
from data.storage.history import OWNER, happening
from data.storage.merge import into_nothing
from data.storage.postgres.reading import DEEPEST
from data.storage.protocol import Clash, Doc, DocChange, Tables
from data.storage.references import MENTEES, OF_TEAM, scope_of
from data.storage.split.parts import Key, Parting, table_of

_CANNOT_BE: Final = re.compile("[\0\ud800-\udfff]")
_SIGN: Final = "\N{REPLACEMENT CHARACTER}"


def shared_parts(
    changes: Iterable[DocChange], numbers: Mapping[str, int], at: str, by: str
) -> list[Doc]:
    """Return the parts of a commit that are shared, in the order in which the server takes them.

    Args:
        changes: Changes of documents, from what the server has to what it is to have.
        numbers: The number of the last commit that is known, by scope.
        at: When the commit is made.
        by: The login name of the one who makes it.
    """
    parts: dict[str, Doc] = {}
    for scope, change in _by_scope(changes):
        table, id, before, after, *_ = change
        op = ops.difference(table, id, before, after)
        if op is None:
            continue
        empty: Doc = {"m": scope, "n": numbers.get(scope, 0), "docs": [], "ops": [], "told": []}
        part = parts.setdefault(scope, empty)
        part["docs"].append({"t": table, "i": id, "d": after})
        part["ops"].append(op)
        told = happening(change, at, by)
        if told is not None:
            part["told"].append({"t": table, "i": id, "k": told.kind, "c": told.fields})
    return [parts[scope] for scope in sorted(parts)]


def _by_scope(changes: Iterable[DocChange]) -> Iterator[tuple[str, DocChange]]:
    """Yield changes with what they are about; two for a document that moves to another mentee."""
    for table, id, before, after, *_ in changes:
        was, now = scope_of(table, id, before or after), scope_of(table, id, after or before)
        if was == now:
            yield now, DocChange(table, id, before, after)
        else:
            yield was, DocChange(table, id, before, None)
            yield now, DocChange(table, id, None, after)


def leaving_twins(changes: Iterable[DocChange], new: Container[Key]) -> list[DocChange]:
    """Return changes that leave alone what is about another mentee and has the id of a new one.

    Args:
        changes: Changes of shared documents.
        new: Table and id of the documents that are new to the user.
    """
    return [
        one._replace(before=None)
        if (one.table, one.id) in new
        and one.before is not None
        and one.after is not None
        and scope_of(one.table, one.id, one.before) != scope_of(one.table, one.id, one.after)
        else one
        for one in changes
    ]


def private_part(changes: Iterable[DocChange], number: int, known: Tables) -> Doc | None:
    """Return the private part of a commit; None if it has none.

    Args:
        changes: Changes of the author's own documents.
        number: The number of the author's last private commit that is known.
        known: All documents, to find the mentee of private fields of a shared document.
    """
    part: Doc = {"own": True, "n": number, "docs": [], "ops": []}
    for table, id, before, after, *_ in changes:
        op = ops.difference(table, id, before, after)
        if op is None:
            continue
        doc = after or before
        if doc is not None and OWNER not in doc:
            doc = known.get(table_of(table), {}).get(id, doc)
        part["docs"].append({"t": table, "i": id, "m": scope_of(table, id, doc), "d": after})
        part["ops"].append(op)
    return part if part["ops"] else None


def without_lost(
    changes: Sequence[DocChange], known: Tables, scopes: Container[str], parting: Parting
) -> tuple[Sequence[DocChange], list[Clash]]:
    """Return the changes without what would be newly shared about mentees the user does not see.

    What was to be written there is told as for a document that somebody has deleted. What is
    private stays: it is the author's own, whatever becomes of the role.

    Args:
        changes: The changes.
        known: What the user sees.
        scopes: The mentees whom the user has access to, whether or not they are there.
        parting: What of a document only its author may see.
    """
    mentees = known.get(MENTEES, {})
    made = {one.id for one in changes if one.table == MENTEES and one.after is not None}
    clashes: list[Clash] = []
    left = []
    for one in changes:
        scope = scope_of(one.table, one.id, one.after)
        hidden = not (scope in scopes or scope == OF_TEAM or scope in mentees or scope in made)
        if hidden and _becomes_shared(one, parting):
            clashes += into_nothing(one, "").clashes
        else:
            left.append(one)
    return (left, clashes) if clashes else (changes, clashes)


def _becomes_shared(change: DocChange, parting: Parting) -> bool:
    """Whether others may have something of a document after a change, and had nothing before."""
    table, id, before, after, *_ = change
    was = None if before is None else parting.open_part(table, id, before)
    return was is None and after is not None and parting.open_part(table, id, after) is not None


def holdable(changes: Sequence[DocChange]) -> Sequence[DocChange]:
    """Return the changes with the sign for an unreadable letter where the server holds none.

    It holds no NUL and no half of a surrogate pair, and would refuse them each time. Nobody types
    them; they may be in what another program has written.
    """
    if not any(_CANNOT_BE.search(text) for one in changes for text in _texts(one.after)):
        return changes
    return [one._replace(after=held(one.after)) for one in changes]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from (name, *_texts(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def held(value: Any, depth: int = 1) -> Any:
    """Return a value of a document as the server holds it: see `holdable`.

    What lies deeper within itself than sessions read is a sign, too.
    """
    if isinstance(value, str):
        return _CANNOT_BE.sub(_SIGN, value)
    if not isinstance(value, dict | list):
        return value
    if depth > DEEPEST:
        return _SIGN
    if isinstance(value, dict):
        return {held(name): held(inner, depth + 1) for name, inner in value.items()}
    return [held(inner, depth + 1) for inner in value]
