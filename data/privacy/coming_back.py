"""What comes back of a mentorship that was lent: merged with what was written here meanwhile.

Three states are compared: what was lent, what comes back, and what is here now. So the edits of
both sides are told apart, as those of two sessions are (`data.storage.merge`): a field that one
side has changed is taken from that side, texts are merged word by word, and where both have given
a field another value, the one here stays and a conflict keeps the other. What is private here was
never lent, and stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.clock import today
from data.privacy.bundle import Bundle
from data.privacy.lending import Kept, as_kept
from data.privacy.receiving import record_of
from data.records import (
    BY_TABLE,
    KINDS,
    Conflict,
    Loan,
    Mentee,
    MenteeRecord,
    Person,
    Record,
    part_id,
)
from data.storage.merge_commit import MergedCommit, merge_commit
from data.storage.protocol import Doc, DocChange, Docs, Rules, Tables
from data.store.change import Change
from data.store.codec import decode, encode, table_rules
from data.store.conflicts import concerns_user, conflict_of_clash, needs_conflict
from data.store.store import Store
from data.text import name_key


@dataclass(frozen=True, slots=True)
class Return:
    """What a bundle that gives back would change here."""

    changes: tuple[Change, ...]
    """What is new, changed and deleted."""
    conflicts: tuple[Conflict, ...]
    """What both sides have written otherwise: the texts that came back."""
    merged: int
    """How many texts both have written in: they hold both now."""
    kept: int
    """How many entries were deleted there, and stay because they were changed here."""
    stays: frozenset[str]
    """Table and id of all that was deleted there and stays: what belongs to those entries too."""
    loan: Loan
    """The loan as it is after that."""

    def all(self, before: Loan) -> list[Change]:
        """Return all that is committed at once: so a return is taken whole, and only once."""
        made = [Change.created(one) for one in self.conflicts]
        return [*self.changes, *made, Change.between(before, self.loan)]


def namesakes(store: Store, loan: Loan, back: Bundle) -> list[tuple[Person, Person]]:
    """Return people who come back new and have the name of somebody here: (comes, is here)."""
    here = {name_key(one.name): one for one in store.all(Person)}
    found = []
    for doc in back.tables.get(Person.table, ()):
        one = record_of(Person, doc)
        is_new = f"{Person.table}/{one.id}" not in loan.base and one.id not in loan.ids
        if is_new and store.get(Person, one.id) is None and name_key(one.name) in here:
            found.append((one, here[name_key(one.name)]))
    return found


def come_back(
    store: Store,
    loan: Loan,
    back: Bundle,
    known: Mapping[str, str],
    is_deleted: Callable[[str], bool],
) -> Return:
    """Return what a bundle that gives back changes.

    Args:
        store: The lender's records.
        loan: The loan that it gives back.
        back: The bundle.
        known: Id of somebody who comes back new -> the id of the person here that it is.
        is_deleted: Whether something was deleted for good here: it stays so.
    """
    mark = back.loan
    assert mark is not None  # noqa: S101 - it is a bundle that gives back
    ids = {**loan.ids, **known}
    sent = {
        f"{table}/{doc['id']}": encode(record_of(BY_TABLE[table], _with(doc, ids)))
        for table, docs in back.tables.items()
        for doc in docs
        if str(doc["id"]) not in ids and not is_deleted(str(doc["id"]))
    }
    gone = [key for key in mark.gone if key in loan.base and key.split("/")[0] != Person.table]
    base = {key: encode(_decoded(key, json.loads(doc))) for key, doc in loan.base.items()}
    current = _current(store, loan.mentee_id)
    changes, found = _whole(base, sent, gone, current)
    went = {f"{one.table}/{one.id}" for one in found.applied if one.after is None}
    stays = {key for key in gone if key not in went and _doc(current, key) is not None}
    clashes = [one for one in found.clashes if concerns_user(one)]
    conflicts = tuple(
        _conflict(conflict_of_clash(one, changes), loan.mentee_id, back.made_by)
        for one in clashes
        if needs_conflict(one, changes)
    )
    new_base = {key: doc for key, doc in loan.base.items() if key not in gone}
    new_base |= {
        f"{table}/{doc['id']}": as_kept(_with(doc, ids))
        for table, docs in back.tables.items()
        for doc in docs
        if str(doc["id"]) not in ids
    }
    return Return(
        tuple(_change(store, one) for one in found.applied),
        tuple(one for one in conflicts if store.get(Conflict, one.id) is None),
        sum(one.merged for one in clashes),
        len({(one.table, one.id) for one in clashes if f"{one.table}/{one.id}" in gone}),
        frozenset(stays),
        replace(loan, base=new_base, ids=ids, back_on=today(), back_at=back.made_at),
    )


def _whole(
    base: Mapping[str, Doc], sent: Mapping[str, Doc], gone: Sequence[str], current: Tables
) -> tuple[list[DocChange], MergedCommit]:
    """Return the changes and what comes of them, where what stays keeps all that belongs to it.

    Somebody who deletes a task deletes its goals with it. If the task stays, so do they.
    """
    going, rules = [*gone], table_rules()
    while True:
        changes = list(doc_changes(base, sent, going))
        found = merged(changes, base, current)
        kept = {(one.table, one.id) for one in found.clashes if f"{one.table}/{one.id}" in going}
        kept |= {(table, id) for table, id in map(_key, gone) if f"{table}/{id}" not in going}
        left = [key for key in going if not _belongs(base[key], rules[_key(key)[0]], kept)]
        if left == going:
            return changes, found
        going = left


def _key(key: str) -> tuple[str, str]:
    table, _slash, id = key.partition("/")
    return table, id


def _doc(tables: Tables, key: str) -> Doc | None:
    table, id = _key(key)
    return tables.get(table, {}).get(id)


def _belongs(doc: Doc, rules: Rules, kept: set[tuple[str, str]]) -> bool:
    """Whether a document is a part of one that stays."""
    return any((table, str(doc.get(name, ""))) in kept for name, table in rules.owners.items())


def doc_changes(
    base: Mapping[str, Doc], sent: Mapping[str, Doc], gone: Sequence[str]
) -> Iterator[DocChange]:
    """Yield what the borrower has done to each document: people and what is new first."""
    for key in sorted(sent, key=lambda key: (_place(key), key)):
        table, id = key.split("/")
        yield DocChange(table, id, base.get(key), sent[key])
    for key in sorted(gone, key=lambda key: (-_place(key), key)):
        table, id = key.split("/")
        yield DocChange(table, id, base[key], None)


_PLACES = {kind.table: place for place, kind in enumerate(KINDS)}


def _place(key: str) -> int:
    return _PLACES[key.split("/", maxsplit=1)[0]]


def merged(changes: Sequence[DocChange], base: Mapping[str, Doc], current: Tables) -> MergedCommit:
    """Return what comes of the borrower's changes: pure, as the files merge two sessions.

    Args:
        changes: What the borrower has done, from what was lent (`doc_changes`).
        base: What was lent. What of it is not here any more was deleted here.
        current: What is here now.
    """
    deleted = {}
    for key in base:
        table, id = key.split("/")
        if id not in current.get(table, {}):
            deleted[table, id] = ""
    return merge_commit(changes, table_rules(), current, deleted)


def _with(doc: Mapping[str, Any], ids: Kept) -> Doc:
    """Return a document in which people are named by the ids that they have here."""
    text = json.dumps(doc)
    for come, here in ids.items():
        text = text.replace(f'"{come}"', f'"{here}"')
    found: Doc = json.loads(text)
    return found


def _decoded(key: str, doc: Doc) -> Record:
    table, id = key.split("/")
    return record_of(BY_TABLE[table], {**doc, "id": id})


def _current(store: Store, mentee_id: str) -> Tables:
    """Return what is here about the mentee, and all people."""
    found: Tables = {}
    for kind in KINDS:
        if issubclass(kind, MenteeRecord):
            docs: Docs = {one.id: encode(one) for one in store.of(kind, mentee_id)}
        elif kind in {Mentee, Person}:
            docs = {one.id: encode(one) for one in store.all(kind)}
        else:
            continue
        found[kind.table] = docs
    return found


def _change(store: Store, one: DocChange) -> Change:
    kind = BY_TABLE[one.table]
    after = None if one.after is None else decode(kind, one.id, one.after)
    return Change(one.table, one.id, store.get(kind, one.id), after)


def _conflict(found: Conflict, mentee_id: str, by: str) -> Conflict:
    """Return a conflict that says who wrote the text, and is the same if it is made again."""
    place = f"{found.of_table}:{found.of_id}:{found.of_field}"
    return replace(found, id=part_id(place, found.mine), mentee_id=mentee_id, mine_by=by)
