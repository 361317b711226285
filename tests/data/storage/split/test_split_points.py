"""Death before each call that changes one of the two files, and errors at each of them."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.storage.problems import StorageError
from data.storage.protocol import Commit, TableRules
from data.storage.split.halves import Side
from data.storage.split.leaving import left_by
from data.storage.split.moves import Move
from data.storage.split.pair import Pair, as_one
from tests.data.storage.crash.disks import QUICK, CountingDisk, DyingDisk, FailingDisk, Killed
from tests.data.storage.split.life import Books, before, live
from tests.data.storage.support import close_all, open_files


def _room(folder: Path, name: str) -> Path:
    room = folder / name
    (room / "team").mkdir(parents=True, mode=0o700)
    room.chmod(0o700)
    (room / "team").chmod(0o2770)
    return room / "team" / "x.json"


def _new(_team: Path) -> Books:
    return Books()


MADE = {"new": _new, "from before": before}


def _calls(folder: Path, made: Callable[[Path], Books]) -> list[str]:
    disk = CountingDisk()
    path = _room(folder, "count")
    books = made(path)
    live(path, disk, books)
    assert books.wrong(path) == []
    shutil.rmtree(path.parent.parent)
    return disk.calls


def _die_everywhere(tmp_path: Path, how: str, step: int) -> int:
    calls = _calls(tmp_path, MADE[how])
    assert len(calls) > 60
    cases = 0
    for number in range(1, len(calls) + 1, step):
        path, fds = _room(tmp_path, f"at-{number}"), open_files()
        books = MADE[how](path)
        with pytest.raises(Killed):
            live(path, DyingDisk(number), books)
        close_all(fds, tmp_path)
        assert books.wrong(path) == [], f"before call {number}, {calls[number - 1]}"
        close_all(fds, tmp_path)
        shutil.rmtree(path.parent.parent)
        cases += 1
    return cases


@pytest.mark.parametrize("how", MADE)
def test_nothing_is_lost_doubled_or_shown_by_dying_before_some_calls(
    tmp_path: Path, how: str
) -> None:
    assert _die_everywhere(tmp_path, how, 7) > 8


@pytest.mark.soak
@pytest.mark.parametrize("how", MADE)
def test_nothing_is_lost_doubled_or_shown_by_dying_before_any_call(
    tmp_path: Path, how: str
) -> None:
    assert _die_everywhere(tmp_path, how, 1) > 60


def _fail_everywhere(tmp_path: Path, how: str, error: int, times: int, step: int) -> int:
    calls = _calls(tmp_path, MADE[how])
    cases = 0
    for number in range(1, len(calls) + 1, step):
        path, fds = _room(tmp_path, f"at-{number}"), open_files()
        books = MADE[how](path)
        disk = FailingDisk(number, error, times)
        try:
            live(path, disk, books, patient=True)
        except StorageError:
            close_all(fds, tmp_path)
        assert disk.failed
        assert books.wrong(path) == [], (
            f"{errno.errorcode[error]} at call {number}, {calls[number - 1]}"
        )
        close_all(fds, tmp_path)
        shutil.rmtree(path.parent.parent)
        cases += 1
    return cases


@pytest.mark.parametrize(("error", "times", "step"), [(errno.EIO, 1, 11), (errno.ENOSPC, 4, 13)])
def test_nothing_is_lost_doubled_or_shown_by_an_error(
    tmp_path: Path, error: int, times: int, step: int
) -> None:
    assert _fail_everywhere(tmp_path, "new", error, times, step) > 5


@pytest.mark.soak
@pytest.mark.parametrize("how", MADE)
def test_every_error_at_every_call_of_both_files(tmp_path: Path, how: str) -> None:
    errors = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EDQUOT)
    cases = sum(
        _fail_everywhere(tmp_path, how, error, times, 1) for error in errors for times in (1, 2, 6)
    )
    print(f"\nerrors: {cases} cases")


def test_a_life_without_accidents(tmp_path: Path) -> None:
    path = _room(tmp_path, "at-0")
    books = before(path)
    live(path, QUICK, books)
    live(path, QUICK, books)
    assert books.wrong(path) == []


def one_after_the_other(first: Side) -> Callable[[Pair, Move, TableRules], tuple[Commit, ...]]:
    """Return how a move would be made in the two files if nothing said that it has begun."""

    def finish(self: Pair, move: Move, rules: TableRules) -> tuple[Commit, ...]:
        sides = [(Side.TEAM, move.team), (Side.OWN, [*move.own, *left_by(move.team, move.own)])]
        if first is Side.OWN:
            sides.reverse()
        found = [one for side, changes in sides for one in self.save(side, changes, rules)]
        self.moves.clear()
        return as_one(found)

    return finish


@pytest.mark.parametrize("first", [Side.TEAM, Side.OWN])
def test_without_the_note_in_the_own_file_it_would_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: Side
) -> None:
    """The control: one file after the other, in either order."""
    monkeypatch.setattr(Pair, "finish", one_after_the_other(first))
    with pytest.raises(AssertionError, match="before call"):
        _die_everywhere(tmp_path, "new", 1)
