"""A whole mentorship is deleted for good in the middle of a working day: no byte of it is left.

40 tasks, 25 talks with answers about wellbeing, 300 notes, backups of 14 days, what is kept aside,
documents in every format, an extract and a hand-over, one session that is with somebody else, and
one with a note in its editor. It is deleted by the command, and in the app.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.clock import Clock, set_clock
from data.documents.names import word_of
from data.frozen import immutable
from data.privacy.pdf_words import words_of_pdf
from data.records import (
    Answer,
    CourseState,
    DocumentFile,
    Mentee,
    Note,
    Person,
    Record,
    Role,
    RoleKind,
    Talk,
)
from data.storage.upkeep.restore import list_backups
from data.store.change import Change
from data.store.opening import open_store
from tests.data.store.test_for_good_whole import as_in_files, commit, records, with_aside
from tests.e2e.world import MENTOR, World
from tests.tools.typist import Typist
from tui.cli.main import run

NAME = "Maja-Kathrine Ægidius Østergaard-Åkjær von Münchhausen-Sørensen"
OTHERS = ("Bo Lund", "Signe Kjær Thorsen")
DAYS = 14
LAST = datetime(2025, 8, 11, 9)  # noqa: DTZ001 - the clock adds the computer's offset
EDITOR = """#!/bin/sh
while [ -e "$1" ]; do sleep 0.05; done
"""
"""An editor that stays open until its file is gone."""
FORMATS = ("docx", "pdf", "txt", "md", "json")


@immutable
class Office(World):
    """The mentor's account, with a folder for each thing that a program may write to."""

    now: str = LAST.isoformat()

    @property
    def env(self) -> dict[str, str | None]:
        own = {name: str(self.folder / name.lower()) for name in ("HOME", "TMPDIR")}
        cache = {"XDG_CACHE_HOME": str(self.folder / "cache")}
        return {**super().env, **own, **cache, "VISUAL": str(self.folder / "editor")}

    def run(self, *words: str, typed: str = "", status: int = 0) -> str:
        environ = {**os.environ, **{key: value or "" for key, value in self.env.items()}}
        done = subprocess.run(
            [MENTOR, *words], env=environ, input=typed, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, (words, done)
        return done.stdout

    def found(self, words: set[str]) -> list[tuple[str, str]]:
        """Return where the words stand; ids are looked for as whole numbers."""
        texts = {word: word.encode() for word in words if not word.isdecimal()}
        found = []
        for name, data in self.files():
            numbers = {number.decode() for number in re.findall(rb"\d{15,}", data)}
            there = {word for word, text in texts.items() if text in data or word in name}
            found += [(name, word) for word in sorted(there | numbers & words)]
        return found

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the content of every file, and of those that are packed in one."""
        for path in self.folder.rglob("*"):
            yield str(path.relative_to(self.folder)), b""  # a folder has a name only
            if path.is_file():
                yield from _unpacked(str(path.relative_to(self.folder)), path.read_bytes())


def _unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data
    if data[:5] == b"%PDF-":
        yield name, words_of_pdf(data).encode("utf-8", "replace")
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for one in archive.namelist():
                yield from _unpacked(f"{name}/{one}", archive.read(one))


def mentorship(mentee: Mentee, word: str) -> list[Record]:
    """A whole mentorship; each text has the word."""
    found = records(mentee, word)
    talks = [one for one in found if isinstance(one, Talk)]
    asked = [
        Answer(
            mentee_id=mentee.id,
            talk_id=talk.id,
            key="wellbeing",
            mentee=f"{word} trives {n}",
            pulse={"role": f"{word} puls {n}"},
            private=True,
        )
        for n, talk in enumerate(talks)
    ]
    return [*found, *asked]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    editor = tmp_path / "editor"
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    for name in ("home", "tmpdir", "cache", "usb"):
        (tmp_path / name).mkdir(mode=0o700)
    office = Office(tmp_path)
    office.path.parent.mkdir(parents=True, mode=0o700)
    yield office
    set_clock(None)


def lived(office: Office) -> tuple[Mentee, list[Record]]:
    """Live 14 days with three mentees, of whom Maja's mentorship is closed."""
    maja = Mentee(name=NAME, start=date(2025, 1, 6))
    others = [Mentee(name=name, start=date(2025, 8, 1)) for name in OTHERS]
    hers = mentorship(maja, "hemmelig")
    theirs = [one for mentee in others for one in mentorship(mentee, "om den anden")]
    person = Person(name=NAME, title="socialrådgiver")
    hers.append(Role(mentee_id=maja.id, kind=RoleKind.NEWCOMER, person_id=person.id))
    set_clock(Clock(LAST - timedelta(days=DAYS)))
    commit(office.path, *map(Change.created, (maja, *others, *theirs, person)))
    per_day = len(hers) // DAYS + 1
    for day in range(DAYS):
        set_clock(Clock(LAST - timedelta(days=DAYS - day)))
        some = hers[day * per_day : (day + 1) * per_day]
        commit(office.path, *map(Change.created, some))
    set_clock(Clock(LAST))
    commit(
        office.path,
        Change.edited(maja, state=CourseState.CLOSED, closed_on=LAST.date()),
    )
    with_aside(office.path)
    return maja, [*hers, person]


def written(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write documents, an extract and a hand-over: in this process, which is quicker."""
    with monkeypatch.context() as environ:
        for name, value in office.env.items():
            environ.setenv(name, value or "")
        for words in (
            *(("export", NAME, "plan", "--to", format) for format in FORMATS),
            *(("export", OTHERS[0], "plan", "--to", format) for format in FORMATS),
            ("export", NAME, "all", "--to", "docx"),
            ("export", NAME, "all", "--private", "--to", "json"),
            ("export", NAME, "notes", "--to", "txt", "-o", f"{office.folder}/usb/"),
            ("export", "mentees", "--to", "csv"),
            ("calendar", NAME, "--names"),
            ("calendar", "--all", "--names"),
            ("extract", NAME),
            ("handover", NAME, "-o", f"{office.folder}/usb/maja.mentor"),
            ("hold", NAME, "off"),
        ):
            assert run(words) == 0, words


def shown_of(office: Office) -> list[str]:
    return [office.run("show", name, "--private", "--format", "json") for name in OTHERS]


def by_the_command(office: Office) -> None:
    assert "arkivloven" in office.run("purge", NAME, "--dry-run")
    said = office.run("purge", NAME, typed=f"{NAME}\n")
    assert f"{NAME} er slettet endeligt." in " ".join(said.split())


def in_the_app(office: Office) -> None:
    with office.mentor() as typist:
        typist.press("v X")
        typist.terminal.wait_for("Slet endeligt")
        typist.press("f10")
        typist.write(NAME)
        typist.press("f10")
        typist.terminal.wait_for("endeligt.")
        leave(typist)


def leave(typist: Typist) -> None:
    typist.press("esc esc esc ctrl+q")
    assert typist.terminal.wait_exit() == 0


def stand_in_the_editor(office: Office, typist: Typist) -> None:
    """Open one of Maja's notes in the editor."""
    typist.press("/")
    typist.write("hemmelig note 217")
    typist.press("enter")
    typist.terminal.wait_for("note 217 æøå")
    typist.press("enter")
    typist.terminal.wait_for("hemmelig note 217")
    typist.terminal.key("\x05")
    end = time.monotonic() + 30
    while not list(office.path.parent.glob("edit-*/mentor.txt")):
        assert time.monotonic() < end, typist.terminal.screen()
        time.sleep(0.02)


@pytest.mark.parametrize(
    "delete", [by_the_command, pytest.param(in_the_app, marks=pytest.mark.soak)]
)
def test_no_byte_of_a_whole_mentorship_is_left(
    office: Office, monkeypatch: pytest.MonkeyPatch, delete: Callable[[Office], None]
) -> None:
    maja, hers = lived(office)
    written(office, monkeypatch)
    assert len({one.at.date() for one in list_backups(office.path)}) >= DAYS
    opened = open_store(office.path, threaded=False)
    files = opened.store.of(DocumentFile, maja.id)
    opened.close()
    before = shown_of(office)
    texts = [one.text for one in hers if isinstance(one, Note)][:20]
    words = {NAME, word_of(NAME), "hemmelig", *map(as_in_files, texts)}
    words |= {one.id for one in (maja, *hers, *files)}
    assert {word for _name, word in office.found(words)} == words
    with office.mentor() as elsewhere, office.mentor() as writing:
        elsewhere.press("enter 2 down")
        stand_in_the_editor(office, writing)
        delete(office)
        writing.terminal.wait_for("F1")
        leave(writing)
        leave(elsewhere)
    shown = shown_of(office)
    assert shown == before
    assert json.loads(shown[0])["mentee"]["name"] == OTHERS[0]
    assert office.found(words) == []
