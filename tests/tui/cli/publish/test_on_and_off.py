"""`mentor publish`: counts and dates in a file, as long as the mentor says so and no longer."""

from __future__ import annotations

import grp
import json
import os
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data.paths import publishing_file, settings_file
from data.published.counted import published_of
from data.published.read import read
from data.published.schema import HEAD, MENTEE, Published, Stage
from data.records import CourseState, Mentee
from data.settings import Settings
from data.store.change import Change
from data.store.opening import open_store
from tests.tui.cli.publish.support import SECRET, a_group, beside, login, numbers
from tests.tui.cli.tools import Mentor


def test_after_a_yes_counts_are_beside_the_data_file(
    mentor_with: Mentor, file: Path, answer: Callable[[str], None]
) -> None:
    answer("yes\n")
    said = mentor_with("publish", "on")
    assert said.status == 0, said.err
    found = json.loads(beside(file).read_text("utf-8"))
    assert found.keys() == {*HEAD, "mentees"}
    assert [one.keys() for one in found["mentees"]] == [MENTEE.keys()] * 2
    assert stat.S_IMODE(beside(file).stat().st_mode) == 0o600
    for line in ("2 mentees", "no buddy, no tasks", str(found["mentees"][0]["who"]), "you"):
        assert line in " ".join(said.out.split())


@pytest.mark.parametrize("line", ["no\n", ""])
def test_without_a_yes_nothing_is_published(
    mentor_with: Mentor, file: Path, answer: Callable[[str], None], line: str
) -> None:
    answer(line)
    assert mentor_with("publish", "on").status == 2
    assert mentor_with("add", "Ida Krogh", "--start", "1/8").status == 0
    assert not beside(file).exists()
    assert not settings_file(os.environ).exists()
    assert "Nothing is published" in mentor_with("publish", "show").out


def test_the_setting_alone_publishes_nothing(mentor_with: Mentor, file: Path) -> None:
    """Those who look after the computer may have set it: the yes is the mentor's."""
    settings_file(os.environ).parent.mkdir(parents=True, exist_ok=True)
    settings_file(os.environ).write_text("publish = true\n", encoding="utf-8")
    assert mentor_with("add", "Ida Krogh", "--start", "1/8").status == 0
    assert not beside(file).exists()
    assert "you have not been asked yet" in " ".join(mentor_with("doctor").out.split())


def test_it_is_renewed_by_every_command_that_changes_something(
    mentor_with: Mentor, file: Path
) -> None:
    mentor_with("publish", "on", "--yes")
    before = numbers(read(beside(file)))
    mentor_with("add", "Ida Krogh", "--start", "1/8")
    after = numbers(read(beside(file)))
    assert set(before) < set(after)
    assert len(after) == 3


def test_one_that_changes_nothing_leaves_the_file_alone(mentor_with: Mentor, file: Path) -> None:
    mentor_with("publish", "on", "--yes")
    before = beside(file).stat()
    mentor_with("list")
    mentor_with("note", "maja", SECRET)
    assert beside(file).stat().st_ino == before.st_ino
    beside(file).unlink()
    mentor_with("fold")
    assert len(read(beside(file)).mentees) == 2


