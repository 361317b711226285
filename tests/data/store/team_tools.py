"""Two mentors who share a team file, each with a folder of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.method.parting import PARTING
from data.records import Mentee
from data.storage.protocol import Tables
from data.storage.snapshot import read_tables
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from data.store.store import Store


class Team:
    """A team folder, and the homes of its mentors."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "team"
        self.folder.mkdir()
        self.folder.chmod(0o2770)
        self.file = self.folder / "mentor.json"
        self.homes = folder

    def home(self, who: str) -> Path:
        """The folder of a mentor's own files."""
        return self.homes / who / "mentorrollen"

    def open(self, who: str, *, threaded: bool = False, reading: bool = False) -> OpenedStore:
        """Open the team file as a mentor. The caller closes it."""
        before = os.environ.get("XDG_DATA_HOME")
        os.environ["XDG_DATA_HOME"] = str(self.homes / who)
        try:
            return open_store(
                self.file, by=who, threaded=threaded, reading=reading, parting=lambda: PARTING
            )
        finally:
            if before is None:
                del os.environ["XDG_DATA_HOME"]
            else:
                os.environ["XDG_DATA_HOME"] = before

    @contextmanager
    def as_(self, who: str, *, reading: bool = False) -> Iterator[Store]:
        """The store of a mentor."""
        opened = self.open(who, reading=reading)
        try:
            yield opened.store
        finally:
            opened.close()

    def add_mentee(self) -> Mentee:
        """Add a mentee, by somebody who has nothing private."""
        mentee = Mentee(name="Maja Holm")
        with self.as_("anna") as store:
            store.commit([Change.created(mentee)])
        return mentee

    def own_tables(self, who: str) -> Tables:
        """What a mentor's own file holds for the team file."""
        (path,) = self.home(who).glob("private-*.json")
        return read_tables(path)

    def found(self, word: str) -> list[str]:
        """The files of the team folder that hold a word, by name."""
        return sorted(
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.is_file() and word.encode() in path.read_bytes()
        )

    def found_at(self, who: str, word: str) -> list[str]:
        """The files of a mentor's own folder that hold a word."""
        return sorted(
            path.name
            for path in self.home(who).rglob("*")
            if path.is_file() and word.encode() in path.read_bytes()
        )
