"""A membership that is taken away ends at once: nothing is written after it, however begun."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final

import psycopg
import pytest

from data.storage.postgres import schema
from tests.data.storage.postgres.test_rights_of_functions import CHANGE
from tests.data.storage.postgres.world import MENTEES, World
from tests.tools.prepared import AT, run

ANNS = MENTEES["ann"]
COUNTS = {"format": 1, "written": "2026-01-03", "capacity": None, "mentees": []}
HAPPENED = {"t": "notes", "i": "8", "k": "set", "c": {}, "at": AT, "by": "x"}
PARTS = [{"m": ANNS, "n": 1, "docs": [], "ops": [], "told": []}]
CALLS: Final = {
    "announce": f"'North', 's', '{AT}', '{ANNS}', '{ANNS}'",
    "forget": f"'North', 'f', 's', '{AT}', 'mentee', '{ANNS}', '[]', '{{}}', '{{}}'",
    "publish": f"'North', '{json.dumps(COUNTS)}', true",
    "release": f"'North', '{ANNS}', ARRAY['MIA'], '{AT}', '{{}}'",
    "save": f"'North', 'c', 's', '{AT}', '{json.dumps(PARTS)}', NULL",
    "take_history": f"'North', '{ANNS}', '{json.dumps([HAPPENED])}'",
    "unpublish": "'North'",
    "withdraw": f"'North', '{ANNS}', NULL, '{AT}'",
}
"""A call of each function that writes what others read, as its mentor may make it."""
OF_ONESELF: Final = {"leave", "tidy"}
"""Functions that only take away what one has left oneself, or what is old."""


@pytest.fixture
def world(first_world: World) -> Iterator[World]:
    made = World.copy_of(first_world)
    yield made
    made.close()


def call(world: World, name: str) -> bytes:
    values = CALLS[name].replace("MIA", world.names["mia"])
    return f"SELECT mentorrollen.{name}({values})".encode()


def revoke(world: World) -> None:
    run(world.server, world.database, schema.revoke_script("North", world.names["ann"], None))


@pytest.mark.parametrize("name", sorted(CHANGE - OF_ONESELF))
def test_nothing_is_written_in_a_transaction_that_began_before(world: World, name: str) -> None:
    with world.line("ann") as line:
        line.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with suppress(psycopg.Error), line.transaction():
            line.execute("SELECT * FROM mentorrollen.memberships()")
            revoke(world)
            before = world.everything()
            with pytest.raises(psycopg.Error) as error:
                line.execute(call(world, name))
            assert error.value.sqlstate == "25001"
            raise error.value
    assert world.everything() == before


@pytest.mark.parametrize("name", sorted(CHANGE - OF_ONESELF))
def test_what_is_being_written_is_made_before_or_not_at_all(world: World, name: str) -> None:
    look = "SELECT FROM members WHERE login = %s AND kind = 'mentor' FOR UPDATE NOWAIT"
    with world.line("ann") as line:
        with line.transaction():
            line.execute(call(world, name))
            with pytest.raises(psycopg.errors.LockNotAvailable):
                world.rows(look, world.names["ann"])
        revoke(world)
        before = world.everything()
        with pytest.raises(psycopg.Error) as error:
            line.execute(call(world, name))
    assert error.value.sqlstate == "MR002"
    assert world.everything() == before


def test_the_two_never_wait_for_each_other(world: World) -> None:
    waiting = """
        SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'"""
    with world.line("ann") as line, ThreadPoolExecutor() as other:
        with line.transaction():
            line.execute(call(world, "save"))
            revoked = other.submit(revoke, world)
            while not world.rows(waiting):
                assert not revoked.done()
                time.sleep(0.01)
            line.execute(call(world, "publish"))
        revoked.result()
    assert not world.rows("SELECT 1 FROM published")
