"""Deleting for good: nothing of it is left in any file, and all others are as they were."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from data.storage import backups, purged, quarantine
from data.storage.backend import JournalBackend
from data.storage.folder import open_folder
from data.storage.generation import Temporary
from data.storage.journal import frame
from data.storage.names import Names
from data.storage.problems import ErrorKind, StorageError
from data.storage.typing_log import FileTypingLog
from data.storage.upkeep import purging, restore
from data.storage.upkeep.going import Going, Wanted, look
from data.storage.upkeep.purging import finish, purge
from tests.data.storage.support import Session, contents, full

MAJA, BO = "1790000000000000001", "1790000000000000002"
SECRETS = [f"hemmeligt ord {number}" for number in range(20)]
IDS = [f"17900000000000001{number:02}" for number in range(20)]
OTHERS = [f"17900000000000002{number:02}" for number in range(5)]
EARLIER = "1790000000000000399"
"""A note of hers that was deleted before, and is in backups only."""
PERSON = "1790000000000000400"


def lived(path: Path) -> None:
    """A file with two mentees that has been worked in for some days."""
    session = Session(path)
    session.put(MAJA, "mentees", name="Maja Canary")
    session.put(BO, "mentees", name="Bo")
    session.put(PERSON, "people", name="Maja Canary")
    session.put(EARLIER, mentee_id=MAJA, text="hemmeligt og slettet")
    session.close()
    for number in range(5):
        session = Session(path)
        for id, text in list(zip(IDS, SECRETS, strict=True))[number * 4 : number * 4 + 4]:
            session.put(id, mentee_id=MAJA, text=text)
        session.put(OTHERS[number], mentee_id=BO, text=f"om Bo {number}", by_id=PERSON)
        if number == 2:
            session.delete(EARLIER)
        session.close()
        a_day_passes(path)
    session = Session(path)
    session.put(IDS[0], text=f"{SECRETS[0]} og mere")
    session.put(OTHERS[0], text="om Bo, sidst", by_id="")
    for other in OTHERS[1:]:
        session.put(other, by_id="")
    session.die()


def a_day_passes(path: Path) -> None:
    """Give all backups a time of the day before."""
    folder = path.with_name("x.json.backups")
    for file in sorted(folder.iterdir()) if folder.exists() else ():
        found = re.fullmatch(r"(\d+)-(\d{8}-\d{6})-(.+)", file.name)
        assert found is not None
        at = backups.time_of(found[2]) - timedelta(days=1)
        file.rename(folder / f"{found[1]}-{at:%Y%m%d-%H%M%S}-{found[3]}")


def maja(path: Path) -> Going:
    docs = frozenset({("people", PERSON)})
    return look(path, Wanted("mentee", frozenset({MAJA}), docs), by="met")


def left_of(path: Path) -> dict[str, list[str]]:
    """The files with something of hers in them, and what that is."""
    words = [*SECRETS, *IDS, MAJA, EARLIER, PERSON, "Canary", "og slettet"]
    found = {}
    for file in sorted(path.parent.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            there = [word for word in words if word.encode() in data]
            if there:
                found[str(file.relative_to(path.parent))] = there
    return found


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


LINES = [
    {"s": 90, "ops": [{"t": "notes", "i": OTHERS[0], "set": {"text": "om Bo i en linje"}}]},
    {"s": 91, "ops": [{"t": "notes", "i": "1790000000000000777", "cut": {"text": "ukendt"}}]},
    {"s": 92, "ops": [{"t": "notes", "i": IDS[3], "cut": {"text": [1, 2, "hemmelig del", 3]}}]},
]


def with_quarantine(path: Path) -> dict[str, Path]:
    """Set aside a whole state, parts of a journal, damaged files, and another program's file."""
    session = Session(path)
    file = session.backend._file
    assert file is not None
    kept = {"state": path.with_name("x.json.quarantine") / file._keep_known()}
    hers = MAJA.encode()
    parts = {
        "journal": b"".join(map(frame, LINES)) + b"en linje, der ikke kan",
        "line": b'{"c":"0000","r":{"s":5,"hemmelig halv',
        "original": b'{"notes":{"1":{"mentee_id":"%s","text":"hemmeligt ord 1"},"2":{}}}' % hers,
        "record": path.read_bytes()[:-5],
    }
    for what, data in parts.items():
        kept[what] = path.parent / quarantine.keep(file.folder, file.names, what, data)[0]
    session.die()
    return kept


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


def test_open_sessions_lose_her_and_say_who_did_it(path: Path) -> None:
    lived(path)
    awake, asleep = Session(path, "bo"), Session(path, "eva")
    purge(path, maja(path))
    for number in range(2):
        other = Session(path)
        other.put(OTHERS[1], text=f"igen {number}")
        other.close()
    for session in (awake, asleep):
        commits = session.poll()
        told = [one for commit in commits for one in commit.for_good]
        assert [(one.by, one.kind) for one in told] == [("met", "mentee")]
        assert not any(commit.replaced or commit.notices for commit in commits)
        assert session.doc(MAJA, "mentees") is None
        assert session.poll() == ()
        session.put(IDS[0], mentee_id=MAJA, text="hemmeligt ord 0")
        session.put(OTHERS[2], text="videre")
        session.close()
    assert left_of(path) == {}
    assert restore.list_set_aside(path) == []


