"""A colleague with plain SQL hinders no deletion for good, nor learns by one what others have."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import product
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from data.method.acting import SERVER_RULES
from data.storage.postgres import forgetting
from data.storage.postgres.backend import PostgresBackend
from data.storage.postgres.put_back import follow_list
from data.storage.protocol import Doc
from data.storage.upkeep.going import Wanted
from tests.data.storage.postgres.team_server import TeamServer
from tests.data.storage.postgres.test_backend import new
from tests.data.storage.postgres.test_rights_of_functions import (
    CALLED,
    FEWER,
    VALUES,
    functions,
)
from tests.data.storage.postgres.world import MENTEES, World
from tests.tools.prepared import AT

RULES = SERVER_RULES.merging
ANNS, UNKNOWN = MENTEES["ann"], "1999999999999999999"
NOTE, PERSON, MAJA, ELSEWHERE = (f"130000000000000000{n}" for n in (1, 2, 3, 4))
ROWS = """
SELECT relname, coalesce(idx_tup_fetch, 0) + seq_tup_read + n_tup_upd + n_tup_del
FROM pg_stat_xact_user_tables WHERE schemaname = 'mentorrollen'"""


@pytest.fixture
def world(first_world: World) -> Iterator[World]:
    made = World.copy_of(first_world)
    yield made
    made.close()


def note(world: World, login: str, mentee: str, *, private: bool) -> None:
    """Write a note about a mentee."""
    doc = {"mentee_id": mentee, "text": "x"}
    if private:
        one = {"t": "notes", "i": NOTE, "m": mentee, "d": doc}
        part = {"own": True, "n": world.number(login), "docs": [one], "ops": []}
    else:
        ((n,),) = world.rows("SELECT n FROM heads WHERE mentee = %s", mentee)
        docs = [{"t": "notes", "i": NOTE, "d": doc}]
        part = {"m": mentee, "n": n, "docs": docs, "ops": [], "told": []}
    world.save(login, [part])


@contextmanager
def watching(world: World, login: str) -> Iterator[None]:
    """Have a login watch the server for a while: other tests have it, too."""
    world.rows(f"GRANT pg_read_all_stats TO {world.names[login]}")
    try:
        yield
    finally:
        world.rows(f"REVOKE pg_read_all_stats FROM {world.names[login]}")


# -- what is looked at ------------------------------------------------------------------------


def asked_about_a_mentee(world: World, login: str) -> Iterator[str]:
    """All calls that say whom they are about, with MENTEE in the place of the id."""
    gone = {"t": "notes", "i": NOTE, "m": "MENTEE", "d": None}
    own = {"own": True, "m": "MENTEE", "n": world.number(login), "ops": []}
    parts = [[], [{**own, "docs": []}], [{**own, "docs": [gone]}]]
    said = {
        "p_team": ("'North'",),
        "p_mentee": ("'MENTEE'",),
        "p_mentees": ("ARRAY['MENTEE']",),
        "p_numbers": ("'{0}'",),
        "p_parts": tuple(f"'{json.dumps(one)}'" for one in parts),
        "p_kind": ("'record'", "'private'", "'earlier'", "'mentee'"),
    }
    for signature, name, given in functions(world):
        if signature in CALLED and {"p_mentee", "p_mentees"} & set(given):
            values_of = VALUES | FEWER.get(name, {}) | said
            for values in product(*(values_of[one] for one in given)):
                yield f"SELECT * FROM mentorrollen.{name}({', '.join(values)})"
    for one in said["p_parts"]:
        listed = f"'North', 'f', 's', '{AT}', 'record', '', {one}, '{{}}', '{{}}'"
        yield f"SELECT mentorrollen.forget({listed})"


@pytest.mark.parametrize("how", ["custom", "generic"])
def test_the_server_looks_at_nothing_of_a_mentee_for_whoever_has_no_access(
    world: World, how: str
) -> None:
    """How many rows it takes would tell how much others have, and keep private."""
    note(world, "ann", ANNS, private=True)
    note(world, "ann", ANNS, private=False)

    def looked_at(line: psycopg.Connection[Any], call: str) -> Counter[str]:
        with line.transaction(force_rollback=True):
            before = Counter(dict(line.execute(ROWS).fetchall()))
            with suppress(psycopg.Error), line.transaction():
                line.execute(call.encode())
            return Counter(dict(line.execute(ROWS).fetchall())) - before

    count = 0
    with watching(world, "bob"), world.line("bob") as line:
        line.execute(f"SET plan_cache_mode = force_{how}_plan; SET enable_seqscan = off".encode())
        for call in asked_about_a_mentee(world, "bob"):
            there, nowhere = (
                looked_at(line, call.replace("MENTEE", one)) for one in (ANNS, UNKNOWN)
            )
            assert there == nowhere, call
            count += bool(there)
    assert count > 20


def test_what_is_private_is_about_nobody_else_whatever_it_says(world: World) -> None:
    """Else it would be told whether there is a document of that id about that mentee."""
    note(world, "ann", ANNS, private=False)
    gone = {"t": "notes", "i": NOTE, "m": ANNS, "d": None}
    part = {"own": True, "m": ANNS, "n": world.number("bob"), "docs": [gone], "ops": []}
    with world.line("bob") as line:
        line.execute(
            "SELECT mentorrollen.forget('North', 'f', 's', %s, 'record', '', %s, '{}', '{}')",
            (AT, json.dumps([part])),
        )
    assert world.rows("SELECT docs, about FROM deletions") == [([], "")]


VIEWS: Final = [
    "pg_stat_xact_user_tables",
    "pg_stat_user_tables",
    "pg_statio_user_tables",
    "pg_stat_database",
    "pg_stat_wal",
    "pg_stat_io",
]


@pytest.mark.parametrize("view", VIEWS)
def test_only_who_watches_the_server_is_told_how_many_rows_it_has_looked_at(
    world: World, view: str
) -> None:
    with world.line("bob") as line:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            line.execute(f"SELECT * FROM {view}".encode())
        with watching(world, "bob"):
            assert line.execute(f"SELECT * FROM {view}".encode()).fetchall()


def test_nothing_that_the_server_counts_is_told_to_everybody(world: World) -> None:
    asked = """
        SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
          AND proname LIKE 'pg_stat_get_%' AND has_function_privilege(oid, 'EXECUTE')"""
    with world.line("bob") as line:
        told = {str(name) for (name,) in line.execute(asked).fetchall()}
    who = {one for one in told if one.startswith("pg_stat_get_backend_")}
    assert told == who | {"pg_stat_get_activity"}
    assert not who & {"pg_stat_get_backend_io", "pg_stat_get_backend_wal"}


# -- messages ---------------------------------------------------------------------------------


def test_no_message_says_on_which_channel_others_are_told(world: World) -> None:
    counts = {"format": 1, "written": "2026-01-03", "capacity": None, "mentees": []}
    heard: list[str] = []
    with world.line("ann") as line:
        line.add_notice_handler(lambda one: heard.append(one.message_primary or ""))
        line.execute("SET client_min_messages = debug1; SET trace_notify = on")
        line.execute("SELECT mentorrollen.publish('North', %s, true)", (json.dumps(counts),))
        release = "SELECT mentorrollen.release('North', %s, %s, %s, '{}')"
        line.execute(release, (ANNS, [world.names["mia"]], AT))
    channels = [one for (one,) in world.rows("SELECT channel FROM members")]
    assert not [one for one in channels if one in "".join(heard)]


def test_every_function_that_members_call_says_errors_alone(world: World) -> None:
    loud = world.rows("""
        SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.pronamespace = 'mentorrollen'::regnamespace
          AND has_function_privilege('mentorrollen_member', p.oid, 'EXECUTE')
          AND NOT 'client_min_messages=warning' = ANY (coalesce(p.proconfig, '{}'))""")
    assert not loud


# -- what hinders a deletion ------------------------------------------------------------------


@pytest.fixture
def met(team: TeamServer) -> Iterator[PostgresBackend]:
    """Met has Maja, with a note, and somebody of the team's list of people."""
    backend = team.backend("met")
    backend.load()
    about = {"mentee_id": MAJA, "kind": "note", "text": "x", "private": False}
    backend.commit(
        [
            new("people", PERSON, name="Maja"),
            new("mentees", MAJA, name="Maja"),
            new("notes", NOTE, **about),
        ],
        RULES,
    )
    yield backend
    backend.close()


