"""What was deleted for good at one time, and taking it out of every older state.

- A document is gone if its owner is one of `owners`: the one that its field `mentee_id` names, the
  one field that storage knows by name. One that has no owner is gone if it names one of them
  anywhere, as an unfinished form does.
- A document is gone if it is one of `docs`. So is one that is about it: whose field `of_id` names
  it beside an `of_table`, or that has no `mentee_id` and has its id within a text. Any other
  document that names it loses that link.
- Of those in `parts` fields are gone: the whole field, or those objects in its list that have these
  values.

An id that is made of others (20 digits, of which the first is 9) may be used again. So there only
what was changed before the deletion is gone.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, TypeAlias

from data.clock import now
from data.digest import sha256
from data.frozen import immutable
from data.storage.journal import to_json
from data.storage.ops import without_names, without_parts
from data.storage.protocol import MARKS, Doc, DocChange, Docs, Tables
from data.storage.raw_lines import patterns
from data.storage.record_file import all_matches, lines_matching

_NUMBER: Final = re.compile(rb"(?<!\d)\d{19,20}(?!\d)")
"""What looks like an id in a line of JSON."""
_OWNER: Final = re.compile(rb'"mentee_id":"([^"\\]+)"')

Parts: TypeAlias = "Mapping[str, Any]"
"""Field -> True if all of it is gone, else the values that those objects of its list have that are
gone."""


@lru_cache(maxsize=1 << 17)
def opaque(salt: str, id: str | bytes) -> str:
    """Return the digest by which an id is known in the list: 32 hex digits."""
    text = id if isinstance(id, bytes) else id.encode("utf-8", "surrogatepass")
    return sha256(salt.encode() + b":" + text).hex()[:32]


def new_id() -> str:
    """Return a random id for a deletion: 19 digits."""
    return f"1{int.from_bytes(os.urandom(8)) % 10**18:018}"


def key(table: str, id: str) -> str:
    """Return by what a document is known: its id, with the table if other tables may have it too.

    Ids of this program are those of one document only.
    """
    return id if id.isdigit() and len(id) in {19, 20} else f"{table}/{id}"


@immutable
class Deletion:
    """One line of the list: what was deleted for good at one time."""

    id: str
    """Its own random id, of 19 digits: that of its mark."""
    at: str  # see `ForGood`
    by: str
    kind: str
    salt: str
    counts: Mapping[str, int]
    """Table -> how many of its documents were there and went."""
    owners: frozenset[str] = frozenset()
    """Digests of ids: whatever belongs to one of them is gone."""
    docs: frozenset[str] = frozenset()
    """Digests of the ids of documents that are gone."""
    parts: Mapping[str, Parts] = field(default_factory=dict)
    """Digest of the id of a document -> what of it is gone."""
    ids: frozenset[str] = frozenset()
    """The ids themselves, as long as the one who deletes is at it: they are found sooner than
    digests. They are written nowhere; empty if they are not known any more."""
    who: str = ""  # see `ForGood`; a list of deletions has no names of people
    about: str = ""
    """The digest of the one owner of all that is gone, or lost a part, but for `of_team`; "" where
    that is not told, as in a file."""
    of_team: frozenset[str] = frozenset()
    """Those of `docs` that belonged to no owner, and that everybody saw."""

    def knows(self, id: str | bytes) -> bool:
        """Whether an id is that of something gone, or of its owner."""
        digest = opaque(self.salt, id)
        return digest in self.owners or digest in self.docs

    def is_of_owner(self, line: bytes) -> bool:
        """Whether a document belongs to an owner who is gone, by its JSON."""
        if not self.owners:
            return False
        # what belongs to one owner is about no other, whatever it names
        named = set(_OWNER.findall(line)) or set(_NUMBER.findall(line))
        return any(opaque(self.salt, one) in self.owners for one in named)

    def reaches(self, table: str, id: str, line: bytes) -> bool:
        """Whether anything of a document may be gone by its id; see `OfColleague`."""
        return True

    def named_in(self, data: bytes) -> set[bytes]:
        """Return the ids of what is gone that stand somewhere in bytes."""
        if self.ids:
            found = {one for pattern in patterns(self.ids) for one in pattern.findall(data)}
            usual = {one for one in found if one.isdigit()}
            return usual | self._gone_among({one.strip(b'"') for one in found - usual})
        named = set(_NUMBER.findall(data)) | set(_OWNER.findall(data))
        return self._gone_among(named)

    def _gone_among(self, named: set[bytes]) -> set[bytes]:
        known = (self.owners, self.docs, self.parts)
        return {one for one in named if any(opaque(self.salt, one) in them for them in known)}

    def touched(self, table: str, docs: Docs) -> list[tuple[str, bytes]]:
        """Return the ids and lines of the documents of a table of which something is gone."""
        ids = self.ids
        if not ids:
            named = self._gone_among(all_matches(docs, _NUMBER) | all_matches(docs, _OWNER))
            other = {id for id in docs if len(id) not in {19, 20}}
            gone = {id for id in other if opaque(self.salt, key(table, id)) in self.docs}
            ids = frozenset(gone | {one.decode() for one in named})
        found = lines_matching(docs, patterns(ids)) if ids else []
        return [(id, line) for id, line in found if self.touches(table, id, line)]

    def takes(self, table: str, id: str, line: bytes) -> bool:
        """Whether a document is gone, by its table, its id and its JSON."""
        if self.is_of_owner(line):
            return True
        if not self.reaches(table, id, line):
            return False
        if opaque(self.salt, key(table, id)) in self.docs:
            return not self._is_later(id, line)
        return self._is_about(id, line)

    def _is_about(self, id: str, line: bytes) -> bool:
        """Whether a document keeps something of another one that is gone: a conflict, or a form."""
        of_one = b'"of_table":"' in line
        if not self.docs or not (of_one or b'"mentee_id":"' not in line):
            return False
        for one in set(_NUMBER.findall(line)) - {id.encode()}:
            if opaque(self.salt, one) in self.docs:
                whole = line.count(b'"%s"' % one)
                if (of_one and b'"of_id":"%s"' % one in line) or line.count(one) > whole:
                    return True
        return False

    def takes_change(self, change: DocChange) -> bool:
        """Whether a change is about something that is gone."""
        docs = [doc for doc in (change.before, change.after) if doc is not None]
        return any(self.takes(change.table, change.id, to_json(doc)) for doc in docs)

    def left_of(self, table: str, id: str, line: bytes) -> Doc | None:
        """Return what is left of a document of which something is gone; None if all of it is.

        Args:
            table: Its table.
            id: Its id.
            line: Its line in a record file: the id, a colon, and the document.
        """
        if self.takes(table, id, line):
            return None
        doc: Doc = json.loads(b"{%s}" % line)[id]
        if not self.reaches(table, id, line):
            return doc
        parts = self.parts.get(opaque(self.salt, key(table, id)), {})
        if parts and not self._is_later(id, line):
            doc = without_parts(doc, parts)
        names, all_gone = _NUMBER.findall(line), self.docs | self.owners
        gone = {one.decode() for one in names if opaque(self.salt, one) in all_gone} - {id}
        return without_names(doc, gone) if gone else doc

    def touches(self, table: str, id: str, line: bytes) -> bool:
        """Whether anything of a document is gone: see `left_of`."""
        digest = opaque(self.salt, key(table, id))
        if digest in self.docs or digest in self.parts:
            return True
        salt, owners, docs = self.salt, self.owners, self.docs
        for one in _NUMBER.findall(line):
            digest = opaque(salt, one)
            if digest in owners or digest in docs:
                return True
        return bool(owners) and any(opaque(salt, one) in owners for one in _OWNER.findall(line))

    def _is_later(self, id: str, line: bytes) -> bool:
        """Whether a document was made again after the deletion, under an id that may come again."""
        if len(id) != 20 or id[0] != "9":
            return False
        with suppress(ValueError, IndexError, TypeError):  # such as a time without its offset
            text = line[line.rindex(b'"changed_at":"') :].split(b'"')[3].decode()
            changed = datetime.fromisoformat(text)
            # to one who is deleting it, no time to come makes it a later one
            is_to_come = bool(self.ids) and changed > now()
            return changed > datetime.fromisoformat(self.at) and not is_to_come
        return False

    def clean(self, tables: Tables) -> list[DocChange]:
        """Take what is gone out of tables, and leave the mark there. Return what that changed."""
        changes = []
        for table, docs in tables.items():
            if table == MARKS:
                continue
            for id, line in self.touched(table, docs):
                before, after = docs[id], self.left_of(table, id, line)
                if after != before:
                    changes.append(DocChange(table, id, before, after))
        for change in changes:
            if change.after is None:
                del tables[change.table][change.id]
            else:
                tables[change.table][change.id] = change.after
        mark: Doc = {"rev": 1}
        tables.setdefault(MARKS, {})[self.id] = mark
        return [*changes, DocChange(MARKS, self.id, None, mark)]

    def to_json(self) -> Doc:
        """Return it as a JSON object. `deletion_of` reads that again."""
        doc: Doc = {"p": self.id, "at": self.at, "by": self.by, "kind": self.kind}
        doc["counts"] = dict(self.counts)
        doc["owners"], doc["docs"] = sorted(self.owners), sorted(self.docs)
        if self.parts:
            doc["parts"] = dict(self.parts)
        if self.about:
            doc["about"] = self.about
        if self.of_team:
            doc["open"] = sorted(self.of_team)
        return {**doc, "salt": self.salt}
