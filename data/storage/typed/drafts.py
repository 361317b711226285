"""Reading the draft files of sessions that have died: what was typed there and not committed.

A living session keeps its draft file locked, see `data.storage.typed.typing_log`. A draft file
that can be locked is therefore that of a dead session. It stays locked here while its texts are
brought back, so that no other session brings them back too.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Any

from data.frozen import changing
from data.storage import purge_list, quarantine
from data.storage.disk import REAL, Disk
from data.storage.folder import Folder, open_folder, read_all
from data.storage.journal import scan
from data.storage.names import Names
from data.storage.ops import splice
from data.storage.problems import Notice, NoticeKind, StorageError
from data.storage.protocol import BeingTyped, Doc, Draft, ForGood, Tables
from data.storage.snapshot import Unsound, read_snapshot
from data.storage.typed.gone import blank, gone_fields

ENDING = ".draft"
"""How the names of draft files end."""
Key = tuple[str, str, str]
"""Names a text field: table, id, and the name of the field."""
Known = Callable[[], Tables]
"""Returns all documents, for drafts that are not kept beside the file with their documents."""


@changing
class _TypedField:
    """What a draft file says of one field."""

    key: Key
    at: str
    """When the typing began: ISO local time with its offset."""
    states: list[str]
    """What the field held, from the beginning of the typing to its end: one text for each key."""
    owner: str = ""
    """The id of the mentee that the record belongs to; "" for none."""
    new: Doc | None = None
    """The rest of the document; None once a text of it has been saved."""


@changing
class _DeadFile:
    """The draft file of a dead session."""

    fd: int
    """The open file, which is locked."""
    by: str
    """The login name of the typist."""
    fields: list[_TypedField]
    waiting: set[tuple[Key, str]] = field(default_factory=set)
    """Texts that have been handed out and not been committed yet."""


class DeadDrafts:
    """The draft files of dead sessions in a folder."""

    def __init__(
        self,
        folder: Folder,
        names: Names,
        sessions: Folder,
        *,
        looking: bool = False,
        known: Known | None = None,
    ) -> None:
        """Take the folder of a record file, the names in it, and the folder of session files.

        Args:
            folder: The folder of the record file.
            names: The names in it.
            sessions: The folder of session files.
            looking: True if the texts are only to be shown: no file is deleted or written.
            known: Returns the documents; None if they are in the record file.
        """
        self.notices: list[Notice] = []
        """What was found damaged."""
        self.saved_at: list[float] = []
        """When sessions that died had saved the last of what was typed in them, in seconds since
        1970: nothing of that is left to be brought back."""
        self.open_texts = 0
        """How many texts this user's living sessions have that are not saved yet, where the files
        are only looked at."""
        self._folder = folder
        self._names = names
        self._sessions = sessions
        self._looking = looking
        self._known = known
        self._files: dict[str, _DeadFile] = {}

    def read(self) -> list[Draft]:
        """Return the drafts of this user's dead sessions, oldest first."""
        for name in self._sessions.names():
            if name.endswith(ENDING) and name not in self._files:
                self._open(name)
        if not self._files:
            return []
        tables = self._tables()
        drafts = []
        for name, dead in list(self._files.items()):
            for one in dead.fields:
                draft = _draft(one, dead.by, tables)
                if draft is not None:
                    dead.waiting.add((one.key, draft.text))
                    drafts.append(draft)
            if not dead.waiting:
                self._forget(name)
        return sorted(drafts, key=lambda draft: draft.at)

    def committed(self, key: Key, text: str) -> None:
        """Note that a text has been committed. A file is deleted when all its texts have been."""
        for name, dead in list(self._files.items()):
            dead.waiting.discard((key, text))
            if not dead.waiting:
                self._forget(name)

    def close(self) -> None:
        """Close the files. What has not been committed is left to the next session."""
        for dead in self._files.values():
            os.close(dead.fd)
        self._files.clear()

    def _forget(self, name: str) -> None:
        """Delete a draft file, all of whose texts have been committed."""
        if not self._looking:
            with suppress(OSError):  # if it stays, the next session sees that nothing is missing
                self._sessions.unlink(name, missing_ok=True)
        os.close(self._files.pop(name).fd)

    def _open(self, name: str) -> None:
        """Take over a draft file if its session is dead and was this user's."""
        try:
            fd = self._sessions.open(name, os.O_RDONLY if self._looking else os.O_RDWR)
        except (OSError, StorageError):
            return  # deleted meanwhile, not ours, or on a disk that cannot be written now
        try:
            mine = self._sessions.disk.fstat(fd).st_uid == os.geteuid()
            if not mine or not self._lock(fd):
                if mine and self._looking:
                    self.open_texts += self._count(fd)
                os.close(fd)
                return
            self._files[name] = self._parse(fd)
            # An empty file is deleted too. It may have been made a moment ago and not been locked
            # yet. Its session sees then that it has no name any more, and makes another.
            if not self._files[name].fields:
                self.saved_at.append(self._sessions.disk.fstat(fd).st_mtime)
                self._forget(name)
        except BaseException:
            os.close(fd)
            raise

    def _lock(self, fd: int) -> bool:
        """Lock a draft file. Return False if its session is alive, or another one was quicker."""
        try:
            self._sessions.disk.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        # If it has no name any more, another session has just brought its texts back.
        return self._sessions.disk.fstat(fd).st_nlink > 0

    def _count(self, fd: int) -> int:
        """Return how many texts a draft file has that were not committed when they were read."""
        found = self._parse(fd)
        return sum(_draft(one, found.by, {}) is not None for one in found.fields)

    def _parse(self, fd: int) -> _DeadFile:
        """Return what a draft file holds. If it is damaged, as much of it as can be read."""
        data = read_all(fd, self._sessions.disk)
        found = scan(data)
        by = str(found.records[0].get("by", "")) if found.records else ""
        fields: dict[Any, _TypedField | None] = {}
        damaged = bool(found.damaged or found.torn)
        for record in found.records:
            try:
                fits = _follow(record, fields)
            except (KeyError, TypeError, ValueError):
                fits = False
            damaged = damaged or not fits
        gone = gone_fields(found.records, purge_list.read(self._folder, self._names))
        if gone and not self._looking:
            with suppress(OSError):  # nobody is shown it, and the next session tries again
                blank(fd, gone, self._sessions.disk)
        elif damaged and not self._looking:
            self._set_aside(data)
        left = [one for number, one in fields.items() if one is not None and number not in gone]
        return _DeadFile(fd, by, left)

    def _set_aside(self, data: bytes) -> None:
        """Keep a damaged draft file in quarantine, unless the disk cannot be written."""
        with suppress(OSError):
            kept, new = quarantine.keep(self._folder, self._names, "draft", data)
            if new:
                self.notices.append(Notice(NoticeKind.DRAFT_DAMAGED, kept=kept))

    def _tables(self) -> Tables:
        """Return what the record file and its journal hold; nothing if they cannot be read."""
        if self._known is not None:
            return self._known()
        try:
            snapshot = read_snapshot(self._folder, self._names, writing=False)
        except (Unsound, StorageError, OSError):
            return {}
        os.close(snapshot.journal_fd)
        return snapshot.tables


