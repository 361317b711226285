from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from data.logins import user_name
from data.storage.backend import JournalBackend
from data.storage.problems import ErrorKind, NotSaved, StorageError
from data.storage.protocol import DocChange
from data.storage.tinydb_storage import JournalStorage
from tests.data.storage.crash.disks import FailingDisk, HookedDisk
from tests.data.storage.support import TEXTS, Session, contents, full, plain


def test_a_new_file_is_empty_and_valid_at_once(path: Path) -> None:
    session = Session(path)
    assert session.tables == {}
    assert plain(path) == {}
    session.close()


def test_what_was_committed_is_there_after_a_kill(path: Path) -> None:
    session = Session(path)
    session.put("1", text="æøå 😀")
    session.put("2", table="tasks", title="sag")
    session.put("1", text="nyt")
    session.delete("2", table="tasks")
    session.die()
    assert contents(path) == {"notes": {"1": {"rev": 2, "text": "nyt"}}}


def test_after_leaving_plain_tinydb_shows_everything(path: Path) -> None:
    session = Session(path)
    session.put("1", text="a")
    session.put("2", text="b")
    session.close()
    with TinyDB(path) as db:
        assert [doc["text"] for doc in db.table("notes")] == ["a", "b"]
    assert path.with_name("x.json.journal").stat().st_size < 200


def test_leaving_without_a_change_writes_nothing(path: Path) -> None:
    Session(path).close()
    before = path.read_bytes()
    Session(path).close()
    assert path.read_bytes() == before


def test_the_record_file_is_never_changed_in_place(path: Path) -> None:
    session = Session(path)
    before = path.read_bytes()
    for number in range(50):
        session.put("1", text=f"linje {number} " * 20)
        assert path.read_bytes() == before
    session.close()


def test_other_sessions_see_a_commit_and_who_made_it(path: Path) -> None:
    met, bo = Session(path, "met"), Session(path, "bo")
    met.put("1", text="hej")
    (commit,) = bo.poll()
    assert (commit.by, commit.own, commit.changes[0].before) == ("met", False, None)
    assert bo.text("1") == "hej"
    assert bo.poll() == ()
    met.close()
    bo.close()


def test_a_commit_brings_what_others_did_first(path: Path) -> None:
    met, bo = Session(path, "met"), Session(path, "bo")
    met.put("1", text="hej")
    bo.put("2", text="dav")
    assert [commit.own for commit in bo.commits] == [False, True]
    met.close()
    bo.close()


def test_two_sessions_on_one_note_keep_both_texts(path: Path) -> None:
    met, bo = Session(path, "met"), Session(path, "bo")
    met.put("1", text="Aftalt:")
    bo.poll()
    bo.put("1", text="Aftalt: mandag", changed_by="bo")
    commit = met.put("1", text="Aftalt: tirsdag", changed_by="met")
    assert [(clash.by, clash.merged) for clash in commit.clashes] == [("bo", True)]
    bo.poll()
    assert bo.text("1") == met.text("1")
    assert "mandag" in met.text("1")
    assert "tirsdag" in met.text("1")
    met.close()
    bo.close()


def test_the_one_who_deleted_a_record_is_named(path: Path) -> None:
    met, bo = Session(path, "met"), Session(path, "bo")
    met.put("1", text="a")
    bo.poll()
    bo.delete("1")
    commit = met.put("1", text="ab")
    assert [(clash.by, clash.mine) for clash in commit.clashes] == [("bo", "ab")]
    assert met.doc("1") is None
    met.close()
    bo.close()


def test_a_list_of_changes_is_made_as_one(path: Path) -> None:
    session = Session(path)
    new = DocChange("notes", "1", None, {"text": "a", "rev": 1})
    edit = DocChange("notes", "1", new.after, {"text": "ab", "rev": 2})
    other = DocChange("tasks", "2", None, {"title": "b"})
    commit = session.commit([new, edit, other])
    assert len(commit.changes) == 3
    session.die()
    assert contents(path) == {
        "notes": {"1": {"text": "ab", "rev": 2}},
        "tasks": {"2": {"title": "b"}},
    }


