"""What was deleted for good stays away, however an older state comes back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.storage import quarantine
from data.storage.backend import fold_file
from data.storage.upkeep import restore
from tests.data.storage.deleted import (
    MAJA,
    NOTE,
    OTHER,
    begun,
    copied,
    is_gone,
    maja_goes,
    put_back_both,
    words,
)
from tests.data.storage.support import Session, contents


def put_back_record(path: Path, old: Path) -> None:
    shutil.copy(old, path)


def put_back_edited(path: Path, old: Path) -> None:
    path.write_bytes(old.read_bytes().replace(b"om Bo", b"om BO"))


def put_back_plain(path: Path, old: Path) -> None:
    tables = json.loads(old.read_bytes())
    del tables["_meta"]
    path.write_text(json.dumps(tables))


def put_back_without_journal(path: Path, old: Path) -> None:
    shutil.copy(old, path)
    path.with_name("x.json.journal").unlink()


def put_back_backups(path: Path, old: Path) -> None:
    shutil.rmtree(path.with_name("x.json.backups"), ignore_errors=True)
    shutil.copytree(old.with_name("x.json.backups"), path.with_name("x.json.backups"))
    path.unlink()
    path.with_name("x.json.journal").unlink()


def put_back_damaged(path: Path, old: Path) -> None:
    put_back_both(path, old)
    path.write_bytes(path.read_bytes()[:-3])
    shutil.rmtree(path.with_name("x.json.backups"))


WAYS = (
    put_back_both,
    put_back_record,
    put_back_edited,
    put_back_plain,
    put_back_without_journal,
    put_back_backups,
    put_back_damaged,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_state_of_before_comes_back_without_her(
    path: Path, tmp_path: Path, way: Callable[[Path, Path], None]
) -> None:
    begun(path)
    old = copied(path, tmp_path / "old")
    maja_goes(path)
    is_gone(path)
    way(path, old)
    is_gone(path)
    is_gone(path)
    assert {name for name in words(path) if "backups" not in name} == set()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_an_open_session_does_not_take_her_in_again(
    path: Path, tmp_path: Path, way: Callable[[Path, Path], None]
) -> None:
    begun(path)
    old = copied(path, tmp_path / "old")
    maja_goes(path)
    session = Session(path)
    way(path, old)
    session.poll()
    session.poll()
    assert session.doc(MAJA, "mentees") is None
    session.put(OTHER, text="videre")
    session.close()
    is_gone(path)
    assert {name for name in words(path) if "backups" not in name} == set()


def test_a_restored_backup_comes_without_her(path: Path) -> None:
    begun(path)
    first = restore.list_backups(path)[-1]
    maja_goes(path)
    restore.restore(path, first.name)
    is_gone(path)
    assert contents(path)["notes"][OTHER]["text"] == "om Bo"


def test_a_restored_state_of_quarantine_comes_without_her(path: Path) -> None:
    begun(path)
    session = Session(path)
    file = session.backend._file
    assert file is not None
    kept = file._keep_known()
    session.close()
    maja_goes(path)
    restore.restore(path, kept)
    is_gone(path)


def test_a_sleeping_session_does_not_write_her_again(path: Path) -> None:
    begun(path)
    sleeper = Session(path)
    maja_goes(path)
    path.unlink()
    path.with_name("x.json.journal").unlink()
    commits = sleeper.poll()
    assert [one.id for commit in commits for one in commit.for_good] == ["1799999999999999999"]
    assert sleeper.doc(MAJA, "mentees") is None
    sleeper.die()
    is_gone(path)


def test_a_sleeping_session_does_not_commit_words_of_hers(path: Path) -> None:
    begun(path)
    sleeper = Session(path)
    maja_goes(path)
    contents(path)
    commit = sleeper.commit(
        [
            sleeper.change(NOTE, text="mere hemmeligt"),
            sleeper.change("1790000000000000099", mentee_id=MAJA, text="en ny"),
            sleeper.change(OTHER, text="om Bo nu"),
        ]
    )
    assert commit.clashes == ()
    assert [change.id for change in commit.changes] == [OTHER]
    sleeper.close()
    is_gone(path)
    assert contents(path)["notes"][OTHER]["text"] == "om Bo nu"


def test_a_session_that_moves_to_another_folder_takes_the_list_along(
    path: Path, tmp_path: Path
) -> None:
    begun(path)
    away = tmp_path / "away"
    old = copied(path, tmp_path / "old")
    maja_goes(path)
    session = Session(path)
    path.parent.rename(away)
    old.parent.rename(path.parent)
    session.poll()
    assert session.doc(MAJA, "mentees") is None
    session.close()
    is_gone(path)


def test_a_fold_does_not_make_a_backup_of_a_copy_of_before(path: Path, tmp_path: Path) -> None:
    begun(path)
    old = copied(path, tmp_path / "old")
    maja_goes(path)
    is_gone(path)
    shutil.rmtree(path.with_name("x.json.backups"))
    session = Session(path)
    session.put(OTHER, text="før")
    put_back_both(path, old)
    session.backend._start_fold()
    folding = session.backend._folding
    assert folding is not None
    folding.join()
    session.poll()
    session.close()
    fold_file(path)
    is_gone(path)
    assert words(path) == set()


def test_a_copy_with_its_history_brings_nothing_of_her_back(path: Path, tmp_path: Path) -> None:
    begun(path)
    session = Session(path)
    session.put(NOTE, text="hemmeligt, ændret")
    session.close()
    fold_file(path)
    old = copied(path, tmp_path / "old")
    kept = old.with_name("x.json.history").read_bytes()
    assert MAJA.encode() in kept
    maja_goes(path)
    history = path.with_name("x.json.history")
    put_back_both(path, old)
    history.write_bytes(kept)
    Session(path).close()
    assert history.read_bytes()
    assert MAJA.encode() not in history.read_bytes()
    is_gone(path)


def test_what_is_kept_aside_is_kept_without_her(path: Path) -> None:
    begun(path)
    data = path.read_bytes()
    session = Session(path)
    session.put(NOTE, text="mere hemmeligt")
    session.put(OTHER, text="om Bo nu")
    journal = path.with_name("x.json.journal").read_bytes()
    maja_goes(path)
    file = session.backend._file
    assert file is not None
    kept = [
        path.parent / quarantine.keep(file.folder, file.names, what, part)[0]
        for what, part in (("edited", data), ("record", data[:-3]), ("journal", journal))
    ]
    for one in kept:
        found = one.read_bytes()
        assert b"hemmeligt" not in found
        assert b"Maja" not in found
        assert b"om Bo" in found
    assert set(json.loads(kept[0].read_bytes())["notes"]) == {OTHER}
    session.poll()
    session.close()
