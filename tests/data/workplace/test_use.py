"""The copy in use: taken whole once, kept whatever becomes of the folder, never a traceback."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from data.library.shared import shared, use_shared
from data.workplace import use
from data.workplace.entries import Entry, Kind, Library
from data.workplace.reading import Reading, read_folder
from data.workplace.taken import Copy, NewerFormat, change_copy, read_copy
from data.workplace.use import Found, InUse, in_use, look
from tests.data.workplace.library_folder import HEAD, put, write_library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_library(tmp_path / "library")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.json"


def never_read(folder: Path) -> Reading:
    raise AssertionError(folder)


def test_the_first_time_it_is_taken_whole_for_its_user_alone(folder: Path, path: Path) -> None:
    found = in_use(folder, path)
    assert found.problem == ""
    assert found.copy is not None
    assert found.copy.used == read_folder(folder).library
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert read_copy(path) == found.copy


def test_a_link_in_its_place_goes_and_what_it_leads_to_stays(folder: Path, path: Path) -> None:
    """What is there is no copy, so it is written anew: it must not be somebody's other file."""
    other = path.parent / "other"
    other.parent.mkdir(mode=0o700)
    other.write_text("mine")
    path.symlink_to(other)
    found = in_use(folder, path)
    assert other.read_text() == "mine"
    assert not path.is_symlink()
    assert read_copy(path) == found.copy


def test_from_then_on_a_start_reads_the_copy_alone(
    folder: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = in_use(folder, path)
    monkeypatch.setattr(use, "read_folder", never_read)
    put(folder, "tips.toml", "not = = toml")
    assert in_use(folder, path) == Found(first.copy)


def test_a_folder_that_is_gone_or_broken_leaves_what_was_in_use(folder: Path, path: Path) -> None:
    library = InUse(folder, path)
    before = library.values()
    assert before is not None
    put(folder, "duties.toml", '[[duty]]\nkey = "a\n')
    assert library.look()
    assert library.problem == (
        "The library cannot be read, so what you used last holds."
        f" {folder}/duties.toml:2: This is not TOML. Check quotation marks, = and brackets on the"
        " line and above it."
    )
    assert library.values() == before
    assert not library.look()  # nothing new
    folder.rename(folder.with_name("away"))
    assert library.look()
    assert library.problem == (
        "The library cannot be read, so what you used last holds."
        f" {folder}: There is no such folder."
    )
    assert library.values() == before
    put(folder.with_name("away"), "duties.toml", "")
    folder.with_name("away").rename(folder)
    assert library.look()
    assert library.problem == ""


def test_a_first_time_with_faults_leaves_what_is_built_in(folder: Path, path: Path) -> None:
    put(folder, "tips.toml", "[[tip]]\n")
    found = in_use(folder, path)
    assert found.values is None
    assert found.problem == (
        "The library cannot be read, so what is built in holds."
        f" {folder}/tips.toml:1: “text” is needed, and must not be empty."
    )
    assert not path.exists()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"format": 1}', '{"format": "x"}', "\xff"])
def test_a_damaged_copy_is_taken_from_the_folder_again(
    folder: Path, path: Path, damage: str
) -> None:
    first = in_use(folder, path)
    path.write_text(damage, encoding="latin-1")
    assert read_copy(path) is None
    assert in_use(folder, path).copy == first.copy
    assert read_copy(path) == first.copy


def test_a_copy_of_a_newer_format_is_left_alone(folder: Path, path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"format": 2}')
    found = in_use(folder, path)
    assert found.values is None
    assert found.problem == (
        f"{path} was written by a newer version of the program: the library is not used."
    )
    assert look(folder, path, found).problem == found.problem
    with pytest.raises(NewerFormat):
        change_copy(path, lambda _copy: Copy(str(folder), "", Library("A", "1")))
    assert path.read_text() == '{"format": 2}'


def test_a_newer_folder_is_known_and_what_is_in_use_stays(folder: Path, path: Path) -> None:
    library = InUse(folder, path)
    before = library.values()
    put(folder, "library.toml", HEAD.replace('"1"', '"2"'))
    put(folder, "rhythms.toml", "")
    assert library.look()
    copy = read_copy(path)
    assert copy is not None
    assert library.found.copy == copy
    assert copy.newest == read_folder(folder).library
    assert copy.used.version == "2"  # the version is known; what it says is offered
    assert before is not None
    assert before.rhythms
    assert library.values() is not None
    put(folder, "library.toml", HEAD)
    write_library(folder)
    library.look()
    after = read_copy(path)
    assert after is not None
    assert after.newest is None  # it says what is in use again


