"""Something is deleted for good while sessions are open, and what they hold of it goes too."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from data.records import Conflict, Mentee, Note, Unfinished
from data.storage import purge_list
from data.storage.backend import fold_file
from data.storage.folder import open_folder
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.protocol import DocChange
from data.storage.upkeep import traces
from data.storage.upkeep.going import Wanted, look
from data.storage.upkeep.purging import Report, purge
from data.store.change import Change
from data.store.codec import encode
from data.store.events import Event
from data.store.filling import Filling
from data.store.opening import OpenedStore, open_store
from data.store.restored import Restored
from data.store.store import Store
from data.store.undo import UndoHistory

ROOT = Path(__file__).parents[3]
MAJA, BO = Mentee(name="Maja Canary"), Mentee(name="Bo")
HERS = Note(mentee_id=MAJA.id, text="hemmeligt ord")
HIS = Note(mentee_id=BO.id, text="om Bo")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    path = folder / "mentor.json"
    opened = open_store(path, by="eva", threaded=False)
    opened.store.commit([Change.created(one) for one in (MAJA, BO, HERS, HIS)])
    assert opened.close()
    return path


def delete(path: Path) -> Report:
    return purge(path, look(path, Wanted("mentee", frozenset({MAJA.id})), by="met"))


def deleted_beside(path: Path, *stores: Store) -> Report:
    """Delete her in another thread, while sessions go on as they do."""
    found: list[Report] = []
    thread = threading.Thread(target=lambda: found.append(delete(path)))
    thread.start()
    end = time.monotonic() + 30
    while thread.is_alive():
        assert time.monotonic() < end, "waited in vain"
        for store in stores:
            store.pump()
        time.sleep(0.005)
    for store in stores:
        wait(store, lambda store=store: store.get(Mentee, MAJA.id) is None)  # type: ignore[misc]
    return found[0]


def wait(store: Store, condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        store.pump()
        time.sleep(0.005)


def words(path: Path, *more: str) -> dict[str, list[str]]:
    secret = ("Canary", "hemmelig", MAJA.id, HERS.id, *more)
    found = {}
    for one in sorted(path.parent.rglob("*")):
        if one.is_file():
            data = one.read_bytes()
            there = [word for word in secret if word.encode() in data]
            if there:
                found[str(one.relative_to(path.parent))] = there
    return found


def busy(path: Path) -> tuple[OpenedStore, Note]:
    """A session in which everything is in use: undo, a form, typing in an old and a new note."""
    opened = open_store(path, by="bo", threaded=True)
    store = opened.store
    store.commit([Change.edited(BO, title="jurist")], "Title")
    store.commit([Change.edited(HERS, kind=HERS.kind, task_id="1")], "Task")
    store.commit([Change.edited(MAJA, team="Canary Team"), Change.edited(BO, team="A")], "Both")
    new = Note(mentee_id=MAJA.id, text="h")
    store.begin_text(new, "text", "Note")
    filling = Filling("notes", HERS.id, MAJA.id, {"text": ("hemmeligt ord", "hemmelig form")})
    form = Unfinished(key=f"note:notes:{HERS.id}:{MAJA.id}", texts=filling.to_json())
    store.commit([Change.created(form)], undoable=False)
    store.type_text(form, "texts", filling.to_json().replace("form", "form og mere"))
    store.type_text(new, "text", "hemmelig ny note")
    store.type_text(HERS, "text", "hemmeligt ord og et til")
    store.type_text(HIS, "text", "om Bo, og mere")
    assert opened.typing_log is not None
    assert opened.typing_log.barrier(10)
    return opened, new


def test_an_open_session_keeps_nothing_and_says_who_did_it(file: Path) -> None:
    opened, new = busy(file)
    store = opened.store
    events: list[Event] = []
    store.subscribe(events.append)
    report = deleted_beside(file, store)
    assert report.found == {}
    (told,) = [one for event in events for one in event.for_good]
    assert (told.by, told.kind, told.mentees) == ("met", "mentee", ((MAJA.id, MAJA.name),))
    assert report.deletion is not None
    assert told.id == report.deletion.id
    assert [store.get(Note, id) for id in (HERS.id, new.id)] == [None, None]
    assert store.all(Unfinished) == []
    assert words(file, new.id) == {}
    found = store.get(Note, HIS.id)
    assert found is not None
    assert found.text == "om Bo, og mere"
    store.commit([Change.created(replace(new, text="hemmelig igen"))])
    store.type_text(new, "text", "hemmelig til sidst")
    store.type_text(HERS, "text", "hemmelig til sidst")
    names = []
    while (name := store.undo()) is not None:
        names.append(name)
    assert names == ["", "Both", "Title"]
    for _name in names:
        store.redo()
    assert store.flush()
    assert store.all(Conflict) == []
    assert opened.close()
    fold_file(file)
    assert words(file, new.id) == {}
    again = open_store(file, threaded=True)
    assert again.restored == ()
    assert [note.text for note in again.store.all(Note)] == ["om Bo, og mere"]
    assert again.store.all(Mentee)[0].team == "A"
    assert again.close()


def test_what_could_not_be_saved_before_is_not_saved_after(file: Path) -> None:
    opened, new = busy(file)
    store = opened.store
    store.commit_typing()
    deleted_beside(file, store)
    assert store.flush()
    assert opened.close()
    assert words(file, new.id) == {}


def test_a_command_that_has_the_file_open_writes_nothing_of_it(file: Path) -> None:
    opened = open_store(file, by="bo", threaded=False)
    delete(file)
    opened.store.commit([Change.edited(HERS, text="hemmeligt igen")])
    assert opened.store.get(Note, HERS.id) is None
    assert opened.store.all(Conflict) == []
    opened.store.commit([Change.edited(HIS, text="om Bo igen")])
    assert opened.close()
    assert words(file) == {}


def test_the_files_of_a_session_forget_by_themselves(file: Path) -> None:
    """The one who deletes has died before it came to them."""
    opened, new = busy(file)
    store = opened.store
    store.announce(f"{MAJA.id}/{HERS.id}")
    sessions = list(file.with_name("mentor.json.sessions").iterdir())
    wait(store, lambda: any(MAJA.id in one.read_text() for one in sessions))
    going = look(file, Wanted("mentee", frozenset({MAJA.id})), by="met")
    folder, name = open_folder(file)
    with closing(folder):
        lock = Lock(folder, Names(name).lock)
        with closing(lock), lock:
            purge_list.add(folder, Names(name), [going.deletion])
    other = open_store(file, threaded=False)
    other.store.commit([Change.edited(other.store.all(Mentee)[0], title="jurist nu")])
    assert other.close()
    wait(store, lambda: store.get(Mentee, MAJA.id) is None)
    words = (b"hemmelig", MAJA.id.encode(), HERS.id.encode(), new.id.encode())
    wait(store, lambda: not any(w in one.read_bytes() for one in sessions for w in words))
    assert opened.close()


def test_a_form_that_was_open_when_a_backup_was_restored_is_forgotten(file: Path) -> None:
    restored = Restored(lambda _kind, _id: None)
    restored.instead([DocChange("notes", HERS.id, encode(HERS), None)], UndoHistory())
    change = Change.edited(HERS, text="hemmelig igen")
    assert restored.rebased(change) != change
    restored.forget(lambda one: one.id == HERS.id)
    assert restored.rebased(change) == change


def test_a_conflict_about_a_note_of_hers_goes_with_it(file: Path) -> None:
    opened = open_store(file, threaded=False)
    kept = Conflict(of_table="notes", of_id=HERS.id, of_field="text", mine="hemmelig tvist")
    other = Conflict(of_table="notes", of_id=HIS.id, of_field="text", mine="om Bo")
    opened.store.commit([Change.created(kept), Change.created(other)])
    assert opened.close()
    going = look(file, Wanted("mentee", frozenset({MAJA.id})), by="met")
    assert going.counts == {"mentees": 1, "notes": 1, "conflicts": 1}
    purge(file, going)
    assert words(file, kept.id) == {}
    opened = open_store(file, threaded=False)
    assert [one.of_id for one in opened.store.all(Conflict)] == [HIS.id]
    assert opened.close()


SECOND = """
import sys, time
from pathlib import Path
from data.records import Mentee, Note
from data.store.change import Change
from data.store.opening import open_store

