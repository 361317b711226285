"""What every test of two sessions has."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.store import saver
from data.store.opening import open_store
from tests.screens.two_sessions.opening import (
    Records,
)
from tests.screens.two_sessions.world import (
    one_of_each,
    put_in,
)


@pytest.fixture
def records(path: Path) -> Records:
    made = one_of_each()
    opened = open_store(path, by="birgitte", threaded=True)
    put_in(opened.store, made.values())
    opened.close()
    return made


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for the other session's changes sooner than every half second."""
    monkeypatch.setattr(saver, "POLL_SECONDS", 0.02)
