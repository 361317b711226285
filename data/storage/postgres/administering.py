"""Running the SQL of `schema` as an administrator."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg.conninfo import make_conninfo

from data.storage.postgres.connecting import words_of
from data.storage.postgres.failures import as_problem
from data.storage.problems import ErrorKind, StorageError

if TYPE_CHECKING:
    from data.storage.postgres.address import Address

_CONNECT_SECONDS: Final = 10
_VERSION: Final = (
    "BEGIN; SET LOCAL ROLE mentorrollen_owner; SELECT version FROM mentorrollen.meta; COMMIT"
)


class Refusal(StrEnum):
    """Why the server has done nothing of a script."""

    ENCODING = "MR010"
    THERE_ALREADY = "MR011"
    NO_LOGIN = "MR012"
    NAME_TAKEN = "MR013"
    SEES_EVERYTHING = "MR014"
    FROM_BEFORE = "MR015"
    TOO_OLD = "MR016"
    LOGIN_OF_THAT_NAME = "MR017"
    OTHER_VERSION = "MR018"
    LOGIN_YET = "MR019"
    LOGIN_IN_USE = "MR020"
    HAS_RECORDS = "MR021"
    BOTH_WROTE = "MR022"
    NO_RIGHTS = "42501"
    IN_USE = "55P03"


class Refused(Exception):
    """The server has done nothing of a script, for a reason that an administrator can mend."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


def run(address: Address, script: str) -> list[tuple[Any, ...]]:
    """Run a script: all of it, or nothing. Return the rows of the last statement that has any.

    Raises:
        Refused: It could not be done.
        StorageError: The server cannot be reached, or there are no tables.
    """
    rows: list[tuple[Any, ...]] = []
    try:
        words = words_of(address.conninfo, {"connect_timeout": _CONNECT_SECONDS})
        words["application_name"] = "mentor server"
        with psycopg.connect(make_conninfo("", **words), autocommit=True) as line:
            cursor = line.execute(script.encode())
            while True:
                if cursor.description is not None:
                    rows = cursor.fetchall()
                if not cursor.nextset():
                    return rows
    except psycopg.Error as error:
        state = error.sqlstate or ""
        if state in set(Refusal):
            raise Refused(Refusal(state)) from error
        if state == "22023":  # there is no role of the owner
            raise StorageError(ErrorKind.NO_TABLES, name=address.shown) from error
        raise as_problem(error, address.shown) from error


def version_of(address: Address) -> int:
    """Return the version of the tables. It raises what `run` raises."""
    rows = run(address, _VERSION)
    if not rows:
        raise StorageError(ErrorKind.NO_TABLES, name=address.shown)
    return int(rows[0][0])
