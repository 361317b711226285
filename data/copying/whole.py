"""Copying all records: what is there already is left, and each is read back and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from data.copying.ends import Source, Target, Unseeing
from data.frozen import immutable
from data.storage.history import OWNER
from data.storage.journal import to_json
from data.storage.problems import ErrorKind, StorageError
from data.storage.protocol import Doc, DocChange, Tables
from data.storage.split.parts import NO_RECORDS, Key

MENTEES: Final = "mentees"


class HoldsOthers(Exception):
    """What is to be copied to holds other records."""


@immutable
class Field:
    """A field of a document."""

    mentee: str
    """The name of the mentee whom it is about; "" for nobody."""
    table: str
    name: str
    made_at: str
    """When the document was made: ISO time; "" if it does not say so."""


class NotHeld(Exception):
    """Texts have letters that cannot be held where they are to be copied to."""

    def __init__(self, fields: Sequence[Field]) -> None:
        """Remember where they are."""
        super().__init__(fields)
        self.fields = fields


class TakenAway(Exception):
    """What had been copied was not there any more when it was read again."""


@immutable
class Copied:
    """What has been copied, or would be."""

    count: int
    """How many documents were not there yet."""
    there: int
    """How many were there already, and the same."""
    mentees: int
    """How many mentees they are about, in all."""
    others: Mapping[str, int]
    """How many documents are private and somebody else's, by author; they are not copied."""
    replaced: int = 0
    """How many fields have a sign in place of letters that cannot be held there."""
    changed: int = 0
    """How many documents somebody has changed there since they were copied."""
    unseeing: Unseeing = Unseeing()
    """Who has a role as mentor, and gets no access."""
    outdated: int = 0
    """How many documents have been made, changed or deleted in what was copied, since it was read.
    """


def copy(
    source: Source,
    target: Target,
    *,
    dry_run: bool = False,
    as_held: bool = False,
    tell: Callable[[str], None] = lambda _name: None,
) -> Copied:
    """Copy all documents that are not there yet, mentee by mentee, and compare all.

    Whatever ends it, the same call goes on where it stopped.

    Args:
        source: What is copied; it is only read.
        target: What it is copied to.
        dry_run: Whether nothing is to be written there.
        as_held: Whether letters that cannot be held there are to be replaced by a sign.
        tell: Called with the name of each mentee whose documents are being copied.

    Raises:
        NotHeld: There are such letters, and nothing has been changed.
        TakenAway: Somebody has deleted there what had been copied.
        HoldsOthers: There are other records there, and nothing has been changed.
        StorageError: One of the two cannot be read or written.
    """
    rows = source.rows()
    found = dict(documents_of(rows.tables))
    wanted = {key: target.held(doc) for key, doc in found.items()}
    names = names_of(wanted)
    unfit = list(unfit_of(found, wanted, names))
    if unfit and not as_held:
        raise NotHeld(unfit)
    there = dict(documents_of(target.looked_at() if dry_run else target.tables()))
    _refuse_others(wanted, there, target)
    missing = {key: doc for key, doc in wanted.items() if key not in there}
    done = Copied(len(missing), len(wanted) - len(missing), len(names), rows.others, len(unfit))
    if dry_run:
        return done
    by_mentee: dict[str, list[DocChange]] = {"": [], **{id: [] for id in names}}
    for (table, id), doc in missing.items():
        by_mentee.setdefault(mentee_of(table, id, doc), []).append(DocChange(table, id, None, doc))
    for mentee_id, docs in by_mentee.items():
        tell(names.get(mentee_id, ""))
        target.put(mentee_id, docs, source.history(mentee_id) if mentee_id else ())
    changed = compare(wanted, dict(documents_of(target.read_again())))
    unseeing = target.finish()
    now = dict(documents_of(source.rows().tables))
    ids = found.keys() | now.keys()
    outdated = sum(to_json(found.get(key, {})) != to_json(now.get(key, {})) for key in ids)
    return replace(done, changed=changed, unseeing=unseeing, outdated=outdated)


def names_of(docs: Mapping[Key, Doc]) -> dict[str, str]:
    """Return the names of mentees by id."""
    return {id: str(doc.get("name", "")) for (table, id), doc in docs.items() if table == MENTEES}


def unfit_of(
    found: Mapping[Key, Doc], held: Mapping[Key, Doc], names: Mapping[str, str]
) -> Iterator[Field]:
    """Yield the fields that cannot be held to the letter.

    Args:
        found: Documents.
        held: The same as they can be held.
        names: The names of mentees by id.
    """
    for (table, id), doc in found.items():
        if doc != held[table, id]:
            mentee = names.get(mentee_of(table, id, doc), "")
            for field, value in doc.items():
                if field not in held[table, id] or held[table, id][field] != value:
                    yield Field(mentee, table, field, str(doc.get("created_at", "")))


def documents_of(tables: Tables) -> Iterator[tuple[Key, Doc]]:
    """Yield the documents of all tables of records, with table and id."""
    for table, docs in tables.items():
        if table not in NO_RECORDS:
            for id, doc in docs.items():
                yield (table, id), doc


def mentee_of(table: str, id: str, doc: Doc) -> str:
    """Return the id of the mentee whom a document is about; "" for nobody."""
    owner = id if table == MENTEES else doc.get(OWNER)
    return owner if isinstance(owner, str) else ""


def _refuse_others(wanted: Mapping[Key, Doc], there: Mapping[Key, Doc], target: Target) -> None:
    """Raise `HoldsOthers` if there is something else, or the same otherwise.

    A team may have other mentees already, and people and texts, which belong to no mentee: the
    user may see those of a colleague who has copied a file of theirs.
    """
    copied = names_of(wanted)
    for key, doc in there.items():
        if key not in wanted:
            if not target.is_shared or mentee_of(*key, doc) in copied:
                raise HoldsOthers
        elif to_json(doc) != to_json(wanted[key]):
            raise HoldsOthers


def compare(wanted: Mapping[Key, Doc], there: Mapping[Key, Doc]) -> int:
    """Return how many documents somebody has changed since; all others are there to the letter.

    Raises:
        TakenAway: One is not there.
        StorageError: One is another one, and nobody has changed it.
    """
    changed = 0
    for key, doc in wanted.items():
        if key not in there:
            raise TakenAway
        if to_json(there[key]) != to_json(doc):
            if not _is_later(there[key], doc):
                raise StorageError(ErrorKind.FAULT)
            changed += 1
    return changed


def _is_later(one: Doc, other: Doc) -> bool:
    """Whether a document is a later version of another one: each change counts `rev` up."""
    rev, before = one.get("rev"), other.get("rev")
    return isinstance(rev, int) and isinstance(before, int) and rev > before
