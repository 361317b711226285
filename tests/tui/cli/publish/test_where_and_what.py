"""Where counts are published, what is in them, and who else writes there meanwhile."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.paths import PUBLISHING, settings_file
from data.published.read import read
from data.records import Mentee, Note, Person, Talk, TalkState
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from tests.tools.example import example_file_at
from tests.tui.cli.publish.support import SECRET, beside, login
from tests.tui.cli.tools import ROOT, Mentor, example_file, process


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
    assert (
        f"published of {file} is removed: it is of one data file or server at a time." in said_of_it
    )


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


def test_that_there_are_examples_only_is_said(mentor: Mentor, file: Path) -> None:
    example_file_at(file)
    said = " ".join(mentor("publish", "on", "--yes").out.split())
    assert "All mentees are example data, which is never published." in said
    mentor("add", "Bo Friis", "--start", "2025-11-03")
    assert "example data" not in mentor("publish", "on", "--yes", "--capacity", "2").out
