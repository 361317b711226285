"""Leaving folds the journal where that is worth it, and `fold_file` always does."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.storage import backend as backend_module
from data.storage.backend import SMALL_BYTES, fold_file
from data.storage.disk import Disk
from data.storage.problems import ErrorKind, StorageError
from data.storage.upkeep.doctor import repair
from data.storage.upkeep.restore import list_backups
from tests.data.storage.support import Session, contents, plain


class Counting(Disk):
    """The real calls, which count the bytes that are written."""

    def __init__(self) -> None:
        self.written = 0
        self.fails = False

    def pwrite(self, fd: int, data: bytes | memoryview, at: int) -> int:  # type: ignore[override]
        if self.fails:
            raise OSError(28, "no space left")
        self.written += len(data)
        return Disk.pwrite(fd, data, at)


def large(path: Path) -> None:
    """Write a file of more than `SMALL_BYTES`, folded."""
    session = Session(path)
    for number in range(20):
        session.put(str(number), text=f"{number} " * (SMALL_BYTES // 40))
    session.close()
    fold_file(path)


def test_leaving_a_small_file_folds_it(path: Path) -> None:
    session = Session(path)
    session.put("1", text="en note")
    session.close()
    assert plain(path)["notes"]["1"]["text"] == "en note"


def test_leaving_a_large_file_after_one_note_writes_no_file(path: Path) -> None:
    large(path)
    disk = Counting()
    session = Session(path, disk=disk)
    session.put("note", text="en note")
    before = disk.written
    session.close()
    assert disk.written - before < 1000
    assert "note" not in plain(path)["notes"]
    assert contents(path)["notes"]["note"]["text"] == "en note"


def test_leaving_a_large_file_folds_a_long_journal(path: Path) -> None:
    large(path)
    session = Session(path)
    for number in range(6):
        session.put("note", text=f"{number} " * 30_000)
    session.close()
    assert plain(path)["notes"]["note"]["text"].startswith("5 5")


def test_a_file_is_folded_on_order_while_another_session_has_it_open(path: Path) -> None:
    large(path)
    session = Session(path)
    session.put("note", text="en note")
    assert fold_file(path) == []
    assert plain(path)["notes"]["note"]["text"] == "en note"
    session.put("note", text="en anden")
    session.close()
    assert contents(path)["notes"]["note"]["text"] == "en anden"


def test_a_fold_on_order_says_what_keeps_it(path: Path) -> None:
    large(path)
    disk = Counting()
    session = Session(path, disk=disk)
    session.put("note", text="en note")
    disk.fails = True
    with pytest.raises(StorageError) as caught:
        session.backend.fold()
    assert caught.value.kind is ErrorKind.FULL
    session.close()
    assert contents(path)["notes"]["note"]["text"] == "en note"


def test_repairing_folds_a_large_file_too(path: Path) -> None:
    large(path)
    session = Session(path)
    session.put("note", text="en note")
    session.close()
    repair(path)
    assert plain(path)["notes"]["note"]["text"] == "en note"


def test_each_day_has_a_backup_of_a_large_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large(path)
    kept = len(list_backups(path))
    session = Session(path)
    session.put("note", text="en note")
    session.backend.idle()
    assert len(list_backups(path)) == kept
    monkeypatch.setattr(backend_module, "time_now", lambda: "2999-01-01T09:00:00+01:00")
    session.backend.idle()
    folding = session.backend._folding
    assert folding is not None
    folding.join()
    assert len(list_backups(path)) == kept + 1
    session.close()