def test_an_unchanged_folder_is_not_read_again(
    folder: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = in_use(folder, path)
    monkeypatch.setattr(use, "read_folder", never_read)
    assert look(folder, path, found).copy == found.copy


def test_a_folder_that_has_moved_is_the_same_library(
    folder: Path, path: Path, tmp_path: Path
) -> None:
    first = in_use(folder, path)
    moved = folder.rename(tmp_path / "moved")
    put(moved, "rhythms.toml", "")
    found = in_use(moved, path)
    assert found.copy is not None
    assert first.copy is not None
    assert found.copy.used == first.copy.used
    assert found.copy.folder == str(moved)


def test_another_library_is_taken_whole(folder: Path, path: Path, tmp_path: Path) -> None:
    in_use(folder, path)
    other = write_library(
        tmp_path / "other", {"library.toml": 'name = "Børn og Unge"\nversion = "1"\n'}
    )
    found = in_use(other, path)
    assert found.copy is not None
    assert found.copy.used == Library("Børn og Unge", "1")


def test_a_copy_that_cannot_be_written_is_used_all_the_same(folder: Path, path: Path) -> None:
    path.mkdir(parents=True)
    found = in_use(folder, path)
    assert found.values is not None
    assert found.problem.startswith(f"The copy of the library cannot be written, {path}: ")


def test_the_look_sets_what_the_process_uses(folder: Path, path: Path) -> None:
    library = InUse(folder, path)
    use_shared(library.values())
    other = InUse(folder, path)  # another session takes another wording
    other.change(lambda copy: replace(copy, used=replace(copy.used, version="2")))
    found = shared()
    assert found is not None
    assert found.version == "2"
    use_shared(library.values())
    assert library.look()
    found = shared()
    assert found is not None
    assert found.version == "2"


def test_two_sessions_that_change_the_copy_lose_nothing(folder: Path, path: Path) -> None:
    one, two = InUse(folder, path), InUse(folder, path)
    one.values(), two.values()
    one.change(lambda copy: replace(copy, kept={**copy.kept, "a": "1"}))
    two.change(lambda copy: replace(copy, kept={**copy.kept, "b": "2"}))
    copy = read_copy(path)
    assert copy is not None
    assert copy.kept == {"a": "1", "b": "2"}


def test_the_copy_keeps_what_a_newer_program_added(folder: Path, path: Path) -> None:
    in_use(folder, path)
    values = json.loads(path.read_text())
    values["used"]["later"] = [1]
    values["used"]["tips"].append({"key": "odd", "file": "tips.toml", "values": {"text": 3}})
    path.write_text(json.dumps(values))
    found = in_use(folder, path)
    assert found.values is not None
    assert len(found.values.tips) == 1  # one that is not right is left out
    change_copy(path, lambda copy: copy and replace(copy, seen="x"))
    assert json.loads(path.read_text())["used"]["later"] == [1]


def test_entries_with_other_values_make_another_copy(folder: Path, path: Path) -> None:
    in_use(folder, path)
    entry = Entry(Kind.TIP, "a", {"text": "Ny"}, "tips.toml")

    def with_entry(copy: Copy | None) -> Copy | None:
        return copy and replace(copy, used=replace(copy.used, entries=(entry,)))

    change_copy(path, with_entry)
    found = in_use(folder, path)
    assert found.values is not None
    assert [tip.text for tip in found.values.tips] == ["Ny"]


def test_names_that_are_not_utf_8_are_kept(tmp_path: Path, path: Path) -> None:
    folder = write_library(tmp_path / os.fsdecode(b"library-\xff"))
    (folder / "questions" / os.fsdecode(b"\xff.toml")).write_text(
        '[[question]]\nkey = "more"\ntext = "Hvad ellers?"\n'
    )
    first = in_use(folder, path)
    assert first.problem == ""
    again = read_copy(path)
    assert again is not None
    assert again == first.copy
    assert again.folder == str(folder)


def test_no_other_user_can_look_into_the_copy(folder: Path, path: Path) -> None:
    before = os.umask(0)
    try:
        in_use(folder, path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
