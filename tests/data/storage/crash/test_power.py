"""Power cuts: every disk state that one could leave must open with all that was confirmed."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

import pytest

from tests.data.storage.crash.power import PowerDisk, Tree, lay_out
from tests.data.storage.crash.scenario import Books, live


class _NeverSyncing(PowerDisk):
    """The control: it says that it has synced, and has not."""

    def _sync(self, fd: int) -> None:
        pass


def _recorded(folder: Path, disk: PowerDisk, every: int = 1) -> list[tuple[Tree, Books]]:
    """Live once and return each different state that a power cut could have left on the way.

    `every`: look only at each n-th change.
    """
    books = Books()
    found: dict[tuple[bytes, str], tuple[Tree, Books]] = {}
    changes = count()

    def look() -> None:
        if next(changes) % every:
            return
        for mark, tree in disk.states():
            key = (mark, repr(books))
            if key not in found:
                found[key] = (tree, books.copy())

    disk.on_change = look
    live(folder / "x.json", disk, books)
    return list(found.values())


def _wrong(states: list[tuple[Tree, Books]], room: Path) -> list[str]:
    wrong = []
    for number, (tree, books) in enumerate(states):
        folder = room / str(number)
        lay_out(tree, folder)
        try:
            wrong += books.missing(folder / "x.json")
        except Exception as problem:
            wrong.append(f"state {number}: {problem!r}")
        shutil.rmtree(folder)
    return wrong


def _thinned(states: list[tuple[Tree, Books]], most: int) -> list[tuple[Tree, Books]]:
    return states[:: max(1, len(states) // most)]


def test_what_was_confirmed_is_there_after_a_power_cut(tmp_path: Path) -> None:
    root = tmp_path / "live"
    root.mkdir(mode=0o700)
    states = _recorded(root, PowerDisk(root))
    assert len(states) > 500
    assert _wrong(_thinned(states, 30), tmp_path / "states") == []


@pytest.mark.soak
def test_every_power_cut(tmp_path: Path) -> None:
    root = tmp_path / "live"
    root.mkdir(mode=0o700)
    states = _recorded(root, PowerDisk(root))
    print(f"\npower: {len(states)} disk states")
    assert _wrong(states, tmp_path / "states") == []


def test_a_disk_that_never_syncs_is_found_out(tmp_path: Path) -> None:
    root = tmp_path / "live"
    root.mkdir(mode=0o700)
    states = _recorded(root, _NeverSyncing(root), every=20)
    assert _wrong(_thinned(states, 20), tmp_path / "states")
