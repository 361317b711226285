"""The documents of the team file and of the own file, and what the two come to for their user."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from data.storage.journal import to_json
from data.storage.protocol import BOOKKEEPING, Doc, DocChange, Docs, ForGood, Tables
from data.storage.raw_table import JoinedTable, RawTable, copied
from data.storage.references import scope_of
from data.storage.split.moves import Move
from data.storage.split.parts import (
    NO_RECORDS,
    Key,
    Parting,
    Parts,
    fields_table,
    is_fields_table,
    join,
    part,
    same,
    table_of,
)

FEW = 50
"""So many documents are rather decoded than put together with the lines of a whole table."""


class Side(Enum):
    """One of the two files."""

    TEAM = "team"
    OWN = "own"


class Halves:
    """All documents of both files, and what their user sees of them."""

    def __init__(self, parting: Parting, by: str, team: Tables, own: Tables) -> None:
        """Take over the tables of both files, which change with `take` from now on.

        Args:
            parting: What is private.
            by: The login name of the user.
            team: The tables of the team file.
            own: Those of the user's own file.
        """
        self.parting = parting
        self.by = by
        self.team = team
        self.own = own
        self.left: dict[Key, str] = {}
        """The documents of the team file of which something is private, from before it was taken
        out: their author by table and id. Others than the author do not see that."""
        self.displaced: set[Key] = set()
        """The documents whose private field has been given another value, which is shared."""
        self.sharers: dict[Key, str] | None = None
        """Who has written shared documents last, as far as a server has said it; None in a file,
        where whoever writes it is believed."""
        self.all: Tables = {}
        """What the user sees. `take` changes it."""

    def look_for_left(self) -> None:
        """Find what is private in the team file. All documents that may be are looked at."""
        for table in self.parting.tables - self.parting.alone:
            for id, doc in self.team.get(table, {}).items():
                self._note(table, id, doc)

    def show_moves(self, moves: Iterable[Move]) -> None:
        """Take changes of both files for made that a session has begun, for one that only reads."""
        for move in moves:
            self.take(Side.TEAM, move.team, own=True)
            self.take(Side.OWN, move.own, own=True)

    def put_together(self) -> None:
        """Work out what the user sees, from all documents."""
        self.all = copied(self.team)
        for name in NO_RECORDS | self.parting.alone:
            self.all.pop(name, None)
        for key in self.left:
            self._put(key, self.joined(*key))
        for name, docs in self.own.items():
            if name in NO_RECORDS or not docs:
                continue
            if is_fields_table(name):
                for id in docs:
                    self._put((table_of(name), id), self.joined(table_of(name), id))
            else:
                self.all[name] = _over(self.all.get(name, {}), docs)

    def _put(self, key: Key, doc: Doc | None) -> None:
        docs = self.all.setdefault(key[0], {})
        if doc is None:
            docs.pop(key[1], None)
        else:
            docs[key[1]] = doc

    # -- one document -------------------------------------------------------------------------

    def parts(self, table: str, id: str) -> Parts:
        """Return what each file has of a document, without what others keep for themselves."""
        shared = None if table in self.parting.alone else self.team.get(table, {}).get(id)
        if shared is not None and self.left.get((table, id), self.by) != self.by:
            shared = part(self.parting, table, id, shared).shared
        if table not in self.parting.tables:
            return Parts(shared, None, None)
        whole = self.own.get(table, {}).get(id)
        return Parts(shared, whole, self.own.get(fields_table(table), {}).get(id))

    def joined(self, table: str, id: str) -> Doc | None:
        """Return a document as the user sees it; None if there is none.

        A private document of the user's own hides a shared one of the same id. That can only be
        where two have written the same answer, and one keeps theirs for themselves.
        """
        shared, whole, fields = self.parts(table, id)
        if whole is not None:
            return whole
        if shared is None or fields is None:
            return shared
        taken = self.taken(table, id)
        if taken:
            self.displaced.add((table, id))
            fields = {name: value for name, value in fields.items() if name not in taken}
        return join(shared, fields)

    def taken(self, table: str, id: str) -> set[str]:
        """Return the private fields of a document whose place somebody else's text has taken."""
        shared, _whole, fields = self.parts(table, id)
        if shared is None or fields is None:
            return set()
        private = part(self.parting, table, id, join(shared, fields)).fields or {}
        return {
            name
            for name, value in fields.items()
            if name not in BOOKKEEPING and name not in private and shared.get(name, value) != value
        }

    def is_split(self, table: str, id: str) -> bool:
        """Return whether the own file has something of a document, or the team file too much."""
        if table not in self.parting.tables:
            return False
        own = self.own
        return (
            id in own.get(table, {})
            or id in own.get(fields_table(table), {})
            or (table, id) in self.left
        )

    # -- changes ------------------------------------------------------------------------------

    def merging(self, changes: Iterable[DocChange]) -> Tables:
        """Return the tables that changes are to be merged into: what the user sees, but for twins.

        Whoever makes something private has it so, whatever somebody has written there meanwhile.

        Ids that are made of others can be worked out. So a colleague can have put something there
        before, which the user has not seen, or about somebody else. What is new is not merged into
        that, or a private text would be found there. Nor is what is private into what is shared.
        """
        other: dict[Key, Doc | None] = {}
        for one in changes:
            known = self.all.get(one.table, {}).get(one.id)
            wanted = None if known is None else self._merging(one, known)
            if wanted is not known:
                other[one.table, one.id] = wanted
        if not other:
            return self.all
        tables = {**self.all, **copied({table: self.all[table] for table, _id in other})}
        for (table, id), doc in other.items():
            if doc is None:
                del tables[table][id]
            else:
                tables[table][id] = doc
        return tables

    def _merging(self, change: DocChange, known: Doc) -> Doc | None:
        """Return the document that a change is to be merged into, mostly the one that is known."""
        table, id, before, after, *_ = change
        if self._has_twin(change, known):
            return None
        if before is None or after is None or not self._is_private(table, id, after):
            return known
        if self._is_private(table, id, before) or self._is_private(table, id, known):
            return known
        # whoever makes something private has it so, whatever somebody has written there meanwhile
        names = self.parting.decide.get(table, ())
        made = [name for name in names if before.get(name) != after.get(name)]
        as_seen = {name: before[name] for name in made if name in before}
        return {**{name: known[name] for name in known if name not in made}, **as_seen}

    def parted_as_seen(
        self, changes: Iterable[DocChange], applied: Iterable[DocChange]
    ) -> tuple[list[DocChange], list[DocChange]]:
        """Return what merged changes are in the two files: see `parted`.

        What was private in the change of a new document stays so, also where it was merged into one
        that is not. Then it is kept as a conflict.

        Args:
            changes: The changes, as the user saw them.
            applied: What came of them when they were merged.
        """
        asked = {(one.table, one.id): one for one in changes}
        found: list[DocChange] = []
        for one in applied:
            wanted = asked[one.table, one.id]
            merged = wanted._replace(before=one.before, after=one.after)
            found += (
                [merged] if wanted.before is not None else self._without_private(wanted, merged)
            )
        return self.parted(found)

    def _without_private(self, wanted: DocChange, merged: DocChange) -> list[DocChange]:
        """Return the change of a new document, with conflicts for what would not be private."""
        table, id, _before, after, *_ = wanted
        fields = part(self.parting, table, id, after).fields or {}
        shared = part(self.parting, table, id, merged.after).shared or {}
        shown = [n for n, v in fields.items() if n not in BOOKKEEPING and shared.get(n) == v]
        if not shown or after is None or merged.after is None or merged.before is None:
            return [merged]
        left = {name: value for name, value in merged.after.items() if name not in shown}
        left |= {name: merged.before[name] for name in shown if name in merged.before}
        kept = [self.parting.kept(table, id, name, after, left) for name in shown]
        conflicts = [DocChange(where, key, None, doc) for where, key, doc in kept]
        return [merged._replace(after=left), *conflicts]

    def _has_twin(self, change: DocChange, known: Doc) -> bool:
        """Whether what is known under an id is another document than the one that is changed."""
        table, id, before, after, *_ = change
        if after is None or id in self.own.get(table, {}):
            return False
        scope = scope_of(table, id, known)
        if before is not None and scope_of(table, id, before) == scope:
            # what was private may have been shared by another session of the user, or been deleted
            # there, and somebody else has put something in its place
            is_open = self._is_private(table, id, before) and not self._is_private(table, id, known)
            return is_open and self.sharers is not None and self.sharers.get((table, id)) != self.by
        return scope != scope_of(table, id, after) or self._is_private(table, id, after)

    def _is_private(self, table: str, id: str, doc: Doc) -> bool:
        return table in self.parting.tables and self.parting.open_part(table, id, doc) is None

    def take(self, side: Side, changes: Iterable[DocChange], *, own: bool) -> list[DocChange]:
        """Take in what has been saved in one of the files. Return what changes for the user.

        Args:
            side: The file.
            changes: What became of its documents.
            own: Whether this session has made the changes: it puts nothing private into the team
                file.
        """
        found = []
        for change in changes:
            seen = self._take(side, change, own=own)
            if seen is not None:
                found.append(seen)
        return found

    def drop(self, gone: Sequence[ForGood]) -> list[DocChange]:
        """Drop what the user keeps private of what was deleted for good from the team file.

        The own file has it until the next opening. Return what changes for the user.
        """
        found = []
        for name, docs in self.own.items():
            for id, doc in list(docs.items()) if name not in NO_RECORDS else ():
                table, line = table_of(name), to_json(doc)
                if any(one.takes(table, id, line) for one in gone):
                    del docs[id]
                    before, after = self.all.get(table, {}).get(id), self.joined(table, id)
                    self._put((table, id), after)
                    if before != after:
                        found.append(DocChange(table, id, before, after))
        return found

    def put(self, side: Side, changes: Iterable[DocChange]) -> None:
        """Take in what this session has saved in one file, of documents all in that file."""
        tables = self.team if side is Side.TEAM else self.own
        for change in changes:
            _put(tables, change)
            _put(self.all, change)

    def _take(self, side: Side, change: DocChange, *, own: bool) -> DocChange | None:
        name, id = change.table, change.id
        _put(self.team if side is Side.TEAM else self.own, change)
        if name in NO_RECORDS or (side is Side.TEAM and name in self.parting.alone):
            return None
        if side is Side.TEAM and name in self.parting.tables:
            self.left.pop((name, id), None)
            if not own and change.after is not None:
                self._note(name, id, change.after)
        table = table_of(name)
        if name == table and not self._has_other_part(side, table, id):
            self._put((table, id), change.after)
            return change
        before = self.all.get(table, {}).get(id)
        after = self.joined(table, id)
        if before == after:
            return None
        self._put((table, id), after)
        return DocChange(table, id, before, after, change.together)

    def _has_other_part(self, side: Side, table: str, id: str) -> bool:
        """Whether a document has a part elsewhere than in the table that has just been changed."""
        if side is Side.TEAM:
            return self.is_split(table, id)
        return id in self.team.get(table, {}) or id in self.own.get(fields_table(table), {})

    def _note(self, table: str, id: str, doc: Doc) -> None:
        """Note that something of a document of the team file is private, if it is."""
        if self.parting.open_part(table, id, doc) is not doc:
            self.left[table, id] = str(doc.get("changed_by", ""))

    def of_own_hand(self) -> list[Key]:
        """Return the documents of the team file of which something is private and the user's."""
        return [key for key, author in self.left.items() if author == self.by]

    def parted(self, changes: Iterable[DocChange]) -> tuple[list[DocChange], list[DocChange]]:
        """Return what changes of documents, as the user sees them, are in the two files.

        Returns:
            The changes of the team file, and those of the own file.
        """
        team: list[DocChange] = []
        own: list[DocChange] = []
        for change in changes:
            self._part(change, team, own)
        return team, own

    def _part(self, change: DocChange, team: list[DocChange], own: list[DocChange]) -> None:
        table, id, before, after, together, if_unused, _sees = change
        shared, whole, fields = self.parts(table, id)
        new = part(self.parting, table, id, after)
        if whole is not None and self.left.get((table, id)) != self.by:
            shared = None  # a shared document of the same id is somebody else's
        elif before is None and whole is None and new.whole is not None:
            shared = None  # likewise
        if not same(shared, new.shared):
            if_unused = if_unused and after is None
            team.append(DocChange(table, id, shared, new.shared, together, if_unused))
        if not same(whole, new.whole):
            own.append(DocChange(table, id, whole, new.whole, together))
        kept = {name: fields[name] for name in self.taken(table, id)} if fields else {}
        after_fields = {**kept, **(new.fields or {})} or None
        if not same(fields, after_fields):
            own.append(DocChange(fields_table(table), id, fields, after_fields, together))


def _put(tables: Tables, change: DocChange) -> None:
    docs = tables.setdefault(change.table, {})
    if change.after is None:
        docs.pop(change.id, None)
    else:
        docs[change.id] = change.after


def _over(under: Docs, over: Docs) -> Docs:
    """Return the documents of two tables; where both have one, that of the second counts."""
    if isinstance(under, RawTable) and isinstance(over, RawTable) and len(over) > FEW:
        return JoinedTable(under, over)
    if isinstance(over, RawTable) and not under:
        return over.copy()
    under.update(over.items())
    return under
