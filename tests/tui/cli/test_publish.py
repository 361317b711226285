"""`mentor publish`: counts and dates in a file, as long as the mentor says so and no longer."""

from __future__ import annotations

import errno
import grp
import io
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from data.logins import user_name
from data.paths import PUBLISHING, publishing_file, settings_file
from data.published.counted import published_of
from data.published.read import read
from data.published.schema import HEAD, MENTEE, Published, Stage
from data.records import CourseState, Mentee, Note, Person, Talk, TalkState
from data.settings import Settings
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from tests.tui.cli.tools import ROOT, Mentor, example_file, process

SECRET = "noget helt hemmeligt"


@pytest.fixture
def mentor_with(mentor: Mentor) -> Mentor:
    """A mentor with two mentees."""
    assert mentor("add", "Maja Holm", "--start", "1/8").status == 0
    assert mentor("add", "Bo Lund", "--start", "1/8").status == 0
    return mentor


def beside(file: Path) -> Path:
    return file.with_name("published.json")


def a_group() -> str:
    """The name of a group that whoever runs the tests is in."""
    return grp.getgrgid(os.getegid()).gr_name


def numbers(published: Published) -> list[int | str]:
    return [one.who for one in published.mentees]


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


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


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    return folder


def login() -> str:
    return user_name(os.geteuid())


def test_in_a_folder_the_file_has_the_login_name(
    mentor_with: Mentor, file: Path, shared: Path
) -> None:
    assert mentor_with("publish", "on", "--yes", "--folder", str(shared)).status == 0
    assert [one.name for one in shared.iterdir()] == [f"{login()}.json"]
    assert len(read(shared / f"{login()}.json").mentees) == 2
    assert not beside(file).exists()


def test_a_link_in_the_way_is_replaced_and_never_followed(
    mentor_with: Mentor, tmp_path: Path, shared: Path
) -> None:
    target = tmp_path / "precious"
    target.write_text("precious")
    (shared / f"{login()}.json").symlink_to(target)
    assert mentor_with("publish", "on", "--yes", "--folder", str(shared)).status == 0
    assert target.read_text() == "precious"
    assert len(read(shared / f"{login()}.json").mentees) == 2
    linked = tmp_path / "linked"
    linked.symlink_to(shared)
    refused = mentor_with("publish", "on", "--yes", "--folder", str(linked))
    assert refused.status == 3
    assert "name the folder itself" in refused.problem


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to others")
@pytest.mark.parametrize("mode", [0o1777, 0o777])
def test_what_belongs_to_somebody_else_is_left_alone(
    mentor_with: Mentor, tmp_path: Path, shared: Path, mode: int
) -> None:
    shared.chmod(mode)
    there = shared / f"{login()}.json"
    target = tmp_path / "precious"
    target.write_text("precious")
    for make in (lambda: there.write_text("mine"), lambda: there.symlink_to(target)):
        make()
        os.lchown(there, 65534, 65534)
        refused = mentor_with("publish", "on", "--yes", "--folder", str(shared))
        assert refused.status == 3
        assert "belongs to" in refused.problem
        assert [one.name for one in shared.iterdir()] == [there.name]
        there.unlink()
    assert target.read_text() == "precious"
    assert not settings_file(os.environ).exists()


def test_what_cannot_be_written_is_one_line_and_no_error(mentor_with: Mentor, shared: Path) -> None:
    mentor_with("publish", "on", "--yes", "--folder", str(shared))
    (shared / f"{login()}.json").unlink()
    shared.rmdir()
    said = mentor_with("add", "Ida Krogh", "--start", "1/8")
    assert said.status == 0
    assert said.err.startswith("mentor: What you publish was not renewed. There is no folder")
    assert said.err.count("\n") == 1
    assert "not in order" in " ".join(mentor_with("doctor").out.split())


def test_another_data_file_is_not_published(
    mentor_with: Mentor, file: Path, tmp_path: Path
) -> None:
    mentor_with("publish", "on", "--yes")
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    assert process(file, "--file", str(other / "mentor.json"), "fold").returncode in {0, 3}
    mentor_with("add", "Ida Krogh", "--start", "1/8", "--file", str(other / "mentor.json"))
    assert [one.name for one in other.iterdir() if "published" in one.name] == []
    said = mentor_with("publish", "show", "--file", str(other / "mentor.json"))
    assert str(file) in " ".join(said.out.split())
    again = mentor_with("publish", "on", "--yes", "--file", str(other / "mentor.json"))
    said_of_it = " ".join(again.out.split())
    assert f"published of {file} is removed: it is one data file at a time." in said_of_it


