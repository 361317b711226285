"""The draft files of sessions that have died: what was typed there and not committed."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from data.storage import quarantine
from data.storage.folder import Folder, read_all
from data.storage.journal import scan
from data.storage.names import Names
from data.storage.ops import splice
from data.storage.problems import Notice, NoticeKind, StorageError
from data.storage.protocol import Doc, Draft, Tables
from data.storage.snapshot import Unsound, read_snapshot

ENDING = ".draft"
Key = tuple[str, str, str]
"""Table, id and field."""


@dataclass
class _Typing:
    """What a draft file says of one field."""

    key: Key
    at: str
    states: list[str]
    """What it read, from what the typing began with up to the end."""


@dataclass
class _DeadFile:
    """A dead session's draft file, which is kept locked while its texts are brought back."""

    fd: int
    by: str
    typing: list[_Typing]
    waiting: set[tuple[Key, str]] = field(default_factory=set)
    """Texts that are not settled yet."""


class DeadDrafts:
    """The draft files in a folder that no living session holds."""

    def __init__(self, folder: Folder, names: Names, place: Folder) -> None:
        self.notices: list[Notice] = []
        self._folder = folder
        self._names = names
        self._place = place
        self._files: dict[str, _DeadFile] = {}

    def read(self) -> list[Draft]:
        """Return the drafts of the user's own dead sessions, oldest first."""
        for name in self._place.names():
            if name.endswith(ENDING) and name not in self._files:
                self._open(name)
        if not self._files:
            return []
        tables = self._tables()
        drafts = []
        for name, dead in list(self._files.items()):
            for typing in dead.typing:
                draft = _draft(typing, dead.by, tables)
                if draft is not None:
                    dead.waiting.add((typing.key, draft.text))
                    drafts.append(draft)
            if not dead.waiting:
                self._forget(name)
        return sorted(drafts, key=lambda draft: draft.at)

    def committed(self, key: Key, text: str) -> None:
        """Note that a text is safe elsewhere; a file whose texts all are is taken away."""
        for name, dead in list(self._files.items()):
            dead.waiting.discard((key, text))
            if not dead.waiting:
                self._forget(name)

    def close(self) -> None:
        """Let go of the files; what is not settled is left to the next session."""
        for dead in self._files.values():
            os.close(dead.fd)
        self._files.clear()

    def _forget(self, name: str) -> None:
        with suppress(OSError):  # What is left behind has been committed: the next one sees it.
            self._place.unlink(name, missing_ok=True)
        os.close(self._files.pop(name).fd)

    def _open(self, name: str) -> None:
        """Take a draft file over, if its session is dead and was this user's."""
        try:
            fd = self._place.open(name)
        except (OSError, StorageError):
            return  # Gone meanwhile, not ours, or on a disk that can only be read now.
        try:
            mine = self._place.disk.fstat(fd).st_uid == os.geteuid()
            if not mine or not self._lock(fd):
                os.close(fd)
                return
            self._files[name] = self._parse(fd)
            # One that is empty goes as well. If it has been created a moment ago and was not locked
            # yet, its session sees that, and makes another.
            if not self._files[name].typing:
                self._forget(name)
        except BaseException:
            os.close(fd)
            raise

    def _lock(self, fd: int) -> bool:
        try:
            self._place.disk.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        # One that has no name any more was brought back by somebody else just now.
        return self._place.disk.fstat(fd).st_nlink > 0

    def _parse(self, fd: int) -> _DeadFile:
        data = read_all(fd, self._place.disk)
        found = scan(data)
        by = str(found.records[0].get("by", "")) if found.records else ""
        typing: dict[Any, _Typing] = {}
        damaged = bool(found.damaged or found.torn)
        for record in found.records:
            try:
                fits = _follow(record, typing)
            except (KeyError, TypeError, ValueError):
                fits = False
            damaged = damaged or not fits
        if damaged:
            self._set_aside(data)
        return _DeadFile(fd, by, list(typing.values()))

    def _set_aside(self, data: bytes) -> None:
        """Keep a damaged draft file; where the disk takes nothing, what was read still counts."""
        with suppress(OSError):
            kept, new = quarantine.keep(self._folder, self._names, "draft", data)
            if new:
                self.notices.append(Notice(NoticeKind.DRAFT_DAMAGED, kept=kept))

    def _tables(self) -> Tables:
        """Return what the record file and its journal hold; nothing where they cannot be read."""
        try:
            snapshot = read_snapshot(self._folder, self._names, writing=False)
        except (Unsound, StorageError, OSError):
            return {}
        os.close(snapshot.journal_fd)
        return snapshot.tables


def _follow(record: Doc, typing: dict[Any, _Typing]) -> bool:
    """Take in one line of a draft file; False where it does not fit what came before it."""
    if "base" in record and "t" in record:
        key = str(record["t"]), str(record["i"]), str(record["f"])
        typing[record["k"]] = _Typing(key, str(record["at"]), [str(record["base"])])
    elif "cut" in record:
        at, gone, come, length = record["cut"]
        states = typing[record["k"]].states
        old = states[-1]
        if len(old) != length:
            return False
        states.append(old[:at] + come + old[at + gone :])
    elif "done" in record:
        entry = typing.get(record["k"])
        if entry is not None and record["done"] in entry.states:
            last = len(entry.states) - 1 - entry.states[::-1].index(record["done"])
            del entry.states[:last]
    return True


def _draft(typing: _Typing, by: str, tables: Tables) -> Draft | None:
    """Return the draft of one field; None where all of it has been committed."""
    table, id, name = typing.key
    text = typing.states[-1]
    doc = tables.get(table, {}).get(id)
    current = doc.get(name, "") if doc is not None else None
    base = typing.states[0]
    if isinstance(current, str):
        base = _nearest(typing.states, current)
    if base == text:
        return None
    return Draft(table, id, name, base, text, by, typing.at)


def _nearest(states: list[str], current: str) -> str:
    """Return the latest of those states that differ least from the text in the file."""
    best, least = states[0], _distance(states[0], current)
    for state in states[1:]:
        distance = _distance(state, current)
        if distance <= least:
            best, least = state, distance
    return best


def _distance(one: str, other: str) -> int:
    _at, gone, come = splice(one, other)
    return gone + len(come)
