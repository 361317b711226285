"""Deleting for good: what goes with a mentee, and where else than among the records.

The records themselves, with journal, backups and all that belongs to them, are the work of
`data.storage.upkeep.purging`. This room knows which records that are, and the files outside: where
the cursor was, texts that could not be saved, and reports of crashes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from data.documents.written_files import files_of
from data.method.hold import is_held
from data.method.shared_people import is_of_library
from data.method.visibility import MAY_BE_PRIVATE, private_parts
from data.paths import positions_file
from data.positions import load_positions, save_positions
from data.privacy.beside_records import positions_of, state_files, take_away
from data.privacy.lending import visible_now
from data.published.renew import take_away_of
from data.records import (
    BY_TABLE,
    KINDS,
    Loan,
    LoanSide,
    Mentee,
    MenteeRecord,
    Person,
    Role,
    RoleKind,
)
from data.storage.deletion import Parts
from data.storage.journal import to_json
from data.storage.postgres.servers import server_of
from data.storage.problems import StorageError
from data.storage.protocol import BOOKKEEPING, Doc
from data.storage.raw_lines import patterns
from data.storage.record_file import lines_matching
from data.storage.snapshot import Unsound, is_team_file, read_tables
from data.storage.split.parts import fields_table
from data.storage.upkeep.elsewhere import follow
from data.storage.upkeep.going import Going, Judge, Known, Wanted, look
from data.storage.upkeep.purging import Progress, Report, purge
from data.store.change import Change
from data.store.codec import decode, encode
from data.store.hold import OnHold
from data.store.opening_team import own_file
from data.store.store import Store

MENTEE, PRIVATE, EARLIER, RECORD = "mentee", "private", "earlier", "record"
"""The kinds of deletions, as the log has them."""
TEXTS = 20
"""So many texts are looked for when they have been deleted."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a deletion takes, to be told before anybody is asked."""

    goings: Mapping[Path, Going]
    """What goes from each file of records: the user's own file of a team too."""
    people: tuple[Person, ...]
    """People of the shared list who go with it, since nobody else needs them."""
    positions: tuple[str, ...]
    """What goes of the file that says where the cursor was."""
    files: tuple[Path, ...]
    """Files in the state folder in which something of it stands: they are deleted."""
    documents: tuple[Path, ...] = ()
    """Documents that the program wrote and that are there still: they are deleted."""
    mentees: frozenset[str] = frozenset()
    """The ids of the mentees whom it is about."""
    server: str = ""
    """The server that has the records, as it is shown; "" for a file."""

    @property
    def is_whole(self) -> bool:
        """Whether a mentee goes with all that there is about them."""
        return any(one.deletion.kind == MENTEE for one in self.goings.values())

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to delete."""
        return self.has_no_records and not (self.positions or self.files or self.documents)

    @property
    def has_no_records(self) -> bool:
        """Whether no record goes, from no state of the files."""
        return all(one.is_nothing for one in self.goings.values())


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


def private_of(store: Store, mentee: Mentee) -> Wanted:
    """Return what is private about a mentee: records, and parts of shared ones.

    In the user's own file of a team those parts are documents beside the shared ones.
    """
    visible = visible_now(store, mentee)

    def judge(table: str, doc: Doc, _present: bool) -> bool | Parts:
        if table == Loan.table:
            return _lent(doc, visible)
        kind = BY_TABLE.get(table)
        return kind is not None and private_parts(decode(kind, "", doc))

    kinds = (kind for kind in MAY_BE_PRIVATE if issubclass(kind, MenteeRecord))
    fields = {
        (fields_table(kind.table), one.id) for kind in kinds for one in store.of(kind, mentee.id)
    }
    return Wanted(PRIVATE, about=mentee.id, judge=judge, emptied=frozenset(fields))


def earlier_of(store: Store, mentee: Mentee) -> Wanted:
    """Return what was about a mentee and has been deleted, but is in backups and the like yet."""
    visible = visible_now(store, mentee)

    def judge(table: str, doc: Doc, present: bool) -> bool | Parts:
        return not present or (table == Loan.table and _lent(doc, visible))

    return Wanted(EARLIER, about=mentee.id, judge=judge)


def _lent(doc: Doc, visible: frozenset[str]) -> bool | Parts:
    """Return what goes of a loan: what was lent, where something of it is to go (`pruned`)."""
    base = doc.get("base")
    is_lent = doc.get("side") == LoanSide.LENT and isinstance(base, dict)
    return {"base": True} if is_lent and not visible >= doc["base"].keys() else False


def record(table: str, id: str) -> Wanted:
    """Return one record, which may have been deleted already."""
    return Wanted(RECORD, docs=frozenset({(table, id)}))


def own_people(store: Store, mentee: Mentee) -> list[Person]:
    """Return the people who are the mentee, as the newcomer of the role matrix, and nobody else's.

    What others need stays: somebody who has a part in the plan of another mentee, for example, and
    whom the workplace's library has for all.
    """
    roles = (role for role in store.of(Role, mentee.id) if role.kind is RoleKind.NEWCOMER)
    found = (store.get(Person, role.person_id) for role in roles if role.person_id)
    own = (one for one in found if one is not None and not is_of_library(one))
    return [one for one in own if not _is_needed(store, one, mentee)]


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
    goings = look_through(path, wanted, by=store.by, present=store.documents.tables)
    return planned_with(path, goings, store, wanted, environ)


def look_through(path: Path, wanted: Wanted, *, by: str, present: Known) -> dict[Path, Going]:
    """Return what a deletion takes from each file of records. Any thread may call it.

    A team file may have what a colleague kept private before it was kept apart. Who takes what is
    private takes their own alone.

    Args:
        path: The record file.
        wanted: What is to go.
        by: The login name of the one who does it.
        present: The records that there are now, by table and id.

    Raises:
        OSError: A file cannot be read.
        StorageError: The files must not be used.
        Unsound: They are damaged: open them again.
    """
    server = server_of(path)
    if server is not None:
        # most records are in a file
        from data.privacy.on_server import look_on_server

        return {path: look_on_server(path, server, wanted)}
    here = wanted
    if wanted.kind == PRIVATE and is_team_file(path):
        here = replace(wanted, judge=_of_author(wanted.judge, by))
    found = {path: look(path, here, by=by, present=present)}
    own = own_file(path)
    if own is not None:
        found[own] = look(own, wanted, by=by, present=present)
    return found


def _of_author(judge: Judge, by: str) -> Judge:
    """Return what judges documents of one author, and takes nothing of anybody else's."""

    def judged(table: str, doc: Doc, present: bool) -> bool | Parts:
        return doc.get("changed_by") == by and judge(table, doc, present)

    return judged


