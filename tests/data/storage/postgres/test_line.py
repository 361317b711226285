"""A line to the server that the server ends."""

from __future__ import annotations

import time

import pytest

from data.storage.postgres.line import Line
from data.storage.postgres.visit import Visit
from data.storage.postgres.visiting import COORDINATOR, Watch
from data.storage.problems import ErrorKind, StorageError
from tests.data.storage.postgres.team_server import TeamServer


def end_lines_of(team: TeamServer, login: str) -> None:
    """End the lines of a login as an administrator does, and wait until the server has."""
    with team.as_owner() as owner:
        of_login = "FROM pg_stat_activity WHERE usename = %s"
        owner.execute(f"SELECT pg_terminate_backend(pid) {of_login}".encode(), (login,))
        end = time.monotonic() + 30
        while owner.execute(f"SELECT 1 {of_login}".encode(), (login,)).fetchone():
            assert time.monotonic() < end
            time.sleep(0.01)


def test_the_first_look_for_news_sees_that_the_server_has_ended_the_line(team: TeamServer) -> None:
    line = Line(team.address("met"))
    line.connect()
    assert line.news() == []
    end_lines_of(team, "met")
    with pytest.raises(StorageError) as caught:
        line.news()
    assert caught.value.kind is ErrorKind.SERVER_STOPPING
    assert not line.is_whole
    line.connect()
    assert line.news() == []
    line.close()


def test_what_is_watched_is_read_again_at_the_first_look_after_the_line_broke(
    team: TeamServer,
) -> None:
    team.grant("kim", kind="coordinator")
    path = team.stand_in("kim")
    watch = Watch(path, COORDINATOR, Visit.counts)
    changes = watch.look()
    assert watch.look() == changes
    end_lines_of(team, "kim")
    assert watch.look() == changes + 1
    assert watch.why == ""
    watch.close()
