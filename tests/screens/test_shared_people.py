"""People of the workplace's library in a session: they come and follow; what is typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.library.shared import Shared, SharedPerson, use_shared
from data.queries.search import search
from data.queries.shared_people import bring_people
from data.records import Introduction, Person, PersonKind
from data.records.base import part_id
from data.settings import Settings
from data.store.opening import open_store
from data.store.store import Store
from screens.frame.context import Context
from screens.people.screen import PeopleScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go, newest
from tui.app import MentorApp

ANNE = SharedPerson("anne", "Anne Holm", place="lokale 2.14", phone="12 34 56 78", knows="TABU")
NETWORK = SharedPerson("nye", "Netværk for nye", PersonKind.NETWORK, knows="mødes hver tirsdag")
NORDBY = Shared("Jobcenter Nordby", "1", people=(ANNE, NETWORK))
ID = part_id("library", "anne")


@pytest.fixture(autouse=True)
def _library() -> Iterator[None]:
    use_shared(NORDBY)
    yield
    use_shared(None)


@pytest.fixture
def session(store: Store, path: Path) -> MentorApp:
    return MentorApp(Context(store, Settings(), file=path))


def anne(store: Store) -> Person:
    found = store.get(Person, ID)
    assert found is not None
    return found


async def test_they_come_when_a_session_opens_and_undo_leaves_them(
    session: MentorApp, store: Store
) -> None:
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert anne(store).contact == "lokale 2.14, tlf. 12 34 56 78"
        await pilot.press("u")
        await pilot.pause()
        assert "Der er intet at fortryde" in screen_text(session)
        assert anne(store).name == "Anne Holm"


async def test_a_demo_and_a_command_that_reads_leave_the_records_alone(
    store: Store, path: Path
) -> None:
    demo = MentorApp(Context(store, Settings(), file=path, demo=True))
    async with demo.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert store.get(Person, ID) is None


async def test_a_network_of_the_workplace_is_offered_and_says_where_it_is_from(
    session: MentorApp, store: Store
) -> None:
    async with session.run_test(size=(80, 24)) as pilot:
        await go(session, pilot, PeopleScreen, "1", "5")
        await pilot.press("home", "a", *"netværk for n", "down", "enter", "f10")
        await pilot.pause()
        one = newest(store, Introduction)
        person = store.get(Person, one.person_id)
        assert person is not None
        assert person.shared_key == "nye"
        assert "fra Jobcenter Nordby" in screen_text(session)


async def test_what_the_mentor_writes_about_them_stays_and_is_called_the_mentors_own(
    session: MentorApp, store: Store, path: Path
) -> None:
    async with session.run_test(size=(80, 24)) as pilot:
        screen = await go(session, pilot, PeopleScreen, "1", "5")
        await pilot.press("home", "a", *"Anne Holm", "f10")
        await pilot.pause()
        await pilot.press("enter", "enter", "enter", "end", *" og mere", "f10")
        await pilot.pause()
        assert anne(store).knows == "TABU og mere"
        assert "fra Jobcenter Nordby; dit eget: ved noget om" in screen_text(session)
        moved = replace(ANNE, place="lokale 3.01", knows="noget helt andet")
        use_shared(replace(NORDBY, version="2", people=(moved, NETWORK)))
        assert bring_people(path, store) == 2
        await pilot.pause()
        assert anne(store).contact == "lokale 3.01, tlf. 12 34 56 78"
        assert anne(store).knows == "TABU og mere"
        assert "lokale 3.01" in screen_text(session)
        assert screen.in_sight


async def test_who_has_left_the_library_says_so_on_old_plans(
    session: MentorApp, store: Store, path: Path
) -> None:
    async with session.run_test(size=(80, 24)) as pilot:
        await go(session, pilot, PeopleScreen, "1", "5")
        await pilot.press("home", "a", *"Anne Holm", "f10")
        await pilot.pause()
        use_shared(Shared("Jobcenter Nordby", "2", people=(NETWORK,)))
        bring_people(path, store)
        await pilot.pause()
        assert anne(store).archived
        assert "Anne Holm" in screen_text(session)
        assert "stod i biblioteket fra Jobcenter Nordby" in screen_text(session)


def test_two_sessions_make_the_same_person_once(path: Path) -> None:
    first = open_store(path, by="bodil", threaded=False)
    second = open_store(path, by="anne", threaded=False)
    for one in (first, second):
        bring_people(path, one.store)
    first.store.pump()
    for one in (first, second):
        assert [found.name for found in one.store.all(Person)] == ["Anne Holm", "Netværk for nye"]
    assert second.store.all(Person)[0].changed_by == "bodil"
    for one in (first, second):
        one.close()


def test_they_are_found_by_what_they_know(store: Store, path: Path) -> None:
    bring_people(path, store)
    assert [hit.title for hit in search(store, "hver tirsdag")] == ["Netværk for nye"]
