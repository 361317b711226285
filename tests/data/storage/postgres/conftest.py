"""A server for each worker of the test run, and databases in it that cost next to nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tools.postgres import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as one:
        yield one
