"""A real server with a team: a mentor, a coordinator and a manager, each with the app."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from data.clock import Clock, set_clock
from data.i18n import language, set_language
from data.records import Mentee
from data.store.change import Change
from data.store.opening import OpenedStore
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools import server_tour
from tests.tools.postgres import Server
from tests.tools.tour import MONDAY


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


@pytest.fixture(params=["da", "en"])
def full(server: Server, template: str, request: pytest.FixtureRequest) -> Iterator[TeamServer]:
    """The team of the walk, in a language."""
    yield from _filled(server, template, request.param)


@pytest.fixture
def full_da(server: Server, template: str) -> Iterator[TeamServer]:
    """The team of the walk in Danish, where another language is no other case."""
    yield from _filled(server, template, "da")


def _filled(server: Server, template: str, language_: str) -> Iterator[TeamServer]:
    set_language(language_)
    set_clock(Clock(MONDAY))
    made = TeamServer(server, server.database(template))
    server_tour.fill(made, os.environ, language())
    yield made
    made.drop()
