"""A clock that stands still, and a store in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.clock import set_clock
from data.i18n import set_language
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.documents.ical.support import TODAY, at


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_language("en")
    at(TODAY)
    yield
    set_clock(None)


@pytest.fixture
def store() -> Store:
    return Store(MemoryBackend(Disk()), by="met")
