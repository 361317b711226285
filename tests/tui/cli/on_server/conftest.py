"""A real server with a team, and the command line with its address where a file would be named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import FAST, Server
from tests.tools.prepared import prepared
from tests.tui.cli.tools import Mentor

WITH_PASSWORD = "locked"
HBA = f"""
host all {WITH_PASSWORD} 127.0.0.1/32 scram-sha-256
host all stranger 127.0.0.1/32 reject
host all all 127.0.0.1/32 trust
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of the module's own: tests stop it, and make logins."""
    with Server({**FAST, "max_connections": "30"}, hba=HBA) as one:
        one.execute(f"CREATE ROLE {WITH_PASSWORD} LOGIN PASSWORD 'right'")
        yield one


@pytest.fixture(scope="module")
def template(server: Server) -> str:
    return prepared(server)


@pytest.fixture
def team(server: Server, template: str) -> Iterator[TeamServer]:
    found = TeamServer(server, server.database(template))
    found.grant("met", name="Mette Vind")
    found.grant("bo", name="Bo Holm")
    yield found
    found.drop()


@pytest.fixture
def on_server(mentor: Mentor, team: TeamServer, monkeypatch: pytest.MonkeyPatch) -> Mentor:
    """The command line of Mette, whose records are on the server."""
    monkeypatch.setenv("MENTOR_FILE", team.address("met").conninfo)
    return mentor
