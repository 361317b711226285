"""The parts of a document: what the team file has of it, and what its author's own file has.

A document is private as a whole, or some of its fields are, or nothing of it is. What is private is
asked of a function that the caller passes in, for documents are all that is known here.

A whole private document lies in the own file, in the table of its name. Private fields of a shared
document lie there in a table of their own (`fields_table`), by the id of that document. Of a list
of which some items are private, those lie there with their places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any, Final, NamedTuple

from data.frozen import immutable
from data.storage.protocol import BOOKKEEPING, MARKS, NO_RULES, Doc, Rules, TableRules

_FIELDS: Final = ".fields"
_ORDER: Final = "@"
"""The name under which private fields tell the order of all fields of their document."""
_ITEMS: Final = "@"
"""How the name of a field ends that has the private items of a list: `[place, item]` of each."""

TEAM_TABLE = "team"
"""The table in which the two files know each other; see `data.storage.split.mark`."""
MOVES = "moves"
"""The table of the own file in which a change of both files stands until it is made."""
LEFT = "left"
"""The table of the own file with what is in earlier states of the team file yet; see `leaving`."""
NO_RECORDS = {TEAM_TABLE, MOVES, LEFT, MARKS}
"""The tables that hold no records."""

Key = tuple[str, str]
"""Table and id of a document."""
OpenPart = Callable[[str, str, Doc], Doc | None]
"""Returns what others than the author may have of a document, given its table, its id and itself.

That is the document itself if nothing of it is private, and None if all of it is.
"""
Kept = Callable[[str, str, str, Doc, Doc], tuple[str, str, Doc]]
"""Returns table, id and content of the document that keeps a text which has lost its place.

It is given table and id of the document, the name of the field, the document with the text, and the
one that took its place. For the same text it returns the same id.
"""


@immutable
class Parting:
    """What the caller knows of its documents."""

    tables: frozenset[str]
    """The tables in which something may be private. Documents of others are never asked about."""
    open_part: OpenPart
    kept: Kept
    ordered: bool = False
    """Whether the order of all fields is kept with the private ones where it would change. Earlier
    versions of the program cannot read that in an own file, so it is not in those."""
    alone: frozenset[str] = frozenset()
    """Those of the tables that are their author's alone, always. What others see of them was put
    there by something else than the program, and nobody takes it in."""
    decide: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Table -> the fields that decide whether a document is private."""


class Parts(NamedTuple):
    """The parts of a document."""

    shared: Doc | None
    """What the team file has; None for nothing."""
    whole: Doc | None
    """The document, if all of it lies in the own file."""
    fields: Doc | None
    """Those of its fields that lie in the own file; None if there are none."""


NOTHING: Final = Parts(None, None, None)
"""The parts of a document that is not there."""


def fields_table(table: str) -> str:
    """Return the table of the own file that has the private fields of the documents of a table."""
    return table + _FIELDS


def table_of(name: str) -> str:
    """Return the table that documents of a table of the own file belong to."""
    return name.removesuffix(_FIELDS)


def field_of(name: str) -> str:
    """Return the field of a document that a field of its private fields is about."""
    return name.removesuffix(_ITEMS)


def is_fields_table(name: str) -> bool:
    """Return whether a table of the own file has fields of documents of the team file."""
    return name.endswith(_FIELDS)


def part(parting: Parting, table: str, id: str, doc: Doc | None) -> Parts:
    """Return the parts of a document."""
    if doc is None:
        return NOTHING
    if table not in parting.tables:
        return Parts(doc, None, None)
    shared = parting.open_part(table, id, doc)
    if shared is doc:
        return Parts(doc, None, None)
    if shared is None:
        return Parts(None, doc, None)
    fields = _left_out(doc, shared)
    if fields is not None and parting.ordered and list(join(shared, fields)) != list(doc):
        fields[_ORDER] = list(doc)
    return Parts(shared, None, fields)


def _left_out(doc: Doc, shared: Doc) -> Doc | None:
    """Return the fields of a document that its shared part has not; None if there are none."""
    fields: Doc = {}
    for name, value in doc.items():
        rest = shared.get(name)
        if name in BOOKKEEPING or (name in shared and rest == value):
            continue
        items = _items_left_out(value, rest or []) if isinstance(value, list) else None
        if items is not None:
            fields[name + _ITEMS] = items
        else:
            fields[name] = value
    if not fields:
        return None
    return {**fields, **{name: doc[name] for name in BOOKKEEPING if name in doc}}


def _items_left_out(items: list[Any], rest: Any) -> list[list[Any]] | None:
    """Return the items that are not in the rest, with their places; None if it is no part."""
    left, at = [], 0
    if not isinstance(rest, list):
        return None
    for place, item in enumerate(items):
        if at < len(rest) and rest[at] == item:
            at += 1
        else:
            left.append([place, item])
    return left if at == len(rest) else None


def join(shared: Doc, fields: Doc) -> Doc:
    """Return a shared document with its private fields. The stamps are those of the later change.

    A private field takes the place of one that the shared document has.
    """
    doc = dict(shared)
    for name, value in fields.items():
        if name in BOOKKEEPING or name == _ORDER:
            continue
        if name.endswith(_ITEMS):
            doc[name[: -len(_ITEMS)]] = _with_items(doc.get(name[: -len(_ITEMS)]), value)
        else:
            doc[name] = value
    if str(fields.get("changed_at", "")) > str(shared.get("changed_at", "")):
        doc.update({name: fields[name] for name in BOOKKEEPING if name in fields})
    doc["rev"] = max(_rev(shared), _rev(fields))
    if "created_at" in shared:
        doc["created_at"] = shared["created_at"]
    order = fields.get(_ORDER)
    if isinstance(order, list):
        doc = {name: doc[name] for name in dict.fromkeys((*order, *doc)) if name in doc}
    return doc


def _with_items(rest: Any, items: Any) -> list[Any]:
    found = list(rest) if isinstance(rest, list) else []
    for place, item in items:
        found.insert(place, item)
    return found


def _rev(doc: Doc) -> int:
    rev = doc.get("rev")
    return rev if isinstance(rev, int) else 0


def same(one: Doc | None, other: Doc | None) -> bool:
    """Return whether two documents are the same but for who changed them last, and when."""
    if one is other or one == other:
        return True
    if one is None or other is None:
        return False
    names = (one.keys() | other.keys()) - BOOKKEEPING
    return all(one.get(name) == other.get(name) for name in names)


def rules_with_fields(rules: TableRules, parting: Parting) -> TableRules:
    """Return the rules of merging for the own file: private fields merge as in their documents.

    What its documents belong to, and refer to, is in the team file: that is not looked at there.
    """
    found = {}
    for table, of_table in rules.items():
        found[table] = Rules(of_table.texts, of_table.decisions, of_table.moments)
    for table in parting.tables:
        found[fields_table(table)] = Rules(rules.get(table, NO_RULES).texts)
    return found
