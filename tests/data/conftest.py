"""A disk in memory, a mentee, and a PostgreSQL server for those who ask for one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from data.records import Mentee
from tests.data.backend import Disk
from tests.tools.postgres import Server


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def maja() -> Mentee:
    return Mentee(name="Maja", start=date(2025, 8, 1))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server for each worker of the test run."""
    with Server() as one:
        yield one


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """A database with the tables in it. A copy of it costs next to nothing."""
    from tests.tools.prepared import prepared  # most tests need no server

    return prepared(server)
