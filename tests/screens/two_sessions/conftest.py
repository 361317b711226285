"""What every test of two sessions has."""

from __future__ import annotations

from pathlib import Path

import pytest

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
