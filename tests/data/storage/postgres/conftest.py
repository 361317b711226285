"""A server for each worker of the test run, and databases in it that cost next to nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.data.storage.postgres.team_server import TeamServer, prepared
from tests.tools.postgres import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as one:
        yield one


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    return prepared(server)


@pytest.fixture
def team(server: Server, template: str) -> TeamServer:
    """A team of two mentors, `met` and `bo`."""
    found = TeamServer(server, server.database(template))
    found.grant("met")
    found.grant("bo")
    return found
