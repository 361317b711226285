"""`PostgresBackend`: one session's hold on the records of a team in a server.

A commit is merged here, into the documents as this session knows them, and is one call of `save` in
the server. That takes it only if nobody has been quicker; then this session reads on and merges
again. So nothing is locked while a session thinks, and one that dies holds nobody up. What others
do is told by the server (LISTEN), which is asked nothing while nobody does anything.

When the line breaks, the session goes on. It connects again when it next saves or looks for news,
reads all that it may see anew, and finds out by the id of its commit whether that has been made.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Sequence, Set
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from data.storage.generation import time_now
from data.storage.merge_commit import merge_commit
from data.storage.postgres import reading
from data.storage.postgres.access import Grants, grants_for
from data.storage.postgres.in_use import one_is_unused, without_used
from data.storage.postgres.joining import history_of, live, lives, member_of, others_of, to_listen
from data.storage.postgres.line import AGAIN, PATIENCE, Line, Question, ServerRefusal
from data.storage.postgres.mirror import Mirror, Sent
from data.storage.postgres.parts import (
    holdable,
    leaving_twins,
    private_part,
    shared_parts,
    without_lost,
)
from data.storage.postgres.rules import ServerRules
from data.storage.postgres.sending import send
from data.storage.problems import NO_MENTOR, ErrorKind, Notice, NotSaved, StorageError
from data.storage.protocol import Commit, DocChange, Happening, Presence, TableRules, Tables
from data.storage.raw_table import copied

if TYPE_CHECKING:
    from data.storage.postgres.address import Address

T = TypeVar("T")

KEEP_ALIVE_SECONDS: Final = 60.0
"""How long the line may be quiet before the server is asked whether all is as it is known here."""
RACE_SECONDS: Final = 20.0
"""How long a commit is tried again while others are quicker."""
WAIT_SECONDS: Final = 15.0
"""How long a command, in which nobody can wait for a thread, tries to mend a broken line."""
_REFUSED: Final = ("MR002", "MR006")
"""No access; the mentee was deleted for good."""


class PostgresBackend:
    """The records of one team, as one login may see them. See `data.storage.protocol.Backend`."""

    def __init__(
        self,
        address: Address,
        rules: ServerRules,
        *,
        listening: bool = True,
        patience: float = PATIENCE,
    ) -> None:
        """Remember where the records are. Nothing is done before `load`.

        Args:
            address: The server, and the team if the login is in several.
            rules: What is to be known of the documents.
            listening: False for a command: it is told nothing of others, and mends a broken line
                before it returns.
            patience: For how many seconds an answer is waited for: see `Line`.
        """
        self.by = ""
        """The login name on the server; known once it has been loaded."""
        self.name = ""  # by which colleagues know the user, likewise
        self.names: dict[str, str] = {}  # what they call the team's mentors, by login, likewise
        self.address = address
        self.team = address.team
        self.notices: list[Notice] = []
        """What the user is to be told of the opening."""
        self._line = Line(address, patience)
        self.rules = rules
        self._listening = listening
        self._session = os.urandom(8).hex()
        self._lock = threading.RLock()
        self._mirror = Mirror(self._line, rules, listening=listening)
        self._where = ""
        self._others: list[Presence] | None = None
        """Who else was there when the server was last asked; None if it is to be asked."""

    # -- opening ------------------------------------------------------------------------------

    def open(self) -> None:
        """Connect, and find out who the login is. It raises what `load` raises."""
        with self._lock:
            if not self._line.is_whole:
                self._line.connect()
                self._join()

    def load(self) -> Tables:
        """Connect, and return the documents that the login may see. See `Backend.load`."""
        with self._lock:
            self.open()
            self._mirror.read_all(self.by)
            self._mirror.ready.clear()
            self.presence()
            self._follow_deletions()
            return copied(self._mirror.all)

    def _join(self) -> None:
        """Find out who the login is, and let the others know that this session lives."""
        member = member_of(self._line, self.team)
        self.by, self.name = member.login, member.name
        self.team = self._mirror.team = member.team
        if not self._listening:
            live(self._line, self._session)
            return
        with suppress(ServerRefusal):  # the role for the mentee where it is may have ended
            live(self._line, self._session, *to_listen([member.channel]), *self._announcement())

    def _mend(self) -> None:
        """Connect again if the line is broken, and find out what has become of the last commit.

        Raises:
            StorageError: That is not possible now.
        """
        if self._line.is_whole:
            return
        if not self.by:
            raise StorageError(ErrorKind.CLOSED)
        self._line.connect()
        try:
            self._mirror.forget_channels()
            self._join()
            self._mirror.read_all(self.by)
            self._others = None
        except BaseException as problem:
            if isinstance(problem, StorageError) and problem.kind in NO_MENTOR:
                self._mirror.lose_all(self.by)
            self._line.close()
            raise

    # -- committing ---------------------------------------------------------------------------

    def commit(self, changes: Sequence[DocChange], rules: TableRules) -> tuple[Commit, ...]:
        """Save changes. See `Backend.commit`."""
        end = time.monotonic() + WAIT_SECONDS
        with self._lock:
            while True:
                try:
                    self._mend()
                    return self._with_ready(self._commit(changes, rules))
                except StorageError as problem:
                    doubtful = self._mirror.sent is not None and self._mirror.sent.doubtful
                    if self._listening or not doubtful or time.monotonic() > end:
                        kind = problem.kind
                        if doubtful and not self._listening:
                            kind = ErrorKind.UNSURE
                        raise NotSaved(kind, name=problem.name, who=problem.who) from problem
                    time.sleep(0.5)

    def _commit(self, changes: Sequence[DocChange], rules: TableRules) -> Commit:
        end, tries = time.monotonic() + RACE_SECONDS, 0
        if self._mirror.is_out:
            self._mirror.read_all(self.by)
            self._mirror.refuse_if_out()
        while True:
            made = self._made_already(changes)
            if made is not None:
                return made
            try:
                return self._try(changes, rules)
            except ServerRefusal as error:
                refused = error.state in _REFUSED
                tries += 1
                if time.monotonic() > end or (refused and tries > 1):
                    kind = ErrorKind.NO_ACCESS if refused else ErrorKind.SERVER_BUSY
                    raise StorageError(kind, name=self._line.address.shown) from error
                if refused or not self._mirror.keep_up(self.by):
                    self._mirror.read_all(self.by)  # a role has ended, or the server is another one
                if error.state not in AGAIN:
                    self._mirror.sent = None  # its number is taken, or it is not for this login
                self._mirror.refuse_if_out()
                time.sleep(random.random() * min(0.05, 0.001 * 2**tries))  # noqa: S311

    def _made_already(self, changes: Sequence[DocChange]) -> Commit | None:
        """Return the commit of the changes, if it turned out to have been made."""
        if self._mirror.made is None:
            return None
        (asked, commit), self._mirror.made = self._mirror.made, None
        if asked is changes or list(asked) == list(changes):
            return commit
        self._mirror.ready.append(commit._replace(own=False))
        return None

    def _try(self, changes: Sequence[DocChange], rules: TableRules) -> Commit:
        """Merge changes and send what comes of it. Raises `ServerRefusal` if that is refused."""
        sent = self._mirror.sent
        if sent is None or list(sent.asked) != list(changes):
            sent = self._merged(changes, rules)
        if not sent.parts:
            return Commit(0, sent.at, self.by, own=True, changes=(), clashes=sent.clashes)
        self._mirror.sent = sent
        try:
            self._send(sent)
        except ServerRefusal:
            raise
        except StorageError:
            if not self._line.is_whole:
                sent.doubtful = True
            elif not sent.doubtful:
                self._mirror.sent = None  # it was refused
            raise
        return self._mirror.took(sent, self.by)

    def _merged(self, changes: Sequence[DocChange], rules: TableRules) -> Sent:
        """Return what comes of changes when they are merged into what is known here."""
        mirror, at = self._mirror, time_now()
        if one_is_unused(changes):
            mirror.look(self.by)  # somebody may use it since
        wanted = holdable(mirror.older.rebased(changes, mirror.all))
        left, used = without_used(self._line, self.team, wanted)
        left, lost = without_lost(
            mirror.deletions.without_gone(left), mirror.all, mirror.numbers, self.rules.parting
        )
        merged = merge_commit(left, rules, mirror.halves.merging(left), mirror.deleted_by)
        team, own = mirror.halves.parted_as_seen(left, merged.applied)
        team = leaving_twins(team, {(one.table, one.id) for one in left if one.before is None})
        parts = shared_parts(team, mirror.numbers, at, self.by)
        private = private_part(own, mirror.private_number, mirror.all)
        if private is not None:
            parts.append(private)
        of = self._line, self.team, self.rules, mirror.halves.team
        grants = grants_for(*of, team, asked=left, by=self.by)
        found = parts, grants, team, own, (*used, *lost, *merged.clashes)
        return Sent(changes, *found, os.urandom(8).hex(), at)

    def _send(self, sent: Sent) -> None:
        of = self._line, self.team, self._session, sent.parts
        send(*of, id=sent.id, at=sent.at, grants=sent.grants.to)

    # -- others -------------------------------------------------------------------------------

    def poll(self) -> tuple[Commit, ...]:
        """Return what others have saved. See `Backend.poll`."""
        with self._lock:
            try:
                self._mend()
            except StorageError:
                if self._mirror.ready:
                    return self._with_ready()  # the login is no mentor any more
                raise
            told = self._line.news() if self._listening else []
            if not self._listening:
                self._mirror.look(self.by)
            elif told:
                if any(text for _channel, text in told):
                    self._others = None
                self._mirror.hear(told, self.by)
            elif time.monotonic() - self._mirror.heard_at > KEEP_ALIVE_SECONDS:
                self._keep_alive()
            if self._mirror.sent is None:
                self._settle()
            return self._with_ready()

    def _keep_alive(self) -> None:
        """Ask the server whether all is as it is known here, and who is there."""
        self._mirror.heard_at = time.monotonic()
        if reading.numbers_now(self._line, self.team) != self._mirror.numbers:
            self._mirror.read_all(self.by)
        self._others = None

    def _settle(self) -> None:
        """Keep texts whose place somebody else's text has taken, which is shared, as conflicts."""
        self._follow_deletions()
        for key, changes in self._mirror.of_taken_places():
            try:
                self._save_private(changes)
            except StorageError:
                self._mirror.halves.displaced.add(key)  # the next look tries it again
                return

    def _follow_deletions(self) -> None:
        """Delete what one's own other session saved of what was being deleted for good."""
        with suppress(StorageError):  # the next look tries it again
            self._save_private(self._mirror.own_gone())
            self._mirror.unfollowed.clear()

    def with_line(self, work: Callable[[Line, Mirror], T]) -> T:
        """Do something on a whole line, apart from all else, and return what it returns.

        Raises:
            StorageError: The line is broken, and cannot be mended now.
        """
        with self._lock:
            self._mend()
            return work(self._line, self._mirror)

    def _save_private(self, changes: list[DocChange]) -> None:
        """Save changes of the user's own documents as they lie on the server."""
        part = private_part(changes, self._mirror.private_number, self._mirror.all)
        if part is None:
            return
        sent = Sent((), [part], Grants(), [], changes, (), os.urandom(8).hex(), time_now())
        self._send(sent)
        self._mirror.ready.append(self._mirror.took(sent, self.by)._replace(own=False))

    def _with_ready(self, *commits: Commit) -> tuple[Commit, ...]:
        ready, self._mirror.ready = self._mirror.ready, []
        return (*ready, *commits)

    def scopes(self) -> Set[str]:
        """Return the mentees whom the user has access to; among them is "", the team."""
        return self._mirror.numbers.keys()

    def known(self) -> Tables:
        """Return all documents that the user may see, as they are now."""
        return self._mirror.all

    # -- who is there -------------------------------------------------------------------------

    def fileno(self) -> int:
        """Return the file descriptor on which news come; -1 while the line is broken."""
        return self._line.fileno()

    @property
    def news(self) -> PostgresBackend:
        """What tells when there is something to `poll`."""
        return self

    def presence(self) -> Sequence[Presence]:
        """Return the other sessions that one may know of."""
        with self._lock:
            if self._others is None and self._line.is_whole:
                with suppress(StorageError):
                    self._others = others_of(self._line, self.team, self._session, self.names)
            return self._others or []

    def announce(self, where: str) -> None:
        """Let the other sessions know where this one is; again when the line has been broken."""
        with self._lock:
            self._where = where
            with suppress(StorageError):
                self._line.ask_at_once(*self._announcement())

    def _announcement(self) -> list[Question]:
        """Return the statement that says where this session is, if anybody is to be told."""
        mentee = self._where.partition("/")[0]
        if not self._listening or (mentee and mentee not in self._mirror.numbers):
            return []
        place = (self.team, self._session, time_now(), mentee, self._where)
        return [("SELECT mentorrollen.announce(%s, %s, %s, %s, %s)", place)]

    @property
    def session(self) -> str:
        """The id of this session; empty while it is not open."""
        return self._session if self.by else ""

    def is_living(self, session: str) -> bool:
        """Return whether a session still has the records open. Any thread may ask.

        While the server cannot be asked they all count as living: nothing is taken from them.
        """
        if self._listening:  # the thread of the screen must never wait for the line
            known = {self._session, *(one.session for one in self._others or ())}
            return session in known or self._others is None or not self._line.is_whole
        with self._lock:
            try:
                return lives(self._line, session)
            except StorageError:
                return True

    def history(self, mentee_id: str) -> Sequence[Happening]:
        """Return what happened to a mentee. See `Backend.history`."""
        with self._lock:
            return history_of(self._line, self.team, mentee_id)

    # -- the end ------------------------------------------------------------------------------

    def idle(self) -> None:
        """Have old lines of the journal dropped, which everybody has read."""
        with self._lock, suppress(StorageError):
            if self._line.is_whole:
                self._line.ask("SELECT mentorrollen.tidy(%s)", self.team)

    def close(self) -> None:
        """Say that this session leaves, and close the line."""
        with self._lock:
            if self._line.is_whole and self._listening:
                with suppress(StorageError):
                    self._line.ask("SELECT mentorrollen.leave(%s, %s)", self.team, self._session)
            self._line.close()
