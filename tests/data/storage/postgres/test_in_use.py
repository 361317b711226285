"""Whoever a colleague's mentee has a role for stays, though one does not see that mentee."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

import pytest

from data.method.acting import SERVER_RULES
from data.method.visibility import MAY_BE_PRIVATE
from data.records import BY_TABLE, MenteeRecord
from data.storage.postgres import schema
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


@pytest.mark.parametrize("id", ["ord", "1790000000000000001", '1790000000000000002","text":"ord'])
def test_nothing_is_told_of_words(
    team: TeamServer, both: tuple[PostgresBackend, PostgresBackend], id: str
) -> None:
    """Whoever makes a guess the id of a person is not told whether it is right."""
    met, bo = both
    met.commit([new("people", id, name="Ida")], RULES)
    bo.poll()
    texts = {"text": "ord", "talk_id": "1790000000000000001"}
    role = {"person_id": "1790000000000000002", **texts}
    docs = [new("roles", "8", mentee_id="7", **role), new("notes", "9", mentee_id="7", **texts)]
    bo.commit([new("mentees", "7", name="Nadia"), *docs], RULES)
    asked = "SELECT * FROM mentorrollen.named_by_others('team', %s::text[])"
    assert met._line.ask(asked, [id, "ord", "7"]) == []


def test_the_server_knows_all_fields_that_name_somebody_of_the_list() -> None:
    """What is private has none of them: else it would have to be asked, too, and would be told."""
    naming = {
        (kind, item.metadata["at"] or item.name)
        for kind in BY_TABLE.values()
        for item in fields(kind)
        if "people" in item.metadata.get("refers", ())
    }
    sql = schema.sql("save")
    body = sql[sql.index("FUNCTION names_person") : sql.index("FUNCTION named_by_others")]
    known = re.search(r'"\((.*?)\)":', body)
    assert known
    assert {field for _kind, field in naming} == set(known[1].split("|"))
    assert not {kind for kind, _field in naming} & MAY_BE_PRIVATE.keys()
    of_team = {kind.table for kind in BY_TABLE.values()} - {
        kind.table for kind in BY_TABLE.values() if issubclass(kind, MenteeRecord)
    }
    named = {
        table
        for kind in BY_TABLE.values()
        for item in fields(kind)
        for table in item.metadata.get("refers", ())
    }
    assert named & of_team == {"people", "mentees"}