opened = open_store(Path(sys.argv[1]), by="bo", threaded=True)
store = opened.store
told = []
store.subscribe(lambda event: told.extend(event.for_good))
hers = next(n for n in store.all(Note) if n.text == "hemmeligt ord")
his = next(n for n in store.all(Note) if n.text == "om Bo")
maja = store.get(Mentee, hers.mentee_id)
store.commit([Change.edited(maja, team="hemmelig")])
store.type_text(hers, "text", "hemmeligt ord, tastet")
store.type_text(his, "text", "om Bo, tastet")
store.announce(maja.id)
assert opened.typing_log.barrier(10)
end = time.monotonic() + 60
sessions = Path(sys.argv[1] + ".sessions")
while not any(maja.id in one.read_text() for one in sessions.glob("*.session")):
    assert time.monotonic() < end
    time.sleep(0.01)
print("typed", flush=True)
while not told and time.monotonic() < end:
    store.pump()
    time.sleep(0.01)
print(*[f"{one.by}:{one.mentees[0][1]}" for one in told], flush=True)
store.commit([Change.created(Note(mentee_id=maja.id, text="hemmelig til sidst"))])
store.commit_typing()
assert store.flush(20)
assert opened.close()
print(sorted(n.text for n in store.all(Note)), flush=True)
"""


def second(file: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SECOND, str(file)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "typed\n"
    return process


def test_another_process_gives_way(file: Path) -> None:
    process = second(file)
    report = delete(file)
    assert report.found == {}
    output, _errors = process.communicate(timeout=60)
    assert output == "met:Maja Canary\n['om Bo, tastet']\n"
    assert words(file) == {}


def test_a_process_that_slept_through_it_and_two_folds_gives_way(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "WAIT_SECONDS", 0.1)
    process = second(file)
    process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
    report = delete(file)
    assert report.found == {}
    assert words(file) == {}
    for number in range(2):
        opened = open_store(file, threaded=False)
        bo = opened.store.all(Mentee)[0]
        opened.store.commit([Change.edited(bo, title=f"jurist {number}")])
        assert opened.close()
    process.send_signal(signal.SIGCONT)
    output, _errors = process.communicate(timeout=60)
    assert output == "met:Maja Canary\n['om Bo, tastet']\n"
    assert words(file) == {}
    assert not file.with_name("mentor.json.quarantine").exists()
    assert json.loads(file.read_bytes())["mentees"][BO.id]["title"] == "jurist 1"
