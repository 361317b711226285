"""Who has access after roles have changed: as those saw it who gave them, whatever they say now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from data.clock import today
from data.records import Mentee, Person, Role, RoleKind
from data.store.change import Change
from data.store.store import Store
from tests.data.storage.postgres.team_server import TeamServer

SOON, LATER = (today() + timedelta(days) for days in (3, 30))
MAJA = Mentee(name="Maja Holm")
MET, BO, EVE = (Person(name=name) for name in ("met", "bo", "eve"))
MAIN = Role(mentee_id=MAJA.id, kind=RoleKind.MENTOR, person_id=MET.id)
CO = Role(mentee_id=MAJA.id, kind=RoleKind.CO_MENTOR, person_id=BO.id)
BUDDY = Role(mentee_id=MAJA.id, kind=RoleKind.BUDDY, person_id=EVE.id)


@dataclass
class Session:
    """A session of a mentor, in which nothing is done by itself."""

    store: Store
    break_line: Callable[[], None]

    def makes(self, *records: Mentee | Person | Role) -> None:
        self.store.commit(map(Change.created, records))

    def edits(self, record: Person | Role, **fields: object) -> None:
        self.store.pump()
        there = self.store.get(type(record), record.id)
        assert there is not None
        self.store.commit([Change.edited(there, **fields)])


Sessions = Callable[[str], Session]


@pytest.fixture
def of(team: TeamServer) -> Iterator[Sessions]:
    team.grant("eve")
    with ExitStack() as stack:

        def session(login: str) -> Session:
            backend = team.backend(login, listening=False)  # it looks, and waits for no news
            store = Store(backend, by=login)
            stack.callback(store.close)
            return Session(store, backend._line.close)

        yield session


@pytest.fixture
def met(of: Sessions) -> Session:
    """Met is the mentor of Maja, and sees Bo and Eve in the list of people."""
    found = of("met")
    found.makes(MAJA, MET, BO, EVE, MAIN)
    return found


def access(team: TeamServer) -> dict[str, date | None]:
    """Return who has access to Maja, with the last days."""
    with team.as_owner() as line:
        asked = "SELECT login, until FROM mentorrollen.access WHERE mentee = %s"
        return dict(line.execute(asked, (MAJA.id,)).fetchall())  # type: ignore[arg-type]


def test_who_has_a_role_until_a_day_cannot_have_it_for_longer_by_writing_in_it(
    team: TeamServer, of: Sessions, met: Session
) -> None:
    met.makes(replace(CO, until=SOON))
    of("bo").edits(CO, until=None)
    met.store.pump()
    met.makes(BUDDY)
    assert access(team) == {"met": None, "bo": SOON}
    met.makes(Role(mentee_id=MAJA.id, kind=RoleKind.CO_MENTOR, person_id=EVE.id, until=LATER))
    assert access(team) == {"met": None, "bo": SOON, "eve": LATER}


def test_who_has_a_role_until_a_day_takes_nothing_from_the_mentor_by_a_name(
    team: TeamServer, of: Sessions, met: Session
) -> None:
    met.makes(replace(CO, until=SOON))
    bo = of("bo")
    bo.edits(BO, name="b")
    bo.edits(MET, name="bo")
    met.store.pump()
    met.makes(BUDDY)
    assert access(team) == {"met": None, "bo": SOON}


def test_the_mentor_gives_a_later_day_and_an_earlier_one(team: TeamServer, met: Session) -> None:
    met.makes(replace(CO, until=SOON))
    met.edits(CO, until=LATER)
    assert access(team)["bo"] == LATER
    met.edits(CO, until=SOON)
    assert access(team)["bo"] == SOON
    met.edits(CO, until=None)
    assert access(team) == {"met": None, "bo": None}


def test_of_two_roles_the_day_of_the_one_that_is_left_counts(
    team: TeamServer, met: Session
) -> None:
    second = Role(mentee_id=MAJA.id, kind=RoleKind.CO_MENTOR, person_id=BO.id, until=LATER)
    met.makes(replace(CO, until=SOON), second)
    assert access(team)["bo"] == LATER
    met.edits(second, person_id=EVE.id)
    assert access(team) == {"met": None, "bo": SOON, "eve": LATER}
