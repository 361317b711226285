"""Two teams in a database, one login for each kind of person, and words that give away a leak.

Everything that somebody may not see has a word in it. Whatever a login gets from the server, rows
or errors, is looked through for the words of others.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from copy import copy
from datetime import timedelta
from typing import Any, Final

import psycopg

from data.clock import now
from tests.tools.postgres import Server
from tests.tools.prepared import AT, a_login, grant, prepared, run

TEAMS: Final = ("North", "South")
MENTORS: Final = {"ann": "North", "bob": "North", "cody": "North", "cora": "North", "dora": "South"}
"""The mentors: ann and bob of one team, dora of another, and two co-mentors of ann's mentee: cody
until today, and cora until yesterday."""
OTHERS: Final = ("carl", "mia", "stan", "zed")
"""A coordinator and a manager of North, a login that is in no team, and one that is not even in the
role of members."""
LOGINS: Final = (*MENTORS, *OTHERS)
MENTEES: Final = {"ann": "1100000000000000011", "bob": "1200000000000000012"} | {
    "dora": "2100000000000000021"
}
"""Who made which mentee."""
COUNTED: Final = "424242424242"
"""What stands for ann's mentee in the counts that she publishes."""
SCOPES: Final = {
    "ann": ("ann",),
    "bob": ("bob",),
    "cody": ("ann",),
    "dora": ("dora",),
}
"""Login -> those whose mentees it may see. What is not here sees none."""


