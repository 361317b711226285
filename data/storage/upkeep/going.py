"""What is to be deleted for good, and where it stands: the look before a deletion.

Nothing is written here. What is found is told before anybody is asked, and then it is what goes.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.clock import now
from data.storage import backups, purge_list
from data.storage.deletion import Deletion, Parts, key, new_id, opaque
from data.storage.folder import Folder, open_folder
from data.storage.journal import scan
from data.storage.names import Names
from data.storage.protocol import BOOKKEEPING, MARKS, Doc, Tables
from data.storage.raw_lines import patterns
from data.storage.record_file import lines_matching
from data.storage.snapshot import read_snapshot
from data.storage.typed.drafts import ENDING
from data.storage.typed.gone import gone_fields
from data.storage.upkeep.old_states import OldState, read_backup, state_of

Judge = Callable[[str, Doc, bool], "bool | Parts"]
"""Says of a document, by its table, whether it goes or what of it does. Its last argument tells
whether the document is there now; one of an older state may have been deleted since."""

Known = Mapping[str, Mapping[str, object]]
"""Documents by table and id, of which only that they are there is asked."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be deleted for good. The fields add up."""

    kind: str
    """What it is, in a word for the log."""
    owners: frozenset[str] = frozenset()
    """Ids: each document that names one of them goes."""
    docs: frozenset[tuple[str, str]] = frozenset()
    """Table and id of documents that go; and of others with the same id, which are parts of one."""
    about: str = ""
    """The id by which documents are known that `judge` is asked of; "" if it is not asked."""
    judge: Judge = lambda _table, _doc, _present: False
    emptied: frozenset[tuple[str, str]] = frozenset()
    """Table and id of documents of which all fields go: they are what a file has of others."""