def asks(team: TeamServer, login: str, statement: str, *values: object) -> list[Any]:
    with psycopg.connect(team.server.address(team.database, login), autocommit=True) as line:
        return line.execute(statement.encode(), values).fetchall()


def forgets(team: TeamServer, login: str, id: str) -> None:
    """Delete nothing, as a deletion with that id."""
    call = "SELECT mentorrollen.forget('team', %s, 's', %s, 'private', '', '[]', '{}', '{}')"
    asks(team, login, call, id, AT)


def plant(team: TeamServer, why: str) -> None:
    """Put documents of Bo's mentee, whom Met may delete nothing of, in the way of Met's."""
    held = {"held_since": "2026-01-01"} if why == "on hold" else {}
    docs: dict[str, Doc] = {
        "mentees": {"name": "x", **held},
        "yyy": {"mentee_id": ELSEWHERE},
        "notes": {"mentee_id": ELSEWHERE, "of_table": "notes", "of_id": NOTE, "text": MAJA},
        "tips": {"mentee_id": ELSEWHERE, "changed_by": "met", "text": MAJA},
    }
    ids = {"mentees": ELSEWHERE, "yyy": MAJA, "notes": f"{NOTE[:-1]}8", "tips": f"{NOTE[:-1]}9"}
    listed = [{"t": table, "i": ids[table], "d": doc} for table, doc in docs.items()]
    listed.append({"t": "zzz", "i": NOTE, "d": {"mentee_id": ELSEWHERE}})
    part = {"m": ELSEWHERE, "n": 0, "docs": listed, "ops": [], "told": []}
    call = "SELECT mentorrollen.save('team', 'c', 's', %s, %s, %s)"
    until = "2199-01-01" if why == "until a day" else None
    to = [{"l": "bo", "u": None}, {"l": "met", "u": until}]
    asks(team, "bo", call, AT, json.dumps([part]), json.dumps([{"m": ELSEWHERE, "to": to}]))


