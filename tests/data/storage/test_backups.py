from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tinydb import TinyDB

from data.storage.backups import KEPT, Backup, outdated
from data.storage.problems import ErrorKind, StorageError
from data.storage.upkeep import restore
from tests.data.storage.support import Session, contents

NOW = datetime(2026, 11, 23, 15, 0).astimezone()


def backup(gen: int, at: datetime) -> Backup:
    return Backup(gen, f"{gen:06d}", at, "id")


def test_five_generations_and_one_a_day_are_kept() -> None:
    made = [backup(n, NOW - timedelta(hours=6 * (99 - n))) for n in range(100)]
    kept = [b for b in made if b not in outdated(made, NOW)]
    assert kept[-5:] == made[-5:]
    days = {b.at.date() for b in kept}
    assert days == {(NOW - timedelta(days=n)).date() for n in range(14)}
    for day in days - {NOW.date(), (NOW - timedelta(days=1)).date()}:
        (one,) = [b for b in kept if b.at.date() == day]
        assert one == max(b for b in made if b.at.date() == day)


def test_old_generations_stay_where_there_are_no_newer_ones() -> None:
    made = [backup(n, NOW - timedelta(days=400 + n)) for n in range(3)]
    assert outdated(made, NOW) == []


def saved(path: Path, text: str) -> None:
    session = Session(path)
    session.put("1", text=text)
    session.close()


def test_each_fold_leaves_a_backup_that_plain_tinydb_reads(path: Path) -> None:
    for number in range(4):
        saved(path, f"linje {number}")
    found = restore.list_backups(path)
    assert [b.gen for b in found] == [4, 3, 2, 1]
    with TinyDB(path.with_name("x.json.backups") / found[0].record) as db:
        assert db.table("notes").all() == [{"rev": 3, "text": "linje 2"}]


def test_no_more_backups_than_the_rule_says(path: Path) -> None:
    for number in range(9):
        saved(path, f"linje {number}")
    assert len(restore.list_backups(path)) == KEPT


def test_a_restored_backup_holds_what_was_there_then_and_can_be_undone(path: Path) -> None:
    saved(path, "først")
    saved(path, "så")
    backups = restore.list_backups(path)
    reader = Session(path, "bo")
    undo = restore.restore(path, backups[-1].name)
    reader.poll()
    assert reader.text("1") == "først"
    assert contents(path)["notes"]["1"]["text"] == "først"
    assert undo is not None
    restore.restore(path, undo.name)
    reader.poll()
    assert reader.text("1") == "så"
    reader.put("1", text="videre")
    reader.close()
    assert contents(path)["notes"]["1"]["text"] == "videre"


def test_what_was_not_folded_yet_is_in_the_backup_that_undoes(path: Path) -> None:
    saved(path, "først")
    session = Session(path)
    session.put("1", text="i journalen")
    session.die()
    undo = restore.restore(path, restore.list_backups(path)[-1].name)
    assert undo is not None
    restore.restore(path, undo.name)
    assert contents(path)["notes"]["1"]["text"] == "i journalen"


def test_a_hopeless_file_can_be_restored(path: Path) -> None:
    for text in ("først", "så", "til sidst"):
        saved(path, text)
    path.write_bytes(b"hopeless")
    restore.restore(path, restore.list_backups(path)[1].name)
    assert contents(path)["notes"]["1"]["text"] == "så"


def test_a_backup_that_is_not_there_is_refused(path: Path) -> None:
    saved(path, "først")
    with pytest.raises(StorageError) as caught:
        restore.restore(path, "000009")
    assert caught.value.kind is ErrorKind.NO_BACKUP
    assert contents(path)["notes"]["1"]["text"] == "først"