@dataclass(frozen=True, slots=True)
class Going:
    """What a deletion takes."""

    deletion: Deletion
    docs: frozenset[tuple[str, str]]
    """Table and id of all documents of which something goes, those of older states too."""
    counts: Mapping[str, int]
    """Table -> how many of its documents go that are there now, or lose something."""
    earlier: int
    """How many go that older states alone have."""
    backups: tuple[str, ...] = ()
    """The names of the backups that have something of it."""
    aside: tuple[str, ...] = ()
    """The names of the files in quarantine that have."""
    drafts: tuple[str, ...] = ()
    """The names of the files with typed text that have."""
    outside: tuple[str, ...] = ()
    """Paths of files elsewhere that go with it, and after them of folders, if they are empty."""
    released: tuple[str, ...] = ()
    """The names of those to whom a status was released on a server: it is withdrawn."""

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to delete."""
        return not (self.counts or self.earlier or self.backups or self.aside or self.drafts)


@dataclass
class Search:
    """Gathers what goes, state by state."""

    wanted: Wanted
    salt: str
    there: Tables
    """The documents that the file has now."""
    present: Known
    """The documents that there are now, in this file and another one."""
    found: set[tuple[str, str]] = field(default_factory=set)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)
    """Those of what was found that are in some state."""
    parted: set[str] = field(default_factory=set)
    """The ids of documents of which a part goes."""

    def __post_init__(self) -> None:
        self.found |= self.wanted.docs

    def deletion(self, counts: Mapping[str, int], at: str, by: str) -> Deletion:
        """Return the deletion of what has been found so far."""
        whole = {(table, id) for table, id in self.found}
        owners = frozenset(opaque(self.salt, one) for one in self.wanted.owners)
        docs = frozenset(opaque(self.salt, key(*one)) for one in whole)
        ids = frozenset({*self.wanted.owners, *(id for _table, id in whole), *self.parted})
        kind, salt, parts = self.wanted.kind, self.salt, self.parts
        return Deletion(new_id(), at, by, kind, salt, counts, owners, docs, parts, ids)

    def look_at(self, tables: Tables) -> set[tuple[str, str]]:
        """Look through the documents of a state. Return those of which something goes."""
        probe = self.deletion({}, "", "")
        about = self.wanted.about.encode()
        keys = {key(*one) for one in self.wanted.docs}
        keyed = self.wanted.docs | self.wanted.emptied
        names = {*self.wanted.owners, self.wanted.about, *(id for _table, id in keyed)}
        finders = patterns(frozenset(names - {""}))
        touched = set()
        for table, docs in tables.items():
            if table == MARKS:
                continue
            for id, line in lines_matching(docs, finders):
                if probe.is_of_owner(line) or key(table, id) in keys:
                    self.found.add((table, id))
                    touched.add((table, id))
                elif (table, id) in self.wanted.emptied:
                    touched |= self._take_part(table, id, dict.fromkeys(_fields_of(docs[id]), True))
                elif about and about in line:
                    touched |= self._judged(table, id, docs[id])
        touched |= self._about_those(tables)
        self.seen |= touched
        return touched

    def _about_those(self, tables: Tables) -> set[tuple[str, str]]:
        """Return the documents that are about one that goes: conflicts, and unfinished forms."""
        probe = self.deletion({}, "", "")
        finders = patterns(probe.ids)
        about = {
            (table, id)
            for table, docs in tables.items()
            if table != MARKS
            for id, line in lines_matching(docs, finders)
            if (table, id) not in self.found and probe.takes(table, id, line)
        }
        self.found |= about
        return about

    def _judged(self, table: str, id: str, doc: Doc) -> set[tuple[str, str]]:
        is_present = id in self.present.get(table, {})
        if is_present and id not in self.there.get(table, {}):
            return set()  # it has moved to the other file: by its id it would go there, too
        what = self.wanted.judge(table, doc, is_present)
        if what is True:
            self.found.add((table, id))
            return {(table, id)}
        return self._take_part(table, id, what) if what else set()

    def _take_part(self, table: str, id: str, what: Parts) -> set[tuple[str, str]]:
        """Note that a part of a document goes, if that is anything."""
        if not what:
            return set()
        self.parted.add(id)
        known = self.parts.setdefault(opaque(self.salt, key(table, id)), {})
        known.update({name: one for name, one in what.items() if one or name not in known})
        return {(table, id)}

    def look_at_ops(self, state: OldState) -> set[tuple[str, str]]:
        """Look through what the journal of an older state has made, even if it is gone again.

        Return the documents of which something goes.
        """
        made: Tables = {}
        for record in state.journal:
            ops = record.get("ops")
            for op in ops if isinstance(ops, list) else ():
                if isinstance(op, dict) and isinstance(op.get("put"), dict):
                    made.setdefault(str(op.get("t")), {})[str(op.get("i"))] = op["put"]
        return self.look_at(made)


def _fields_of(doc: Doc) -> list[str]:
    return [name for name, value in doc.items() if name not in BOOKKEEPING and value]


def look(path: Path, wanted: Wanted, *, by: str, present: Known | None = None) -> Going:
    """Return what a deletion takes. Nothing is written.

    Args:
        path: The record file.
        wanted: What is to go.
        by: The login name of the one who does it.
        present: The documents that there are now; those of the file, unless another file has some.

    Raises:
        OSError: A file cannot be read.
        StorageError: The files must not be used.
        Unsound: They must be mended first: open the file before.
    """
    folder, name = open_folder(path)
    folder.mending = False
    with closing(folder):
        names = Names(name)
        snapshot = read_snapshot(folder, names, writing=False)
        os.close(snapshot.journal_fd)
        tables = snapshot.tables
        search = Search(wanted, purge_list.salt_of(folder, names), tables, present or tables)
        there = search.look_at(tables)
        search.look_at_ops(
            OldState("", {}, scan(folder.read(names.journal)).records, snapshot.meta)
        )
        backups_with = tuple(_backups_with(folder, names, search))
        aside, parts = _aside_with(folder, names, search)
        # with parts of seconds: a document of the same second would count as a later one
        counts = Counter(table for table, _id in sorted(there))
        deletion = search.deletion(dict(counts), now().isoformat(), by)
        aside += [one for one, data in parts if deletion.named_in(data)]
        drafts = tuple(drafts_with(folder, names, deletion))
    docs = frozenset(search.found | there)
    earlier = len(search.seen - there)
    return Going(deletion, docs, counts, earlier, backups_with, tuple(sorted(aside)), drafts)


def _backups_with(folder: Folder, names: Names, search: Search) -> Iterator[str]:
    """Look through the backups. Yield the names of those of which something goes."""
    inner = folder.sub(names.backups)
    if inner is None:
        return
    with closing(inner):
        for backup in backups.find(inner):
            state = state_of(backup.name, *read_backup(inner, backup))
            if state is not None and _has(state, search):
                yield backup.name


def _aside_with(
    folder: Folder, names: Names, search: Search
) -> tuple[list[str], list[tuple[str, bytes]]]:
    """Look through quarantine.

    Returns:
        The names of whole files of which something goes; and the names and bytes of all others.
    """
    whole: list[str] = []
    parts: list[tuple[str, bytes]] = []
    inner = folder.sub(names.quarantine)
    if inner is None:
        return whole, parts
    with closing(inner):
        for name in inner.names():
            data = inner.read(name)
            state = state_of(name, data)
            if state is None:
                parts.append((name, data))
                search.look_at_ops(OldState(name, {}, scan(data).records, None))
            elif _has(state, search):
                whole.append(name)
    return whole, parts


def _has(state: OldState, search: Search) -> bool:
    """Look through an older state. Return whether something of it goes."""
    found = search.look_at(state.tables)
    return bool(found | search.look_at_ops(state))


def drafts_with(folder: Folder, names: Names, deletion: Deletion) -> Iterator[str]:
    """Yield the names of the files of sessions in which something of it is being typed, or was."""
    inner = folder.sub(names.sessions)
    if inner is None:
        return
    with closing(inner):
        for name in inner.names():
            if name.endswith(ENDING) and gone_fields(scan(inner.read(name)).records, [deletion]):
                yield name
