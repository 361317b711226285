"""What of a document is private, for a team file: the rule of `visibility`, asked of documents.

The files keep documents and know no records (`data.storage.split`), and the rule knows records.
"""

from __future__ import annotations

from typing import Final

from data.method.visibility import MAY_BE_PRIVATE, PRIVATE_FIELDS, open_part
from data.records import Conflict, DocumentFile, Record, part_id
from data.storage.protocol import Doc
from data.storage.split.parts import Parting
from data.store.codec import decode, encode

_KINDS: Final = {kind.table: kind for kind in MAY_BE_PRIVATE}
_DECIDE: Final = {kind.table: names for kind, names in MAY_BE_PRIVATE.items()}
_OWN_PLACE: Final = frozenset({DocumentFile.table})
"""What is about the author's own computer. To a colleague it says nothing, and what a colleague
writes there must not be believed: the files that it names are deleted with the mentee."""
_known: dict[tuple[object, ...], bool] = {}
"""Whether documents with such values in the fields that decide are shared or private as a whole."""
_MOST_KNOWN: Final = 256


def open_document(table: str, id: str, doc: Doc) -> Doc | None:
    """Return what others than its author may have of a document; None if that is nothing.

    It is the document itself if nothing of it is private. Fields that the program does not know are
    shared, unless the whole document is private.
    """
    if table in _OWN_PLACE:
        return None
    kind = _KINDS.get(table)
    if kind is None:
        return doc
    found = [doc.get(name) for name in _DECIDE[table]]
    values = (table, *found, *map(type, found))  # for 1 is True, and no yes in a document
    try:
        return doc if _known[values] else None
    except KeyError:
        pass
    except TypeError:  # one of them is a list or an object
        values = ()
    record = decode(kind, id, doc)
    shared = open_part(record)
    mine = encode(record)
    unread = _unread(kind, mine, doc) if shared is not None else []
    if shared is None or (shared is record and not unread):
        if values:
            _remember(values, shared=shared is not None)
        return None if shared is None else doc
    theirs = encode(shared)
    left = {name: value for name, value in doc.items() if mine.get(name) == theirs.get(name)}
    left.update({name: theirs[name] for name in doc if name in theirs and name not in left})
    for name in unread:
        left.pop(name, None)
        if isinstance(doc[name], list):
            left[name] = [one for one in doc[name] if not _is_marked(one)]
    return {name: left[name] for name in doc if name in left}


def _unread(kind: type[Record], mine: Doc, doc: Doc) -> list[str]:
    """Return the fields that may be private, and of which a record cannot be made.

    A colleague can have written something there beside what is private: then none of it is read.
    """
    names = PRIVATE_FIELDS.get(kind, ())
    return [name for name in names if doc.get(name) and mine.get(name) != doc[name]]


def _is_marked(item: object) -> bool:
    """Whether an item of a list is marked as private, or may be."""
    return isinstance(item, dict) and item.get("private", False) is not False


def _remember(values: tuple[object, ...], *, shared: bool) -> None:
    """Keep what was found out, for the next letter that is typed in the same note."""
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    _known[values] = shared


def conflict_of(table: str, id: str, field: str, mine: Doc, theirs: Doc) -> tuple[str, str, Doc]:
    """Return the conflict that keeps a text of one's own which has lost its place.

    That happens when somebody else has given the field another value meanwhile, and has made it
    shared.
    """
    text, other = str(mine.get(field, "")), str(theirs.get(field, ""))
    conflict = Conflict(
        id=part_id(f"{table}:{id}:{field}", text),
        of_table=table,
        of_id=id,
        of_field=field,
        mine=text,
        theirs=other,
        by=str(theirs.get("changed_by", "")),
        mentee_id=str(theirs.get("mentee_id", "")),
    )
    stamps: Doc = {name: mine[name] for name in ("changed_at", "changed_by") if name in mine}
    return Conflict.table, conflict.id, {**encode(conflict), **stamps, "rev": 1}


PARTING: Final = Parting(
    frozenset(_KINDS) | _OWN_PLACE, open_document, conflict_of, alone=_OWN_PLACE, decide=_DECIDE
)
"""The rule, as a team file asks it."""