def test_off_removes_it_wherever_it_was_written(
    mentor_with: Mentor, file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    mentor_with("publish", "on", "--yes")
    kept = beside(file).read_bytes()
    mentor_with("publish", "on", "--yes", "--folder", str(folder))
    (there,) = folder.iterdir()
    assert not beside(file).exists()
    beside(file).write_bytes(kept)  # as where the old one could not be removed
    publishing_file(os.environ).write_text(
        json.dumps({"file": os.path.realpath(file), "places": [str(beside(file)), str(there)]})
    )
    said = mentor_with("publish", "off")
    assert said.status == 0
    assert said.out.count("Removed:") == 2
    assert not there.exists()
    assert not beside(file).exists()
    mentor_with("add", "Ida Krogh", "--start", "1/8")
    assert not beside(file).exists()
    assert not there.exists()
    assert "Nothing is published" in mentor_with("publish", "off").out


def test_off_removes_it_after_a_write_that_was_cut_off(mentor_with: Mentor, file: Path) -> None:
    """A process was killed before it cut off the end of the longer line that was there before."""
    mentor_with("publish", "on", "--yes")
    with publishing_file(os.environ).open("ab") as noted:
        noted.write(b'.local/share/somewhere/published.json"]}\n')
    assert "Removed:" in mentor_with("publish", "off").out
    assert not beside(file).exists()


@pytest.mark.parametrize("with_folder", [False, True])
def test_it_is_found_where_what_was_kept_of_it_is_lost(
    mentor_with: Mentor, file: Path, tmp_path: Path, with_folder: bool
) -> None:
    """Somebody has deleted all that the program remembers: off, and a purge, still remove it."""
    words = ["--folder", str(tmp_path)] if with_folder else []
    there = tmp_path / f"{login()}.json" if with_folder else beside(file)
    for command in (["publish", "off"], ["purge", "maja", "--yes", "Maja Holm"]):
        assert mentor_with("publish", "on", "--yes", *words).status == 0
        assert there.exists()
        publishing_file(os.environ).unlink()
        assert mentor_with(*command).status == 0
        assert not there.exists()
        mentor_with("publish", "off")


def test_what_is_no_published_file_is_left_where_one_would_be(
    mentor_with: Mentor, file: Path
) -> None:
    beside(file).write_text("mine")
    assert "Nothing is published" in mentor_with("publish", "off").out
    assert beside(file).read_text() == "mine"


def test_purge_takes_them_out_at_once(mentor_with: Mentor, file: Path) -> None:
    mentor_with("publish", "on", "--yes")
    before = numbers(read(beside(file)))
    assert mentor_with("purge", "maja", "--yes", "Maja Holm").status == 0
    after = numbers(read(beside(file)))
    assert len(after) == 1
    assert set(after) < set(before)


def test_the_file_goes_before_a_deletion_begins(
    mentor_with: Mentor, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a deletion that is cut off leaves none of it: the next opening finishes the rest."""
    mentor_with("publish", "on", "--yes")
    there: list[bool] = []

    def cut_off(*_all: object, **_named: object) -> None:
        there.append(beside(file).exists())
        raise KeyboardInterrupt

    monkeypatch.setattr("data.privacy.purge.purge", cut_off)
    assert mentor_with("purge", "maja", "--yes", "Maja Holm").status
    assert there == [False]


def test_closed_mentorships_stay_until_they_are_due(mentor_with: Mentor, file: Path) -> None:
    mentor_with("publish", "on", "--yes", "--as", "initials")
    assert numbers(read(beside(file))) == ["BL", "MH"]
    opened = open_store(file, threaded=False)
    maja = next(one for one in opened.store.all(Mentee) if one.name == "Maja Holm")
    closed = Change.edited(maja, state=CourseState.CLOSED, closed_on=date(2025, 11, 24))
    opened.store.commit([closed])
    store, settings = opened.store, Settings(publish_as="initials")

    def on(day: date) -> Published:
        return published_of(store, settings, day)

    row = on(date(2026, 5, 25)).mentees[1]
    assert (row.who, row.phase, row.week) == ("MH", Stage.CLOSED, None)
    assert row.retention_due == date(2026, 5, 26)
    due = next(one for one in on(date(2026, 5, 26)).mentees if one.phase is Stage.CLOSED)
    assert isinstance(due.who, int)
    assert (due.talks_planned, due.talks_cancelled, due.last_talk) == (0, 0, None)
    held = Change.edited(store.get(Mentee, maja.id) or maja, held_since=date(2026, 1, 1))
    store.commit([held])
    assert numbers(on(date(2026, 5, 26))) == ["BL"]
    opened.close()


def test_the_mode_is_that_of_the_group_that_was_named(mentor_with: Mentor, file: Path) -> None:
    assert mentor_with("publish", "on", "--yes", "--group", a_group()).status == 0
    found = beside(file).stat()
    assert (stat.S_IMODE(found.st_mode), found.st_gid) == (0o640, os.getegid())
    beside(file).chmod(0o644)
    said = " ".join(mentor_with("doctor").out.split())
    assert "has the rights 0644 and should have 0640" in said
    mentor_with("add", "Ida Krogh", "--start", "1/8")
    assert stat.S_IMODE(beside(file).stat().st_mode) == 0o640
    shown = json.loads(mentor_with("publish", "show", "--format", "json").out)
    assert (shown["mode"], shown["group"]) == ("0640", a_group())
    assert shown["published"] == json.loads(beside(file).read_text("utf-8"))
    mentor_with("publish", "on", "--yes", "--group", "")
    assert stat.S_IMODE(beside(file).stat().st_mode) == 0o600


def test_a_group_that_cannot_open_the_folder_is_named(mentor_with: Mentor, file: Path) -> None:
    file.parent.chmod(0o700)
    said = mentor_with("publish", "on", "--yes", "--group", a_group())
    assert said.status == 0
    assert "cannot open the folder" in said.err
    assert "--folder" in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("name", ["no such group", "", "\0"])
def test_a_group_that_one_is_not_in_is_refused(mentor_with: Mentor, file: Path, name: str) -> None:
    others = {one.gr_name for one in grp.getgrall()} - {
        grp.getgrgid(gid).gr_name for gid in {os.getegid(), *os.getgroups()}
    }
    wanted = name or min(others)
    said = mentor_with("publish", "on", "--yes", "--group", wanted)
    assert said.status == 3
    assert "id -Gn" in said.problem
    assert not beside(file).exists()
    assert not settings_file(os.environ).exists()
