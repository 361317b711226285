"""A colleague with plain SQL hinders no deletion for good, nor learns by one what others have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.data.storage.postgres.world import MENTEES, World
from tests.tools.prepared import AT

ANNS = MENTEES["ann"]


@pytest.fixture
def world(first_world: World) -> Iterator[World]:
    made = World.copy_of(first_world)
    yield made
    made.close()


@contextmanager
def watching(world: World, login: str) -> Iterator[None]:
    """Have a login watch the server for a while: other tests have it, too."""
    world.rows(f"GRANT pg_read_all_stats TO {world.names[login]}")
    try:
        yield
    finally:
        world.rows(f"REVOKE pg_read_all_stats FROM {world.names[login]}")


# -- what is looked at ------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["pg_stat_xact_user_tables", "pg_stat_user_tables"])
def test_only_who_watches_the_server_is_told_how_many_rows_it_has_looked_at(
    world: World, view: str
) -> None:
    with world.line("bob") as line:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            line.execute(f"SELECT * FROM {view}".encode())
        with watching(world, "bob"):
            assert line.execute(f"SELECT * FROM {view}".encode()).fetchall()


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
