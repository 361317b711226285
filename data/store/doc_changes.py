"""Changes of records as the backend takes them: changes of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from data.records import BY_TABLE, Person, Role
from data.storage.protocol import Doc, DocChange
from data.store.change import Change
from data.store.codec import decode, encode


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


def all_to_docs(
    changes: Iterable[Change], doc: Callable[[str, str], Doc | None]
) -> tuple[DocChange, ...]:
    """Return the changes of the records' documents. Those of roles say whom the user saw there.

    What is deleted was as its document is. The record may have fields that the document lacks, if
    something else than the program has written it: then it would never be the same.

    Args:
        changes: The changes.
        doc: Returns what the user sees of a document, by its table and id, before the changes.
    """
    changes = tuple(changes)
    made = {one.id: one.after for one in changes if isinstance(one.after, Person)}

    def with_people(change: Change) -> DocChange:
        found = _as_it_was(to_docs(change), doc)
        roles = [one for one in (change.before, change.after) if isinstance(one, Role)]
        if not roles:
            return found
        sees: dict[str, Doc] = {}
        for id in filter(None, (one.person_id for one in roles)):
            seen = encode(made[id]) if id in made else doc(Person.table, id)
            if seen is not None:
                sees[id] = seen
        return found._replace(sees=sees)

    return tuple(map(with_people, changes))


def _as_it_was(change: DocChange, doc: Callable[[str, str], Doc | None]) -> DocChange:
    """Return a deletion with the document as it is, if that is what the user saw."""
    kind = BY_TABLE.get(change.table)
    there = doc(change.table, change.id) if change.after is None else None
    if kind is None or there is None or encode(decode(kind, change.id, there)) != change.before:
        return change
    return change._replace(before=there)
