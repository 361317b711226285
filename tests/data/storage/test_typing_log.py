from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from data.storage.problems import ErrorKind, StorageError
from data.storage.protocol import BeingTyped, DocChange, Draft
from data.storage.typed.typing_log import FileTypingLog
from tests.data.storage.crash.disks import FailingDisk, HookedDisk
from tests.data.storage.support import Session


def drafts_of(path: Path) -> list[Draft]:
    log = FileTypingLog(path)
    found = log.recovered()
    log.close()
    return found


def files(path: Path) -> list[Path]:
    return sorted(path.with_name("x.json.sessions").glob("*.draft"))


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def die(log: FileTypingLog) -> None:
    """What is left of a killed session: its file, and nobody who locks it."""
    os.close(os.dup(log._fd))
    log._disk.flock(log._fd, 8)


def typed(log: FileTypingLog, text: str, *, id: str = "1", base: str = "") -> None:
    for length in range(len(base) + 1, len(text) + 1):
        log.keep(BeingTyped(("notes", id, "text"), base, text[:length]))
    assert log.barrier(5)


def test_what_was_typed_is_brought_back_after_a_kill(path: Path) -> None:
    log = FileTypingLog(path, by="met")
    typed(log, "Hun trives, men sagsm")
    die(log)
    (draft,) = drafts_of(path)
    assert (draft.table, draft.id, draft.field) == ("notes", "1", "text")
    assert (draft.base, draft.text, draft.by) == ("", "Hun trives, men sagsm", "met")
    log.close()


def test_a_living_sessions_typing_is_left_alone(path: Path) -> None:
    log = FileTypingLog(path)
    typed(log, "abc")
    assert drafts_of(path) == []
    log.close()


def test_a_draft_is_handed_out_until_it_is_settled(path: Path) -> None:
    log = FileTypingLog(path)
    typed(log, "abc")
    log.close()
    assert [draft.text for draft in drafts_of(path)] == ["abc"]
    again = FileTypingLog(path)
    (draft,) = again.recovered()
    again.committed(draft.table, draft.id, draft.field, draft.text)
    again.close()
    assert drafts_of(path) == []
    assert files(path) == []


def test_settled_text_is_forgotten(path: Path) -> None:
    log = FileTypingLog(path)
    typed(log, "abc")
    log.committed("notes", "1", "text", "abc")
    assert log.barrier(5)
    assert files(path)[0].stat().st_size == 0
    die(log)
    assert drafts_of(path) == []
    log.close()


def test_text_typed_after_a_commit_is_kept_from_there(path: Path) -> None:
    log = FileTypingLog(path)
    typed(log, "abc")
    log.keep(BeingTyped(("notes", "1", "text"), "", "abcd"))
    log.committed("notes", "1", "text", "abc")
    assert log.barrier(5)
    die(log)
    (draft,) = drafts_of(path)
    assert (draft.base, draft.text) == ("abc", "abcd")
    log.close()


def test_text_that_was_committed_just_before_the_end_is_not_doubled(path: Path) -> None:
    session = Session(path)
    session.put("1", text="")
    log = FileTypingLog(path)
    typed(log, "abc")
    session.put("1", text="abc")
    die(log)
    assert drafts_of(path) == []
    log.close()
    session.close()


def test_only_what_came_after_the_last_commit_is_brought_in(path: Path) -> None:
    session, other = Session(path), Session(path, "bo")
    session.put("1", text="")
    log = FileTypingLog(path)
    typed(log, "Aftalt mandag. Og ti")
    session.put("1", text="Aftalt mandag.")
    other.poll()
    other.put("1", text="Aftalt mandag. Bo: ja.")
    die(log)
    (draft,) = drafts_of(path)
    session.poll()
    before = {**(session.doc("1") or {}), "text": draft.base}
    session.commit([DocChange("notes", "1", before, {**before, "text": draft.text})])
    assert session.text("1").count("Aftalt mandag.") == 1
    assert "Og ti" in session.text("1")
    assert "Bo: ja." in session.text("1")
    session.close()
    other.close()
    log.close()


def test_two_fields_are_two_drafts(path: Path) -> None:
    log = FileTypingLog(path)
    typed(log, "en", id="1")
    typed(log, "to", id="2")
    log.close()
    assert {(d.id, d.text) for d in drafts_of(path)} == {("1", "en"), ("2", "to")}