def test_what_is_no_json_is_refused_and_changes_nothing(path: Path) -> None:
    session = Session(path)
    session.put("1", text="a")
    for value in ({1, 2}, float("nan")):
        with pytest.raises((TypeError, ValueError)):
            session.put("1", text=value)
    session.put("1", text="b")
    session.close()
    assert plain(path)["notes"]["1"]["text"] == "b"


def test_a_commit_that_fails_changes_nothing_and_can_be_made_again(path: Path) -> None:
    session = Session(path)
    session.put("1", text="a")
    file = session.backend._file
    assert file is not None
    change = session.change("1", text="ab")
    disk = FailingDisk(1, errno.ENOSPC, times=9)
    real, file.folder.disk = file.folder.disk, disk
    with pytest.raises(NotSaved) as caught:
        session.commit([change])
    assert caught.value.kind is ErrorKind.FULL
    assert file.tables["notes"]["1"]["text"] == "a"
    file.folder.disk = real
    session.commit([change])
    session.die()
    assert contents(path)["notes"]["1"] == {"text": "ab", "rev": 2}


def test_a_journal_whose_sync_failed_is_never_written_again(path: Path) -> None:
    session, other = Session(path), Session(path, "bo")
    session.put("1", text="a")
    file = session.backend._file
    assert file is not None
    journal = path.with_name("x.json.journal")
    inode = journal.stat().st_ino
    disk = FailingDisk(2, errno.EIO)
    real, file.folder.disk = file.folder.disk, disk
    with pytest.raises(NotSaved) as caught:
        session.put("1", text="ab")
    assert caught.value.kind is ErrorKind.DISK
    assert disk.failed == ["fdatasync"]
    file.folder.disk = real
    other.poll()
    assert other.text("1") == "a", "what was not confirmed was taken back"
    session.put("1", text="abc")
    assert journal.stat().st_ino != inode
    other.poll()
    assert other.text("1") == "abc"
    session.close()
    other.close()


def test_a_failed_commit_that_stands_in_the_journal_is_not_made_twice(path: Path) -> None:
    session, other = Session(path), Session(path, "bo")
    text = "Det begyndte godt. " * 10
    session.put("1", text=text)
    other.poll()
    file = session.backend._file
    assert file is not None
    first = session.change("1", text=text + "Og så")
    disk = FailingDisk(2, errno.EIO, times=2)
    real, file.folder.disk = file.folder.disk, disk
    with pytest.raises(NotSaved):
        session.commit([first])
    assert disk.failed == ["fdatasync", "ftruncate"]
    file.folder.disk = real
    other.poll()
    other.put("1", text=other.text("1") + " kom bo.")
    session.commit([session.change("1", text=text + "Og så videre")])
    other.poll()
    assert session.text("1") == other.text("1")
    assert session.text("1").count("Og så") == 1
    assert "videre" in session.text("1")
    assert "kom bo." in session.text("1")
    session.close()
    other.close()


def test_the_reserve_lets_the_last_note_through(path: Path) -> None:
    session = Session(path)
    reserve = path.with_name("x.json.reserve")
    assert reserve.stat().st_blocks * 512 >= 256 << 10
    file = session.backend._file
    assert file is not None
    file.folder.disk = _FullDisk(reserve)
    session.put("1", text="sidste ord")
    assert not reserve.exists()
    session.die()
    assert contents(path)["notes"]["1"]["text"] == "sidste ord"
    assert reserve.exists(), "made again when there is room"


class _FullDisk(HookedDisk):
    """Takes nothing until the reserve is given up."""

    def __init__(self, reserve: Path) -> None:
        super().__init__()
        self.reserve = reserve

    def hook(self, name: str) -> None:
        if name == "pwrite" and self.reserve.exists():
            raise OSError(errno.ENOSPC, "full")


def test_a_busy_lock_names_its_holder(path: Path) -> None:
    one, two = Session(path, user_name(os.geteuid())), Session(path)
    assert one.backend._file is not None
    assert two.backend._file is not None
    two.backend._file.session.lock._wait = 0.05
    with one.backend._file.session.lock, pytest.raises(NotSaved) as caught:
        two.put("1", text="a")
    assert caught.value.kind is ErrorKind.BUSY
    assert caught.value.who == one.backend.by
    two.put("1", text="a")
    one.close()
    two.close()


