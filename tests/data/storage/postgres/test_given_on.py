"""Who leaves, or shares: an administrator gives another mentor access to the same mentees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from data.clock import now
from data.storage.postgres import schema
from tests.data.storage.postgres.test_rights_of_saving import access
from tests.data.storage.postgres.world import MENTEES, World
from tests.tools.postgres import Server
from tests.tools.prepared import a_login, grant, run

ANNS, BOBS = MENTEES["ann"], MENTEES["bob"]


@pytest.fixture
def world(first_world: World) -> Iterator[World]:
    made = World.copy_of(first_world)
    yield made
    made.close()


def test_a_colleague_takes_over_what_nobody_sees(server: Server, world: World) -> None:
    ann, eve = world.names["ann"], a_login(server, "eve")
    world.rows("DELETE FROM access WHERE login = %s", world.names["cody"])
    script = schema.revoke_script("North", ann, None)
    assert run(server, world.database, script) == [(1, 1)]
    grant(server, world.database, eve, mentees_of=ann)
    world.names["eve"] = eve
    assert access(world, ANNS) == {"eve": None, "cora": now().date() - timedelta(1)}, access(
        world, ANNS
    )
    with world.line("eve") as line:
        rows = line.execute("SELECT doc FROM mentorrollen.documents_of('North')").fetchall()
    assert "secret-mentee-ann" in str(rows)
    assert "secret-private" not in str(rows)


def test_a_colleague_with_a_last_day_does_not_keep_a_mentee_from_being_given_on(
    server: Server, world: World
) -> None:
    """Nobody would see the mentee after that day, and the access would be gone."""
    ann, bob, eve = world.names["ann"], world.names["bob"], a_login(server, "eve")
    last = now().date() + timedelta(9)
    world.rows("UPDATE access SET until = %s WHERE login = %s", last, world.names["cody"])
    world.rows("INSERT INTO access VALUES ('North', %s, %s, NULL)", BOBS, ann)
    channels = "SELECT channel FROM heads WHERE mentee IN (%s, %s) ORDER BY mentee"
    before = world.rows(channels, ANNS, BOBS)
    script = schema.revoke_script("North", ann, None)
    assert run(server, world.database, script) == [(1, 1)], "Bob has his for good"
    after = world.rows(channels, ANNS, BOBS)
    assert not set(before) & set(after), "Ann knows the old ones"
    with world.line("ann") as line:
        assert not line.execute("SELECT * FROM mentorrollen.heads_of('North')").fetchall()
    grant(server, world.database, eve, mentees_of=ann)
    given = "SELECT login, until FROM access WHERE mentee = %s AND login IN (%s, %s, %s)"
    assert world.rows(given, ANNS, ann, bob, eve) == [(eve, None)]


def test_a_last_day_stays_when_what_one_has_is_given_on(server: Server, world: World) -> None:
    cody, eve = world.names["cody"], a_login(server, "eve")
    last = now().date() + timedelta(30)
    world.rows("UPDATE access SET until = %s WHERE login = %s", last, cody)
    grant(server, world.database, eve, mentees_of=cody)
    given = "SELECT until FROM access WHERE login = %s AND mentee = %s"
    assert world.rows(given, eve, ANNS) == [(last,)]
    world.rows("UPDATE access SET until = %s WHERE login = %s", last + timedelta(9), cody)
    grant(server, world.database, eve, mentees_of=cody)
    assert world.rows(given, eve, ANNS) == [(last + timedelta(9),)], "the later one"
    world.rows("UPDATE access SET until = NULL WHERE login = %s", cody)
    grant(server, world.database, eve, mentees_of=cody)
    assert world.rows(given, eve, ANNS) == [(None,)]
    world.rows("UPDATE access SET until = %s WHERE login = %s", last, cody)
    grant(server, world.database, eve, mentees_of=cody)
    assert world.rows(given, eve, ANNS) == [(None,)], "none is the latest"