def test_deleting_and_going_back_is_followed(path: Path) -> None:
    log = FileTypingLog(path)
    for text in ("Det", "Det går", "Det", "Det gik 😀", "gik 😀", ""):
        log.keep(BeingTyped(("notes", "1", "text"), "grund", text))
    log.keep(BeingTyped(("notes", "1", "text"), "grund", "slut"))
    log.close()
    assert [(d.base, d.text) for d in drafts_of(path)] == [("grund", "slut")]


def test_a_damaged_draft_gives_what_is_whole_and_is_kept(path: Path) -> None:
    log = FileTypingLog(path)
    typed(log, "abcdef")
    log.close()
    (file,) = files(path)
    data = file.read_bytes()
    file.write_bytes(data[:-25])
    again = FileTypingLog(path)
    (draft,) = again.recovered()
    assert draft.text == "abcde"
    assert [notice.kind for notice in again.notices] == ["draft_damaged"]
    again.close()


def test_a_full_disk_keeps_the_text_and_writes_it_later(path: Path) -> None:
    disk = FailingDisk(0, errno.ENOSPC, times=0)
    log = FileTypingLog(path, disk=disk)
    disk.at, disk.times = disk.count + 1, 10**6
    log.keep(BeingTyped(("notes", "1", "text"), "", "abc"))
    assert not log.barrier(5)
    assert log.problem is not None
    log.keep(BeingTyped(("notes", "1", "text"), "", "abcd"))
    assert not log.barrier(5)
    disk.times = 0
    wait_for(lambda: log.barrier(5))
    die(log)
    assert [draft.text for draft in drafts_of(path)] == ["abcd"]
    log.close()


def test_what_is_written_is_synced_within_a_second(path: Path) -> None:
    synced: list[float] = []

    class Watched(HookedDisk):
        def hook(self, name: str) -> None:
            if name == "fdatasync":
                synced.append(time.monotonic())

    log = FileTypingLog(path, disk=Watched())
    typed(log, "a")
    written = time.monotonic()
    wait_for(lambda: bool(synced))
    assert synced[0] - written < 1
    log.close()


TYPIST = """
import sys
from pathlib import Path
from data.storage.protocol import BeingTyped
from data.storage.typed.typing_log import FileTypingLog
log = FileTypingLog(Path(sys.argv[1]))
text = ""
for number in range(100000):
    text += f"{number} "
    log.keep(BeingTyped(("notes", "1", "text"), "", text))
    assert log.barrier(10)
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


@pytest.mark.parametrize("times", [5, pytest.param(50, marks=pytest.mark.soak)])
def test_no_echoed_word_is_lost_by_a_kill_while_typing(path: Path, times: int) -> None:
    rnd = random.Random(times)
    for _time in range(times):
        process = subprocess.Popen(
            [sys.executable, "-c", TYPIST, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for _line in range(rnd.randrange(1, 200)):
            echoed = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        rest, _errors = process.communicate()
        if rest.endswith("\n"):
            echoed = int(rest.split()[-1])
        log = FileTypingLog(path)
        (draft,) = log.recovered()
        words = draft.text.split()
        assert words == [str(number) for number in range(len(words))]
        assert len(words) > echoed
        log.committed(draft.table, draft.id, draft.field, draft.text)
        log.close()


@pytest.mark.parametrize("at", [1, 2, 3, 4, 5])
def test_a_disk_that_takes_no_draft_file_is_tried_again(path: Path, at: int) -> None:
    disk = FailingDisk(at, errno.ENOSPC, times=3)
    log = FileTypingLog(path, disk=disk)
    assert log.recovered() == []
    log.keep(BeingTyped(("notes", "1", "text"), "", "ord"))
    wait_for(lambda: log.barrier(5))
    die(log)
    assert disk.failed
    assert [draft.text for draft in drafts_of(path)] == ["ord"]


def test_a_folder_that_cannot_be_used_is_a_storage_error(path: Path) -> None:
    path.parent.chmod(0o777)
    with pytest.raises(StorageError) as caught:
        FileTypingLog(path)
    assert caught.value.kind is ErrorKind.FOLDER_OPEN
    path.parent.chmod(0o700)


def test_empty_drafts_of_dead_sessions_go(path: Path) -> None:
    die(FileTypingLog(path))
    assert len(files(path)) == 1
    living = FileTypingLog(path)
    assert living.recovered() == []
    assert len(files(path)) == 1, "the living one's"
    assert drafts_of(path) == []
    living.keep(BeingTyped(("notes", "1", "text"), "", "ord"))
    assert living.barrier(5)
    assert len(files(path)) == 1
    living.close()
