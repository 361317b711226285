"""A real server with two mentors of a mentee: Bo, at the app, and Mette in another session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from data.i18n import set_language
from data.records import Mentee, Person, Role, RoleKind, Task
from data.store.change import Change
from data.store.opening import OpenedStore
from data.store.store import Store
from screens.home.screen import HomeScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


@pytest.fixture
def first() -> type[HomeScreen]:
    """These tests begin where a user does."""
    return HomeScreen


@pytest.fixture
def team(server: Server, template: str) -> Iterator[TeamServer]:
    found = TeamServer(server, server.database(template))
    found.grant("met", name="Mette Vind")
    found.grant("bo", name="Bo Holm")
    yield found
    found.drop()


@pytest.fixture
def mette(team: TeamServer) -> Iterator[Store]:
    """The records of Mette, who is the mentor of Maja; Bo is a co-mentor."""
    opened = team.opened("met", threaded=False)
    maja = Mentee(name="Maja Holm", start=date(2026, 10, 19))
    own, bo = Person(name="Mette Vind"), Person(name="Bo Holm")
    records = (
        maja,
        own,
        bo,
        Role(mentee_id=maja.id, kind=RoleKind.MENTOR, person_id=own.id),
        Role(mentee_id=maja.id, kind=RoleKind.CO_MENTOR, person_id=bo.id),
        Task(mentee_id=maja.id, title="Underretning", type="Samtale", order=1.0),
    )
    opened.store.commit(map(Change.created, records))
    yield opened.store
    opened.close()


@pytest.fixture
def opened(team: TeamServer, mette: Store) -> Iterator[OpenedStore]:
    found = team.opened("bo", threaded=True)
    yield found
    found.close(1.0)  # what cannot be saved, because Bo has lost the right to it, is waited for


@pytest.fixture
def store(opened: OpenedStore) -> Store:
    return opened.store
