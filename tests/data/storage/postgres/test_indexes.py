"""What a login may see is found by an index, however many others there are in the database."""

from __future__ import annotations

from typing import Final

import psycopg

from tests.data.storage.postgres.team_server import TeamServer

LOGINS: Final = ("login", "author", "manager")
"""The columns that have a login in them."""
_OTHERS: Final = """
SELECT c.relname, a.attname FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
JOIN pg_namespace s ON s.oid = c.relnamespace AND s.nspname = 'mentorrollen'
JOIN pg_collation o ON o.oid = a.attcollation
WHERE a.attname = ANY (%s) AND o.collname <> 'C'
"""


def test_logins_are_compared_as_the_server_compares_names(team: TeamServer) -> None:
    """What `session_user` is compared with has its collation, or no index is of use for it."""
    assert team.server.execute(_OTHERS, list(LOGINS), database=team.database) == []


def test_a_login_finds_its_memberships_among_all_teams(team: TeamServer) -> None:
    with psycopg.connect(team.server.address(team.database), autocommit=True) as line:
        line.execute("SET enable_seqscan = off")
        for table in ("members", "access"):
            asked = f"EXPLAIN SELECT FROM mentorrollen.{table} WHERE login = session_user::text"
            plan = "\n".join(row for (row,) in line.execute(asked.encode()).fetchall())
            assert "Index Cond: (login = " in plan
