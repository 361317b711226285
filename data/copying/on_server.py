"""A team on a PostgreSQL server as one end of a copy. Whoever imports this loads psycopg."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.copying.ends import Rows, Unseeing
from data.storage.generation import time_now
from data.storage.postgres import reading
from data.storage.postgres.access import grants_for
from data.storage.postgres.joining import member_of
from data.storage.postgres.line import Line, ServerRefusal
from data.storage.postgres.parts import held, private_part, shared_parts
from data.storage.postgres.rules import ServerRules
from data.storage.postgres.sending import send
from data.storage.postgres.twins import believe
from data.storage.problems import ErrorKind, StorageError
from data.storage.protocol import Doc, DocChange, Happening, Tables
from data.storage.references import MENTEES
from data.storage.split.halves import Halves, Side
from data.storage.split.parts import Key
from data.store.opening_server import server_backend

if TYPE_CHECKING:
    from data.storage.postgres.address import Address

_NO_ACCESS = "MR002"
_FORGOTTEN = "MR006"
_TRIES = 20
"""So often a commit is sent again where others were quicker."""


class ServerSource:
    """What a login may see of a team."""

    def __init__(self, path: Path, address: Address, rules: ServerRules) -> None:
        """Open the line. Raises `StorageError`."""
        self._backend = server_backend(path, address, rules, threaded=False, reading=True)

    def rows(self) -> Rows:
        """Return what the login may see."""
        return Rows(self._backend.load())

    def history(self, mentee_id: str) -> Sequence[Happening]:
        """Return what happened to a mentee, by whom as colleagues call them.

        Their logins mean nothing where it is copied to.
        """
        names = self._backend.names
        found = self._backend.history(mentee_id)
        return [replace(one, by=names.get(one.by) or one.by) for one in found]

    def close(self) -> None:
        """Close the line."""
        self._backend.close()


class ServerTarget:
    """A team that records are copied to, as the commits of a login."""

    is_shared = True

    def __init__(self, path: Path, address: Address, rules: ServerRules) -> None:
        """Open the line. Raises `StorageError`.

        Args:
            path: The stand-in of the server.
            address: Its address.
            rules: What is to be known of the documents.
        """
        server_backend(
            path, address, rules, threaded=False, reading=True
        ).close()  # says what fails
        self._address = address
        self._rules = rules
        self._line = Line(address)
        self._line.connect()
        member = member_of(self._line, address.team)
        self._by, self._team = member.login, member.team
        self.name = member.name
        """By which colleagues know the user."""
        self._session = os.urandom(8).hex()
        self._numbers: dict[str, int] = {}
        self._private_number = 0
        self._copied: set[str] = set()
        """The mentees who are copied; a colleague's have their access from their own roles."""
        self._halves = Halves(rules.parting, self._by, {}, {})
        self._people: dict[str, Doc] = {}
        """The people as they were read first, or copied: a colleague may rename them meanwhile."""

    def only_own(self, names: Iterable[str]) -> set[str]:
        """Return the login and those of the names that no colleague in the team has."""
        others = {
            self._rules.name_key(name) for login, name in self._mentors() if login != self._by
        }
        return {one for one in (self._by, *names) if self._rules.name_key(one) not in others}

    def _mentors(self) -> list[tuple[str, str]]:
        """Return login and name of the mentors of the team."""
        rows = self._line.ask("SELECT login, name FROM mentorrollen.mentors_of(%s)", self._team)
        return [(str(login), str(name)) for login, name in rows]

    def looked_at(self) -> Tables:
        """Return what is there: to look at it changes nothing."""
        return self.tables()

    def tables(self) -> Tables:
        """Return what the login may see."""
        found = reading.snapshot(self._line, self._team)
        believe(found.shared, found.twins, self._rules)
        self._numbers, self._private_number = found.numbers, found.private_number
        self._halves = Halves(self._rules.parting, self._by, found.shared, found.own)
        self._halves.put_together()
        people = found.shared.get(self._rules.people_table, {})
        self._people = {**people, **self._people}
        return self._halves.all

    def held(self, value: Any) -> Any:
        """Return the value with the sign for an unreadable letter where the server holds none."""
        return held(value)

    def put(self, mentee_id: str, docs: Sequence[DocChange], past: Sequence[Happening]) -> None:
        """Save documents as one commit, what is private as that of the login."""
        self._copied.add(mentee_id)
        of_people = [one for one in docs if one.table == self._rules.people_table]
        self._people |= {one.id: one.after for one in of_people if one.after is not None}
        for left in reversed(range(_TRIES)):
            try:
                self._put(mentee_id, docs, past)
            except StorageError as problem:
                if problem.kind is not ErrorKind.SERVER_BUSY or not left:
                    raise
            else:
                return
            time.sleep(random.random() * 0.05)  # noqa: S311 - so that two do not meet again
            there = self.tables()
            docs = [one for one in docs if one.id not in there.get(one.table, {})]

    def _put(self, mentee_id: str, docs: Sequence[DocChange], past: Sequence[Happening]) -> None:
        at = time_now()
        team, own = self._halves.parted(docs)
        parts = shared_parts(team, self._numbers, at, self._by)
        for part in parts:
            part["told"] = []
            part["past"] = [_told(one) for one in past if part["m"] == mentee_id]
        docs_known: Tables = {table: dict(found) for table, found in self._halves.all.items()}
        for one in docs:
            docs_known.setdefault(one.table, {})[one.id] = one.after or {}
        private = private_part(own, self._private_number, docs_known)
        if private is not None:
            parts.append(private)
        if parts:
            mentee = docs_known.get(MENTEES, {}).get(mentee_id, {})
            self._send(parts, at=at, who=str(mentee.get("name", "")))
        self._halves.take(Side.TEAM, team, own=True)
        self._halves.take(Side.OWN, own, own=True)
        for part in parts:
            if part.get("own"):
                self._private_number = part["n"] + 1
            else:
                self._numbers[part["m"]] = part["n"] + 1

    def _send(
        self, parts: Sequence[Doc], *, at: str, who: str = "", grants: Sequence[Doc] = ()
    ) -> None:
        try:
            id = os.urandom(8).hex()
            send(self._line, self._team, self._session, parts, id=id, at=at, grants=grants)
        except ServerRefusal as error:
            if error.state == _NO_ACCESS:
                member_of(self._line, self._team)  # says so if the login is no member any more
            kinds = {_NO_ACCESS: ErrorKind.THERE_ALREADY if who else ErrorKind.NO_ACCESS}
            kind = {_FORGOTTEN: ErrorKind.FORGOTTEN, **kinds}.get(error.state)
            kind = kind or ErrorKind.SERVER_BUSY
            raise StorageError(kind, name=self._address.shown, who=who) from error

    def read_again(self) -> Tables:
        """Return what the login may see, read anew."""
        return self.tables()

    def own(self) -> Tables:
        """Return what the login keeps private there, as it lies there."""
        self.tables()
        return self._halves.own

    def own_of(self, docs: Iterable[tuple[Key, Doc]]) -> dict[Key, Doc]:
        """Return what is private of documents, as it is to lie there."""
        new = [DocChange(table, id, None, doc) for (table, id), doc in docs]
        _team, own = Halves(self._rules.parting, self._by, {}, {}).parted(new)
        return {(one.table, one.id): one.after for one in own if one.after is not None}

    def put_own(self, docs: Mapping[Key, Doc], known: Tables) -> None:
        """Save documents that only the login sees, all of them or none. Raises `StorageError`.

        Args:
            docs: What `own_of` returned, and is not there yet.
            known: The documents that they are parts of.
        """
        new = [DocChange(table, id, None, doc) for (table, id), doc in docs.items()]
        part = private_part(new, self._private_number, known)
        if part is not None:
            self._send([part], at=time_now())
            self._private_number += 1

    def finish(self) -> Unseeing:
        """Give access to the mentees to those who act as mentor, now that all is there.

        Whoever is called by a login gets none by that: it may be the name of somebody else.

        Returns:
            Those among them whom no login is called, or who have another name by now than when they
            were copied.
        """
        tables = dict(self._halves.team)
        roles = tables.pop(self._rules.acting_table, {})
        changes = [
            DocChange(self._rules.acting_table, id, None, doc, sees=self._people)
            for id, doc in roles.items()
            if doc.get("mentee_id") in self._copied
        ]
        of = self._line, self._team, self._rules, tables
        grants = grants_for(*of, changes, asked=changes, by=self._by)
        if grants.to:
            self._send([], at=time_now(), grants=grants.to)
        key = self._rules.name_key
        logins = {key(login): name for login, name in self._mentors()}
        by_login = {one: logins[key(one)] for one in grants.without if key(one) in logins}
        without = (one for one in grants.without if one not in by_login)
        return Unseeing((*without, *grants.renamed), by_login)

    def close(self) -> None:
        """Close the line."""
        self._line.close()


def _told(one: Happening) -> dict[str, Any]:
    told = held({name: list(pair) if pair else None for name, pair in one.fields.items()})
    about = {"t": one.table, "i": one.id, "k": one.kind, "c": told}
    return {**about, "at": one.at, "by": one.by}
