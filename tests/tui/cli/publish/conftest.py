"""A mentor with mentees, who may publish; an answer to the question; a folder of others."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.cli.tools import Mentor


@pytest.fixture
def mentor_with(mentor: Mentor) -> Mentor:
    """A mentor with two mentees."""
    assert mentor("add", "Maja Holm", "--start", "1/8").status == 0
    assert mentor("add", "Bo Lund", "--start", "1/8").status == 0
    return mentor


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    return folder