def test_nothing_private_and_no_name_is_in_it(tmp_path: Path, mentor: Mentor) -> None:
    """Of a file full of texts, with names and notes of every kind, no word is published."""
    (tmp_path / "example").mkdir()
    example = example_file(tmp_path / "example")
    opened = open_store(example, threaded=False)
    store = opened.store
    store.commit(
        [
            *(Change.edited(one, example=False) for one in store.all(Mentee)),
            *(Change.edited(one, text=SECRET, private=True) for one in store.all(Note)),
        ]
    )
    names = [one.name for one in store.all(Mentee)] + [one.name for one in store.all(Person)]
    words = {word for name in names for word in name.split() if word[0].isupper() and len(word) > 2}
    words.add(SECRET)
    held = sum(one.state is TalkState.HELD for one in store.all(Talk))
    opened.close()
    said = mentor("publish", "on", "--yes", "--file", str(example))
    assert said.status == 0
    text = beside(example).read_text("utf-8")
    shown = mentor("publish", "show", "--file", str(example)).out
    as_json = mentor("publish", "show", "--file", str(example), "--format", "json").out
    found = read(beside(example))
    assert sum(one.talks_held for one in found.mentees) == held > 0
    assert [word for word in words if word in f"{text} {shown} {as_json}"] == []


def test_the_example_data_is_never_in_it(tmp_path: Path, mentor: Mentor) -> None:
    (tmp_path / "example").mkdir()
    example = example_file(tmp_path / "example")
    assert mentor("publish", "on", "--yes", "--file", str(example)).status == 0
    assert read(beside(example)).mentees == ()


def test_capacity_is_a_setting_and_in_the_file(
    mentor_with: Mentor, file: Path, answer: Callable[[str], None]
) -> None:
    answer("yes\n")
    assert mentor_with("publish", "on", "--capacity", "3").status == 0
    assert read(beside(file)).capacity == 3
    assert "capacity = 3" in settings_file(os.environ).read_text("utf-8")
    assert mentor_with("publish", "on", "--capacity", "0", "--yes").status == 0
    assert read(beside(file)).capacity is None


def test_publishing_again_as_before_asks_nothing(mentor_with: Mentor, file: Path) -> None:
    mentor_with("publish", "on", "--yes")
    beside(file).unlink()
    assert mentor_with("publish", "on").status == 0
    assert len(read(beside(file)).mentees) == 2


def test_what_processes_save_at_once_is_all_in_the_file(mentor_with: Mentor, file: Path) -> None:
    """Whoever writes last has looked for what the others have saved."""
    mentor_with("publish", "on", "--yes")
    names = ("Ida", "Eva", "Per", "Bjørn", "Åse", "Finn")
    with ThreadPoolExecutor(len(names)) as threads:
        done = threads.map(lambda name: process(file, "add", name, "--start", "1/8"), names)
    assert [one.returncode for one in done] == [0] * len(names)
    assert len(read(beside(file)).mentees) == 2 + len(names)
    there = [one.name for one in file.parent.iterdir()]
    assert not [name for name in there if name.startswith(".published")]


