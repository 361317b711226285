"""How a server is, as one login sees it: for `mentor doctor`."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from data.storage.postgres.address import Address
from data.storage.postgres.joining import member_of
from data.storage.postgres.line import Line
from data.storage.postgres.schema import OWNER
from data.storage.problems import StorageError
from data.text import danish_key

_TIMES: Final = 10
"""How often the server is asked something that costs it nothing, to measure the way there."""
_ABOUT = """
SELECT current_setting('server_version'), session_user::text,
  coalesce((SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl), ''),
  coalesce((SELECT encrypted FROM pg_stat_gssapi WHERE pid = pg_backend_pid()), false),
  inet_client_addr() IS NULL
    OR inet_client_addr() <<= '127.0.0.0/8' OR inet_client_addr() = '::1',
  current_setting('synchronous_commit'), current_setting('fsync'),
  rolsuper, rolbypassrls,
  coalesce((SELECT pg_has_role(session_user, o.oid, 'MEMBER') FROM pg_roles o
    WHERE o.rolname = %s), false)
FROM pg_roles WHERE rolname = session_user
"""
_MEMBERSHIPS = "SELECT team, kind, name FROM mentorrollen.memberships()"


@dataclass(frozen=True, slots=True)
class Health:
    """What there is to say of a server that lets the login in."""

    version: str
    """The version of PostgreSQL."""
    login: str
    tls: str
    """The version of TLS on the line; "" where it is without."""
    kerberos: bool
    """Whether GSSAPI encrypts the line."""
    is_local: bool
    """Whether the line leaves this computer nowhere: by a socket, or to itself."""
    synchronous: str
    """What `synchronous_commit` is."""
    fsync: str
    superuser: bool
    bypasses: bool
    """Whether policies do not hold for the login (BYPASSRLS)."""
    owner: bool
    """Whether the login may act as the owner of the tables."""
    ahead: float = 0.0
    """For how many seconds the server's clock is ahead of this computer's."""
    milliseconds: float = 0.0
    """How long the server takes to answer, as a rule."""
    memberships: tuple[tuple[str, str, str], ...] = ()
    """Team, kind and name of each membership of the login."""
    problem: StorageError | None = None
    """Why the records of the team cannot be opened; None if they can."""


def examine(address: Address) -> Health:
    """Look at a server. Nothing is written.

    Raises:
        StorageError: It cannot be reached, or does not let the login in.
    """
    line = Line(address)
    try:
        line.connect()
        (about,) = line.ask(_ABOUT, OWNER)
        took = [_seconds(line) for _time in range(_TIMES)]
        before = time.time()
        ((there,),) = line.ask("SELECT extract(epoch FROM clock_timestamp())::float8")
        ahead = there - (before + time.time()) / 2
        memberships: tuple[tuple[str, str, str], ...] = ()
        problem = None
        try:
            member_of(line, address.team)
        except StorageError as error:
            problem = error
        if line.is_whole:
            memberships = _memberships(line)
        return replace(
            Health(*about),
            ahead=ahead,
            milliseconds=median(took) * 1000,
            memberships=memberships,
            problem=problem,
        )
    finally:
        line.close()


def _memberships(line: Line) -> tuple[tuple[str, str, str], ...]:
    """Return the memberships of the login; none if there are no tables, or others."""
    try:
        found = [(team, kind, name) for team, kind, name in line.ask(_MEMBERSHIPS)]
        return tuple(sorted(found, key=lambda one: (danish_key(one[0]), one[1])))
    except StorageError:
        return ()


def _seconds(line: Line) -> float:
    """Return how long the server takes to answer a question that costs it nothing."""
    began = time.perf_counter()
    line.ask("SELECT 1")
    return time.perf_counter() - began
