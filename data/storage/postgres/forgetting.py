"""Deleting for good on a server: what goes, and the one call that takes it (`sql/privacy.sql`).

The rule of what goes is that of files (`data.storage.upkeep.going`, `data.storage.deletion`). What
nobody else than the server can see, such as what others keep private of a mentee, goes by the id of
the mentee.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from data.clock import now
from data.storage.deletion import new_id, opaque
from data.storage.generation import time_now
from data.storage.journal import to_json
from data.storage.postgres.backend import PostgresBackend
from data.storage.postgres.in_use import PEOPLE
from data.storage.postgres.line import Line, ServerRefusal
from data.storage.postgres.mirror import Mirror
from data.storage.postgres.parts import private_part, shared_parts
from data.storage.problems import ErrorKind, NotSaved, StorageError
from data.storage.protocol import BOOKKEEPING, MARKS, Doc, DocChange, Happening, Tables
from data.storage.raw_table import copied
from data.storage.references import OF_TEAM, scope_of
from data.storage.split.parts import is_fields_table, table_of
from data.storage.upkeep.going import Going, Search, Wanted

if TYPE_CHECKING:
    from data.storage.deletion import Deletion, Parts
    from data.storage.upkeep.going import Judge

TRYING_SECONDS: Final = 20.0
"""For how long it is tried again while others are quicker, or the line is broken."""
PATIENCE: Final = 600.0
"""For how many seconds it is waited for: all that the team keeps private is looked through."""
_WHOLE: Final = "mentee"
"""The kind of a deletion that takes a mentee, with all that anybody has about them."""
_EARLIER: Final = "earlier"
"""That of one that takes what has been deleted before."""
_HELD: Final = "MR005"
_NO_ACCESS: Final = "MR002"
_TAKEN: Final = "MR007"


def going(backend: PostgresBackend, wanted: Wanted) -> Going:
    """Return what a deletion for good takes. Nothing is written.

    Raises:
        StorageError: The server cannot be asked, or the user may not delete it.
    """
    return backend.with_line(lambda line, mirror: _going(line, mirror, wanted, backend.by))


def _going(line: Line, mirror: Mirror, wanted: Wanted, by: str) -> Going:
    owner = next(iter(wanted.owners), "")
    shown = line.address.shown
    try:
        with line.patient(PATIENCE):
            wanted = _without_needed(line, mirror, wanted, owner)
            ((salt,),) = line.ask("SELECT mentorrollen.salt_of(%s)", mirror.team)
            earlier = 0
            if wanted.kind == _EARLIER:
                asked = "SELECT mentorrollen.count_earlier(%s, %s)"
                ((earlier,),) = line.ask(asked, mirror.team, wanted.about)
            released = _released(line, mirror.team, owner) if owner else ()
    except ServerRefusal as error:
        raise as_problem(error, shown) or NotSaved(ErrorKind.SERVER_BUSY, name=shown) from error
    halves = mirror.halves
    about = owner or wanted.about or _scope_of_record(wanted, halves.team)
    shared = _within(halves.team, {OF_TEAM, about})
    search = Search(replace(wanted, judge=_of_author(wanted, by)), salt, shared, halves.all)
    there = search.look_at(shared)
    search.wanted, search.there = wanted, halves.own
    there |= search.look_at(halves.own)
    counts = Counter(table for table, _id in {(table_of(name), id) for name, id in there})
    deletion = search.deletion(dict(counts), now().isoformat(), by)
    deletion = replace(deletion, about=opaque(salt, about) if about else "")
    docs = frozenset(search.found | there)
    return Going(deletion, docs, counts, earlier, released=released)


def _scope_of_record(wanted: Wanted, tables: Tables) -> str:
    """Return the id of the mentee whom the one document that is to go is about, or `OF_TEAM`."""
    for table, id in wanted.docs:
        doc = tables.get(table, {}).get(id)
        if doc is not None:
            return scope_of(table, id, doc)
    return OF_TEAM


def _within(tables: Tables, scopes: Collection[str]) -> Tables:
    """Return shared documents that are about these mentees, or with `OF_TEAM` about none.

    A colleague could put a document elsewhere that says of itself that it is about one of those
    that go. The server would refuse all, if the user may delete nothing there.
    """
    return {
        table: {id: doc for id, doc in docs.items() if scope_of(table, id, doc) in scopes}
        for table, docs in tables.items()
    }


def _released(line: Line, team: str, mentee: str) -> tuple[str, ...]:
    """Return the names of the managers who read a status of a mentee until the mentee goes."""
    rows = line.ask(
        "SELECT coalesce(m.name, r.manager) FROM mentorrollen.released_about(%s) r"
        " LEFT JOIN mentorrollen.colleagues_of(%s, 'manager') m ON m.login = r.manager"
        " WHERE r.mentee = %s ORDER BY 1",
        team,
        team,
        mentee,
    )
    return tuple(str(name) for (name,) in rows)


def _of_author(wanted: Wanted, by: str) -> Judge:
    """Return what judges shared documents: of private ones it takes the user's own alone."""

    def judged(table: str, doc: Doc, present: bool) -> bool | Parts:
        return doc.get("changed_by") == by and wanted.judge(table, doc, present)

    return judged