class World:
    """A database with all of them in it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.database = prepared(server)
        self.names = {one: a_login(server, one) for one in LOGINS}
        """What each is called on the server, where other tests have logins, too."""
        self._lines = ExitStack()
        self._of_superuser: psycopg.Connection[tuple[Any, ...]] | None = None
        for one, team in MENTORS.items():
            grant(server, self.database, self.names[one], team=team, name=f"Name-{one}")
        grant(server, self.database, self.names["carl"], "coordinator", name="Name-carl")
        grant(server, self.database, self.names["mia"], "manager", name="Name-mia")
        server.execute(f"GRANT mentorrollen_member TO {self.names['stan']}")
        self._fill()
        self.words = self._words()
        """Word -> the logins that may see it."""
        self.close()  # what somebody has a line to cannot be copied

    @classmethod
    def copy_of(cls, other: World) -> World:
        """Return one of its own, with some sessions in it. It is to be closed."""
        made = copy(other)
        made.database = other.server.database(other.database)
        made.names = dict(other.names)
        made._lines = ExitStack()
        made._lines.callback(made.server.drop, made.database)
        made._live()
        return made

    def _fill(self) -> None:
        for one, mentee in MENTEES.items():
            doc = {"name": f"secret-mentee-{one}"}
            told = {"t": "mentees", "i": mentee, "k": "made", "c": {"name": [None, doc["name"]]}}
            put = {"t": "mentees", "i": mentee, "put": doc}
            docs = [{"t": "mentees", "i": mentee, "d": doc}]
            part = {"m": mentee, "n": 0, "docs": docs, "ops": [put], "told": [told]}
            self.save(one, [part])
        for one in MENTORS:
            doc = {"text": f"secret-private-{one}"}
            docs = [{"t": "notes", "i": "5", "m": "9", "d": doc}]
            put = {"t": "notes", "i": "5", "put": doc}
            self.save(one, [{"own": True, "n": self.number(one), "docs": docs, "ops": [put]}])
        for one in ("ann", "dora"):
            team = MENTORS[one]
            doc = {"text": f"secret-team-{team}"}
            docs = [{"t": "texts", "i": "6", "d": doc}]
            put = {"t": "texts", "i": "6", "put": doc}
            found = self.rows("SELECT n FROM heads WHERE team = %s AND mentee = ''", team)
            self.save(one, [{"m": "", "n": found[0][0], "docs": docs, "ops": [put], "told": []}])
        who: dict[str, Any] = dict.fromkeys(("week", "last_talk", "retention_due"))
        who |= dict.fromkeys(("phase", "talks_planned", "talks_held", "talks_cancelled"), 0)
        who |= dict.fromkeys(("no_buddy", "no_plan", "no_expectations"), True)
        who |= {"who": int(COUNTED), "steps": 0, "steps_of": 0}
        counts = {"format": 1, "written": "2026-01-02", "capacity": None, "mentees": [who]}
        with self.line("ann") as line:
            line.execute("SELECT mentorrollen.publish('North', %s, true)", (json.dumps(counts),))
            released = (MENTEES["ann"], [self.names["mia"]], AT, '{"text": "secret-released"}')
            line.execute("SELECT mentorrollen.release('North', %s, %s, %s, %s)", released)
        today = now().date()
        access = "INSERT INTO access VALUES ('North', %s, %s, %s)"
        for one, until in (("cody", today), ("cora", today - timedelta(1))):
            self.rows(access, MENTEES["ann"], self.names[one], until)
        run(self.server, self.database, "ANALYZE")

    def _live(self) -> None:
        """Open a session of each of some, which says where it is."""
        for one, mentee in (("ann", MENTEES["ann"]), ("bob", ""), ("dora", MENTEES["dora"])):
            line = self._lines.enter_context(self.line(one))
            session = f"living-{one}"
            line.execute("SELECT pg_advisory_lock_shared(hashtextextended(%s, 0))", (session,))
            where = f"{mentee}/place-{one}" if mentee else ""
            place = (MENTORS[one], session, AT, mentee, where)
            line.execute("SELECT mentorrollen.announce(%s, %s, %s, %s, %s)", place)

    def _words(self) -> dict[str, set[str]]:
        words: dict[str, set[str]] = {}
        of_team = {team: {one for one in MENTORS if MENTORS[one] == team} for team in TEAMS}
        for team in TEAMS:
            words[f"secret-team-{team}"] = of_team[team]
        for one, mentee in MENTEES.items():
            may = {login for login, whose in SCOPES.items() if one in whose}
            words[f"secret-mentee-{one}"] = may
            words[mentee] = may | ({"mia"} if one == "ann" else set())
        for one, team in MENTORS.items():
            words[f"secret-private-{one}"] = {one}
            words[f"Name-{one}"] = of_team[team]
        for one in ("carl", "mia"):
            words[f"Name-{one}"] = {one, *of_team["North"]}
        words[COUNTED] = {"ann", "carl"}
        words["secret-released"] = {"mia"}
        words["Name-ann"] = words["Name-ann"] | {"mia", "carl"}  # she releases, and she publishes
        for one in ("ann", "dora"):
            words[f"living-{one}"] = words[f"place-{one}"] = words[f"secret-mentee-{one}"]
        words["living-bob"] = of_team["North"]
        for team, salt in self.rows("SELECT team, salt FROM teams"):
            words[salt] = of_team[team]
        known = {name: one for one, name in self.names.items()}
        for login, channel in self.rows("SELECT login, channel FROM members"):
            words[channel] = {known[login]}
        for author, channel in self.rows("SELECT author, channel FROM private_heads"):
            words[channel] = {known[author]} & set(MENTORS)
        for team, mentee, channel in self.rows("SELECT team, mentee, channel FROM heads"):
            whose = next((one for one in MENTEES if MENTEES[one] == mentee), "")
            words[channel] = words[f"secret-mentee-{whose}"] if mentee else of_team[team]
        return words

    # -- asking -------------------------------------------------------------------------------

    def line(self, login: str) -> psycopg.Connection[tuple[Any, ...]]:
        """Connect as a login."""
        address = self.server.address(self.database, self.names[login])
        return psycopg.connect(address, autocommit=True)

    def rows(self, statement: str, *values: Any) -> list[Any]:
        """Ask something as the superuser, who sees all."""
        if self._of_superuser is None:
            address = self.server.address(self.database, options="-csearch_path%3Dmentorrollen")
            line = psycopg.connect(address, autocommit=True)
            self._of_superuser = self._lines.enter_context(line)
        found = self._of_superuser.execute(statement.encode(), values or None)
        return found.fetchall() if found.description is not None else []

    def number(self, login: str) -> int:
        """The number of a login's last private commit."""
        statement = "SELECT n FROM private_heads WHERE author = %s"
        return sum(row[0] for row in self.rows(statement, self.names[login]))

    def save(self, login: str, parts: Any, grants: Any = None, team: str = "") -> None:
        """Save parts as a login. Raises what psycopg raises."""
        with self.line(login) as line:
            line.execute(
                "SELECT mentorrollen.save(%s, %s, %s, %s, %s, %s)",
                (
                    team or MENTORS.get(login, "North"),
                    f"id-{login}",
                    f"session-{login}",
                    AT,
                    json.dumps(parts),
                    None if grants is None else json.dumps(grants),
                ),
            )

    def everything(self) -> dict[str, list[str]]:
        """Return all rows of all tables, to see whether anything has changed."""
        return {
            table: sorted(row[0] for row in self.rows(f"SELECT t::text FROM {table} t"))
            for table in self.tables()
        }

    def tables(self) -> list[str]:
        """Return what can be read from in the schema, as the server's catalogue has it."""
        statement = """
        SELECT c.oid::regclass::text FROM pg_class c
        WHERE c.relnamespace = 'mentorrollen'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
        ORDER BY 1"""
        self.rows("SET search_path = ''")
        try:
            return [row[0] for row in self.rows(statement)]
        finally:
            self.rows("SET search_path = mentorrollen")

    def leaks(self, login: str, told: str) -> list[str]:
        """Return the words of others in what a login was told."""
        return [word for word, may in self.words.items() if login not in may and word in told]

    def close(self) -> None:
        """Let go of the living sessions, and of a copy."""
        self._lines.close()
        self._of_superuser = None


