"""What a mentor of the team sends neither deletes nor hides nor tells what others have written."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from typing import Any

import psycopg
import pytest

from data.records import Conflict, Unfinished
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
    with suppress(psycopg.Error):  # see the next test
        world.save("bob", [part(world, id, "mentees", id, {"name": "x"})])
        forget(world, "bob", id)
    assert kept(world, "ann") == before


def test_no_mentee_has_the_id_of_something_else(world: World) -> None:
    """Its deletion would be followed by the sessions of whoever keeps something that names it."""
    world.save("ann", [part(world, "", "people", PERSON, {"name": "Bo"})])
    with pytest.raises(psycopg.Error) as caught:
        world.save("bob", [part(world, PERSON, "mentees", PERSON, {"name": "x"})])
    assert caught.value.sqlstate == "MR002"
    assert not world.rows("SELECT 1 FROM heads WHERE mentee = %s", PERSON)


@pytest.mark.parametrize(("table", "id"), [("zzz", PERSON), ("notes", NOTE), ("talks", "t:1")])
@pytest.mark.parametrize("kind", ["record", "earlier", "mentee"])
def test_only_what_was_there_is_said_to_be_gone(
    world: World, table: str, id: str, kind: str
) -> None:
    """Else a colleague's session would drop what is written by that id."""
    world.save("ann", [part(world, "", "people", PERSON, {"name": "Bo"})])
    before = world.rows("SELECT count(*) FROM deletions")
    forget(world, "bob", BOBS, [part(world, "", table, id, None)], kind)
    ((docs, open_docs),) = world.rows("SELECT docs, open_docs FROM deletions")
    ((digest,),) = world.rows("SELECT opaque('North', key_of(%s, %s))", table, id)
    assert before == [(0,)]
    assert digest not in docs
    assert digest not in open_docs


def test_a_conflict_is_not_told_of_without_a_document(world: World) -> None:
    doc = {"changed_by": world.names["ann"], "mine": "forged"}
    told = {**part(world, "", "conflicts", NOTE, None), "docs": []}
    ops = [{"t": "conflicts", "i": NOTE, "put": doc}]
    with pytest.raises(psycopg.Error) as caught:
        world.save("bob", [{**told, "ops": ops}])
    assert caught.value.sqlstate == "22023"


@pytest.mark.parametrize("guess", ["secret-private-ann", PERSON])
def test_whom_others_need_says_nothing_of_what_they_keep_private(world: World, guess: str) -> None:
    keep(world, "ann", {"text": guess, "of_id": guess, "person_id": guess})
    docs = [{"t": "people", "i": guess, "d": {"name": "x"}}]
    world.save("bob", [{**part(world, "", "people", guess, None), "docs": docs}])
    with world.line("bob") as line:
        asked = "SELECT * FROM mentorrollen.needed_people('North', %s, ARRAY[%s])"
        assert not line.execute(asked, (BOBS, guess)).fetchall()


def test_a_private_note_about_a_shared_mentee_is_not_said_to_be_deleted(world: World) -> None:
    name = world.names["bob"]
    world.rows("INSERT INTO access VALUES ('North', %s, %s, NULL)", ANNS, name)
    docs = [{"t": "notes", "i": NOTE, "m": ANNS, "d": {"mentee_id": ANNS, "text": "hers"}}]
    world.save("ann", [{"own": True, "n": world.number("ann"), "docs": docs, "ops": []}])
    forget(world, "bob", ANNS, [part(world, ANNS, "other", NOTE, None)], "record")
    assert world.rows("SELECT docs FROM deletions") == [([],)]


@pytest.mark.parametrize("at", ["2099-01-01T00:00:00+01:00", "2026-01-02T10:00:00", "soon"])
def test_what_was_deleted_for_good_was_at_a_time(world: World, at: str) -> None:
    """Sessions keep what was written later, and ask which is the later."""
    with world.line("bob") as line, pytest.raises(psycopg.Error) as caught:
        line.execute(
            "SELECT mentorrollen.forget('North', 'f', 's', %s, 'record', %s, '[]', '{}', '{}')",
            (at, BOBS),
        )
    assert caught.value.sqlstate == "22007"


@pytest.mark.parametrize("kind", ["record", "private", "earlier"])
@pytest.mark.parametrize("why", ["until a day", "on hold"])
def test_no_part_deletes_for_good_what_its_sender_may_not(
    world: World, kind: str, why: str
) -> None:
    name = world.names["bob"]
    until = "2199-01-01" if why == "until a day" else None
    world.rows("INSERT INTO access VALUES ('North', %s, %s, %s)", ANNS, name, until)
    if why == "on hold":
        held = json.dumps({"held_since": "2026-01-01"})
        world.rows("UPDATE documents SET doc = %s WHERE id = %s", held, ANNS)
    world.save("ann", [part(world, ANNS, "notes", NOTE, {"mentee_id": ANNS, "text": "hers"})])
    for mentee in ("", ANNS):
        with pytest.raises(psycopg.Error) as caught:
            forget(world, "bob", mentee, [part(world, ANNS, "notes", NOTE, None)], kind)
        assert caught.value.sqlstate in {"MR002", "MR005"}
    assert world.rows("SELECT 1 FROM documents WHERE id = %s", NOTE)