def _without_needed(line: Line, mirror: Mirror, wanted: Wanted, owner: str) -> Wanted:
    """Return what is to go without people whom somebody needs whom the user cannot see."""
    people = [id for table, id in wanted.docs if table == PEOPLE]
    if not people or not owner:
        return wanted
    asked = "SELECT mentorrollen.needed_people(%s, %s, %s::text[])"
    needed = {(PEOPLE, id) for (id,) in line.ask(asked, mirror.team, owner, people)}
    return replace(wanted, docs=wanted.docs - needed)


def forget(backend: PostgresBackend, deletion: Deletion, mentee: str) -> Deletion:
    """Delete for good what `going` has found, in one transaction, once.

    Returns:
        The deletion as it was made: under another id, if somebody else had made one under this.

    Args:
        backend: The records.
        deletion: What goes.
        mentee: The id of the mentee whom it is about; "" for a document of the team.

    Raises:
        StorageError: `ErrorKind.HELD`, `ErrorKind.NO_ACCESS`: it was refused, and nothing has gone.
            Another kind: the server is away. Whether it was made by then, its list says the next
            time: to do it again does no harm.
    """
    end = time.monotonic() + TRYING_SECONDS
    while True:
        try:
            backend.with_line(partial(_forget, backend, deletion, mentee))
            return deletion
        except ServerRefusal as error:
            if error.state == _TAKEN:
                deletion = replace(deletion, id=new_id())
                continue
            problem = as_problem(error, backend.address.shown)
            if problem is not None or time.monotonic() > end:
                raise problem or NotSaved(
                    ErrorKind.SERVER_BUSY, name=backend.address.shown
                ) from error
        except StorageError:
            if backend.fileno() >= 0 or time.monotonic() > end:
                raise
            time.sleep(0.2)  # the line is broken


def _forget(
    backend: PostgresBackend, deletion: Deletion, mentee: str, line: Line, mirror: Mirror
) -> None:
    """Delete, unless that has been done; then read everything again.

    Raises:
        StorageError: The line is broken: it may have been made.
        ServerRefusal: It was refused. See `as_problem`.
    """
    if any((one.id, one.by) == (deletion.id, backend.by) for one in mirror.deletions.all):
        return
    try:
        send(line, mirror, backend.session, deletion, mentee)
    except ServerRefusal:
        mirror.read_all(backend.by)  # somebody was quicker, or the hold is new
        raise
    mirror.read_all(backend.by)


def send(line: Line, mirror: Mirror, session: str, deletion: Deletion, mentee: str) -> None:
    """Ask the server once to delete. See `_forget` for what it raises."""
    at = time_now()
    whole = deletion.kind == _WHOLE
    halves = mirror.halves
    scopes = {one for one in mirror.numbers if opaque(deletion.salt, one) == deletion.about}
    scopes = {OF_TEAM} if whole else {OF_TEAM, mentee, *scopes}
    shared = _changes(deletion, _within(halves.team, scopes))
    own = [one for one in _changes(deletion, halves.own) if not whole or one.after is not None]
    parts = shared_parts(shared, mirror.numbers, at, halves.by)
    for part in parts:
        part["told"] = []
    private = private_part(own, mirror.private_number, mirror.all)
    if private is not None:
        parts.append(private)
    with line.patient(PATIENCE):
        line.ask(
            "SELECT mentorrollen.forget(%s, %s, %s, %s, %s, %s, %s::json, %s::json, %s::json)",
            mirror.team,
            deletion.id,
            session,
            deletion.at,
            deletion.kind,
            mentee,
            *(to_json(one).decode() for one in (parts, deletion.parts, deletion.counts)),
        )


def _changes(deletion: Deletion, tables: Tables) -> list[DocChange]:
    """Return what a deletion changes of documents. Private fields of which none is left go."""
    found = (one for one in deletion.clean(copied(tables)) if one.table != MARKS)
    return [one._replace(after=None) if _is_empty(one) else one for one in found]


def _is_empty(change: DocChange) -> bool:
    return is_fields_table(change.table) and not ((change.after or {}).keys() - BOOKKEEPING)


def as_problem(error: ServerRefusal, shown: str) -> StorageError | None:
    """Return why a deletion was refused; None if it can be tried again."""
    kinds = {_HELD: ErrorKind.HELD, _NO_ACCESS: ErrorKind.NO_ACCESS}
    kind = kinds.get(error.state)
    return None if kind is None else NotSaved(kind, name=shown)


def add_history(backend: PostgresBackend, found: Sequence[Happening]) -> None:
    """Add what happened elsewhere to mentees of the user's. Told once, it is not told again.

    Raises:
        StorageError: The server cannot be asked, or the user has no access.
    """
    rows: dict[str, list[Doc]] = {}
    for one in found:
        row = {"at": one.at, "by": one.by, "t": one.table, "i": one.id, "k": one.kind}
        rows.setdefault(one.mentee_id, []).append({**row, "c": dict(one.fields)})
    asked = "SELECT mentorrollen.take_history(%s, %s, %s::json)"
    try:
        for mentee, told in rows.items():
            backend.with_line(
                lambda line, mirror, to=mentee, of=told: line.ask(  # type: ignore[misc]
                    asked, mirror.team, to, to_json(of).decode()
                )
            )
    except ServerRefusal as error:
        shown = backend.address.shown
        raise as_problem(error, shown) or NotSaved(ErrorKind.SERVER_BUSY, name=shown) from error
