"""A file opens even where nothing can be written beside it, and goes on when that is over."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path
from typing import Any

import pytest

from data.storage import retrying as patient
from data.storage.disk import Disk
from data.storage.problems import ErrorKind, NotSaved, StorageError
from data.storage.protocol import DocChange
from data.storage.retrying import RetryingBackend
from data.store.opening import open_store
from tests.data.storage.crash.disks import QuickDisk
from tests.data.storage.support import TEXTS, Session, contents


class StubbornDisk(QuickDisk):
    """Lets nothing be opened for writing until told otherwise."""

    def __init__(self, error: int) -> None:
        self.error: int | None = error
        real = os.open

        def opened(path: Any, flags: int, *args: Any, **names: Any) -> int:
            if self.error is not None and flags & (os.O_RDWR | os.O_CREAT):
                raise OSError(self.error, os.strerror(self.error))
            return real(path, flags, *args, **names)

        self.open = opened


def grown(path: Path) -> None:
    session = Session(path)
    session.put("1", text="før")
    session.close()


def new(id: str, text: str) -> DocChange:
    return DocChange("notes", id, None, {"rev": 1, "text": text})


@pytest.mark.parametrize("error", [errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_it_shows_what_there_is_and_goes_on_later(
    path: Path, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patient, "RETRY_SECONDS", 0.0)
    grown(path)
    disk = StubbornDisk(error)
    backend = RetryingBackend(path, disk=disk)
    assert backend.load()["notes"]["1"]["text"] == "før"
    assert [notice.kind for notice in backend.notices] == ["only_read"]
    with pytest.raises(NotSaved):
        backend.commit([new("2", "imens")], TEXTS)
    assert backend.poll() == ()
    other = Session(path)
    other.put("3", text="en andens")
    other.close()
    disk.error = None
    commits = backend.commit([new("2", "imens")], TEXTS)
    assert [change.id for commit in commits for change in commit.changes] == ["3", "2"]
    assert backend.poll() == ()
    backend.close()
    assert set(contents(path)["notes"]) == {"1", "2", "3"}


def test_looking_is_enough_to_go_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patient, "RETRY_SECONDS", 0.0)
    grown(path)
    disk = StubbornDisk(errno.EROFS)
    backend = RetryingBackend(path, disk=disk)
    backend.load()
    other = Session(path)
    other.put("3", text="en andens")
    disk.error = None
    (news,) = backend.poll()
    assert [change.id for change in news.changes] == ["3"]
    assert len(backend.presence()) == 1
    backend.close()
    other.close()


def test_what_cannot_be_read_either_is_refused(path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        RetryingBackend(path, disk=StubbornDisk(errno.ENOSPC)).load()
    assert caught.value.kind is ErrorKind.FULL


def test_reading_does_not_need_the_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.storage.lock.Lock.__init__.__defaults__", (0.02,))
    grown(path)
    lock = os.open(path.with_name("x.json.lock"), os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    opened = open_store(path, threaded=False, reading=True)
    assert [notice.kind for notice in opened.notices if not isinstance(notice, str)] == [
        "only_read"
    ]
    opened.close()
    with pytest.raises(NotSaved):
        open_store(path, threaded=False)
    os.close(lock)


def test_a_failed_opening_leaves_no_draft_file(path: Path) -> None:
    path.write_bytes(b"no records")
    path.chmod(0o600)
    with pytest.raises(StorageError):
        open_store(path, threaded=True)
    assert list(path.with_name("x.json.sessions").iterdir()) == []


class NoRoomForSessions(QuickDisk):
    """No new file gets into the folder of sessions: it takes room that there is none of."""

    def __init__(self) -> None:
        real = os.open

        def opened(path: Any, flags: int, *args: Any, **names: Any) -> int:
            if flags & os.O_CREAT and str(path).endswith(".session"):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(path, flags, *args, **names)

        self.open = opened


def test_a_session_that_cannot_say_so_works_all_the_same(path: Path) -> None:
    grown(path)
    disk: Disk = NoRoomForSessions()
    session = Session(path, disk=disk)
    session.put("2", text="på en fuld disk")
    session.backend.announce("77")
    assert session.backend.presence() == []
    session.close()
    assert set(contents(path)["notes"]) == {"1", "2"}


def test_only_who_goes_on_trying_says_so() -> None:
    full, newer = NotSaved(ErrorKind.FULL), NotSaved(ErrorKind.UPGRADED, name="x.json")
    assert str(full) == "The disk is full. Free some space."
    assert full.while_waiting == "The disk is full. Free some space. The program keeps trying."
    assert newer.while_waiting == str(newer)