class LeftDrafts:
    """What dead sessions have left, for a command: it types nothing, and has no file of its own.

    To a store it is a `TypingLog`: it is told what has been committed.
    """

    def __init__(
        self, *paths: Path, looking: bool, known: Known | None = None, disk: Disk = REAL
    ) -> None:
        """Find the draft files beside record files; see `DeadDrafts` for `looking` and `known`.

        Where they cannot be looked for now, there are none: the next session finds them.
        """
        self.notices: list[Notice] = []
        """What `recovered` has found damaged, for the user to be told."""
        self._folders: list[Folder] = []
        self._dead: list[DeadDrafts] = []
        for path in paths:
            with suppress(OSError, StorageError):
                folder, name = open_folder(path, disk)
                self._folders.append(folder)
                folder.mending = not looking
                names = Names(name)
                sessions = folder.sub(names.sessions)
                if sessions is not None:
                    self._folders.append(sessions)
                    dead = DeadDrafts(folder, names, sessions, looking=looking, known=known)
                    self._dead.append(dead)

    def recovered(self) -> list[Draft]:
        """Return what was typed and not committed in dead sessions of this user."""
        drafts = [draft for dead in self._dead for draft in dead.read()]
        for dead in self._dead:
            self.notices += dead.notices
            dead.notices.clear()
        return drafts

    @property
    def open_texts(self) -> int:
        """How many texts living sessions have; see `DeadDrafts.open_texts`."""
        return sum(dead.open_texts for dead in self._dead)

    @property
    def saved_at(self) -> list[float]:
        """When dead sessions had saved the last of what was typed; see `DeadDrafts.saved_at`."""
        return [at for dead in self._dead for at in dead.saved_at]

    def keep(self, typed: BeingTyped) -> None:
        """Do nothing: a command types no text."""

    def forget(self, gone: ForGood) -> None:
        """Do nothing: likewise."""

    def barrier(self, timeout: float) -> bool:
        """Return True: nothing waits to be written."""
        return True

    def committed(self, table: str, id: str, field: str, text: str) -> None:
        """Note that a text has been committed: its file can be forgotten."""
        for dead in self._dead:
            dead.committed((table, id, field), text)

    def close(self) -> None:
        """Let go of the files. What has not been committed is left to the next session."""
        for dead in self._dead:
            dead.close()
        for folder in self._folders:
            folder.close()


