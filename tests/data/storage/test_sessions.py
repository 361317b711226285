"""Who has the file open: what a look costs, and that whoever comes, moves on or dies is seen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from data.storage.disk import Disk
from data.storage.folder import open_folder
from data.storage.names import Names
from data.storage.sessions import PresenceFile
from tests.data.storage.support import Session

LIVES = """
import sys, time
from pathlib import Path
from data.storage.backend import JournalBackend
backend = JournalBackend(Path(sys.argv[1]), by="bo")
backend.load()
print(backend.session, flush=True)
time.sleep(60)
"""
ROOT = Path(__file__).parents[3]


class CountingDisk(Disk):
    """Counts all calls."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        for name in ("open", "pread", "fstat", "stat", "flock", "listdir", "unlink", "utime"):
            setattr(self, name, self._counted(name, getattr(Disk, name)))

    def _counted(self, name: str, real: Any) -> Any:
        def call(*args: Any, **names: Any) -> Any:
            self.calls[name] += 1
            return real(*args, **names)

        return call


class CoarseDisk(Disk):
    """The times of its files have steps of a minute."""

    @staticmethod
    def _coarse(found: os.stat_result) -> os.stat_result:
        step = 60 * 10**9
        exact = {name: getattr(found, name) for name in dir(found) if name.endswith("_ns")}
        return os.stat_result(tuple(found), {**exact, "st_mtime_ns": found.st_mtime_ns // step})

    def fstat(self, fd: int) -> os.stat_result:
        return self._coarse(os.fstat(fd))

    def stat(self, *args: Any, **names: Any) -> os.stat_result:
        return self._coarse(os.stat(*args, **names))


@pytest.fixture
def opened(path: Path) -> Iterator[list[PresenceFile]]:
    """Gets sessions that are closed at the end."""
    made: list[PresenceFile] = []
    yield made
    for one in made:
        one.close()


def join(path: Path, opened: list[PresenceFile], by: str, disk: Disk | None = None) -> PresenceFile:
    folder, name = open_folder(path, disk or Disk())
    opened.append(PresenceFile(folder, Names(name), by))
    return opened[-1]


def where(session: PresenceFile) -> dict[str, str]:
    return {one.by: one.where for one in session.others()}


def calls_of_a_look(path: Path, opened: list[PresenceFile], sessions: int) -> Counter[str]:
    disk = CountingDisk()
    mine = join(path, opened, "met", disk)
    while len(opened) < sessions:
        join(path, opened, str(len(opened)))
    for _look in range(3):
        assert len(mine.others()) == sessions - 1
    disk.calls.clear()
    for _look in range(sessions):
        mine.others()
    return Counter({name: count // sessions for name, count in disk.calls.items()})


def test_a_look_costs_the_same_with_five_sessions_and_with_fifty(
    path: Path, opened: list[PresenceFile]
) -> None:
    few = calls_of_a_look(path, opened, 5)
    for one in opened:
        one.close()
    opened.clear()
    many = calls_of_a_look(path, opened, 50)
    assert few == many
    assert many.total() < 6
    assert "listdir" not in many


def test_who_comes_moves_on_and_goes_is_seen_at_the_next_look(
    path: Path, opened: list[PresenceFile]
) -> None:
    mine = join(path, opened, "met")
    assert where(mine) == {}
    bo = join(path, opened, "bo")
    assert where(mine) == {"bo": ""}
    assert where(mine) == {"bo": ""}
    for place in ("1790000000000000001", "1790000000000000002", ""):
        bo.announce(place)
        assert where(mine) == {"bo": place}
        assert where(mine) == {"bo": place}
    opened.remove(bo)
    bo.close()
    assert where(mine) == {}


def test_a_change_right_after_a_look_is_seen_where_times_have_long_steps(
    path: Path, opened: list[PresenceFile]
) -> None:
    mine = join(path, opened, "met", CoarseDisk())
    first = join(path, opened, "bo")
    assert where(mine) == {"bo": ""}
    first.announce("1790000000000000001")
    join(path, opened, "eva")
    assert where(mine) == {"bo": "1790000000000000001", "eva": ""}


def test_a_killed_session_is_found_in_a_ring_and_then_by_all(
    path: Path, opened: list[PresenceFile]
) -> None:
    Session(path).close()
    command = [sys.executable, "-c", LIVES, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        for number in range(8):
            join(path, opened, str(number))
        for one in opened:
            assert "bo" in where(one)
            assert "bo" in where(one)
        time.sleep(0.05)  # the times of files have steps of some ms, and looks are never so quick
        process.send_signal(signal.SIGKILL)
    finder = opened[0]
    looks = next(look for look in range(1, 20) if "bo" not in where(finder))
    assert looks <= 9, "each look tries another file"
    for one in opened:
        assert "bo" not in where(one), "the folder has changed when the file was deleted"
        assert len(where(one)) == 7


def test_each_session_begins_with_another_file(path: Path, opened: list[PresenceFile]) -> None:
    for number in range(9):
        join(path, opened, str(number))
    dead = opened.pop(4)
    for one in opened:
        assert len(one.others()) == 8
    os.close(dead._fd)  # as if it had been killed
    assert min(len(one.others()) for one in opened) == 7, "one look of all of them is enough"


def test_what_no_session_has_written_is_passed_over(path: Path, opened: list[PresenceFile]) -> None:
    mine, bo = join(path, opened, "met"), join(path, opened, "bo")
    bo._sessions.disk.pwrite(bo._fd, b"{}\n\n\n", 0)  # type: ignore[union-attr]
    assert mine.others() == []
    bo.announce("1790000000000000001")
    assert where(mine) == {"bo": "1790000000000000001"}


def test_a_look_for_commits_waits_a_moment_for_the_lock(path: Path) -> None:
    one, two = Session(path), Session(path, "bo")
    one.put("1", text="a")
    file = one.backend._file
    assert file is not None
    with closing(one), closing(two):
        held = threading.Event()

        def hold() -> None:
            assert file is not None
            with file.session.lock:
                held.set()
                time.sleep(0.02)

        thread = threading.Thread(target=hold)
        thread.start()
        assert held.wait(5)
        two.poll()
        assert two.text("1") == "a"
        thread.join()
