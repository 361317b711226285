"""What a colleague stores with plain SQL neither keeps others out nor takes the place of theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from data.method.acting import SERVER_RULES
from data.storage.postgres.backend import PostgresBackend
from data.storage.protocol import DocChange
from tests.data.storage.postgres.team_server import TeamServer

RULES = SERVER_RULES.merging
MENTEE, NOTE = "1100000000000000001", "1300000000000000001"
HERS = {"mentee_id": MENTEE, "text": "hers", "kind": "note", "private": False, "rev": 1}
DEEP = "[" * 1500 + "]" * 1500


@pytest.fixture
def met(team: TeamServer) -> Iterator[PostgresBackend]:
    backend = team.backend("met")
    backend.load()
    backend.commit(
        [
            DocChange("mentees", MENTEE, None, {"name": "Maja", "rev": 1}),
            DocChange("notes", NOTE, None, HERS),
        ],
        RULES,
    )
    yield backend
    backend.close()


def sends(team: TeamServer, docs: str, ops: str) -> None:
    """Bo saves something about the team with plain SQL."""
    rows = team.server.execute(
        "SELECT n FROM mentorrollen.heads WHERE mentee = ''", database=team.database
    )
    part = f'[{{"m":"","n":{rows[0][0]},"docs":{docs},"ops":{ops},"told":[]}}]'
    with psycopg.connect(team.server.address(team.database, "bo"), autocommit=True) as line:
        line.execute(
            "SELECT mentorrollen.save('team', %s, 's', '2026-01-01', %s::json, NULL)",
            (f"x{rows[0][0]}", part),
        )


def document(doc: Any, table: str = "texts", id: str = "1") -> str:
    return json.dumps([{"t": table, "i": id, "d": doc}])


@pytest.mark.parametrize("ops", ["[]", DEEP, "5", "[null]", "[5]", "[{}]", '[{"t":1,"i":[]}]'])
def test_what_cannot_be_read_keeps_nobody_out(
    team: TeamServer, met: PostgresBackend, ops: str
) -> None:
    deep = document({"text": "@"}).replace('"@"', DEEP)
    sends(team, deep, ops)
    met.poll()
    sends(team, document({"text": "fine", "rev": 1}, id="2"), ops)
    again = team.backend("met")
    assert again.load()["notes"] == {NOTE: HERS}
    again.close()
    met.commit([DocChange("texts", "3", None, {"text": "mine", "rev": 1})], RULES)
    assert met.known()["texts"]["3"]["text"] == "mine"


def test_a_copy_elsewhere_does_not_take_the_place_of_a_note(
    team: TeamServer, met: PostgresBackend
) -> None:
    copy = {"text": "not hers", "kind": "note", "private": False, "rev": 9}
    for ops in ("[]", json.dumps([{"t": "notes", "i": NOTE, "put": copy}])):
        sends(team, document(copy, "notes", NOTE), ops)
        again = team.backend("met", listening=False)
        assert again.load()["notes"] == {NOTE: HERS}
        again.close()
        met.poll()
        met.commit([DocChange("texts", ops[:9], None, {"text": "mine", "rev": 1})], RULES)
        assert met.known()["notes"] == {NOTE: HERS}


@pytest.mark.parametrize("op", [{"set": {"text": "not hers"}}, {"del": 1}])
def test_a_commit_about_the_team_changes_nothing_of_a_mentee(
    team: TeamServer, met: PostgresBackend, op: dict[str, Any]
) -> None:
    sends(team, "[]", json.dumps([{"t": "notes", "i": NOTE, **op}]))
    met.commit([DocChange("texts", "3", None, {"text": "mine", "rev": 1})], RULES)
    assert met.known()["notes"] == {NOTE: HERS}
