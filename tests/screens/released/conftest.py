"""A real server with a team: a mentor, a coordinator and a manager, each with the app."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.records import Mentee
from data.storage.postgres.servers import stand_in
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server
from tests.tools.prepared import prepared
from tui.cli.call import parting, server_rules


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as one:
        yield one


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    return prepared(server)


@pytest.fixture
def team(server: Server, template: str) -> Iterator[TeamServer]:
    found = TeamServer(server, server.database(template))
    found.grant("met", name="Mette Vind")
    found.grant("kim", kind="coordinator", name="Kim Lund")
    found.grant("lise", kind="manager", name="Lise Lund")
    yield found
    found.drop()


def stand_in_of(team: TeamServer, login: str) -> Path:
    return stand_in(team.address(login).conninfo, os.environ)


@pytest.fixture
def of_mette(team: TeamServer) -> Iterator[OpenedStore]:
    """The records of the mentor, open as on the screen; there is a mentee, Maja."""
    opened = open_store(
        stand_in_of(team, "met"), threaded=True, parting=parting, on_server=server_rules
    )
    opened.store.commit([Change.created(Mentee(name="Maja Holm"))])
    assert opened.store.flush(20)
    yield opened
    opened.close()
