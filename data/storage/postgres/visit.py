"""A line to the server beside that of the records: for what is shown to others than mentors.

A coordinator sees the counts that mentors publish, a manager the documents that are released; a
mentor has both taken there and back. See `sql/published.sql`, which decides who may do what.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from data.storage.generation import time_now
from data.storage.postgres.joining import Member, member_of, to_listen
from data.storage.postgres.line import Line, ServerRefusal
from data.storage.problems import ACCESS_ENDED, ErrorKind, StorageError
from data.text import danish_key

if TYPE_CHECKING:
    from data.storage.postgres.address import Address

_KINDS: Final = {"MR002": ErrorKind.NO_ACCESS, "MR004": ErrorKind.NO_LONGER_MANAGER}
"""SQLSTATE of the server's functions -> what it means."""


class Counts(NamedTuple):
    """What a mentor publishes."""

    login: str
    name: str
    """How colleagues write the name."""
    text: str
    """JSON, which `data.published.read.parse` reads."""


class Handed(NamedTuple):
    """A document that a mentor has released to the user."""

    mentee_id: str
    by: str
    """The login of the mentor."""
    by_name: str
    at: str
    """ISO local time with its offset."""
    text: str
    """JSON, which `data.released.as_json` reads."""


class Held(NamedTuple):
    """That a manager has a document about a mentee."""

    mentee_id: str
    manager: str
    """The login of the manager."""
    by: str
    by_name: str
    at: str


class Visit:
    """The server for one login as a member of one kind: `with Visit(address, "manager") as visit`.

    All that it does raises `StorageError` where the server cannot be reached or refuses.
    """

    def __init__(self, address: Address, kind: str, *, listening: bool = False) -> None:
        """Remember where the server is. Nothing is done before `open`.

        Args:
            address: The server, and the team if the login is in several.
            kind: "mentor", "coordinator" or "manager".
            listening: Whether `has_news` is asked, so that changes are to be told.
        """
        self._line = Line(address)
        self._kind = kind
        self._listening = listening
        self._member: Member | None = None
        self._is_known = False
        """Whether the login is that member for all that is known."""

    def __enter__(self) -> Self:
        """Connect. Raises `StorageError`, also where the login is no such member."""
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def open(self) -> None:
        """Connect unless the line is whole, and find out who the login is. Raises as `__enter__`.

        One that listens keeps its line where the login is no such member any more: it may become
        one again, and each call asks for that.
        """
        if self._line.is_whole and self._is_known:
            return
        self._line.connect()
        self._is_known = False
        try:
            team = self._member.team if self._member else self._line.address.team
            self._member = member_of(self._line, team, self._kind)
            if self._listening:
                self._line.ask_at_once(*to_listen([self._member.channel]))
        except BaseException as problem:
            ended = isinstance(problem, StorageError) and problem.kind in ACCESS_ENDED
            if not (self._listening and ended):
                self._line.close()
            raise
        self._is_known = True

    def close(self) -> None:
        """Close the line."""
        self._line.close()

    @property
    def team(self) -> str:
        """The team."""
        return self.member.team

    @property
    def member(self) -> Member:
        """Who the login is in the team."""
        if self._member is None:
            raise StorageError(ErrorKind.CLOSED)
        return self._member

    def has_news(self) -> bool:
        """Return whether something was told since the last call, without asking the server."""
        told = [payload for _channel, payload in self._line.news()]
        if "access" in told:  # the next `open` asks who the login is by now
            self._is_known = False
        return bool(told)

    def _ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._line.ask(statement, *values)
        except ServerRefusal as error:
            kind = _KINDS.get(error.state, ErrorKind.FAULT)
            raise StorageError(kind, name=self._line.address.shown) from error

    def has_login(self, login: str) -> bool:
        """Return whether the server has a login of that name."""
        statement = "SELECT FROM pg_roles WHERE rolname = %s AND rolcanlogin"
        return bool(self._ask(statement, login))

    # -- counts and dates ---------------------------------------------------------------------

    def publish(self, text: str, *, first: bool) -> bool:
        """Let the coordinators of the team see these counts, in place of those of before.

        Args:
            text: The counts as JSON.
            first: Whether the user has just said yes. Otherwise it is done only where the user
                publishes: it may have been turned off on another computer.

        Returns:
            Whether it was done.
        """
        statement = "SELECT mentorrollen.publish(%s, %s, %s)"
        ((done,),) = self._ask(statement, self.team, text, first)
        return bool(done)

    def unpublish(self) -> bool:
        """Take away what one has published; return whether there was anything."""
        ((found,),) = self._ask("SELECT mentorrollen.unpublish(%s)", self.team)
        return bool(found)

    def own_counts(self) -> str | None:
        """Return what one has published oneself; None for nothing."""
        rows = self._ask("SELECT counts FROM mentorrollen.own_published(%s)", self.team)
        return str(rows[0][0]) if rows else None

    def counts(self) -> list[Counts]:
        """Return what the mentors of the team publish; nothing but for a coordinator."""
        rows = self._ask("SELECT login, name, counts FROM mentorrollen.published_in(%s)", self.team)
        return [Counts(*row) for row in rows]

    def colleagues(self, kind: str) -> list[tuple[str, str]]:
        """Return login and name of the team's members of a kind, by name.

        Nothing but for a mentor.
        """
        statement = "SELECT login, name FROM mentorrollen.colleagues_of(%s, %s)"
        found = [(login, name) for login, name in self._ask(statement, self.team, kind)]
        return sorted(found, key=lambda one: (danish_key(one[1]), one[0]))

    # -- documents ----------------------------------------------------------------------------

    def release(self, mentee_id: str, managers: Sequence[str], text: str) -> None:
        """Release a document about a mentee to managers of the team, in place of an earlier one.

        Args:
            mentee_id: Whom it is about.
            managers: Their logins.
            text: The document as JSON.
        """
        self._ask(
            "SELECT mentorrollen.release(%s, %s, %s::text[], %s, %s::json)",
            self.team, mentee_id, list(managers), time_now(), text,
        )  # fmt: skip

    def withdraw(self, mentee_id: str, managers: Sequence[str] | None = None) -> list[str]:
        """Take back what was released about a mentee; return the logins who had it.

        Args:
            mentee_id: Whom it is about.
            managers: The logins from whom; None for all.
        """
        values = None if managers is None else list(managers)
        ((found,),) = self._ask(
            "SELECT mentorrollen.withdraw(%s, %s, %s::text[], %s)",
            self.team, mentee_id, values, time_now(),
        )  # fmt: skip
        return list(found)

    def released(self) -> list[Held]:
        """Return who has a document about which of the mentees that one sees, oldest first."""
        rows = self._ask(
            "SELECT mentee, manager, by, by_name, at FROM mentorrollen.released_about(%s)",
            self.team,
        )
        return [Held(*row) for row in rows]

    def handed(self) -> list[Handed]:
        """Return what has been released to oneself as a manager, oldest first."""
        rows = self._ask(
            "SELECT mentee, by, by_name, at, doc FROM mentorrollen.released_to_me(%s)", self.team
        )
        return [Handed(*row) for row in rows]


def kinds_of(address: Address) -> list[str]:
    """Return as what the login is a member, of the team that is named or of any.

    It raises what `Visit` raises.
    """
    line = Line(address)
    line.connect()
    try:
        rows = line.ask("SELECT kind, team FROM mentorrollen.memberships()")
        return sorted({kind for kind, team in rows if address.team in {"", team}})
    finally:
        line.close()
