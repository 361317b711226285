"""What the tests of the plain commands share: the example data, and lines that are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.example import example_file_at
from tests.tui.cli.plain.tools import Type, typing
from tests.tui.cli.tools import Mentor


@pytest.fixture
def type_lines(file: Path, mentor: Mentor, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Run a plain command on the example data with lines."""
    example_file_at(file)
    return typing(mentor, monkeypatch)