def told(
    line: psycopg.Connection[tuple[Any, ...]], *statements: str, stay: bool = False
) -> tuple[str, str]:
    """Run statements in a transaction, or a part of one, and take everything back.

    Args:
        line: The line of a login.
        statements: What is run, up to the first that is refused.
        stay: Take back only what was refused: the transaction goes on with what the rest has done.

    Returns:
        All that the server has said, rows, notices and every field of an error, and the SQLSTATE of
        the error; "" for none.
    """
    said: list[str] = []

    def heard(notice: psycopg.errors.Diagnostic) -> None:
        said.append(fields_of(notice))

    line.add_notice_handler(heard)
    state = ""
    try:
        with line.transaction(force_rollback=not stay):
            for statement in statements:
                said.extend(answer(line, statement))
    except psycopg.Error as error:
        state = error.sqlstate or "?"
        said += [str(error), fields_of(error.diag)]
    finally:
        line.remove_notice_handler(heard)
    return "\n".join(said), state


def told_apart(line: psycopg.Connection[tuple[Any, ...]], *statements: str) -> str:
    """Run statements in a transaction that has the savepoint `apart`; return what the server said.

    What the call before this one has done is taken back first. It is one way there and back: many
    calls are made like this.
    """
    said: list[str] = []

    def heard(notice: psycopg.errors.Diagnostic) -> None:
        said.append(fields_of(notice))

    line.add_notice_handler(heard)
    try:
        cursor = line.execute("; ".join(("ROLLBACK TO SAVEPOINT apart", *statements)).encode())
        while True:
            if cursor.description is not None:
                said += [str(row) for row in cursor.fetchall()]
            if not cursor.nextset():
                break
    except psycopg.Error as error:
        said += [str(error), fields_of(error.diag)]
    finally:
        line.remove_notice_handler(heard)
    return "\n".join(said)


def answer(line: psycopg.Connection[tuple[Any, ...]], statement: str) -> Sequence[str]:
    """Return the rows of a statement, as texts; of COPY its lines."""
    cursor = line.cursor()
    if statement.startswith("COPY") and "STDOUT" in statement:
        with cursor.copy(statement.encode()) as copy:
            return [bytes(part).decode() for part in copy]
    if statement.startswith("COPY"):
        with cursor.copy(statement.encode()) as copy:
            copy.write("1\n")
        return []
    cursor.execute(statement.encode())
    return [str(row) for row in cursor.fetchall()] if cursor.description is not None else []


def fields_of(diag: psycopg.errors.Diagnostic) -> str:
    """Return every field of an error or a notice."""
    names = (one for one in dir(diag) if not one.startswith("_"))
    return "\n".join(str(getattr(diag, one)) for one in names)
