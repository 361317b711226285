"""A disk in memory and a mentee."""

from __future__ import annotations

from datetime import date

import pytest

from data.records import Mentee
from tests.data.backend import Disk


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def maja() -> Mentee:
    return Mentee(name="Maja", start=date(2025, 8, 1))