def test_a_removed_lock_file_does_not_part_sessions(path: Path) -> None:
    one, two = Session(path), Session(path)
    path.with_name("x.json.lock").unlink()
    one.poll()
    two.poll()
    assert one.backend._file is not None
    assert two.backend._file is not None
    with one.backend._file.session.lock:
        assert not two.backend._file.session.lock.take_if_free()
    one.close()
    two.close()


def test_sessions_see_each_other(path: Path) -> None:
    met, bo = Session(path, "met"), Session(path, "bo")
    met.backend.announce("1790000000000000001")
    (presence,) = bo.backend.presence()
    assert (presence.by, presence.where) == ("met", "1790000000000000001")
    assert presence.since
    assert bo.backend.is_living(met.backend.session)
    assert met.backend.is_living(bo.backend.session)
    met.die()
    file = met.backend._file
    assert file is not None
    assert bo.backend.is_living(met.backend.session)
    os.close(file.session.presence._fd)
    assert not bo.backend.is_living(met.backend.session)
    assert not bo.backend.is_living("")
    assert bo.backend.presence() == []
    bo.close()
    assert list(path.with_name("x.json.sessions").iterdir()) == []


def test_folding_goes_on_while_others_commit(path: Path) -> None:
    session, other = Session(path, fold_bytes=2000), Session(path, "bo", fold_bytes=2000)
    for number in range(120):
        session.put("1", text=f"{number} " * 30)
        other.put("2", text=f"{number} " * 30)
    session.close()
    other.close()
    assert plain(path)["notes"]["1"]["text"] == "119 " * 30
    assert plain(path)["notes"]["2"]["text"] == "119 " * 30
    assert json.loads(path.read_bytes())["_meta"]["1"]["gen"] >= 3


def test_a_session_that_missed_several_folds_reads_everything_anew(path: Path) -> None:
    sleeper = Session(path, "bo")
    for number in range(3):
        session = Session(path)
        session.put(str(number), text="x")
        session.close()
    sleeper.poll()
    assert full(sleeper.tables) == plain(path)
    sleeper.put("0", text="y")
    sleeper.close()
    assert plain(path)["notes"]["0"]["text"] == "y"


def test_a_closed_backend_says_so(path: Path) -> None:
    backend = JournalBackend(path)
    with pytest.raises(StorageError) as caught:
        backend.poll()
    assert caught.value.kind is ErrorKind.CLOSED
    backend.load()
    backend.close()
    backend.close()


def test_it_works_without_a_locale(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from data.storage.backend import JournalBackend\n"
        "from data.storage.protocol import DocChange\n"
        "backend = JournalBackend(Path(sys.argv[1])); backend.load()\n"
        "doc = {'text': '\\u00e6\\u00f8\\u00e5 \\U0001f600'}\n"
        "backend.commit([DocChange('notes', '1', None, doc)], {}); backend.close()"
    )
    env = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, env=env)
    assert plain(path) == {"notes": {"1": {"text": "æøå 😀"}}}


def test_tinydb_itself_can_write_our_files(path: Path) -> None:
    with TinyDB(path, storage=JournalStorage) as db:
        notes = db.table("notes")
        first = notes.insert({"text": "a"})
        notes.insert({"text": "b"})
        notes.update({"text": "c"}, doc_ids=[first])
        notes.remove(where("text") == "b")
        session = Session(path)
        assert session.text(str(first)) == "c"
        session.put("9", text="d")
        assert notes.get(doc_id=9) == {"text": "d", "rev": 1}
        session.close()
    assert plain(path)["notes"] == {str(first): {"text": "c"}, "9": {"text": "d", "rev": 1}}


def test_loading_from_threads_keeps_collecting(path: Path) -> None:
    import gc

    thread = threading.Thread(target=lambda: Session(path).close())
    thread.start()
    thread.join()
    assert gc.isenabled()
    assert TEXTS
