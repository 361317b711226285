"""A team file has a format number of its own, so that an older program leaves it alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.storage.backend import fold_file
from data.storage.journal import FORMAT, TEAM_FORMAT, scan
from data.storage.record_file import HEAD
from data.storage.upkeep.restore import list_backups, restore
from tests.data.storage.support import Session


@pytest.fixture
def team(path: Path) -> Path:
    path.parent.chmod(0o2770)
    return path


def numbers(path: Path) -> tuple[int, int]:
    """The format in the data file and in its journal."""
    head = json.loads(path.read_bytes()[:HEAD] + b"}")["_meta"]["1"]["format"]
    return head, scan(path.with_name(f"{path.name}.journal").read_bytes()).records[0]["h"]


def test_a_new_team_file_has_the_number_and_ones_own_has_not(path: Path) -> None:
    Session(path).close()
    assert numbers(path) == (FORMAT, FORMAT)
    path.parent.chmod(0o2770)
    other = path.with_name("y.json")
    Session(other).close()
    assert numbers(other) == (TEAM_FORMAT, TEAM_FORMAT)


def test_a_file_from_before_gets_the_number_and_keeps_it(path: Path) -> None:
    early = Session(path)
    early.put("1", text="a")
    path.parent.chmod(0o2770)
    session = Session(path)
    session.backend.raise_format(TEAM_FORMAT)
    assert numbers(path) == (TEAM_FORMAT, TEAM_FORMAT)
    early.poll()
    early.put("1", text="ab")
    session.poll()
    assert session.text("1") == "ab"
    session.put("2", text="b")
    session.close()
    early.close()
    fold_file(path)
    assert numbers(path) == (TEAM_FORMAT, TEAM_FORMAT)
    restore(path, list_backups(path)[-1].name)
    assert numbers(path) == (TEAM_FORMAT, TEAM_FORMAT)
