"""One of the two files cannot be written, or not even made: the other goes on being used."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.method.parting import PARTING
from data.storage.disk import Disk
from data.storage.problems import ErrorKind, NotSaved
from data.storage.protocol import Commit, Doc, DocChange
from data.storage.retrying import RetryingBackend
from data.storage.split.backend import SplitBackend
from tests.data.storage.crash.disks import QUICK, HookedDisk
from tests.data.storage.split.life import RULES, Mentor


class FullDisk(HookedDisk):
    """Takes nothing while `full` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.full = False

    def hook(self, name: str) -> None:
        if self.full and name != "unlink":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Both:
    """A session on the screen, whose two files are on disks of their own."""

    def __init__(self, team: Path) -> None:
        self.team_disk, self.own_disk = FullDisk(), FullDisk()
        self.path = team
        home = team.parent.parent / "met"
        home.mkdir(mode=0o700, exist_ok=True)

        def opener(path: Path) -> RetryingBackend:
            disk: Disk = self.team_disk if path == team else self.own_disk
            return RetryingBackend(path, by="met", disk=disk)

        self.backend = SplitBackend(team, home, PARTING, RULES, opener=opener, disk=QUICK)

    def put(self, id: str, text: str, **fields: Any) -> tuple[Commit, ...]:
        doc: Doc = {"mentee_id": "1", "text": text, "changed_by": "met", "rev": 1, **fields}
        return self.backend.commit([DocChange("notes", id, None, doc)], RULES)


@pytest.fixture
def team(tmp_path: Path) -> Path:
    (tmp_path / "team").mkdir()
    (tmp_path / "team").chmod(0o2770)
    return tmp_path / "team" / "x.json"


@pytest.fixture
def both(team: Path) -> Iterator[Both]:
    found = Both(team)
    yield found
    found.backend.close()


def notes(team: Path, who: str = "met") -> set[str]:
    mentor = Mentor(team, who)
    mentor.close()
    return {str(doc["text"]) for doc in mentor.notes().values() if doc is not None}


def test_shared_words_are_saved_while_the_own_file_cannot_be_made(team: Path, both: Both) -> None:
    both.own_disk.full = True
    assert both.backend.load() == {}
    both.put("1", "delt", private=False)
    with pytest.raises(NotSaved):
        both.put("2", "hemmelig")
    both.own_disk.full = False
    both.put("2", "hemmelig")
    both.backend.close()
    assert notes(team) == {"delt", "hemmelig"}
    assert notes(team, "bo") == {"delt"}


def test_private_words_are_saved_while_the_team_file_is_on_a_full_disk(
    team: Path, both: Both
) -> None:
    both.backend.load()
    both.put("1", "delt", private=False)
    both.team_disk.full = True
    both.put("2", "hemmelig")
    with pytest.raises(NotSaved) as caught:
        both.put("3", "delt og " + "lang " * 20_000, private=False)
    assert caught.value.kind is ErrorKind.FULL
    both.team_disk.full = False
    both.backend.close()
    assert notes(team) == {"delt", "hemmelig"}


def test_a_team_file_that_can_only_be_read_is_prepared_when_it_can_be_written(team: Path) -> None:
    first = Mentor(team, "met")
    first.commit(
        [first.change("1", text="hemmelig"), first.change("2", text="delt", private=False)]
    )
    first.close()
    both = Both(team)
    both.team_disk.full = both.own_disk.full = True
    tables = both.backend.load()
    assert {doc["text"] for doc in tables["notes"].values()} == {"hemmelig", "delt"}
    with pytest.raises(NotSaved):
        both.put("3", "mere")
    both.team_disk.full = both.own_disk.full = False
    both.put("3", "mere")
    both.put("4", "andet", private=False)
    both.backend.close()
    assert notes(team) == {"hemmelig", "delt", "mere", "andet"}
    assert notes(team, "bo") == {"delt", "andet"}


def test_what_becomes_shared_is_tried_again_until_both_files_have_it(
    team: Path, both: Both
) -> None:
    both.backend.load()
    both.put("1", "lang " * 20_000)
    before: Doc = both.backend.known()["notes"]["1"]
    changes = [DocChange("notes", "1", before, {**before, "private": False, "rev": 2})]
    both.team_disk.full = True
    for _try in range(2):
        with pytest.raises(NotSaved):
            both.backend.commit(changes, RULES)
    assert notes(team, "bo") == set()
    both.team_disk.full = False
    (commit,) = both.backend.commit(changes, RULES)
    assert commit.own
    assert notes(team, "bo") == {"lang " * 20_000}
    assert not both.backend.known()["notes"]["1"]["private"]
    both.put("2", "mere")
    both.backend.close()
    assert notes(team) == {"lang " * 20_000, "mere"}
