"""The line to the server: one connection, on which nothing is waited for without end.

A server that has gone, or a network that swallows what is sent, is told from a slow one by time
alone. So the line counts as broken when nothing has come on it for `PATIENCE` seconds while an
answer was waited for. Whoever uses it connects again; what was being saved is known by its id.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus

from data.storage.postgres.connecting import words_of
from data.storage.postgres.failures import as_problem
from data.storage.problems import ErrorKind, StorageError

if TYPE_CHECKING:
    from psycopg.abc import PQGen
    from psycopg.errors import Diagnostic

    from data.storage.postgres.address import Address

T = TypeVar("T")

Question = tuple[str, Sequence[object]]
"""A statement, and the values of its `%s`."""
_BEGIN: Final[Question] = ("BEGIN", ())
_BEGIN_READING: Final[Question] = ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ())
_COMMIT: Final[Question] = ("COMMIT", ())
Rows = list[tuple[Any, ...]]

PATIENCE: Final = 8.0
"""For how many seconds an answer is waited for without a byte of it. A long one may take longer."""
_SETTINGS: Final = """
SELECT set_config(name, chosen, false)
FROM (VALUES
  -- Whoever waits for another session gives up first and says so, instead of waiting on the server
  -- for a line that has been given up here.
  ('lock_timeout', %s),
  ('client_connection_check_interval', '5s'),
  -- Others may have made functions in a schema that is looked through by itself.
  ('search_path', ''),
  ('idle_in_transaction_session_timeout', '10s'),
  -- It would end the waiting for a synchronous replica too, and call the commit confirmed.
  ('statement_timeout', '0'),
  ('default_transaction_isolation', 'read committed')
) AS wanted (name, chosen) JOIN pg_settings USING (name)
"""
"""What is set in each session, as far as the server's version has it."""
_USUAL: Final[dict[str, Any]] = {
    "connect_timeout": 4,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "target_session_attrs": "read-write",
    "application_name": "mentor",
    "client_encoding": "UTF8",
}
"""What a connection is opened with, unless the address says otherwise. Of several hosts the one is
taken that can be written to, so that a replica which has become the primary is found."""

AGAIN: Final = ("40001", "40P01")
"""What the server says where two got in each other's way: the same can be asked again."""
_LAST_WORDS: Final = {"FATAL", "PANIC"}
"""How grave it is when the server ends the line."""
_CUT: Final = ("08", "57P")
"""How SQLSTATEs begin with which the server ends the line."""


logging.getLogger("psycopg").addHandler(logging.NullHandler())
"""What psycopg tells of broken lines would else be written across the screen."""


class ServerRefusal(StorageError):
    """The server has refused a call for a reason that means something to the caller.

    To whoever does not ask for it, it is an error of storage like any other.
    """

    def __init__(self, state: str, shown: str) -> None:
        """Remember the SQLSTATE: one of our own (`MR...`), see `sql`, or one of `AGAIN`."""
        super().__init__(
            ErrorKind.NO_ACCESS if state == "MR002" else ErrorKind.SERVER_BUSY, name=shown
        )
        self.state = state


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that is given up when nothing comes on it for too long."""

    patience = PATIENCE
    """For how many seconds."""
    ended: psycopg.Error | None = None
    """With what the server has ended the line while nothing was asked; the end may come later."""

    def hear(self, said: Diagnostic) -> None:
        """Notice what the server says when it ends the line, and leave the rest."""
        if said.severity_nonlocalized in _LAST_WORDS:
            try:
                self.ended = psycopg.errors.lookup(said.sqlstate or "")()
            except KeyError:  # newer than this psycopg
                self.ended = psycopg.OperationalError()

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait for an answer, or for as long as the caller says."""
        if timeout is None:
            gen = self._with_patience(gen)
        return super().wait(gen, min(interval, self.patience), timeout)

    def _with_patience(self, gen: PQGen[T]) -> PQGen[T]:
        """Do the same as `gen`, as long as something comes in time. Else the line is closed."""
        try:
            state = next(gen)
            end = time.monotonic() + self.patience
            while True:
                ready = yield state
                if ready:
                    end = time.monotonic() + self.patience
                elif time.monotonic() > end:
                    self.close()
                    raise psycopg.OperationalError("no answer")
                state = gen.send(ready)
        except StopIteration as stop:
            found: T = stop.value
            return found


