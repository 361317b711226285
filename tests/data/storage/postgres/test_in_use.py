"""Whoever a colleague's mentee has a role for stays, though one does not see that mentee."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.method.acting import SERVER_RULES
from data.storage.postgres.backend import PostgresBackend
from data.storage.protocol import DocChange
from tests.data.storage.postgres.team_server import TeamServer

RULES = SERVER_RULES.merging


@pytest.fixture
def both(team: TeamServer) -> Iterator[tuple[PostgresBackend, PostgresBackend]]:
    found = team.backend("met", listening=False), team.backend("bo", listening=False)
    for one in found:
        one.load()
    yield found
    for one in found:
        one.close()


def new(table: str, id: str, **fields: object) -> DocChange:
    return DocChange(table, id, None, {**fields, "rev": 1})


def taken_back(backend: PostgresBackend, id: str) -> DocChange:
    return DocChange("people", id, backend.known()["people"][id], None, if_unused=True)


def test_a_person_of_a_mentee_whom_one_does_not_see_stays(
    both: tuple[PostgresBackend, PostgresBackend],
) -> None:
    met, bo = both
    met.commit([new("people", "1790000000000000001", name="Ida")], RULES)
    bo.poll()
    bo.commit(
        [
            new("mentees", "7", name="Nadia"),
            new("roles", "8", mentee_id="7", kind="buddy", person_id="1790000000000000001"),
        ],
        RULES,
    )
    (*_others, commit) = met.commit([taken_back(met, "1790000000000000001")], RULES)
    assert [(one.table, one.merged) for one in commit.clashes] == [("people", False)]
    assert "roles" not in met.known()
    bo.commit([DocChange("roles", "8", bo.known()["roles"]["8"], None)], RULES)
    (*_others, commit) = met.commit([taken_back(met, "1790000000000000001")], RULES)
    assert commit.clashes == ()
    assert met.known()["people"] == {}


def test_nothing_is_told_of_words(
    team: TeamServer, both: tuple[PostgresBackend, PostgresBackend]
) -> None:
    met, bo = both
    bo.commit(
        [new("mentees", "7", name="Nadia"), new("notes", "9", mentee_id="7", text="ord")], RULES
    )
    asked = "SELECT * FROM mentorrollen.named_by_others('team', ARRAY['notes'], ARRAY['ord', '7'])"
    assert met._line.ask(asked) == []
