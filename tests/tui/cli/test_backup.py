"""Backups on the command line: what each holds, which can be restored, and going back to one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import clock
from data.clock import Clock
from data.logins import user_name
from data.records import Mentee, Note
from data.storage.backend import JournalBackend
from data.storage.journal import frame
from data.storage.record_file import checksum
from data.store.change import Change
from data.store.store import Store
from tests.data.store.team_tools import Team
from tests.tui.cli.tools import Mentor, process

MORNING = datetime(2026, 11, 24, 8, 5).astimezone()


@pytest.fixture
def at() -> Iterator[Any]:
    """Set the clock to so many hours after that morning."""
    yield lambda hours: clock.set_clock(Clock(MORNING + timedelta(hours=hours)))
    clock.set_clock(None)


@pytest.fixture
def lived(mentor: Mentor, at: Any) -> list[str]:
    """Three changes on a morning. Return the names of the backups, newest first."""
    commands = (("add", "Maja", "--start", "1/8"), ("note", "Maja", "Hej"), ("note", "Maja", "Bo"))
    for hours, words in enumerate(commands):
        at(hours)
        done = mentor(*words)
        assert done.status == 0, done.err
    return [one["name"] for one in listed(mentor)]


def listed(mentor: Mentor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(mentor("backup", "list", "--format", "json").out)
    return found


def folder(file: Path) -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in file.parent.rglob("*") if one.is_file()}


def test_a_backup_brings_back_and_is_itself_undone(mentor: Mentor) -> None:
    mentor("add", "Maja", "--start", "1/8")
    mentor("note", "Maja", "Hej")
    found = listed(mentor)
    assert len(found) == 2
    assert mentor("backup", "list").out.count("as it was on") == 2
    done = mentor("backup", "restore", found[1]["name"])
    assert done.status == 0
    assert "Note" not in mentor("show", "Maja", "--private").out
    undo = done.out.split()[-1]
    assert mentor("backup", "restore", undo).status == 0
    assert "Hej" in mentor("show", "Maja", "--private").out
    unknown = mentor("backup", "restore", "nonsense")
    assert (unknown.status, "nonsense" in unknown.problem) == (3, True)
    assert mentor("backup").problem == "Missing command. See: mentor backup --help"


def test_the_list_says_what_each_holds(mentor: Mentor, lived: list[str]) -> None:
    found = listed(mentor)
    assert [one["counts"].get("notes", 0) for one in found] == [2, 1, 0]
    assert [one["last_change"] for one in found] == [
        (MORNING + timedelta(hours=hours)).isoformat() for hours in (2, 1, 0)
    ]
    assert {one["format"] for one in found} == {1}
    assert {one["restorable"] for one in found} == {True}
    out = mentor("backup", "list").out
    assert f"{lived[0]}: as it was on 24-11-2026 10:05\n  Mentee: 1" in out
    assert "Note: 2\n  Last change: 24-11-2026 10:05. Format 1.\n" in out
    assert "cannot be restored" not in out
    assert "mentee" in mentor("backup", "list", "--lang", "da").out.lower()


def test_a_backup_is_shown_and_nothing_is_changed(
    mentor: Mentor, lived: list[str], file: Path
) -> None:
    before = folder(file)
    shown = json.loads(mentor("backup", "show", lived[1], "--format", "json").out)
    assert shown["counts"]["notes"] == 1
    (maja,) = shown["mentees"]
    assert (maja["name"], maja["counts"]["notes"]) == ("Maja", 1)
    out = mentor("backup", "show", lived[1]).out
    assert "\nMaja: " in out
    assert f"To go back to it: mentor backup restore {lived[1]}" in out
    assert "Hej" not in out
    assert folder(file) == before
    assert mentor("backup", "show", "nonsense").status == 3


def test_only_what_can_be_restored_is_offered(
    mentor: Mentor, lived: list[str], file: Path, at: Any
) -> None:
    backups = file.with_name("mentor.json.backups")
    damaged = backups / f"{lived[0]}.json"
    damaged.write_bytes(damaged.read_bytes().replace(b"Hej", b"Haj"))
    assert listed(mentor)[0]["restorable"], "from the one before and all journals since"
    newer = backups / f"{lived[1]}.json"
    newer.write_bytes(newer.read_bytes().replace(b'"format":1', b'"format":9', 1))
    newer.with_suffix(".journal").write_bytes(frame({"h": 9, "of": "x", "gen": 2, "base": 1}))
    out = mentor("backup", "list").out
    offered, _line, rest = out.partition("These cannot be restored:\n")
    assert [one.partition(":")[0] for one in offered.split("\n") if "as it was" in one] == lived[2:]
    assert f"{lived[0]}: damaged" in rest
    assert f"{lived[1]}: written by a newer version of the program (format 9)" in " ".join(
        rest.split()
    )
    by_name = {one["name"]: one for one in listed(mentor)}
    assert [by_name[name].get("why") for name in lived] == ["damaged", "newer", None]
    for name in lived[:2]:
        assert "It cannot be restored." in mentor("backup", "show", name).out
        assert mentor("backup", "restore", name).status == 3
    assert mentor("backup", "restore", lived[2]).status == 0


def test_a_backup_with_another_rule_of_checksums_is_not_offered(
    mentor: Mentor, lived: list[str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a program leaves that changes what is written and not the number."""
    monkeypatch.setattr(
        "data.storage.record_file.checksum", lambda meta, body: checksum(meta, body ^ 1)
    )
    assert {one["restorable"] for one in listed(mentor)} == {False}
    assert mentor("backup", "list").out.startswith("There are no backups yet.")