class Line:
    """The line of one session. It is opened again after it broke: see `connect`."""

    def __init__(self, address: Address, patience: float = PATIENCE) -> None:
        """Remember where the server is. Nothing is done before `connect`.

        Args:
            address: Where the server is.
            patience: For how many seconds an answer is waited for without a byte of it. It is less
                where many lines are to be broken, one after the other.
        """
        self.address = address
        self._patience = patience
        self._lock = threading.RLock()
        self._connection: Connection | None = None

    def connect(self) -> None:
        """Connect, unless the line is whole.

        Raises:
            StorageError: The server cannot be reached, or does not let this user in.
        """
        if self.is_whole:
            return
        self.close()  # it is broken, and yet what psycopg has of it is to be let go
        with self._problems():
            chosen = words_of(self.address.conninfo, _USUAL)
            made = Connection.connect(make_conninfo("", **chosen), autocommit=True)
            made.patience = self._patience
            made.add_notice_handler(made.hear)
            self._connection = made
            made.execute(_SETTINGS, (f"{self._patience * 0.75}s",))

    @property
    def is_whole(self) -> bool:
        """Whether there is a connection that is not known to be broken."""
        return self._connection is not None and not self._connection.closed

    def fileno(self) -> int:
        """Return the file descriptor on which news come; -1 while the line is broken."""
        if self._connection is None or self._connection.closed:
            return -1
        return self._connection.fileno()

    @property
    def _open(self) -> Connection:
        if self._connection is None or self._connection.closed:
            raise StorageError(ErrorKind.SERVER_AWAY, name=self.address.shown)
        return self._connection

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows; none if it has none.

        Args:
            statement: SQL, which never holds anything that a user wrote.
            values: The values of its `%s`.

        Raises:
            StorageError: The line is broken, or the server refuses.
            ServerRefusal: Likewise, with a SQLSTATE of our own (`MR...`) or of `AGAIN`.
        """
        with self._lock, self._problems():
            cursor = self._open.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description is not None else []

    @contextmanager
    def patient(self, seconds: float) -> Iterator[None]:
        """Wait for answers longer than usual: for this many seconds.

        Raises:
            StorageError: The line is broken.
        """
        with self._lock:
            open = self._open
            open.patience = seconds
            try:
                yield
            finally:
                open.patience = PATIENCE

    def ask_at_once(self, *questions: Question) -> list[Rows]:
        """Run statements one after the other; return the rows of each.

        They are sent without waiting in between: on a long line that is one way there and back. It
        raises what `ask` raises for the first one that is refused. What comes after that one is not
        run; what came before has been, each for itself.
        """
        if not questions:
            return []
        *earlier, last = questions
        sent = [one for question in earlier for one in (_BEGIN, question, _COMMIT)]
        with self._lock, self._problems():
            found = self._send([*sent, last])
            return [*found[1:-1:3], found[-1]]

    def ask_together(self, *questions: Question, first: Sequence[Question] = ()) -> list[Rows]:
        """Run statements that see one and the same state of the records; return the rows of each.

        Args:
            questions: The statements.
            first: Statements that are run before that, and are not waited for.

        It raises what `ask` raises.
        """
        before = [_BEGIN, *first, _COMMIT] if first else []
        with self._lock, self._problems():
            found = self._send([*before, _BEGIN_READING, *questions, _COMMIT])
            return found[len(before) + 1 : -1]

    def _send(self, statements: Sequence[Question]) -> list[Rows]:
        """Run statements on one way there and back; return the rows of each."""
        open = self._open
        try:
            with open.pipeline():
                cursors = [open.execute(text.encode(), values) for text, values in statements]
        finally:
            if open.info.transaction_status is TransactionStatus.INERROR:
                open.rollback()
        return [one.fetchall() if one.description is not None else [] for one in cursors]

    def news(self) -> list[tuple[str, str]]:
        """Return what has been told since the last call: channels, each with what was said there.

        It asks the server nothing. What this session has told is not among it.

        Raises:
            StorageError: The line is broken.
        """
        with self._lock, self._problems():
            open = self._open
            own = open.info.backend_pid
            told = [
                (one.channel, one.payload) for one in open.notifies(timeout=0) if one.pid != own
            ]
            if open.ended is not None:
                raise open.ended
            return told

    def close(self) -> None:
        """Close the line. The server lets go of all that it held for the session."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()

    @contextmanager
    def _problems(self) -> Iterator[None]:
        """Give errors of the server the names that the user is told, and notice a broken line."""
        try:
            yield
        except psycopg.Error as error:
            state = error.sqlstate or ""
            if state.startswith(("MR", *AGAIN)):
                raise ServerRefusal(state, self.address.shown) from error
            if self._connection is not None and (not state or state.startswith(_CUT)):
                self._connection.close()
            raise as_problem(error, self.address.shown) from error