WANTED = {
    "mentee": Wanted("mentee", frozenset({MAJA}), frozenset({("mentees", MAJA), ("notes", NOTE)})),
    "record": Wanted("record", docs=frozenset({("notes", NOTE)})),
    "private": Wanted("private", about=MAJA, judge=lambda _table, _doc, _present: True),
    "earlier": Wanted("earlier", about=MAJA, judge=lambda _table, _doc, _present: True),
}
OF_MENTEE = """
SELECT id FROM mentorrollen.documents_of('team')
WHERE tbl = 'mentees' AND id = %s OR doc::json->>'mentee_id' = %s"""


@pytest.mark.parametrize("why", ["until a day", "on hold"])
@pytest.mark.parametrize("kind", WANTED)
def test_no_document_about_another_mentee_keeps_a_deletion_from_being_made(
    team: TeamServer, met: PostgresBackend, kind: str, why: str
) -> None:
    met.poll()
    before = forgetting.going(met, WANTED[kind]).counts
    plant(team, why)
    met.load()
    going = forgetting.going(met, WANTED[kind])
    assert going.counts == before
    forgetting.forget(met, going.deletion, "" if kind == "record" else MAJA)
    there = met.known()
    assert len(asks(team, "bo", OF_MENTEE, ELSEWHERE, ELSEWHERE)) == 5
    assert (MAJA in there["mentees"]) is (kind != "mentee")
    assert (NOTE in there["notes"]) is (kind in {"private", "earlier"})
    kinds = asks(team, "met", "SELECT kind FROM mentorrollen.deletions_of('team', -1)")
    assert kinds == [(kind,)]


# -- after an older state of the server was restored ------------------------------------------


def test_only_who_could_see_a_deletion_is_told_its_id(
    team: TeamServer, met: PostgresBackend
) -> None:
    gone = frozenset({("mentees", MAJA), ("notes", NOTE), ("people", PERSON)})
    going = forgetting.going(met, Wanted("mentee", frozenset({MAJA}), gone))
    forgetting.forget(met, going.deletion, MAJA)
    told = "SELECT id FROM mentorrollen.deletions_of('team', -1)"
    assert asks(team, "met", told) == [(going.deletion.id,)]
    ((id,),) = asks(team, "bo", told)
    assert id != going.deletion.id


def test_a_deletion_is_made_though_a_colleague_has_made_one_with_its_id(
    team: TeamServer, met: PostgresBackend
) -> None:
    forgets(team, "met", "1")
    forgets(team, "met", "1")
    with pytest.raises(psycopg.Error) as caught:
        forgets(team, "bo", "1")
    assert caught.value.sqlstate == "MR007"
    going = forgetting.going(met, WANTED["mentee"])
    forgets(team, "bo", going.deletion.id)
    made = forgetting.forget(met, going.deletion, MAJA)
    assert made.id != going.deletion.id
    assert not asks(
        team, "met", "SELECT id FROM mentorrollen.documents_of('team') WHERE id = %s", MAJA
    )


@pytest.mark.parametrize("planted", [False, True])
def test_what_came_back_goes_again_though_a_colleague_has_taken_its_id(
    team: TeamServer, met: PostgresBackend, tmp_path: Path, planted: bool
) -> None:
    met.close()
    path = tmp_path / "db.server"
    path.touch(0o600)
    before = TeamServer(team.server, team.server.database(team.database))
    again = team.backend("met")
    again.load()
    going = forgetting.going(again, WANTED["mentee"])
    forgetting.forget(again, going.deletion, MAJA)
    assert follow_list(path, again) == 0
    again.close()
    if planted:
        forgets(before, "bo", going.deletion.id)
    restored = before.backend("met", listening=False)
    restored.load()
    assert follow_list(path, restored) == 2
    assert not {MAJA, NOTE} & {id for docs in restored.known().values() for id in docs}
    assert follow_list(path, restored) == 0
    restored.close()
    before.drop()
