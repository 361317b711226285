"""The library of a workplace that a session has in use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.library.shared import use_shared
from data.workplace.use import InUse
from tests.data.workplace.library_folder import write_library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that the coordinator edits."""
    return write_library(tmp_path / "library")


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Iterator[InUse]:
    """The library in use, as a session that has been open has it."""
    found = InUse(folder, tmp_path / "own" / "library.json")
    use_shared(found.values())
    yield found
    use_shared(None)
