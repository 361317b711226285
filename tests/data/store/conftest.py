"""The disks that the store is tested on: memory, a file, and a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest

from tests.data.backend import Disk
from tests.data.disks import FileDisk, ServerDisk, TestDatabase
from tests.tools.postgres import Server

KINDS = ("memory", "file", "postgres")


@pytest.fixture(scope="session")
def database(server: Server, template: str) -> Iterator[TestDatabase]:
    """One database for all tests: each disk in it is a team of its own."""
    found = TestDatabase(server, template)
    yield found
    found.line.close()


@pytest.fixture(params=KINDS)
def disk(
    request: pytest.FixtureRequest, new_disks: Mapping[str, Callable[[], Disk]]
) -> Iterator[Disk]:
    """A disk of each kind."""
    found = new_disks[request.param]()
    yield found
    found.close()


@pytest.fixture
def new_disks(request: pytest.FixtureRequest, tmp_path: Path) -> Mapping[str, Callable[[], Disk]]:
    """What makes disks, by kind."""
    numbers = count()
    return {
        "memory": Disk,
        "file": lambda: FileDisk(tmp_path / f"records{next(numbers)}.json"),
        "postgres": lambda: ServerDisk(request.getfixturevalue("database")),
    }