def _follow(record: Doc, fields: dict[Any, _TypedField | None]) -> bool:
    """Take in one line of a draft file.

    Args:
        record: The value of the line.
        fields: The fields as far as they have been read, by their number in the file; None for one
            that does not count any more.

    Returns:
        False if the line does not fit what came before it.
    """
    if "base" in record and "t" in record:
        key = str(record["t"]), str(record["i"]), str(record["f"])
        texts, owner = [str(record["base"])], str(record.get("of", ""))
        fields[record["k"]] = _TypedField(key, str(record["at"]), texts, owner)
    elif "new" in record:
        entry = fields[record["k"]]
        if entry is not None:
            entry.new = dict(record["new"])
    elif "gone" in record:
        fields[record["k"]] = None
    elif "cut" in record:
        at, gone, come, length = record["cut"]
        typed = fields[record["k"]]
        if typed is None:
            return True
        states = typed.states
        old = states[-1]
        if len(old) != length:
            return False
        states.append(old[:at] + come + old[at + gone :])
    elif "done" in record:
        entry = fields.get(record["k"])
        if entry is not None and record["done"] in entry.states:
            last = len(entry.states) - 1 - entry.states[::-1].index(record["done"])
            del entry.states[:last]
            entry.new = None
    return True


def _draft(typed: _TypedField, by: str, tables: Tables) -> Draft | None:
    """Return the draft of a field, or None if all of it has been committed.

    Args:
        typed: What was typed in the field.
        by: The login name of the typist.
        tables: What the record file holds.
    """
    table, id, name = typed.key
    text = typed.states[-1]
    doc = tables.get(table, {}).get(id)
    current = doc.get(name, "") if doc is not None else None
    base = typed.states[0]
    if isinstance(current, str):
        base = _nearest(typed.states, current)
    if base == text:
        return None
    return Draft(table, id, name, base, text, by, typed.at, typed.owner, typed.new)


def _nearest(states: list[str], current: str) -> str:
    """Return the state that differs least from the text in the file, the latest if several do.

    That is what has been committed. The rest of the typing is an edit of it.
    """
    best, least = states[0], _distance(states[0], current)
    for state in states[1:]:
        distance = _distance(state, current)
        if distance <= least:
            best, least = state, distance
    return best


def _distance(one: str, other: str) -> int:
    _at, gone, come = splice(one, other)
    return gone + len(come)