def planned_with(
    path: Path,
    goings: Mapping[Path, Going],
    store: Store,
    wanted: Wanted,
    environ: Mapping[str, str],
) -> Planned:
    """Return what a deletion takes, when the files have been looked through (`look_through`)."""
    docs = {one for going in goings.values() for one in going.docs}
    ids = {id for _table, id in docs} | wanted.owners
    people = (store.get(Person, id) for table, id in sorted(docs) if table == Person.table)
    names = [one.name for id in sorted(wanted.owners) if (one := store.get(Mentee, id))]
    return Planned(
        goings,
        tuple(one for one in people if one is not None),
        tuple(positions_of(load_positions(positions_file(environ)), ids)),
        tuple(state_files(path, environ, names, ids)),
        tuple(_documents(store, wanted)),
        wanted.owners or frozenset(filter(None, (wanted.about,))),
        server.whole if (server := server_of(path)) is not None else "",
    )


def carry_out(
    path: Path,
    planned: Planned,
    environ: Mapping[str, str],
    *,
    documents: Path,
    words: Collection[str] = (),
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
        OnHold: Somebody has put a mentee on hold since it was planned. Nothing has happened.
        NotSaved: It was not possible, and nothing has happened.
        StorageError: It has begun; the next opening finishes it.
        OSError: A file in the state folder could not be deleted; all else is gone.
    """
    files = (*planned.files, *planned.documents)
    folders = {one.parent for one in planned.documents} - {documents}
    server = server_of(path)
    if server is not None:
        # most records are in a file
        from data.privacy.on_server import delete_on_server

        mentee = next(iter(planned.mentees), "")
        report = delete_on_server(path, server, planned.goings[path], mentee, words)
        _forget_positions(planned, environ)
        take_away(files, folders)
        return report
    _refuse_held_by_now(path, planned)
    with suppress(OSError, StorageError):  # what renews it says why it cannot be
        take_away_of(path, environ)
    _forget_positions(planned, environ)
    outside = tuple(str(one.absolute()) for one in (*files, *folders))
    report = Report()
    for file, going in _to_purge(path, planned).items():
        _add(report, purge(file, replace(going, outside=outside), progress=progress, words=words))
    own = own_file(path)
    if own is not None:
        with suppress(OSError, StorageError):  # the next opening of the team file tries it again
            follow(path, own)
    take_away(files)  # it has been done, unless it was not possible: this says why
    return report


def _refuse_held_by_now(path: Path, planned: Planned) -> None:
    """Raise `OnHold` where the file has a hold that who planned the deletion may not know of."""
    docs: Mapping[str, Doc] = {}
    with suppress(Unsound):  # damaged since: what deletes mends it first
        docs = read_tables(path).get(Mentee.table, {})
    for id in planned.mentees & docs.keys():
        mentee = decode(Mentee, id, docs[id])
        if is_held(mentee):
            raise OnHold(mentee)


def _to_purge(path: Path, planned: Planned) -> dict[Path, Going]:
    """Return what goes from which file.

    A person goes from the team file, and from each own file because of that. Of what is private
    the team file is told nothing, unless it has something of it.
    """
    first = planned.goings[path]
    if first.deletion.kind == MENTEE:
        return {path: first}
    found = {file: going for file, going in planned.goings.items() if not going.is_nothing}
    return found or {path: first}


def _add(report: Report, other: Report) -> None:
    """Add what came of it in another file."""
    report.deletion = report.deletion or other.deletion
    report.rewritten += other.rewritten
    report.deleted += other.deleted
    report.looked_at += other.looked_at
    report.found |= other.found


def _forget_positions(planned: Planned, environ: Mapping[str, str]) -> None:
    """Forget where the cursor was in what goes. It is no loss if nothing goes after all."""
    file = positions_file(environ)
    known = load_positions(file)
    goings = planned.goings.values()
    ids = {id for one in goings for _table, id in one.docs}
    ids.update(*(one.deletion.ids for one in goings))
    gone = set(positions_of(known, ids))
    if gone:
        save_positions(file, {key: place for key, place in known.items() if key not in gone})


def _documents(store: Store, wanted: Wanted) -> Iterable[Path]:
    """Yield the documents that were written about those who go, and what was private in them."""
    for id in sorted(wanted.owners):
        yield from files_of(store, id)
    if wanted.kind == PRIVATE:
        yield from files_of(store, wanted.about, whole=True)


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
