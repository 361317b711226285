"""A short life of a team file with two mentors, with books of what was confirmed.

Met's documents become shared and private and are changed on the way, several at once; Bo reads,
and writes in what is shared. Each document has a text of its own, so that it can be looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from data.method.parting import PARTING
from data.storage.backend import JournalBackend
from data.storage.disk import Disk
from data.storage.problems import NotSaved, StorageError
from data.storage.protocol import Doc, DocChange, Tables
from data.storage.split.backend import SplitBackend
from data.store.codec import table_rules
from tests.data.storage.crash.disks import QUICK

T = TypeVar("T")
RULES = table_rules()
ID = "179000000000000000"
"""How the ids of all notes begin: they are as long as those of the program."""
State = dict[str, Doc | None]
"""Documents by id; None for one that is not there."""


class Mentor:
    """One session of a mentor."""

    def __init__(self, team: Path, who: str, disk: Disk = QUICK, *, reading: bool = False) -> None:
        home = team.parent.parent / who
        home.mkdir(mode=0o700, exist_ok=True)

        def opener(path: Path) -> JournalBackend:
            return JournalBackend(path, by=who, disk=disk)

        self.who = who
        self.backend = SplitBackend(
            team, home, PARTING, RULES, opener=opener, reading=reading, disk=disk
        )
        self.tables: Tables = self.backend.load()

    def note(self, id: str) -> Doc | None:
        return self.tables.get("notes", {}).get(id)

    def notes(self) -> State:
        return dict(self.tables.get("notes", {}))

    def change(self, id: str, **fields: object) -> DocChange:
        before = self.note(id)
        empty: Doc = {"mentee_id": "1", "private": True, "rev": 0}
        after = {**(before or empty), **fields, "changed_by": self.who}
        return DocChange("notes", id, before, {**after, "rev": after["rev"] + 1})

    def commit(self, changes: Sequence[DocChange]) -> None:
        for commit in self.backend.commit(changes, RULES):
            for change in commit.changes:
                docs = self.tables.setdefault(change.table, {})
                if change.after is None:
                    docs.pop(change.id, None)
                else:
                    docs[change.id] = change.after

    def close(self) -> None:
        self.backend.close()


def plain(doc: Doc | None) -> tuple[str, bool] | None:
    """What a test compares of a note: its text, and whether it is private."""
    return None if doc is None else (str(doc.get("text")), bool(doc.get("private", True)))


@dataclass
class Books:
    """What was confirmed, and what was being tried when it ended: all of it or nothing."""

    confirmed: State = field(default_factory=dict)
    trying: State = field(default_factory=dict)
    words: dict[str, set[str]] = field(default_factory=dict)
    """All words that have ever been in a note."""

    def put(self, mentor: Mentor, *changes: DocChange) -> None:
        self.trying = {change.id: change.after for change in changes}
        for change in changes:
            text = str((change.after or {}).get("text", ""))
            self.words.setdefault(change.id, set()).update(text.split())
        mentor.commit(changes)
        self.confirmed.update(self.trying)
        self.trying = {}

    def is_private(self, id: str) -> bool:
        """Whether a note was private, whether what was tried has been made or not."""
        states = [self.confirmed.get(id), *([self.trying[id]] if id in self.trying else [])]
        return all(doc is None or doc.get("private", True) for doc in states)

    def wrong(self, team: Path) -> list[str]:
        """Return what is wrong with the files by these books: first for others, then for Met."""
        found = [*self._shown(team, "before"), *self._lost(team, reading=True)]
        found += self._lost(team, reading=False)
        found += self._lost(team, reading=False)
        return [*found, *self._shown(team, "after"), *self._still_there(team)]

    def _still_there(self, team: Path) -> list[str]:
        """Return where words of private notes are: even if they were shared, they have left."""
        files = [path for path in team.parent.rglob("*") if path.is_file()]
        words = {word for id, some in self.words.items() if self.is_gone(id) for word in some}
        return [
            f"{word} is in {path.name}"
            for path in files
            for word in words
            if word.encode() in path.read_bytes()
        ]

    def is_gone(self, id: str) -> bool:
        """Whether a note is there and private, whether what was tried has been made or not."""
        states = [self.confirmed.get(id), *([self.trying[id]] if id in self.trying else [])]
        return all(doc is not None and doc.get("private", True) for doc in states)

    def _shown(self, team: Path, when: str) -> list[str]:
        bo = Mentor(team, "bo")
        bo.close()
        seen = bo.notes()
        return [f"{when}: Bo sees {id}" for id in seen if self.is_private(id)]

    def _lost(self, team: Path, *, reading: bool) -> list[str]:
        try:
            met = Mentor(team, "met", reading=reading)
        except StorageError as problem:
            return [] if reading else [f"cannot be opened: {problem}"]
        met.close()
        found = {id: plain(doc) for id, doc in met.notes().items()}
        before = {id: plain(doc) for id, doc in self.confirmed.items() if doc is not None}
        after = {**self.confirmed, **self.trying}
        made = {id: plain(doc) for id, doc in after.items() if doc is not None}
        if found in (before, made):
            return []
        return [f"reading {reading}: {found} is neither {before} nor {made}"]


def live(team: Path, disk: Disk, books: Books, *, patient: bool = False) -> None:
    """Live the whole life. `patient`: what fails is tried again, a few times."""
    met = _try(lambda: Mentor(team, "met", disk), patient)

    def put(*changes: DocChange) -> None:
        _try(partial(books.put, met, *changes), patient)

    put(met.change(ID + "1", text="ord1a"), met.change(ID + "2", text="ord2a"))
    put(met.change(ID + "3", text="ord3a", private=False))
    put(met.change(ID + "1", private=False))
    put(met.change(ID + "1", text="ord1a ord1b"))
    put(met.change(ID + "1", private=True), met.change(ID + "2", private=False))
    put(met.change(ID + "1", text="ord1c"), met.change(ID + "3", text="ord3b"))
    put(met.change(ID + "2", private=True, text="ord2b"))
    met.close()
    met = _try(lambda: Mentor(team, "met", disk), patient)
    put(DocChange("notes", ID + "3", met.note(ID + "3"), None), met.change(ID + "2", text="ord2c"))
    put(met.change(ID + "1", private=False))
    met.close()


def before(team: Path) -> Books:
    """Make a team file from before, in which Met's private notes still are."""
    team.parent.chmod(0o700)
    books = Books()
    backend = JournalBackend(team, by="met", disk=QUICK)
    backend.load()
    for number, private in (("7", True), ("8", False), ("9", True)):
        id = ID + number
        doc = {"text": f"ord{number}x", "private": private, "changed_by": "met", "rev": 1}
        backend.commit([DocChange("notes", id, None, doc)], RULES)
        books.confirmed[id] = doc
        books.words[id] = {str(doc["text"])}
    backend.close()
    team.parent.chmod(0o2770)
    return books


def _try(step: Callable[[], T], patient: bool) -> T:
    for _attempt in range(8 if patient else 0):
        try:
            return step()
        except NotSaved:
            continue
        except StorageError:
            if not patient:
                raise
    return step()