def test_what_was_set_aside_is_listed_shown_and_brought_back(
    mentor: Mentor, lived: list[str], file: Path, at: Any
) -> None:
    copy = file.with_name("copy")
    shutil.copy(file, copy)
    at(3)
    mentor("note", "Maja", "efter kopien")
    copy.replace(file)
    at(4)
    mentor("note", "Maja", "og videre")
    (aside,) = [one for one in listed(mentor) if one.get("whole") and one["counts"]["notes"] == 3]
    assert aside["restorable"]
    shown = mentor("backup", "show", aside["name"]).out
    assert shown.startswith(f"{aside['name']}: set aside on 24-11-2026 12:05\n")
    assert "Set aside when the file was replaced or repaired:" in mentor("backup", "list").out
    assert mentor("backup", "restore", aside["name"]).status == 0
    assert "efter kopien" in mentor("show", "Maja", "--private").out
    line = file.with_name("mentor.json.quarantine") / "20261124-080500-line-0123456789abcdef"
    line.write_bytes(b"half a line")
    assert f"{line.name}: not a whole file" in mentor("backup", "list").out


def test_the_doctor_says_from_when_the_oldest_of_today_is(
    mentor: Mentor, lived: list[str], at: Any
) -> None:
    assert "The oldest backup of today is from 08:05." in mentor("doctor").out
    at(24)
    assert "backup of today" not in mentor("doctor").out


def test_the_settings_say_how_long_they_are_kept(mentor: Mentor, at: Any, tmp_path: Path) -> None:
    settings = tmp_path / "config/mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True)
    at(0)
    mentor("add", "Maja", "--start", "1/8")
    for day in range(1, 11):
        at(24 * day)
        mentor("note", "Maja", "Hej")
    assert len(listed(mentor)) == 11
    settings.write_text("backup_days = 3\nbackup_weeks = 0\n")
    mentor("note", "Maja", "Hej")
    assert len({one["at"][:10] for one in listed(mentor)}) == 3


@pytest.fixture
def put_back(mentor: Mentor, file: Path) -> Path:
    """A folder that was copied before a mentee was deleted for good, with the list of now."""
    for name in ("Maja", "Else Canary"):
        mentor("add", name, "--start", "1/8")
    mentor("note", "Else", "hemmeligt om Else Canary")
    mentor("note", "Maja", "Hej")
    copy = file.parent.with_name("copy")
    shutil.copytree(file.parent, copy)
    assert mentor("purge", "Else", "--yes", "Else Canary").status == 0
    shutil.copy(file.with_name("mentor.json.deletions.log"), copy)
    shutil.rmtree(file.parent)
    copy.rename(file.parent)
    assert len(with_else(file)) > 3
    return file


def with_else(file: Path) -> list[str]:
    return [
        one.name for one in file.parent.rglob("*") if one.is_file() and b"Else" in one.read_bytes()
    ]


def test_a_folder_of_before_a_deletion_loses_it_at_the_first_opening(
    mentor: Mentor, put_back: Path
) -> None:
    shown = mentor("list")
    assert "Else" not in shown.out
    assert "deleted for good" in shown.err
    assert with_else(put_back) == []
    assert len(listed(mentor)) > 2
    assert "deleted for good" not in mentor("doctor").out


def test_such_a_folder_copied_over_the_present_one_is_told_of_both(
    mentor: Mentor, file: Path, at: Any
) -> None:
    for hours, name in enumerate(("Maja", "Else Canary")):
        at(hours)
        mentor("add", name, "--start", "1/8")
    copy = file.parent.with_name("copy")
    shutil.copytree(file.parent, copy)
    mentor("purge", "Else", "--yes", "Else Canary")
    at(3)
    mentor("note", "Maja", "efter kopien")
    mentor("note", "Maja", "og endnu en")
    shutil.copytree(copy, file.parent, dirs_exist_ok=True)
    assert "is a copy of before something was deleted for good" in " ".join(
        mentor("doctor").out.split()
    )
    shown = mentor("list")
    assert "Else" not in shown.out
    assert "deleted for good" in shown.err
    last = listed(mentor)[0]["name"]
    assert f"What was written after it is in {last}" in shown.err
    assert mentor("backup", "restore", last).status == 0
    assert "og endnu en" in mentor("show", "Maja", "--private").out
    assert with_else(file) == []


def test_the_doctor_finds_such_a_folder_and_repairs_it(mentor: Mentor, put_back: Path) -> None:
    before = folder(put_back)
    out = mentor("doctor").out
    assert "still have something that was deleted for good: 3." in " ".join(out.split())
    assert folder(put_back) == before
    assert mentor("doctor", "--repair").status == 0
    assert with_else(put_back) == []


@pytest.mark.parametrize("author", ["me", "else"])
def test_what_is_private_in_an_early_backup_is_its_authors(tmp_path: Path, author: str) -> None:
    """A team file from before what is private was kept apart."""
    team = Team(tmp_path)
    user = user_name(os.geteuid()) if author == "me" else "else"
    mentee = Mentee(name="Maja Holm")
    store = Store(JournalBackend(team.file, by=user), by=user)
    note = Note(mentee_id=mentee.id, text="privat")
    store.commit([Change.created(mentee), Change.created(note)])
    store.close()
    done = process(team.file, "backup", "list", "--format", "json")
    (only,) = json.loads(done.stdout)
    assert only["counts"].get("notes", 0) == (1 if author == "me" else 0)
    done = process(team.file, "backup", "show", only["name"])
    assert ("Note" in done.stdout.decode()) is (author == "me")
