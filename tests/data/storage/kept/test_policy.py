"""One answer to the question how long a deleted record is in backups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.documents.model.here import here
from data.privacy.here import note_here
from data.settings import Settings
from data.storage.kept.policy import DEFAULT, Keeping, longest_days, set_in_team, set_keeping


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    set_keeping(DEFAULT)
    set_in_team(False)


@pytest.mark.parametrize(
    ("days", "weeks", "longest"), [(14, 8, 56), (14, 0, 15), (0, 0, 3), (90, 8, 91), (1, 4, 28)]
)
def test_so_many_days(days: int, weeks: int, longest: int) -> None:
    set_keeping(Keeping(days, weeks))
    assert longest_days() == longest


def test_of_a_team_file_the_longer_of_both_counts(path: Path) -> None:
    set_keeping(Keeping(14, 0))
    note_here(path, Settings())
    assert here().backup_days == longest_days() == 15
    path.parent.chmod(0o2770)
    note_here(path, Settings())
    assert here().backup_days == longest_days() == 56
    set_keeping(Keeping(90, 0))
    assert longest_days() == 91