def test_one_that_saves_while_another_counts_is_not_lost(
    mentor_with: Mentor, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another process has saved since the records were opened is counted, too."""
    mentor_with("publish", "on", "--yes")
    before = Store.pump
    monkeypatch.setenv("MENTOR_FILE", str(file))

    def pump(store: Store) -> None:
        monkeypatch.setattr(Store, "pump", before)
        other = open_store(file, threaded=False)
        other.store.commit([Change.created(Mentee(name="Eva Krogh"))])
        other.close()
        before(store)

    monkeypatch.setattr(Store, "pump", pump)
    assert mentor_with("add", "Ida Krogh", "--start", "1/8").status == 0
    assert len(read(beside(file)).mentees) == 4


KILLED = """
import os, signal, sys
rename = os.rename
def cut_off(old, new, **where):
    if new == "published.json":
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(old, new, **where)
os.rename = cut_off
from tui.cli.main import run
run(sys.argv[1:])
"""


def test_a_process_that_is_killed_leaves_a_whole_file(mentor_with: Mentor, file: Path) -> None:
    mentor_with("publish", "on", "--yes")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, "add", "Ida Krogh", "--start", "1/8"],
        cwd=ROOT,
        env={**os.environ, "MENTOR_FILE": str(file)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(read(beside(file)).mentees) == 2
    mentor_with("note", "maja", "noget")
    assert len(read(beside(file)).mentees) == 3
    assert not [one for one in file.parent.iterdir() if one.name.startswith(".published")]


def test_what_a_cut_off_write_has_left_goes(mentor_with: Mentor, file: Path) -> None:
    left = file.with_name(f".published.json.{'0a' * 8}")
    left.write_text("half")
    mentor_with("publish", "on", "--yes")
    assert not left.exists()
    left.write_text("half")
    mentor_with("publish", "off")
    assert not left.exists()


def test_a_command_without_it_loads_nothing_of_it(mentor_with: Mentor, file: Path) -> None:
    done = process(file, "note", "maja", "noget", PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    assert b"data.store.opening" in done.stderr
    assert b"data.published" not in done.stderr


def test_who_reads_and_the_extract_name_the_file(mentor_with: Mentor, file: Path) -> None:
    mentor_with("publish", "on", "--yes")
    shown = json.loads(mentor_with("whoreads", "--format", "json").out)
    kinds = {one["kind"]: one["path"] for one in shown["files"]}
    assert kinds["published"] == str(beside(file))
    assert not [one for one in shown["files"] if one["path"].endswith(PUBLISHING)]


def test_the_doctor_says_what_is_old_broken_or_there_after_off(
    mentor_with: Mentor, file: Path
) -> None:
    def doctor() -> str:
        return " ".join(mentor_with("doctor").out.split())

    assert "published" not in doctor()
    mentor_with("publish", "on", "--yes")
    assert f"OK: Counts and dates are published in {beside(file)} (0600)." in doctor()
    whole = beside(file).read_text("utf-8")
    beside(file).write_text(whole.replace("2025-11-24", "2025-11-01"), encoding="utf-8")
    assert "Notice: What you publish is of 01-11-2025." in doctor()
    beside(file).write_text(whole.replace('"week"', '"notes"'), encoding="utf-8")
    assert "not in order: “notes” does not belong in it. To write it again:" in doctor()
    beside(file).write_text(whole, encoding="utf-8")
    settings_file(os.environ).write_text("publish = false\n", encoding="utf-8")
    said = doctor()
    assert "Publishing is off in the settings." in said
    assert f"published yet in {beside(file)}" in said
    mentor_with("add", "Ida Krogh", "--start", "1/8")
    assert beside(file).read_text("utf-8") == whole
    mentor_with("publish", "off")
    assert not beside(file).exists()
    assert "published" not in doctor()


def test_off_says_what_could_not_be_removed_and_tries_it_again(
    mentor_with: Mentor, file: Path, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mentor_with("publish", "on", "--yes", "--folder", str(shared))
    there = shared / f"{login()}.json"

    def refused(*_all: object, **_named: object) -> None:
        raise PermissionError(errno.EACCES, "refused", str(there))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        said = mentor_with("publish", "off")
    assert said.status == 3
    assert said.err == f"mentor: {there} cannot be removed: you do not have access.\n"
    mentor_with("add", "Ida Krogh", "--start", "1/8")
    assert len(read(there).mentees) == 2
    assert mentor_with("publish", "off").status == 0
    assert not there.exists()


def test_a_mentee_who_is_received_or_restored_is_in_it_too(
    mentor_with: Mentor, file: Path, tmp_path: Path
) -> None:
    mentor_with("publish", "on", "--yes")
    bundle = tmp_path / "bo.mentor"
    assert mentor_with("handover", "bo", "-o", str(bundle)).status == 0
    bundle = bundle.rename(tmp_path / "given.mentor")  # or it goes with whom it is about
    assert mentor_with("purge", "bo", "--yes", "Bo Lund").status == 0
    assert len(read(beside(file)).mentees) == 1
    received = mentor_with("receive", str(bundle), "--again", "--same-people", "yes")
    assert (received.status, received.err) == (0, "")
    assert len(read(beside(file)).mentees) == 2
    found = json.loads(mentor_with("backup", "list", "--format", "json").out)
    assert mentor_with("backup", "restore", found[0]["name"]).status == 0
    opened = open_store(file, threaded=False)
    restored = len(opened.store.all(Mentee))
    opened.close()
    assert len(read(beside(file)).mentees) == restored