def test_texts_of_dead_sessions_go(path: Path) -> None:
    lived(path)
    log = FileTypingLog(path, by="met")
    log.keep("notes", IDS[2], "text", SECRETS[2], f"{SECRETS[2]} hemmelig", owner=MAJA)
    log.keep("notes", "1790000000000000888", "text", "", SECRETS[3], owner=MAJA)
    log.keep("notes", OTHERS[0], "text", "om Bo, sidst", "om Bo, sidst ord", owner=BO)
    assert log.barrier(5)
    os.close(os.dup(log._fd))
    log._disk.flock(log._fd, 8)
    going = maja(path)
    assert len(going.drafts) == 1
    purge(path, going)
    assert left_of(path) == {}
    again = FileTypingLog(path)
    (draft,) = again.recovered()
    assert (draft.id, draft.text) == (OTHERS[0], "om Bo, sidst ord")
    again.close()
    log.close()


def test_texts_of_a_session_that_does_not_answer_go(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data.storage.upkeep import traces

    monkeypatch.setattr(traces, "WAIT_SECONDS", 0.0)
    lived(path)
    log = FileTypingLog(path, by="met")
    log.keep("notes", IDS[2], "text", SECRETS[2], f"{SECRETS[2]} hemmelig", owner=MAJA)
    log.keep("notes", OTHERS[0], "text", "om Bo, sidst", "om Bo, sidst ord", owner=BO)
    assert log.barrier(5)
    stopped = Session(path)
    stopped.backend.announce(f"{MAJA}/{IDS[4]}")
    purge(path, maja(path))
    assert left_of(path) == {}
    log.keep("notes", IDS[2], "text", SECRETS[2], "efter, hemmelig", owner=MAJA)
    log.keep("notes", OTHERS[0], "text", "om Bo, sidst", "om Bo, sidst ord igen", owner=BO)
    assert log.barrier(5)
    os.close(os.dup(log._fd))
    log._disk.flock(log._fd, 8)
    again = FileTypingLog(path)
    (draft,) = again.recovered()
    assert (draft.id, draft.text) == (OTHERS[0], "om Bo, sidst ord igen")
    again.close()
    log.close()
    stopped.close()


def test_what_is_typed_after_it_by_one_who_does_not_know_is_brought_back_to_nobody(
    path: Path,
) -> None:
    lived(path)
    purge(path, maja(path))
    log = FileTypingLog(path, by="met")
    log.keep("notes", IDS[2], "text", SECRETS[2], f"{SECRETS[2]} hemmelig", owner=MAJA)
    log.keep("notes", OTHERS[0], "text", "om Bo, sidst", "om Bo, sidst ord", owner=BO)
    assert log.barrier(5)
    os.close(os.dup(log._fd))
    log._disk.flock(log._fd, 8)
    again = FileTypingLog(path)
    (draft,) = again.recovered()
    assert draft.text == "om Bo, sidst ord"
    assert left_of(path) == {}
    again.close()
    log.close()


def test_what_another_session_has_begun_to_write_goes(path: Path) -> None:
    lived(path)
    folder, name = open_folder(path)
    with closing(folder):
        begun = Temporary(folder, Names(name), "record")
        os.pwrite(begun.fd, path.read_bytes(), 0)
        report = purge(path, maja(path))
        assert left_of(path) == {}
        assert report.found == {}
        begun.close()


def test_a_living_session_forgets_what_is_typed(path: Path) -> None:
    lived(path)
    log = FileTypingLog(path, by="met")
    log.keep("notes", IDS[2], "text", SECRETS[2], f"{SECRETS[2]} hemmelig", owner=MAJA)
    log.keep("notes", OTHERS[0], "text", "om Bo, sidst", "om Bo, sidst ord", owner=BO)
    assert log.barrier(5)
    going = maja(path)
    log.forget(going.deletion)
    log.keep("notes", OTHERS[0], "text", "om Bo, sidst", "om Bo, sidst ord igen", owner=BO)
    assert log.barrier(5)
    (file,) = path.with_name("x.json.sessions").glob("*.draft")
    data = file.read_bytes()
    assert b"hemmelig" not in data
    assert IDS[2].encode() not in data
    os.close(os.dup(log._fd))
    log._disk.flock(log._fd, 8)
    again = FileTypingLog(path)
    (draft,) = again.recovered()
    assert draft.text == "om Bo, sidst ord igen"
    again.close()
    log.close()


def test_an_opening_refuses_what_is_begun_until_it_is_finished(path: Path) -> None:
    lived(path)
    folder, name = open_folder(path)
    with closing(folder):
        purging._begin(folder, Names(name), maja(path))
    with pytest.raises(StorageError) as caught:
        JournalBackend(path).load()
    assert caught.value.kind is ErrorKind.UNFINISHED
    report = finish(path)
    assert report.deletion is not None
    assert left_of(path) == {}
    assert finish(path).deletion is None


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
        (one,) = purged.read(folder, Names(name))
    assert (one.by, one.kind) == ("met", "mentee")
    assert one.counts == {"mentees": 1, "notes": 20, "people": 1}
    assert backups.KEPT == 5


def test_texts_in_editors_go_if_they_are_about_her(path: Path) -> None:
    lived(path)
    for name, whose in (("edit-1-aaaaaaaa", MAJA), ("edit-2-bbbbbbbb", BO)):
        folder = path.parent / name
        folder.mkdir(0o700)
        (folder / "whose").write_text(f"{whose}\n")
        (folder / "mentor.txt").write_text("hemmeligt ord 1" if whose == MAJA else "om Bo")
    purge(path, maja(path))
    assert left_of(path) == {}
    assert (path.parent / "edit-2-bbbbbbbb" / "mentor.txt").read_text() == "om Bo"
