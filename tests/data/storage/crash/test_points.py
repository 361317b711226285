"""Death before each call that changes something, and each error at each of them."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from data.storage.problems import StorageError
from tests.data.storage.crash.disks import QUICK, CountingDisk, DyingDisk, FailingDisk, Killed
from tests.data.storage.crash.scenario import Books, live
from tests.data.storage.support import close_all, open_files

ERRORS = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EDQUOT)


def _calls(folder: Path) -> list[str]:
    disk = CountingDisk()
    path = _room(folder, "count")
    live(path, disk, Books())
    shutil.rmtree(path.parent)
    return disk.calls


def _room(folder: Path, name: str) -> Path:
    room = folder / name
    room.mkdir(mode=0o700)
    return room / "x.json"


def test_nothing_confirmed_is_lost_by_dying_before_any_call(tmp_path: Path) -> None:
    calls = _calls(tmp_path)
    assert len(calls) > 60
    for number in range(1, len(calls) + 1):
        path, books, fds = (
            _room(tmp_path, f"at-{number}"),
            Books(),
            open_files(),
        )
        try:
            live(path, DyingDisk(number), books)
        except Killed:
            pass
        else:
            pytest.fail("it did not die")
        close_all(fds, tmp_path)
        assert books.missing(path) == [], f"before call {number}, {calls[number - 1]}"
        if number % 4 == 0:
            after = Books()
            live(path, QUICK, after)
            assert after.missing(path) == [], f"second life after call {number}"


def _fail_everywhere(tmp_path: Path, errors: tuple[int, ...], times: int, step: int) -> int:
    calls = _calls(tmp_path)
    cases = 0
    for number in range(1, len(calls) + 1, step):
        for error in errors:
            name = f"at-{number}-{error}-{times}"
            path, books, fds = _room(tmp_path, name), Books(), open_files()
            disk = FailingDisk(number, error, times)
            try:
                live(path, disk, books, patient=True)
            except StorageError:
                close_all(fds, tmp_path)
            cases += 1
            assert disk.failed
            where = f"{errno.errorcode[error]} at call {number}, {calls[number - 1]}"
            assert books.missing(path) == [], where
    return cases


def test_nothing_confirmed_is_lost_by_an_error_at_any_call(tmp_path: Path) -> None:
    assert _fail_everywhere(tmp_path, (errno.EIO,), times=1, step=1) > 60


def test_nothing_confirmed_is_lost_by_a_disk_that_fails_for_a_while(tmp_path: Path) -> None:
    assert _fail_everywhere(tmp_path, (errno.ENOSPC,), times=4, step=3) > 20


@pytest.mark.soak
def test_every_error_at_every_call(tmp_path: Path) -> None:
    cases = sum(_fail_everywhere(tmp_path, ERRORS, times, 1) for times in (1, 2, 3, 6))
    print(f"\nerrors: {cases} cases")
