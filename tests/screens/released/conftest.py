"""A real server with a team: a mentor, a coordinator and a manager, each with the app."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.records import Mentee
from data.store.change import Change
from data.store.opening import OpenedStore
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server


@pytest.fixture
def team(server: Server, template: str) -> Iterator[TeamServer]:
    found = TeamServer(server, server.database(template))
    found.grant("met", name="Mette Vind")
    found.grant("kim", kind="coordinator", name="Kim Lund")
    found.grant("lise", kind="manager", name="Lise Lund")
    yield found
    found.drop()


@pytest.fixture
def of_mette(team: TeamServer) -> Iterator[OpenedStore]:
    """The records of the mentor, open as on the screen; there is a mentee, Maja."""
    opened = team.opened("met", threaded=True)
    opened.store.commit([Change.created(Mentee(name="Maja Holm"))])
    assert opened.store.flush(20)
    yield opened
    opened.close()
