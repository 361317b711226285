"""Merging the changes of one commit into the documents as they are now. Pure functions.

Each change is merged by itself (`data.storage.merge`). Two things hold for several documents:

- changes that are to be made `together` are all made or none, so that a deletion never takes more
  or less than what was asked about;
- a document that belongs to another one (`Rules.owners`) is not made if somebody has deleted that
  one, and that one is not deleted as long as the other is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from data.frozen import changing
from data.storage.history import OWNER
from data.storage.merge import into_nothing, merge
from data.storage.ops import Op, difference
from data.storage.protocol import NO_RULES, Clash, Doc, DocChange, TableRules, Tables
from data.storage.raw_table import with_text
from data.storage.references import MENTEES, may_name, references, users_of

Key = tuple[str, str]
"""Table and id of a document."""


@changing
class MergedCommit:
    """What the changes of a commit came to."""

    ops: list[Op] = field(default_factory=list)
    """The operations that are to be written."""
    applied: list[DocChange] = field(default_factory=list)
    """What they make of the documents."""
    clashes: list[Clash] = field(default_factory=list)


def merge_commit(
    changes: Sequence[DocChange],
    rules: TableRules,
    tables: Tables,
    deleted_by: Mapping[Key, str],
) -> MergedCommit:
    """Merge the changes of a commit.

    Args:
        changes: The changes, from the documents as their session saw them.
        rules: How the documents of each table are merged.
        tables: The documents as they are now. They are not changed.
        deleted_by: The login names of those who deleted documents, by table and id.

    Returns:
        What is to be written.
    """
    found = _Merging(changes, rules, tables, deleted_by).run()
    refused = refused_together(changes, found.clashes)
    if not refused:
        return found
    # Nothing was typed in them, so nothing of them has to be kept; it only has to be told.
    told = [replace(one, mine=None) for one in found.clashes if (one.table, one.id) in refused]
    rest = [change for change in changes if not change.together]
    found = _Merging(rest, rules, tables, deleted_by).run()
    found.clashes[:0] = told
    return found


def refused_together(changes: Iterable[DocChange], clashes: Iterable[Clash]) -> set[Key]:
    """Return table and id of the documents that stay as they are, since one of them clashed.

    A deletion is taken back by changes that are made together too. They put back what there is
    room for; only where something is deleted it is all or nothing.
    """
    group = [change for change in changes if change.together]
    keys = {(change.table, change.id) for change in group}
    lost = any(not one.merged and (one.table, one.id) in keys for one in clashes)
    return keys if lost and any(change.after is None for change in group) else set()


class _Merging:
    """Merges changes one after the other."""

    def __init__(
        self,
        changes: Sequence[DocChange],
        rules: TableRules,
        tables: Tables,
        deleted_by: Mapping[Key, str],
    ) -> None:
        self._changes = changes
        self._rules = rules
        self._tables = tables
        self._deleted_by = deleted_by
        self._made: dict[Key, Doc | None] = {}
        """The documents that have changed so far."""
        self._to_come = {(one.table, one.id): one.after for one in changes}
        """What all changes want to make of the documents."""

    def run(self) -> MergedCommit:
        """Merge all changes."""
        found = MergedCommit()
        used = self._used()
        for change in self._changes:
            key = change.table, change.id
            current = self._doc(key)
            if key in used:
                found.clashes.append(used[key])
                continue
            after, clashes = self._merged(change, current)
            found.clashes += clashes
            op = difference(*key, current, after)
            if op is not None:
                found.ops.append(op)
                found.applied.append(DocChange(*key, current, after))
                self._made[key] = after
        return found

    def _merged(self, change: DocChange, current: Doc | None) -> tuple[Doc | None, list[Clash]]:
        rules = self._rules.get(change.table, NO_RULES)
        owner = self._missing_owner(change, rules.owners) if current is None else None
        if owner is not None:
            merged = into_nothing(change, self._deleted_by.get(owner, ""))
        elif (
            change.after is None
            and current is not None
            and (clash := self._belongs_to(change, current)) is not None
        ):
            return current, [clash]
        else:
            gone_by = self._deleted_by.get((change.table, change.id), "")
            merged = merge(change, current, rules, gone_by)
        return merged.after, merged.clashes

    def _doc(self, key: Key) -> Doc | None:
        return self._made[key] if key in self._made else self._tables.get(key[0], {}).get(key[1])

    def _used(self) -> dict[Key, Clash]:
        """Return what is to be deleted only if it is unused, and is used by what stays.

        A document that stays keeps its parts: a mentee's roles, the goals of a task.
        """
        going = {
            key: doc
            for one in self._changes
            if one.if_unused and one.after is None
            if (doc := self._doc(key := (one.table, one.id))) is not None
        }
        users = users_of(going, self._tables, self._rules) if going else {}
        used: dict[Key, Clash] = {}
        grew = bool(going)
        while grew:
            grew = False
            for key in going.keys() - used.keys():
                by = next((one for one in users.get(key, ()) if self._stays(one, key, used)), None)
                whole = next((one for one in self._wholes(key, going[key]) if one in used), None)
                if by is not None or whole is not None:
                    table, id = by[1] if by is not None else whole or key
                    writer = str(self._tables.get(table, {}).get(id, {}).get("changed_by", ""))
                    used[key] = Clash(*key, table, None, id, writer, merged=False)
                    grew = True
        return used

    def _stays(self, user: tuple[str, Key], key: Key, used: Mapping[Key, Clash]) -> bool:
        """Whether a document still names another one when all changes are made."""
        name, place = user
        if place in used or place not in self._to_come:
            return True
        doc = self._to_come[place]
        rules = self._rules.get(place[0], NO_RULES)
        return doc is not None and (name, key) in references(doc, rules)

    def _wholes(self, key: Key, doc: Doc) -> Iterator[Key]:
        """Yield the documents that a document is a part of."""
        owners = self._rules.get(key[0], NO_RULES).owners
        for name, table in {**owners, OWNER: MENTEES}.items():
            yield table, str(doc.get(name, ""))

    def _missing_owner(self, change: DocChange, owners: Mapping[str, str]) -> Key | None:
        """Return which document a new one belongs to, if somebody has deleted that."""
        if change.after is None or change.before is not None:
            return None
        for name, table in owners.items():
            owner = table, str(change.after.get(name, ""))
            gone = owner in self._deleted_by and self._doc(owner) is None
            if gone and self._to_come.get(owner) is None:
                return owner
        return None

    def _belongs_to(self, change: DocChange, current: Doc) -> Clash | None:
        """Return the clash with a document that belongs to one that is to be deleted."""
        for table, rules in self._rules.items():
            for name, owner in rules.owners.items():
                if owner != change.table:
                    continue
                for id, there in with_text(self._tables.get(table, {}), name, change.id):
                    if not may_name(there, change.table, change.id, current):
                        continue
                    if self._goes((table, id), name, change.id):
                        continue
                    by = str(there.get("changed_by", ""))
                    return Clash(change.table, change.id, table, None, id, by, merged=False)
        return None

    def _goes(self, key: Key, name: str, owner: str) -> bool:
        """Whether the commit deletes a document, or gives it to another owner."""
        doc = self._made[key] if key in self._made else self._to_come.get(key, {name: owner})
        return doc is None or doc.get(name) != owner
