"""What a colleague stores with plain SQL in places that a program never writes for others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext

import psycopg
import pytest

from data.method.acting import SERVER_RULES
from data.storage.postgres.backend import PostgresBackend
from data.storage.protocol import DocChange
from tests.data.storage.postgres.team_server import TeamServer, until

RULES = SERVER_RULES.merging
MENTEE, ONE = "1100000000000000001", "1300000000000000001"
NOT_READ = (
    "[" * 1500 + "]" * 1500,
    '{"a":' * 150 + "1" + "}" * 150,
    '{"a":' + "1" * 6000 + "}",
    '{"a":1e999}',
)
"""Deep within itself, deeper than whoever looks through it can, a number too long to be read, and
one too large to be written again."""


@pytest.fixture
def met(team: TeamServer) -> Iterator[PostgresBackend]:
    backend = team.backend("met")
    backend.load()
    backend.commit([DocChange("mentees", MENTEE, None, {"name": "Maja", "rev": 1})], RULES)
    with team.as_owner() as line:
        line.execute("INSERT INTO mentorrollen.access VALUES ('team', %s, 'bo', NULL)", (MENTEE,))
    backend.poll()
    yield backend
    backend.close()


def sends(
    team: TeamServer,
    scope: str,
    table: str,
    doc: str,
    *,
    told: str = "[]",
    id: str = ONE,
    put: str = "",
) -> None:
    """Bo saves a document with plain SQL, and tells the others of it, or of something else."""
    rows = team.server.execute(
        f"SELECT n FROM mentorrollen.heads WHERE mentee = '{scope}'", database=team.database
    )
    docs = f'[{{"t":"{table}","i":"{id}","d":{doc}}}]'
    put = put or f'{{"t":"{table}","i":"{id}","put":{doc}}}'
    ops = f"[{put}]"
    part = f'[{{"m":"{scope}","n":{rows[0][0]},"docs":{docs},"ops":{ops},"told":{told}}}]'
    with psycopg.connect(team.server.address(team.database, "bo"), autocommit=True) as line:
        line.execute(
            "SELECT mentorrollen.save('team', %s, 's', '2026-01-01', %s::json, NULL)",
            (f"x{scope}{rows[0][0]}", part),
        )


@pytest.mark.parametrize("table", ["conflicts", "unfinished", "files"])
@pytest.mark.parametrize("scope", ["", MENTEE])
def test_what_is_always_ones_own_is_taken_from_nobody_else(
    team: TeamServer, met: PostgresBackend, table: str, scope: str
) -> None:
    forged = {"mentee_id": scope, "path": "/thesis.txt", "mine": "FORGED", "changed_by": "met"}
    doc = forged if scope else {**forged, "mentee_id": None}
    with pytest.raises(psycopg.errors.InvalidParameterValue):  # by the server itself
        sends(team, scope, table, json.dumps(doc))
    met.poll()
    met.commit([DocChange("texts", "3", None, {"text": "mine", "rev": 1})], RULES)
    assert not met.known().get(table)
    again = team.backend("met", listening=False)
    assert not again.load().get(table)
    again.close()


def test_ones_own_files_are_known_to_nobody_else(team: TeamServer, met: PostgresBackend) -> None:
    own = {"mentee_id": MENTEE, "path": "/home/met/plan.pdf", "rev": 1}
    met.commit([DocChange("files", ONE, None, own)], RULES)
    forged = json.dumps({**own, "path": "/home/met/thesis.txt"})
    rows = team.server.execute(
        f"INSERT INTO mentorrollen.documents (team, mentee, tbl, id, doc)"
        f" VALUES ('team', '{MENTEE}', 'files', '{ONE}', '{forged}') RETURNING id",
        database=team.database,
    )
    assert rows == [(ONE,)]
    met.poll()
    for who, seen in (("met", {ONE: own}), ("bo", {})):
        again = team.backend(who, listening=False)
        found = again.load().get("files", {})
        again.close()
        assert {id: doc for id, doc in found.items() if id == ONE} == seen
    assert met.known()["files"] == {ONE: own}


@pytest.mark.parametrize("what", NOT_READ)
@pytest.mark.parametrize("place", ["cut", "counts"])
def test_a_deletion_that_cannot_be_read_keeps_nobody_out(
    team: TeamServer, met: PostgresBackend, what: str, place: str
) -> None:
    counts, cut = (what, "{}") if place == "counts" else ("{}", what)
    is_list = place == "cut" and what.startswith("[")
    refused = pytest.raises(psycopg.errors.InvalidParameterValue)  # by the server itself
    with (
        psycopg.connect(team.server.address(team.database, "bo"), autocommit=True) as line,
        refused if is_list else nullcontext(),
    ):
        line.execute(
            "SELECT mentorrollen.forget('team', %s, 's', '2026-01-01T00:00:00+01:00', 'mentee', %s,"
            " '[]'::json, %s::json, %s::json)",
            (MENTEE, MENTEE, cut, counts),
        )
    met.poll()
    met.commit([DocChange("texts", "3", None, {"text": "mine", "rev": 1})], RULES)
    again = team.backend("met", listening=False)
    assert (MENTEE in again.load().get("mentees", {})) is is_list
    again.close()


@pytest.mark.parametrize("what", [*NOT_READ, '{"text":{"a":[1]}}', '{"text":[1]}', "5", "[1]"])
def test_history_that_cannot_be_read_is_left_out(
    team: TeamServer, met: PostgresBackend, what: str
) -> None:
    maja = {"name": "Maja Holm", "rev": 2}
    met.commit([DocChange("mentees", MENTEE, {"name": "Maja", "rev": 1}, maja)], RULES)
    before = met.history(MENTEE)
    told = f'[{{"t":"mentees","i":"{MENTEE}","k":"set","c":{what}}}]'
    sends(team, MENTEE, "texts", json.dumps({"mentee_id": MENTEE, "text": "x"}), told=told)
    assert met.history(MENTEE) == before
    assert before


def test_the_team_is_no_mentee_and_nothing_is_the_head_of_a_file(
    team: TeamServer, met: PostgresBackend
) -> None:
    """What was written about a mentee without an id would be shared with all."""
    maja = '{"name":"Maja","rev":1}'
    with pytest.raises(psycopg.errors.InvalidParameterValue):  # by the server itself
        sends(team, "", "mentees", maja, id="")
    with team.as_owner() as line:
        place = "(team, mentee, tbl, id, doc) VALUES ('team', '', 'mentees', '', %s)"
        line.execute(f"INSERT INTO mentorrollen.documents {place}".encode(), (maja,))
        place = "(team, mentee, tbl, id, doc) VALUES ('team', '', '_meta', '1', %s)"
        line.execute(f"INSERT INTO mentorrollen.documents {place}".encode(), ('{"format":99}',))
    sends(team, "", "texts", '{"text":"x","rev":1}', put=f'{{"t":"mentees","i":"","put":{maja}}}')
    until(met, lambda: ONE in met.known().get("texts", {}))
    again = team.backend("met", listening=False)
    for tables in (met.known(), again.load()):
        assert list(tables["mentees"]) == [MENTEE]
        assert tables["texts"][ONE]["text"] == "x"
        assert "_meta" not in tables
    again.close()


@pytest.mark.parametrize("what", NOT_READ)
def test_a_document_that_cannot_be_written_again_is_not_read(
    team: TeamServer, met: PostgresBackend, what: str
) -> None:
    sends(team, "", "people", f'{{"name":"Inf","kind":"person","rev":1,"x":{what}}}')
    met.poll()
    met.commit([DocChange("texts", "3", None, {"text": "mine", "rev": 1})], RULES)
    again = team.backend("met", listening=False)
    for tables in (met.known(), again.load()):
        assert ONE not in tables.get("people", {})
        assert tables["texts"]["3"]["text"] == "mine"
    again.close()


def test_history_of_what_no_program_has_is_left_out(team: TeamServer, met: PostgresBackend) -> None:
    before = met.history(MENTEE)
    told = f'[{{"t":"nonsense","i":"{ONE}","k":"set","c":{{"name":["a","b"]}}}}]'
    sends(team, MENTEE, "texts", json.dumps({"mentee_id": MENTEE, "text": "x"}), told=told)
    assert met.history(MENTEE) == before


@pytest.mark.parametrize("id", ["7", "null", "1.5", "true", '["x"]'])
def test_a_line_of_the_journal_whose_id_is_no_text_is_not_taken_in(
    team: TeamServer, met: PostgresBackend, id: str
) -> None:
    ops = f'[{{"t":"notes","i":{id},"put":{{"mentee_id":"{MENTEE}","text":"x"}}}}]'
    part = f'[{{"m":"{MENTEE}","n":1,"docs":[],"ops":{ops},"told":[]}}]'
    with psycopg.connect(team.server.address(team.database, "bo"), autocommit=True) as line:
        line.execute(
            "SELECT mentorrollen.save('team', 'odd', 's', '2026-01-01', %s::json, NULL)", (part,)
        )
    met.poll()
    assert all(isinstance(one, str) for docs in met.known().values() for one in docs)
    note = DocChange("notes", ONE, None, {"mentee_id": MENTEE, "text": "y", "rev": 1})
    met.commit([note], RULES)
    assert ONE in met.known()["notes"]


def test_what_happened_at_no_time_is_left_out_of_the_history(
    team: TeamServer, met: PostgresBackend
) -> None:
    before = met.history(MENTEE)
    told = f'[{{"t":"mentees","i":"{MENTEE}","k":"set","c":{{"name":["a","b"]}}}}]'
    sends(team, MENTEE, "texts", json.dumps({"mentee_id": MENTEE, "text": "x"}), told=told)
    assert met.history(MENTEE) == before
