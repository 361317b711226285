"""The server that the other tests here lean on."""

from __future__ import annotations

from tests.tools.postgres import Server


def test_what_is_committed_is_there_after_all_processes_were_killed() -> None:
    with Server({}) as server:
        server.execute("CREATE TABLE kept AS SELECT 1 AS one")
        server.kill()
        server.start()
        assert server.execute("SELECT one FROM kept") == [(1,)]


def test_a_database_is_as_its_template(server: Server) -> None:
    first = server.database()
    server.execute("CREATE TABLE kept AS SELECT 2 AS two", database=first)
    assert server.execute("SELECT two FROM kept", database=server.database(first)) == [(2,)]
