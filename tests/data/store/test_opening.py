"""A real file under the store: what a killed session leaves, and two sessions on one file."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from data.records import Conflict, Mentee, Note
from data.store import saver
from data.store.change import Change
from data.store.opening import empty_store, open_store
from data.store.store import SaveState, Store

ROOT = Path(__file__).parents[3]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    return folder / "mentor.json"


def wait(stores: tuple[Store, ...], condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        for store in stores:
            store.pump()
        time.sleep(0.005)


def add_note(file: Path, text: str = "") -> Note:
    opened = open_store(file, threaded=False)
    note = Note(mentee_id="1", text=text)
    opened.store.commit([Change.created(Mentee(id="1", name="Maja")), Change.created(note)])
    assert opened.close()
    return note


def notes(file: Path) -> list[str]:
    opened = open_store(file, threaded=False)
    try:
        return [note.text for note in opened.store.all(Note)]
    finally:
        opened.close()


TYPIST = """
import sys, time
from pathlib import Path
from data.store.opening import open_store
from data.records import Note

opened = open_store(Path(sys.argv[1]), threaded=True)
store = opened.store
note = store.all(Note)[0]
settle_at = int(sys.argv[3])
for number in range(1, len(sys.argv[2]) + 1):
    store.type_text(note, "text", sys.argv[2][:number])
    if number == settle_at:
        assert store.flush()
assert opened.typing_log.barrier(10)
print("typed", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("settle_at", [0, 4, 22], ids=["never", "in between", "at the end"])
def test_what_was_typed_survives_a_kill(file: Path, settle_at: int) -> None:
    add_note(file)
    text = "Godt set hos borger æøå"
    typist = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(file), text, str(settle_at)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert typist.stdout is not None
    assert typist.stdout.readline() == b"typed\n"
    typist.send_signal(signal.SIGKILL)
    typist.wait()
    typist.stdout.close()
    opened = open_store(file, threaded=True)
    assert [draft.text for draft in opened.restored] == [text]
    assert opened.store.all(Note)[0].text == text
    assert opened.store.flush()
    assert opened.close()
    assert notes(file) == [text]
    again = open_store(file, threaded=True)
    assert again.restored == ()
    assert again.close()
    assert notes(file) == [text]
    assert open_and_count_conflicts(file) == 0


def open_and_count_conflicts(file: Path) -> int:
    opened = open_store(file, threaded=False)
    try:
        return len(opened.store.all(Conflict))
    finally:
        opened.close()


def test_two_sessions_see_each_other(file: Path) -> None:
    add_note(file, "One.\nTwo.\n")
    mine, theirs = open_store(file, threaded=True), open_store(file, threaded=True)
    stores = (mine.store, theirs.store)
    mine.store.type_text(mine.store.all(Note)[0], "text", "One!\nTwo.\n")
    theirs.store.type_text(theirs.store.all(Note)[0], "text", "One.\nTwo.\nThree.\n")
    for store in stores:
        store.end_typing()
    both = "One!\nTwo.\nThree.\n"
    wait(stores, lambda: all(store.all(Note)[0].text == both for store in stores))
    changes = [
        Change.edited(store.all(Mentee)[0], title=t) for store, t in zip(stores, "AB", strict=True)
    ]
    for store, change in zip(stores, changes, strict=True):
        store.commit([change])
    wait(stores, lambda: all(len(store.all(Conflict)) == 1 for store in stores))
    titles = {store.all(Mentee)[0].title for store in stores}
    assert len(titles) == 1
    assert {stores[0].all(Conflict)[0].mine} | titles == {"A", "B"}
    assert mine.close()
    assert theirs.close()


def test_a_folder_that_vanishes_and_comes_back(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "FIRST_RETRY_SECONDS", 0.01)
    add_note(file)
    opened = open_store(file, threaded=True)
    store = opened.store
    away = file.parent.with_name("away")
    file.parent.rename(away)
    store.type_text(store.all(Note)[0], "text", "Kept")
    store.commit_typing()
    wait((store,), lambda: store.status.state is not SaveState.SAVING)
    away.rename(file.parent)
    store.retry()
    wait((store,), lambda: store.status.state is SaveState.SAVED)
    assert opened.close()
    assert notes(file) == ["Kept"]


def test_a_file_size_limit_is_told_and_nothing_is_lost(file: Path) -> None:
    add_note(file)
    code = """
import resource, signal, sys
from pathlib import Path
from data.store.change import Change
from data.store.opening import open_store
from data.records import Note
from data.storage.problems import ErrorKind
from data.store.store import SaveState
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
opened = open_store(Path(sys.argv[1]), threaded=True)
store = opened.store
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
store.commit([Change.edited(store.all(Note)[0], text="x" * 9000)])
assert not store.flush(0.7)
assert store.status.state is SaveState.FAILED
assert store.status.problem.kind is ErrorKind.TOO_BIG, store.status.problem
assert store.all(Note)[0].text == "x" * 9000
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
assert store.flush(20)
assert store.status.state is SaveState.SAVED
assert opened.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], cwd=ROOT, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert notes(file) == ["x" * 9000]


def test_nothing_can_be_read() -> None:
    assert empty_store().all(Mentee) == []


def test_a_session_bears_its_users_name(file: Path) -> None:
    opened = open_store(file, threaded=False)
    assert opened.store.by
    assert opened.close()
    other = open_store(file, by="bo", threaded=False)
    other.store.commit([Change.created(Mentee(name="Maja"))])
    assert other.store.all(Mentee)[0].changed_by == "bo"
    assert other.close()
