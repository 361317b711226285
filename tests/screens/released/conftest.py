"""A real server with a team: a mentor, a coordinator and a manager, each with the app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from data.clock import Clock, set_clock
from data.i18n import set_language
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


@pytest.fixture(scope="session")
def filled(
    server: Server, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """Return what fills a database with the team of the walk in a language, once, to be copied."""

    @cache
    def fill(language_: str) -> str:
        made = TeamServer(server, server.database(template))
        server_tour.fill_on_monday(made, tmp_path_factory.mktemp("filled"), language_)
        return made.database

    return fill


@pytest.fixture(params=["da", "en"])
def full(
    server: Server, filled: Callable[[str], str], request: pytest.FixtureRequest
) -> Iterator[TeamServer]:
    """The team of the walk, in a language."""
    yield from _copied(server, filled, request.param)


@pytest.fixture
def full_da(server: Server, filled: Callable[[str], str]) -> Iterator[TeamServer]:
    """The team of the walk in Danish, where another language is no other case."""
    yield from _copied(server, filled, "da")


def _copied(server: Server, filled: Callable[[str], str], language_: str) -> Iterator[TeamServer]:
    made = TeamServer(server, server.database(filled(language_)))
    set_language(language_)
    set_clock(Clock(MONDAY))
    yield made
    made.drop()