def test_a_deletion_of_what_others_keep_private_is_told_to_nobody(world: World) -> None:
    keep(world, "ann", {"text": "kept"})
    forget(world, "ann", "", kind="private")
    with world.line("bob") as line:
        found = line.execute("SELECT id FROM mentorrollen.deletions_of('North', -1)").fetchall()
    assert not found


def test_a_transaction_that_sees_what_was_writes_nothing(world: World) -> None:
    with world.line("ann") as line:
        line.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        for call in (
            "SELECT mentorrollen.save('North', 'c', 's', '', '[]', NULL)",
            "SELECT mentorrollen.forget('North', 'c', 's', '', 'private', '', '[]', '{}', '{}')",
        ):
            with pytest.raises(psycopg.errors.ActiveSqlTransaction), line.transaction():
                line.execute(call)


def test_a_commit_that_waited_while_its_access_was_taken_is_not_made(world: World) -> None:
    name = world.names["bob"]
    world.rows("INSERT INTO access VALUES ('North', %s, %s, NULL)", ANNS, name)
    late = part(world, ANNS, "notes", NOTE, {"mentee_id": ANNS, "text": "late"})
    states: list[str] = []

    def save_late() -> None:
        try:
            world.save("bob", [late])
        except psycopg.Error as error:
            states.append(error.sqlstate or "")

    address = world.server.address(world.database)
    with psycopg.connect(address, autocommit=True) as line:
        line.execute("BEGIN")
        line.execute("SELECT FROM mentorrollen.heads WHERE mentee = %s FOR UPDATE", (ANNS,))
        thread = Thread(target=save_late)
        thread.start()
        while not world.rows("SELECT 1 FROM pg_locks WHERE NOT granted"):
            time.sleep(0.01)
        line.execute(
            "DELETE FROM mentorrollen.access WHERE mentee = %s AND login = %s", (ANNS, name)
        )
        line.execute("COMMIT")
        thread.join()
    assert states == ["MR002"]
    assert not world.rows("SELECT 1 FROM documents WHERE id = %s", NOTE)


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


@pytest.mark.parametrize("table", [Conflict.table, Unfinished.table])
def test_no_text_is_put_among_what_a_colleague_has_not_finished(world: World, table: str) -> None:
    doc = {"changed_by": world.names["ann"], "mine": "forged", "mentee_id": ""}
    for scope in ("", BOBS):
        with pytest.raises(psycopg.Error) as caught:
            world.save("bob", [part(world, scope, table, NOTE, {**doc, "mentee_id": scope})])
        assert caught.value.sqlstate == "22023"


def test_a_history_that_is_brought_along_says_by_whom(world: World) -> None:
    new = "1600000000000000009"
    told = {"t": "mentees", "i": new, "k": "set", "c": {}, "at": AT}
    past = [{**told, "by": "ann"}, {**told, "by": world.names["bob"]}]
    world.save("bob", [{**part(world, new, "mentees", new, {"name": "x"}), "past": past}])
    rows = world.rows("SELECT by FROM history WHERE mentee = %s AND n = 0 ORDER BY place", new)
    assert [row[0] for row in rows] == [f"ann ({world.names['bob']})", world.names["bob"]]
    more = [{**told, "at": "2026-01-01T10:00:00+01:00", "by": "ann\n" + "\u2028x" * 99}]
    with world.line("bob") as line:
        asked = "SELECT mentorrollen.take_history('North', %s, %s)"
        line.execute(asked, (new, json.dumps(more)))
    ((by,),) = world.rows(
        "SELECT by FROM history WHERE mentee = %s AND at LIKE '2026-01-01%%'", new
    )
    assert by.startswith("ann x")
    assert by.endswith(f"({world.names['bob']})")
    assert by.isprintable()
    assert len(by) < 200


def test_of_a_history_that_is_brought_along_what_is_at_no_time_is_left_out(world: World) -> None:
    new, times = "1600000000000000009", ["", "soon", "2026-02-30T10:00:00+01:00", None, AT]
    past: list[Any] = [
        {"t": "notes", "i": "1", "k": "set", "c": {}, "at": at, "by": "x"} for at in times
    ]
    world.save("bob", [{**part(world, new, "mentees", new, {"name": "x"}), "past": past}])
    later = [{**one, "k": "del"} for one in past]
    with world.line("bob") as line:
        asked = "SELECT mentorrollen.take_history('North', %s, %s)"
        line.execute(asked, (new, json.dumps(later)))
    rows = world.rows("SELECT kind, at FROM history WHERE mentee = %s AND n = 0", new)
    assert sorted(rows) == [("del", AT), ("set", AT)]


@pytest.mark.parametrize("login", ["bob", "cora"])
def test_whoever_does_not_see_a_mentee_learns_of_no_hold_and_holds_nobody_up(
    world: World, login: str
) -> None:
    world.rows('UPDATE documents SET doc = \'{"held_since":"2026-01-01"}\' WHERE id = %s', ANNS)
    with world.line(login) as line, line.transaction():
        asked = "SELECT mentorrollen.forget('North', 'f', 's', %s, 'private', %s, '[]', '{}', '{}')"
        line.execute(asked, (AT, ANNS))
        world.rows("SELECT n FROM heads WHERE mentee = %s FOR UPDATE NOWAIT", ANNS)
