"""People of the workplace's library in a team file: two mentors make each of them once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from data.library.shared import Shared, SharedPerson, use_shared
from data.queries.shared_people import bring_people
from data.records import Conflict, Person
from data.store.change import Change
from tests.data.store.team_tools import Team

ANNE = SharedPerson("anne", "Anne Holm", place="lokale 2.14")
NORDBY = Shared("Nordby", "1", people=(ANNE,))


@pytest.fixture(autouse=True)
def _library() -> Iterator[None]:
    use_shared(NORDBY)
    yield
    use_shared(None)


def test_two_mentors_who_begin_at_once_have_each_person_once(tmp_path: Path) -> None:
    team = Team(tmp_path)
    team.add_mentee()
    with ExitStack() as sessions:
        stores = [sessions.enter_context(team.as_(who)) for who in ("bodil", "karla")]
        for store in stores:
            bring_people(team.file, store)
        for store in stores:
            store.pump()
            assert [one.contact for one in store.all(Person)] == ["lokale 2.14"]
            assert store.all(Conflict) == []


def test_a_colleague_with_an_older_version_moves_nobody_back(tmp_path: Path) -> None:
    team = Team(tmp_path)
    team.add_mentee()
    use_shared(replace(NORDBY, version="2", people=(replace(ANNE, place="lokale 3.01"),)))
    with team.as_("bodil") as store:
        assert bring_people(team.file, store) == 1
    use_shared(NORDBY)
    with team.as_("karla") as store:
        assert bring_people(team.file, store) == 0
        assert [one.contact for one in store.all(Person)] == ["lokale 3.01"]


def test_what_one_mentor_has_written_stays_for_both(tmp_path: Path) -> None:
    team = Team(tmp_path)
    team.add_mentee()
    with team.as_("bodil") as store:
        bring_people(team.file, store)
        [anne] = store.all(Person)
        store.commit([Change.edited(anne, contact="ring til omstillingen")])
    use_shared(replace(NORDBY, version="2", people=(replace(ANNE, place="lokale 3.01"),)))
    with team.as_("karla") as store:
        bring_people(team.file, store)
        assert [one.contact for one in store.all(Person)] == ["ring til omstillingen"]
