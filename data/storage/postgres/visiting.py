"""Going to a server beside the records: who asks needs no psycopg until it is done.

See `data.storage.postgres.visit` for what can be asked there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from data.storage.postgres.servers import server_of
from data.storage.problems import ACCESS_ENDED, ErrorKind, StorageError

if TYPE_CHECKING:
    from data.storage.postgres.address import Address
    from data.storage.postgres.visit import Visit

MENTOR: Final = "mentor"
COORDINATOR: Final = "coordinator"
MANAGER: Final = "manager"
T = TypeVar("T")


def visit_to(path: Path, kind: str, *, listening: bool = False) -> Visit:
    """Return what goes to a server as a member of a kind; see `Visit`.

    Args:
        path: The stand-in of the server.
        kind: "mentor", "coordinator" or "manager".
        listening: Whether changes are to be told.

    Raises:
        StorageError: There is no such server, or psycopg is not installed.
    """
    try:
        # few have their records on a server
        from data.storage.postgres.visit import Visit
    except ImportError as error:
        raise _without_psycopg() from error
    return Visit(address_of(path), kind, listening=listening)


def kinds_at(path: Path) -> list[str]:
    """Return as what the user is a member of the team that a stand-in names, or of any.

    Raises:
        StorageError: The server cannot be asked.
    """
    address = address_of(path)
    try:
        # few have their records on a server
        from data.storage.postgres.visit import kinds_of
    except ImportError as error:
        raise _without_psycopg() from error
    return kinds_of(address)


def _without_psycopg() -> StorageError:
    # few have their records on a server
    from data.extras import install_command

    return StorageError(ErrorKind.NO_PSYCOPG, who=install_command("'mentorrollen[team]'"))


def address_of(path: Path) -> Address:
    """Return the server that a stand-in is for. Raises `StorageError` where it has gone."""
    address = server_of(path)
    if address is None:
        raise StorageError(ErrorKind.GONE, name=str(path))
    return address


def shown_server(path: Path) -> str:
    """Return how sentences name the server of a stand-in: host, database and team."""
    address = server_of(path)
    return address.whole if address is not None else str(path)


class Watch(Generic[T]):
    """Something on a server, read again when that has told that it may have changed."""

    def __init__(self, path: Path, kind: str, read: Callable[[Visit], list[T]]) -> None:
        """Remember what is to be read. Nothing is asked before `look`.

        Args:
            path: The stand-in of the server.
            kind: As what the user goes there.
            read: Reads it. It may raise `StorageError`.
        """
        self.path = path
        self._kind = kind
        self._read = read
        self._visit: Visit | None = None
        self._is_there = False
        self.found: list[T] = []
        """What was read last."""
        self.why = ""
        """Why it could not be read again, one sentence; "" if it could."""
        self.has_ended = False
        """Whether that is since the user may not see it any more; nothing of it is kept then."""
        self.changes = 0
        """How often it has changed."""

    def look(self) -> int:
        """Read it if it may have changed; return `changes`. Waits for the server.

        A line that broke is made again at once. While the server is away, it is asked for at each
        look, and what was read last is kept. It is not where the user may not see it any more.
        """
        try:
            if self._visit is None:
                self._visit = visit_to(self.path, self._kind, listening=True)
            if self._is_there and not _may_be_other(self._visit):
                return self.changes
            self._is_there = False
            self._visit.open()
            self.found, self.why = self._read(self._visit), ""
            self._is_there, self.has_ended = True, False
        except StorageError as problem:
            self._is_there, self.has_ended = False, problem.kind in ACCESS_ENDED
            if self.has_ended:
                self.found = []
            if str(problem) == self.why:
                return self.changes
            self.why = str(problem)
        self.changes += 1
        return self.changes

    def close(self) -> None:
        """Close the line to the server."""
        self._is_there = False
        if self._visit is not None:
            self._visit.close()


def _may_be_other(visit: Visit) -> bool:
    """Whether something was told, or nothing can be told because the line broke."""
    try:
        return visit.has_news()
    except StorageError:
        return True
