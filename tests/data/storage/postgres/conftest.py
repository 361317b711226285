"""A team in a database of its own, which costs next to nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.store.store import Store
from tests.data.storage.postgres.team_server import TeamServer
from tests.data.storage.postgres.world import World
from tests.tools.postgres import Server


@pytest.fixture
def team(server: Server, template: str) -> Iterator[TeamServer]:
    """A team of two mentors, `met` and `bo`."""
    found = TeamServer(server, server.database(template))
    found.grant("met")
    found.grant("bo")
    yield found
    found.drop()


@pytest.fixture
def mets_store(team: TeamServer) -> Iterator[Store]:
    """The records of the team, as `met` has them open."""
    backend = team.backend("met")
    store = Store(backend, by="met")
    store.of_team = store.on_server = True
    yield store
    backend.close()


@pytest.fixture(scope="session")
def first_world(server: Server) -> World:
    """Two teams and a login of each kind, to be copied."""
    return World(server)
