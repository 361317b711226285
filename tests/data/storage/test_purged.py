"""What was deleted for good stays away, however an older state comes back."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.storage import purged, quarantine
from data.storage.backend import fold_file
from data.storage.folder import open_folder
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.problems import ErrorKind, StorageError
from data.storage.protocol import DocChange
from data.storage.purged import MARKS, Deletion, opaque
from data.storage.snapshot import read_tables
from data.storage.upkeep import restore
from data.storage.upkeep.doctor import examine, repair
from data.storage.upkeep.findings import Check
from tests.data.storage.support import Session, contents, full

MAJA, BO = "1790000000000000001", "1790000000000000002"
NOTE, OTHER = "1790000000000000011", "1790000000000000012"
ANSWER = "91234567890123456789"
ROOT = Path(__file__).parents[3]


def deletion(path: Path, owners: set[str], docs: set[str], **more: Any) -> Deletion:
    folder, name = open_folder(path)
    with closing(folder):
        salt = purged.salt_of(folder, Names(name))
    gone = [frozenset(opaque(salt, id) for id in ids) for ids in (owners, docs)]
    id = more.pop("id", "1799999999999999999")
    at = "2099-01-01T12:00:00+01:00"
    return Deletion(id, at, "met", "mentee", salt, {}, gone[0], gone[1], **more)


def listed(path: Path, one: Deletion) -> None:
    folder, name = open_folder(path)
    with closing(folder):
        names = Names(name)
        lock = Lock(folder, names.lock)
        with closing(lock), lock:
            purged.add(folder, names, [one])


def maja_goes(path: Path) -> None:
    """Put her on the list alone; the history is cleaned by whoever deletes her."""
    listed(path, deletion(path, {MAJA}, {MAJA, NOTE}))
    path.with_name("x.json.history").unlink(missing_ok=True)


def begun(path: Path) -> None:
    """A file with two mentees, one note of each, and a backup of all that."""
    session = Session(path)
    session.put(MAJA, "mentees", name="Maja")
    session.put(BO, "mentees", name="Bo")
    session.put(NOTE, mentee_id=MAJA, text="hemmeligt")
    session.put(OTHER, mentee_id=BO, text="om Bo")
    session.close()
    session = Session(path)
    session.put(OTHER, text="om Bo igen")
    session.close()


def copied(path: Path, folder: Path) -> Path:
    shutil.copytree(path.parent, folder)
    return folder / path.name


def words(path: Path) -> set[str]:
    """The files in which there is a word of Maja's, or an id."""
    secret = [word.encode() for word in ("hemmeligt", "Maja", MAJA, NOTE)]
    return {
        str(file.relative_to(path.parent))
        for file in path.parent.rglob("*")
        if file.is_file() and any(word in file.read_bytes() for word in secret)
    }


def is_gone(path: Path) -> None:
    tables = contents(path)
    assert set(tables["mentees"]) == {BO}
    assert set(tables["notes"]) == {OTHER}
    assert set(tables[MARKS]) == {"1799999999999999999"}


def put_back_both(path: Path, old: Path) -> None:
    for ending in ("", ".journal"):
        shutil.copy(f"{old}{ending}", f"{path}{ending}")


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


def test_only_what_takes_her_out_writes_documents_from_memory() -> None:
    """A file that wrote tables in another way would be a way round the list."""
    callers = set()
    for file in (ROOT / "data").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "data.storage.record_file":
                names = {name.name for name in node.names}
                if names & {"write", "Writer"}:
                    callers.add(file.name)
    assert callers == {"generation.py", "quarantine.py", "fold.py", "old_states.py"}
    for name in ("generation.py", "quarantine.py"):
        text = (ROOT / "data" / "storage" / name).read_text("utf-8")
        assert text.count("purged.cleaned(") == 1


def test_an_answer_that_was_given_again_stays(path: Path) -> None:
    begun(path)
    session = Session(path)
    early = "2026-01-01T10:00:00+01:00"
    session.put(ANSWER, "answers", mentee_id=BO, mentor="før", changed_at=early)
    session.close()
    gone = deletion(path, set(), {ANSWER})
    listed(path, gone)
    assert ANSWER not in contents(path).get("answers", {})
    session = Session(path)
    session.put(ANSWER, "answers", mentee_id=BO, mentor="for sent", changed_at=early)
    assert session.commits[-1].changes == ()
    late = "2099-01-02T10:00:00+01:00"
    session.put(ANSWER, "answers", mentee_id=BO, mentor="efter", changed_at=late)
    session.close()
    found = full(contents(path))["answers"]
    assert found[ANSWER]["mentor"] == "efter"
    assert gone.takes_change(DocChange("answers", ANSWER, {"changed_at": early}, None))


def test_fields_and_links_go_and_the_rest_of_a_document_stays(path: Path) -> None:
    begun(path)
    kept = "1790000000000000031"
    session = Session(path)
    session.put(
        kept,
        "talks",
        mentee_id=BO,
        pulse={"a": "godt"},
        corrections=[{"before": "x", "private": True}, {"before": "y"}],
        note_ids=[NOTE, OTHER],
        about=NOTE,
        sorted={NOTE: "keep", OTHER: "ask"},
    )
    session.close()
    one = deletion(path, set(), {NOTE})
    parts = {opaque(one.salt, kept): {"pulse": True, "corrections": {"private": True}}}
    listed(path, replace(one, parts=parts))
    doc = contents(path)["talks"][kept]
    del doc["rev"]
    assert doc == {
        "mentee_id": BO,
        "corrections": [{"before": "y"}],
        "note_ids": [OTHER],
        "sorted": {OTHER: "ask"},
    }


def test_the_list_has_no_id_and_each_deletion_once(path: Path) -> None:
    begun(path)
    one = deletion(path, {MAJA}, {MAJA, NOTE})
    listed(path, one)
    listed(path, one)
    with path.with_name("x.json.deletions.log").open("ab") as file:
        file.write(b'{"c":"00000000","r":{"half')
    listed(path, deletion(path, {BO}, {BO}, id="1799999999999999998"))
    folder, name = open_folder(path)
    with closing(folder):
        names = Names(name)
        assert [d.id[-1] for d in purged.read(folder, names)] == ["9", "8"]
        found = folder.stat(names.deletions)
    assert found is not None
    assert oct(found.st_mode)[-3:] == "600"
    assert MAJA not in path.with_name("x.json.deletions.log").read_text()
    assert json.loads(path.read_bytes())["notes"] == {} or contents(path).get("notes") is None


def test_nothing_is_written_while_a_deletion_is_not_finished(path: Path) -> None:
    begun(path)
    path.with_name("x.json.deleting").write_bytes(b"")
    for opening in (Session, read_tables):
        with pytest.raises(StorageError) as caught:
            opening(path)
        assert caught.value.kind is ErrorKind.UNFINISHED


def test_doctor_says_what_is_of_before_and_what_is_not_finished(path: Path, tmp_path: Path) -> None:
    begun(path)
    old = copied(path, tmp_path / "old")
    maja_goes(path)
    put_back_both(path, old)
    assert Check.UNCLEANED in {one.check for one in examine(path)}
    path.with_name("x.json.deleting").write_bytes(b"")
    path.with_name("x.json.deletions.log").chmod(0o644)
    found = {one.check for one in examine(path)}
    assert {Check.DELETING, Check.MODE} <= found
    repair(path)
    assert not {Check.UNCLEANED, Check.DELETING, Check.MODE} & {one.check for one in examine(path)}
    is_gone(path)
