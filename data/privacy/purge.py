"""Deleting for good: what goes with a mentee, and where else than among the records.

The records themselves, with journal, backups and all that belongs to them, are the work of
`data.storage.upkeep.purging`. This room knows which records that are, and the files outside: where
the cursor was, texts that could not be saved, and reports of crashes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from data.documents.written_files import files_of
from data.method.visibility import MAY_BE_PRIVATE, private_parts
from data.paths import positions_file
from data.privacy.places import PlaceKind, places
from data.records import BY_TABLE, KINDS, Mentee, MenteeRecord, Person, Role, RoleKind
from data.settings import load_positions, save_positions
from data.storage import purged
from data.storage.folder import open_folder
from data.storage.journal import to_json
from data.storage.names import Names
from data.storage.problems import StorageError
from data.storage.protocol import BOOKKEEPING, Doc
from data.storage.purged import Parts
from data.storage.raw_lines import patterns
from data.storage.record_file import lines_matching
from data.storage.split.parts import fields_table
from data.storage.upkeep.elsewhere import follow
from data.storage.upkeep.going import Going, Wanted, look
from data.storage.upkeep.purging import Progress, Report, purge
from data.store.change import Change
from data.store.codec import decode, encode
from data.store.opening_team import own_file
from data.store.store import Store

MENTEE, PRIVATE, EARLIER, RECORD = "mentee", "private", "earlier", "record"
"""The kinds of deletions, as the log has them."""
TEXTS = 20
"""So many texts are looked for when they have been deleted."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a deletion takes, to be told before anybody is asked."""

    going: Going
    people: tuple[Person, ...]
    """People of the shared list who go with it, since nobody else needs them."""
    positions: tuple[str, ...]
    """What goes of the file that says where the cursor was."""
    files: tuple[Path, ...]
    """Files in the state folder in which something of it stands: they are deleted."""
    documents: tuple[Path, ...] = ()
    """Documents that the program wrote and that are there still: they are deleted."""
    own: Going | None = None
    """What goes from the user's own file; None unless it is a team file that has one."""

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to delete."""
        return self.has_no_records and not (self.positions or self.files or self.documents)

    @property
    def has_no_records(self) -> bool:
        """Whether no record goes, from no state of the files."""
        return all(one.is_nothing for one in self.goings)

    @property
    def goings(self) -> tuple[Going, ...]:
        """What goes from each of the files."""
        return (self.going,) if self.own is None else (self.going, self.own)


def refuse_held(store: Store, mentee: Mentee) -> None:
    """Raise `OnHold` for a mentee about whom nothing may be deleted. Ask before all else."""
    why = store.refusals.of([Change.deleted(mentee)])
    if why is not None:
        raise why


def all_of(store: Store, mentee: Mentee) -> Wanted:
    """Return a mentee and all that belongs to the mentee, for deletion.

    The ids of all records are among it, so that it can be deleted from another file too, which has
    only parts of them.
    """
    people = {(Person.table, one.id) for one in own_people(store, mentee)}
    own = {
        (kind.table, one.id)
        for kind in KINDS
        if issubclass(kind, MenteeRecord)
        for one in store.of(kind, mentee.id)
    }
    docs = frozenset({(Mentee.table, mentee.id), *people, *own})
    return Wanted(MENTEE, frozenset({mentee.id}), docs)


def private_of(mentee: Mentee) -> Wanted:
    """Return what is private about a mentee: records, and parts of shared ones."""

    def judge(table: str, doc: Doc, _present: bool) -> bool | Parts:
        kind = BY_TABLE.get(table)
        return kind is not None and private_parts(decode(kind, "", doc))

    return Wanted(PRIVATE, about=mentee.id, judge=judge)


def earlier_of(mentee: Mentee) -> Wanted:
    """Return what was about a mentee and has been deleted, but is in backups and the like yet."""
    return Wanted(EARLIER, about=mentee.id, judge=lambda _table, _doc, present: not present)


def record(table: str, id: str) -> Wanted:
    """Return one record, which may have been deleted already."""
    return Wanted(RECORD, docs=frozenset({(table, id)}))


def own_people(store: Store, mentee: Mentee) -> list[Person]:
    """Return the people who are the mentee, as the newcomer of the role matrix, and nobody else's.

    What others need stays: somebody who has a part in the plan of another mentee, for example.
    """
    roles = (role for role in store.of(Role, mentee.id) if role.kind is RoleKind.NEWCOMER)
    found = (store.get(Person, role.person_id) for role in roles if role.person_id)
    return [one for one in found if one is not None and not _is_needed(store, one, mentee)]


def _is_needed(store: Store, person: Person, mentee: Mentee) -> bool:
    """Whether a record of something else than the mentee names a person."""
    finders = patterns(frozenset({person.id}))
    for table, docs in store.documents.tables.items():
        for id, _line in lines_matching(docs, finders):
            if id == person.id or (table == Mentee.table and id == mentee.id):
                continue
            if docs[id].get("mentee_id") != mentee.id:
                return True
    return False


def plan(path: Path, store: Store, wanted: Wanted, environ: Mapping[str, str]) -> Planned:
    """Return what a deletion takes. Nothing is written.

    Args:
        path: The record file, which the store has open.
        store: The records; all that was done in it has been saved.
        wanted: What is to go.
        environ: The environment of the program, which says where the state folder is.

    Raises:
        OSError: A file cannot be read.
        StorageError: The files must not be used.
        Unsound: They are damaged: open them again.
    """
    tables = store.documents.tables
    going = look(path, wanted, by=store.by, present=tables)
    planned = planned_with(path, going, store, wanted, environ)
    own = own_file(path)
    if own is None:
        return planned
    # a record that is deleted for good there must not be one that is in the team file now
    there = replace(wanted, emptied=frozenset(_private_fields(store, wanted)))
    return replace(planned, own=look(own, there, by=store.by, present=tables))


def _private_fields(store: Store, wanted: Wanted) -> Iterable[tuple[str, str]]:
    """Yield tables and ids of the private fields that the own file may have of shared records."""
    if wanted.kind == PRIVATE:
        for kind in BY_TABLE.values():
            if kind in MAY_BE_PRIVATE and issubclass(kind, MenteeRecord):
                for one in store.of(kind, wanted.about):
                    yield fields_table(kind.table), one.id


def planned_with(
    path: Path, going: Going, store: Store, wanted: Wanted, environ: Mapping[str, str]
) -> Planned:
    """Return what a deletion takes, when the files have been looked through (`going.look`)."""
    ids = {id for _table, id in going.docs} | wanted.owners
    people = (store.get(Person, id) for table, id in sorted(going.docs) if table == Person.table)
    names = [one.name for id in sorted(wanted.owners) if (one := store.get(Mentee, id))]
    return Planned(
        going,
        tuple(one for one in people if one is not None),
        tuple(_positions_of(load_positions(positions_file(environ)), ids)),
        tuple(_state_files(path, environ, names, ids)),
        tuple(_documents(store, wanted)),
    )


def carry_out(
    path: Path,
    planned: Planned,
    environ: Mapping[str, str],
    *,
    documents: Path,
    words: Iterable[str] = (),
    progress: Progress = lambda _step, _of: None,
) -> Report:
    """Delete what was planned, for good.

    Args:
        path: The record file. A store that has it open in this thread must not be used after this.
        planned: What `plan` has returned.
        environ: The environment of the program.
        documents: The folder of documents, which stays.
        words: Names and texts to look for in the end, beside the ids.
        progress: Is told how far it is: the step, and of how many.

    Raises:
        NotSaved: It was not possible, and nothing has happened.
        StorageError: It has begun; the next opening finishes it.
        OSError: A file in the state folder could not be deleted; all else is gone.
    """
    _forget_positions(planned, environ)
    files = (*planned.files, *planned.documents)
    folders = {one.parent for one in planned.documents} - {documents}
    outside = tuple(str(one.absolute()) for one in (*files, *folders))
    going = replace(planned.going, outside=outside)
    report = purge(path, going, progress=progress, words=tuple(words))
    own = own_file(path)
    if own is not None:
        with suppress(OSError, StorageError):  # the next opening of the team file tries it again
            follow(path, own)
    if own is not None and planned.own is not None and planned.going.deletion.kind != MENTEE:
        _add(report, purge(own, planned.own))
    for one in files:  # it has been done, unless it was not possible: this says why
        one.unlink(missing_ok=True)
    return report


def _add(report: Report, other: Report) -> None:
    """Add what came of it in the own file."""
    report.rewritten += other.rewritten
    report.deleted += other.deleted
    report.looked_at += other.looked_at
    report.found |= other.found


def _forget_positions(planned: Planned, environ: Mapping[str, str]) -> None:
    """Forget where the cursor was in what goes. It is no loss if nothing goes after all."""
    file = positions_file(environ)
    known = load_positions(file)
    ids = {id for one in planned.goings for _table, id in one.docs}
    ids.update(*(one.deletion.ids for one in planned.goings))
    gone = set(_positions_of(known, ids))
    if gone:
        save_positions(file, {key: place for key, place in known.items() if key not in gone})


def _documents(store: Store, wanted: Wanted) -> Iterable[Path]:
    """Yield the documents that were written about those who go, and what was private in them."""
    for id in sorted(wanted.owners):
        yield from files_of(store, id)
    if wanted.kind == PRIVATE:
        yield from files_of(store, wanted.about, whole=True)


def _positions_of(known: Mapping[str, str], ids: Iterable[str]) -> list[str]:
    """Return the keys of the positions that name one of the ids."""
    found = set(ids)
    return [
        key
        for key, place in known.items()
        if found & {*key.replace("|", ":").split(":"), *place.replace("|", ":").split(":")}
    ]


def _state_files(
    path: Path, environ: Mapping[str, str], names: Iterable[str], ids: Iterable[str]
) -> Iterable[Path]:
    """Yield the texts that could not be saved, and reports of crashes, that name what goes."""
    words = [word.encode("utf-8", "surrogatepass") for word in (*names, *ids) if word]
    for place in places(path, environ, None):
        if place.kind is PlaceKind.STATE and place.path != positions_file(environ):
            with suppress(OSError):
                data = place.path.read_bytes()
                if any(word in data for word in words):
                    yield place.path


def deleted_in(path: Path) -> Callable[[str], bool]:
    """Return whether something with an id was deleted for good, for what takes records in again.

    Raises:
        OSError: The list cannot be read.
        StorageError: The folder must not be used.
    """
    folder, name = open_folder(path)
    folder.mending = False
    with closing(folder):
        deletions = purged.read(folder, Names(name))
    return lambda one: any(deletion.knows(one) for deletion in deletions)


def longest_texts(store: Store, mentee: Mentee) -> list[str]:
    """Return the longest texts about a mentee alone, to look for them when they are deleted."""
    texts = {
        value
        for kind in KINDS
        if issubclass(kind, MenteeRecord)
        for one in store.of(kind, mentee.id)
        for name, value in encode(one).items()
        if isinstance(value, str) and name not in BOOKKEEPING and type(getattr(one, name)) is str
    }
    longest = sorted(texts, key=len, reverse=True)
    alone = (text for text in longest if not _stands_elsewhere(store, text, mentee))
    return list(islice(alone, TEXTS))


def _stands_elsewhere(store: Store, text: str, mentee: Mentee) -> bool:
    """Whether a text is about somebody else too: many come from the library."""
    finder = re.compile(re.escape(to_json(text)[1:-1]))
    return any(
        docs[id].get("mentee_id") != mentee.id
        for docs in store.documents.tables.values()
        for id, _line in lines_matching(docs, [finder])
    )
