"""A mentor who lends, and one who borrows, each with a data file of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.clock import now
from tests.data.privacy.lending_tools import Side, side
from tests.tools.example import example_changes


@pytest.fixture
def anne(tmp_path: Path) -> Iterator[Side]:
    found = side(tmp_path / "anne")
    found.store.commit(example_changes(now(), "da"))
    yield found
    found.opened.close()


@pytest.fixture
def bo(tmp_path: Path) -> Iterator[Side]:
    found = side(tmp_path / "bo")
    yield found
    found.opened.close()
