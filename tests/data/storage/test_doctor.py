from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.storage.problems import StorageError
from data.storage.protocol import BeingTyped
from data.storage.typed.typing_log import FileTypingLog
from data.storage.upkeep import doctor
from data.storage.upkeep.findings import Check, Weight
from data.store.codec import table_rules
from tests.data.storage.support import Session, contents


def checks(path: Path) -> set[Check]:
    before = {file: file.stat() for file in path.parent.rglob("*")}
    found = doctor.examine(path)
    for file, was in before.items():
        now = file.stat()
        assert (now.st_mtime_ns, now.st_mode, now.st_size) == (
            was.st_mtime_ns,
            was.st_mode,
            was.st_size,
        )
    for finding in found:
        assert "{" not in str(finding)
    # whether there is a backup of today goes by the time at which the test runs
    return {finding.check for finding in found} - {Check.TODAY}


def grown(path: Path) -> None:
    for number in range(3):
        session = Session(path)
        session.put(str(number), text=f"linje {number}", rev=0)
        session.close()


def test_a_sound_file_is_called_sound(path: Path) -> None:
    grown(path)
    assert checks(path) == {Check.SOUND, Check.BACKUPS}
    assert all(finding.weight is Weight.FINE for finding in doctor.examine(path))


def test_it_says_what_is_wrong_and_repair_mends_it(path: Path) -> None:
    grown(path)
    session = Session(path)
    session.put("9", text="i journalen")
    session.die()
    path.chmod(0o644)
    path.with_name("x.json.new.record-1-a").touch(mode=0o600)
    path.with_name("x.json.reserve").unlink()
    path.write_bytes(path.read_bytes()[:-9])
    assert checks(path) >= {Check.MODE, Check.LEFTOVER, Check.NO_RESERVE, Check.DAMAGED}
    told = {notice.kind for notice in doctor.repair(path)}
    assert told == {"mode", "from_backup"}
    assert checks(path) == {Check.SOUND, Check.BACKUPS, Check.QUARANTINE}
    assert set(contents(path)["notes"]) == {"0", "1", "2", "9"}


def test_damaged_and_torn_lines_are_counted_and_mended(path: Path) -> None:
    grown(path)
    session = Session(path)
    session.put("8", text="en")
    session.put("9", text="to")
    session.die()
    journal = path.with_name("x.json.journal")
    data = journal.read_bytes().rstrip(b"\n").replace(b'"en"', b'"xx"')
    journal.write_bytes(data + b'\n{"c":')
    assert checks(path) >= {Check.LINES, Check.GAP, Check.TORN}
    doctor.repair(path)
    # What was damaged is among the backups as it was, and cannot be gone back to.
    assert checks(path) == {Check.SOUND, Check.BACKUPS, Check.QUARANTINE, Check.BAD_BACKUP}


def test_dangling_references_ids_and_revisions_are_found(path: Path) -> None:
    session = Session(path)
    session.put("1", table="tasks", origin="77", order=1)
    session.put("x", table="tasks")
    session.put("2", table="goals", task_id="1", log=[{"talk_id": "3"}, {"talk_id": ""}])
    session.put("4", table="actions", who="mentee", task_id="1")
    session.put("5", table="conflicts", of_table="tasks", of_id="99")
    session.put("6", table="duties", parts={"8": "main"})
    session.close()
    found = doctor.examine(path, table_rules())
    dangling = {(f.more, f.name) for f in found if f.check is Check.DANGLING}
    assert dangling == {("tasks.origin", "1"), ("goals.log", "2"), ("duties.parts", "6")}
    (said,) = (f for f in found if f.name == "6")
    assert said.weight is Weight.SERIOUS
    assert "duties.parts" in str(said)
    assert [f.name for f in found if f.check is Check.BAD_ID] == ["x"]


def test_a_damaged_backup_and_an_unsaved_text_are_told(path: Path) -> None:
    grown(path)
    backup = min(path.with_name("x.json.backups").glob("*.json"))
    backup.write_bytes(b"{}")
    log = FileTypingLog(path)
    log.keep(BeingTyped(("notes", "1", "text"), "", "ord"))
    log.close()
    assert checks(path) == {Check.SOUND, Check.BACKUPS, Check.BAD_BACKUP, Check.DRAFT}


def test_a_folder_that_is_refused_is_one_finding(path: Path) -> None:
    path.parent.chmod(0o777)
    assert checks(path) == {Check.REFUSED}
    path.parent.chmod(0o700)


@pytest.mark.parametrize(
    ("damage", "wanted"),
    [
        (lambda path: path.unlink(), Check.MISSING),
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), Check.DAMAGED),
        (lambda path: path.write_text('{"notes":{"1":{"text":"x"}}}'), Check.EDITED),
        (lambda path: path.with_name("x.json.journal").unlink(), Check.NO_JOURNAL),
    ],
)
def test_it_says_in_words_what_is_wrong_with_the_files(
    path: Path, damage: Callable[[Path], object], wanted: Check
) -> None:
    grown(path)
    damage(path)
    assert wanted in checks(path)
    for finding in doctor.examine(path):
        assert finding.weight in {Weight.MENDABLE, Weight.FINE}
    doctor.repair(path)
    assert wanted not in checks(path)


def test_it_promises_no_repair_where_there_is_none(path: Path) -> None:
    path.write_bytes(b"\x00\xff" * 800)
    path.chmod(0o600)
    (found,) = (one for one in doctor.examine(path) if one.check is Check.HOPELESS)
    assert found.weight is Weight.SERIOUS
    with pytest.raises(StorageError):
        doctor.repair(path)


def test_without_a_file_there_is_nothing_wrong(path: Path) -> None:
    assert checks(path) == {Check.NO_FILE, Check.NO_BACKUPS}


def test_a_link_in_a_file_s_place_is_refused_and_not_called_readable(path: Path) -> None:
    grown(path)
    journal = path.with_name("x.json.journal")
    journal.rename(path.with_name("elsewhere"))
    journal.symlink_to(path.with_name("elsewhere"))
    assert checks(path) == {Check.REFUSED, Check.BACKUPS}


def test_a_backup_with_a_damaged_journal_is_told(path: Path) -> None:
    session = Session(path)
    session.put("1", text="et")
    session.put("2", text="to")
    session.close()
    journal = max(path.with_name("x.json.backups").glob("*.journal"))
    journal.write_bytes(journal.read_bytes().replace(b'"et"', b'"xx"'))
    assert checks(path) == {Check.SOUND, Check.NO_BACKUPS, Check.BAD_BACKUP}
