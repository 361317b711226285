"""Who has access after roles have changed: as those saw it who gave them, whatever they say now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from data.clock import today
from data.records import Mentee, Person, Role, RoleKind
from data.storage.problems import Notice, NoticeKind
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


def gives_offline(of: Sessions, met: Session) -> list[Notice]:
    """Have Met give Bo a role while the line is away and Eve renames the person."""
    told: list[Notice] = []
    met.store.subscribe(lambda event: told.extend(event.notices))
    met.break_line()
    of("eve").edits(BO, name="eve")
    met.makes(CO)
    return told


def test_nobody_gets_access_by_a_name_that_was_given_to_the_person_meanwhile(
    team: TeamServer, of: Sessions, met: Session
) -> None:
    told = gives_offline(of, met)
    assert access(team) == {"met": None}
    assert told == [Notice(NoticeKind.RENAMED, name="bo")]
    assert met.store.get(Role, CO.id) is not None
    met.makes(BUDDY)
    assert access(team) == {"met": None}, "nor by what is changed later"


def test_who_the_role_is_taken_from_and_given_to_again_is_who_is_seen_then(
    team: TeamServer, of: Sessions, met: Session
) -> None:
    gives_offline(of, met)
    met.edits(CO, person_id="")
    met.edits(CO, person_id=BO.id)
    assert access(team) == {"met": None, "eve": None}


def test_a_person_who_is_made_and_named_in_the_same_step_is_seen(
    team: TeamServer, met: Session
) -> None:
    again = Person(name="Bo")
    met.makes(again, replace(CO, person_id=again.id))
    assert access(team) == {"met": None, "bo": None}


def test_who_loses_a_role_loses_access_whatever_the_person_is_called_by_then(
    team: TeamServer, of: Sessions, met: Session
) -> None:
    met.makes(CO)
    met.edits(MAIN, person_id="")
    assert access(team) == {"met": None, "bo": None}
    met.break_line()
    of("eve").edits(BO, name="eve")
    met.store.commit([Change.deleted(CO)])
    assert access(team) == {"met": None}
