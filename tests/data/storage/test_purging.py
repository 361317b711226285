"""Deleting for good: nothing of it is left in any file, and all others are as they were."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from data.storage import purge_list
from data.storage.folder import open_folder
from data.storage.journal import frame
from data.storage.names import Names
from data.storage.upkeep import restore
from data.storage.upkeep.going import Wanted, look
from data.storage.upkeep.purging import purge
from tests.data.storage.deleted import BO, MAJA
from tests.data.storage.lived_in import (
    EARLIER,
    IDS,
    LINES,
    OTHERS,
    SECRETS,
    left_of,
    lived,
    maja,
    with_quarantine,
)
from tests.data.storage.support import Session, contents, full


def test_nothing_of_a_person_is_left_and_all_else_is(path: Path) -> None:
    lived(path)
    before = contents(path)
    kept = {id: doc for id, doc in before["notes"].items() if doc["mentee_id"] == BO}
    going = maja(path)
    assert going.counts == {"mentees": 1, "notes": 20, "people": 1}
    assert going.earlier == 1
    assert len(going.backups) == len(restore.list_backups(path)) > 4
    steps: list[tuple[int, int]] = []
    report = purge(path, going, progress=lambda *step: steps.append(step), words=["Canary"])
    assert left_of(path) == {}
    assert report.found == {}
    assert len(report.rewritten) == len(going.backups)
    assert report.deleted == []
    assert steps == [(n + 1, len(steps)) for n in range(len(steps))]
    after = contents(path)
    assert after["mentees"] == {BO: before["mentees"][BO]}
    assert after["notes"] == kept
    assert "people" not in full(after)
    assert not path.with_name("x.json.deleting").exists()


def test_the_backups_can_be_restored_afterwards(path: Path) -> None:
    lived(path)
    old = path.parent.with_name("old")
    shutil.copytree(path.parent, old)
    purge(path, maja(path))
    for backup in restore.list_backups(path):
        restore.restore(path, backup.name)
        after = full(contents(path))
        assert set(after["mentees"]) == {BO}
        restore.restore(old / "x.json", backup.name)
        then = contents(old / "x.json")["notes"]
        bo = {id: doc for id, doc in then.items() if doc["mentee_id"] == BO}
        for doc in bo.values():
            doc.pop("by_id", None)
        for doc in after.get("notes", {}).values():
            doc.pop("by_id", None)
        assert after.get("notes", {}) == bo
    assert left_of(path) == {}


def test_a_dry_run_writes_nothing(path: Path) -> None:
    lived(path)
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    maja(path)
    after = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    assert before == after


def test_quarantine_keeps_what_is_about_others(path: Path) -> None:
    lived(path)
    kept = with_quarantine(path)
    state = kept["state"].name
    going = maja(path)
    assert state in going.aside
    report = purge(path, going)
    assert left_of(path) == {}
    assert kept["journal"].read_bytes() == frame(LINES[0])
    assert not kept["line"].exists()
    assert kept["original"].read_bytes() == b'{"notes":{"2":{}}}\n'
    assert b"om Bo" in kept["record"].read_bytes()
    assert state in report.rewritten
    restore.restore(path, state)
    assert set(contents(path)["mentees"]) == {BO}


def test_one_record_goes_and_its_person_stays(path: Path) -> None:
    lived(path)
    going = look(path, Wanted("record", docs=frozenset({("notes", IDS[5])})), by="met")
    purge(path, going)
    found = left_of(path)
    assert all(SECRETS[5] not in words and IDS[5] not in words for words in found.values())
    assert set(contents(path)["notes"]) == {*IDS, *OTHERS} - {IDS[5]}


def test_parts_of_a_record_in_a_table_of_their_own_go_with_it(path: Path) -> None:
    lived(path)
    session = Session(path)
    session.put(IDS[5], "notes.fields", pulse="hemmeligt ord 5")
    session.put(OTHERS[1], "notes.fields", pulse="om Bo")
    session.close()
    going = look(path, Wanted("record", docs=frozenset({("notes", IDS[5])})), by="met")
    assert going.counts == {"notes": 1, "notes.fields": 1}
    purge(path, going)
    assert SECRETS[5] not in str(left_of(path))
    assert set(contents(path)["notes.fields"]) == {OTHERS[1]}


def test_the_history_tells_nothing_of_her(path: Path) -> None:
    lived(path)
    task = "1790000000000000600"
    session = Session(path)
    session.put(task, "tasks", mentee_id=MAJA, title="hemmeligt ord 3")
    session.put(OTHERS[0], "tasks", mentee_id=BO, title="om Bo")
    session.put(MAJA, "mentees", name="Maja Canary Holm")
    session.close()
    history = path.with_name("x.json.history")
    assert b"Canary" in history.read_bytes()
    session = Session(path)
    session.put(task, "tasks", title="hemmeligt ord 4")
    session.die()
    old = path.parent.with_name("old")
    shutil.copytree(path.parent, old)
    report = purge(path, maja(path), words=["Canary"])
    assert report.found == {}
    assert left_of(path) == {}
    assert b"om Bo" in history.read_bytes()
    for ending in ("", ".journal"):
        shutil.copy(old / f"x.json{ending}", f"{path}{ending}")
    contents(path)
    assert left_of(path) == {}


def test_where_there_is_nothing_of_it_there_is_nothing_to_delete(path: Path) -> None:
    lived(path)
    gone = frozenset({("notes", "1790000000000009999")})
    going = look(path, Wanted("record", frozenset({"1790000000000009998"}), gone), by="met")
    assert going.is_nothing
    assert going.earlier == 0


def test_what_was_deleted_before_goes_from_backups_at_once(path: Path) -> None:
    lived(path)

    def earlier(table: str, doc: dict[str, object], present: bool) -> bool:
        return not present and table == "notes"

    going = look(path, Wanted("earlier", about=MAJA, judge=earlier), by="met")
    assert ("notes", EARLIER) in going.docs
    assert going.docs == {("notes", EARLIER)}
    purge(path, going)
    assert "og slettet" not in str(left_of(path))
    assert EARLIER not in str(left_of(path))
    assert set(IDS) < set(contents(path)["notes"])


def test_private_parts_go_and_the_rest_stays(path: Path) -> None:
    answer = "1790000000000000500"
    session = Session(path)
    session.put(MAJA, "mentees", name="Maja")
    session.put(answer, "answers", mentee_id=MAJA, mentor="fælles", pulse={"a": "hemmeligt"})
    session.put(IDS[0], mentee_id=MAJA, text="hemmeligt", private=True)
    session.put(IDS[1], mentee_id=MAJA, text="delt")
    session.close()
    session = Session(path)
    session.put(IDS[1], text="delt igen")
    session.close()

    def private(table: str, doc: dict[str, object], _present: bool) -> bool | dict[str, bool]:
        return {"pulse": True} if "pulse" in doc else bool(doc.get("private"))

    going = look(path, Wanted("private", about=MAJA, judge=private), by="met")
    assert going.counts == {"answers": 1, "notes": 1}
    purge(path, going)
    after = contents(path)
    assert after["answers"][answer]["mentor"] == "fælles"
    assert "pulse" not in after["answers"][answer]
    assert set(after["notes"]) == {IDS[1]}
    for file in path.parent.rglob("*"):
        if file.is_file():
            assert b"hemmeligt" not in file.read_bytes(), file


def test_a_damaged_backup_with_something_of_hers_is_deleted(path: Path) -> None:
    lived(path)
    backup = restore.list_backups(path)[0]
    file = path.with_name("x.json.backups") / backup.record
    file.write_bytes(file.read_bytes()[:-9])
    report = purge(path, maja(path))
    assert report.deleted == [backup.name]
    assert left_of(path) == {}


def test_the_list_says_what_went_and_names_nobody(path: Path) -> None:
    lived(path)
    purge(path, maja(path))
    folder, name = open_folder(path)
    with closing(folder):
        (one,) = purge_list.read(folder, Names(name))
    assert (one.by, one.kind) == ("met", "mentee")
    assert one.counts == {"mentees": 1, "notes": 20, "people": 1}
