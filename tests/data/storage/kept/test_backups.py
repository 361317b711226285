"""Backups as files: made by a fold, thinned by it, brought back by a command."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tinydb import TinyDB

from data import clock
from data.clock import Clock
from data.storage.kept.policy import Keeping, longest_days, set_keeping
from data.storage.kept.thinning import LAST
from data.storage.problems import ErrorKind, StorageError
from data.storage.upkeep import restore
from tests.data.storage.support import Session, contents

MORNING = datetime(2026, 11, 24, 8, 0).astimezone()


def at(when: datetime) -> None:
    """Set the program's clock."""
    clock.set_clock(Clock(when))


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
    at(MORNING)
    for number in range(9):
        saved(path, f"linje {number}")
    assert len(restore.list_backups(path)) == LAST


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


def folded(session: Session, text: str) -> None:
    session.put("1", text=text)
    session.backend.fold()


def text_of(path: Path, when: datetime) -> str:
    """Restore the backup of a moment, in a copy of the folder, and return what the note is then."""
    (name,) = [one.name for one in restore.list_backups(path) if one.at == when]
    copied = path.parent.with_name("copy")
    shutil.copytree(path.parent, copied)
    restore.restore(copied / path.name, name)
    text = str(contents(copied / path.name)["notes"]["1"]["text"])
    shutil.rmtree(copied)
    return text


@pytest.mark.parametrize("notes", [50, pytest.param(500, marks=pytest.mark.soak)])
def test_many_notes_in_a_minute_leave_those_of_before(path: Path, notes: int) -> None:
    session = Session(path)
    moments = {
        "i forgårs": MORNING - timedelta(days=2),
        "i går": MORNING - timedelta(days=1),
        "til morgen": MORNING + timedelta(minutes=5),
        "i formiddag": MORNING + timedelta(hours=2),
        "for en time siden": MORNING + timedelta(hours=3, minutes=10),
        "for et kvarter siden": MORNING + timedelta(hours=3, minutes=55),
    }
    for text, when in moments.items():
        at(when)
        folded(session, text)
    begin = MORNING + timedelta(hours=4, minutes=10)
    for number in range(notes):
        at(begin + timedelta(minutes=number / notes))
        folded(session, f"note {number}")
    session.close()
    found = restore.list_backups(path)
    assert [one.at for one in found[LAST:]] == list(moments.values())[::-1]
    for text, when in moments.items():
        assert text_of(path, when) == text
    assert len(found) < 20


def test_the_clock_of_the_program_is_that_of_the_backups(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MENTOR_NOW", "2025-03-02T09:15")
    clock.set_clock(None)
    for number in range(7):
        saved(path, f"linje {number}")
    found = restore.list_backups(path)
    assert {f"{one.at:%Y-%m-%dT%H:%M}" for one in found} == {"2025-03-02T09:15"}
    assert [one.gen for one in found] == [7, 6, 5, 4, 3]
    head = json.loads(path.read_bytes())["_meta"]["1"]
    assert head["at"].startswith("2025-03-02T09:15")
    path.write_bytes(b"hopeless")
    Session(path).close()
    assert [one.name[:13] for one in restore.list_set_aside(path)] == ["20250302-0915"]


def test_a_session_that_only_looks_thins_them_too(path: Path) -> None:
    for day in range(3):
        at(MORNING + timedelta(days=day))
        saved(path, f"dag {day}")
    at(MORNING + timedelta(days=90))
    session = Session(path)
    assert len(restore.list_backups(path)) == 3
    session.backend.idle()
    assert [one.at for one in restore.list_backups(path)] == [MORNING + timedelta(days=2)]
    session.close()


def test_what_was_deleted_is_gone_when_the_dialog_says_so(path: Path) -> None:
    """Also where the data file of that day becomes a backup only the day after."""
    saturday = MORNING + timedelta(days=4)
    at(saturday)
    session = Session(path)
    session.put("2", text="hemmelig")
    session.backend.fold()
    session.delete("2")
    at(saturday + timedelta(days=1))
    session.backend.fold()
    inner = path.with_name("x.json.backups")

    def has_it() -> bool:
        return any(b"hemmelig" in one.read_bytes() for one in inner.iterdir())

    for day in range(2, longest_days() + 1):
        assert has_it(), day
        at(saturday + timedelta(days=day))
        folded(session, f"dag {day}")
    assert longest_days() == 56
    assert not has_it()
    session.close()


def test_a_team_is_not_bound_by_what_one_of_them_has_set(path: Path) -> None:
    set_keeping(Keeping(0, 0))
    try:
        path.parent.chmod(0o2770)
        for day in range(5):
            at(MORNING + timedelta(days=day))
            saved(path, f"dag {day}")
        assert len(restore.list_backups(path)) == 5
        path.parent.chmod(0o700)
        Session(path).backend.idle()
        assert len(restore.list_backups(path)) == 2
    finally:
        set_keeping(Keeping())


def test_what_undoes_a_restore_is_kept_for_a_day(path: Path) -> None:
    at(MORNING)
    saved(path, "først")
    at(MORNING + timedelta(hours=1))
    saved(path, "et langt arbejde")
    undo = restore.restore(path, restore.list_backups(path)[-1].name)
    assert undo is not None
    session = Session(path)
    for number in range(20):
        at(MORNING + timedelta(hours=1, seconds=number))
        folded(session, f"note {number}")
    assert undo in restore.list_backups(path)
    at(MORNING + timedelta(hours=24))
    folded(session, "næste dag")
    assert undo in restore.list_backups(path)
    restore.restore(path, undo.name)
    session.poll()
    assert session.text("1") == "et langt arbejde"
    at(MORNING + timedelta(hours=26))
    folded(session, "senere")
    assert undo not in restore.list_backups(path)
    session.close()
