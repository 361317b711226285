"""What a mentor of the team sends neither deletes nor hides nor tells what others have written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.data.storage.postgres.world import MENTEES, World
from tests.tools.prepared import AT

ANNS, BOBS = MENTEES["ann"], MENTEES["bob"]
NOTE, PERSON = "1300000000000000001", "1500000000000000009"


@pytest.fixture
def world(first_world: World) -> Iterator[World]:
    made = World.copy_of(first_world)
    yield made
    made.close()


def part(world: World, mentee: str, table: str, id: str, doc: object) -> dict[str, Any]:
    """A part of a commit about a mentee, or with "" about the team, after the last one."""
    found = world.rows("SELECT n FROM heads WHERE team = 'North' AND mentee = %s", mentee)
    docs = [{"t": table, "i": id, "d": doc}]
    number = found[0][0] if found else 0
    return {"m": mentee, "n": number, "docs": docs, "ops": [], "told": []}


def keep(world: World, login: str, doc: dict[str, Any]) -> None:
    """Keep a document about nobody in particular private."""
    docs = [{"t": "conflicts", "i": NOTE, "m": "", "d": doc}]
    ops = [{"t": "conflicts", "i": NOTE, "put": doc}]
    world.save(login, [{"own": True, "n": world.number(login), "docs": docs, "ops": ops}])


def kept(world: World, login: str) -> list[Any]:
    """What a login keeps private: documents, and commits about them."""
    name = world.names[login]
    documents = world.rows("SELECT tbl, id FROM private_documents WHERE author = %s", name)
    return documents + world.rows("SELECT id, n FROM private_commits WHERE author = %s", name)


def forget(world: World, login: str, mentee: str, parts: Any = (), kind: str = "mentee") -> None:
    """Delete a mentee for good as a login."""
    with world.line(login) as line:
        line.execute(
            "SELECT mentorrollen.forget('North', %s, 's', %s, %s, %s, %s, '{}', '{}')",
            (f"forget-{login}", AT, kind, mentee, json.dumps(list(parts))),
        )


@pytest.mark.parametrize("id", ["text", "kind", "note", PERSON])
def test_a_mentee_with_an_odd_id_takes_nothing_of_others_along(world: World, id: str) -> None:
    world.save("ann", [part(world, "", "people", PERSON, {"name": "Bo"})])
    keep(world, "ann", {"text": "kept", "kind": "note", "of_id": PERSON})
    before = kept(world, "ann")
    world.save("bob", [part(world, id, "mentees", id, {"name": "x"})])
    forget(world, "bob", id)
    assert kept(world, "ann") == before


def test_a_document_that_is_elsewhere_is_not_said_to_be_deleted(world: World) -> None:
    world.save("ann", [part(world, ANNS, "notes", NOTE, {"mentee_id": ANNS, "text": "hers"})])
    forget(world, "bob", BOBS, [part(world, "", "notes", NOTE, None)])
    ((docs,),) = world.rows("SELECT docs FROM deletions")
    ((digest,),) = world.rows("SELECT opaque('North', %s)", NOTE)
    assert digest not in docs
    assert docs


@pytest.mark.parametrize("doc", [5, "text", [], {"mentee_id": ANNS, "kind": "mentor"}], ids=str)
def test_what_is_kept_with_one_is_about_that_one(world: World, doc: object) -> None:
    for scope in ("", BOBS):
        with pytest.raises(psycopg.Error) as caught:
            world.save("bob", [part(world, scope, "roles", NOTE, doc)])
        assert caught.value.sqlstate == "22023"
    assert not world.rows("SELECT 1 FROM documents WHERE tbl = 'roles' AND id = %s", NOTE)


def test_a_history_that_is_brought_along_says_by_whom(world: World) -> None:
    new = "1600000000000000009"
    told = {"t": "mentees", "i": new, "k": "set", "c": {}, "at": AT}
    past = [{**told, "by": "ann"}, {**told, "by": world.names["bob"]}]
    world.save("bob", [{**part(world, new, "mentees", new, {"name": "x"}), "past": past}])
    rows = world.rows("SELECT by FROM history WHERE mentee = %s AND n = 0 ORDER BY place", new)
    assert [row[0] for row in rows] == [f"ann ({world.names['bob']})", world.names["bob"]]


@pytest.mark.parametrize("login", ["bob", "cora"])
def test_whoever_does_not_see_a_mentee_learns_of_no_hold_and_holds_nobody_up(
    world: World, login: str
) -> None:
    world.rows('UPDATE documents SET doc = \'{"held_since":"2026-01-01"}\' WHERE id = %s', ANNS)
    with world.line(login) as line, line.transaction():
        asked = "SELECT mentorrollen.forget('North', 'f', 's', %s, 'private', %s, '[]', '{}', '{}')"
        line.execute(asked, (AT, ANNS))
        world.rows("SELECT n FROM heads WHERE mentee = %s FOR UPDATE NOWAIT", ANNS)
