"""The network swallows in the middle of a commit. The commit is made once, whatever follows."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from data.method.acting import SERVER_RULES
from data.storage.postgres.address import Address
from data.storage.postgres.backend import PostgresBackend
from data.storage.problems import NotSaved
from data.storage.protocol import Commit, DocChange
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.proxy import Cut, How, Proxy, Where

RULES = SERVER_RULES.merging
ROOT = Path(__file__).parents[4]
LATE = {Where.LATE_FIRST, Where.LATE_LAST}
CUTS = [one for one in itertools.product(Where, How) if not (one[0] in LATE and one[1] is How.END)]


class Typist:
    """A session that lengthens a text, makes a record each time, and is cut off while it does."""

    def __init__(self, team: TeamServer, mentee: str, proxy: Proxy) -> None:
        address = team.server.address(team.database, "met").replace(
            str(team.server.port), str(proxy.port)
        )
        self.mentee, self.proxy, self.wrong = mentee, proxy, list[str]()
        self.note = f"{mentee}00"
        self.backend = PostgresBackend(Address(address, "", "db"), SERVER_RULES, patience=0.3)
        self.backend.load()
        self._commit(
            DocChange("mentees", mentee, None, {"name": "Maja", "rev": 1}),
            DocChange("notes", self.note, None, self._note("")),
        )

    def _note(self, text: str, rev: int = 1) -> dict[str, object]:
        return {
            "mentee_id": self.mentee,
            "kind": "note",
            "private": False,
            "text": text,
            "rev": rev,
        }

    def _tip(self, token: str, *, shared: bool) -> dict[str, object]:
        """A record that belongs to the whole team, which others write in at the same time, or not.

        A request that comes late is refused if one of them has been quicker. It is to be made here.
        """
        return {"text": token, "rev": 1, **({} if shared else {"mentee_id": self.mentee})}

    def _commit(self, *changes: DocChange) -> tuple[Commit, ...]:
        for _ in range(50):
            try:
                return self.backend.commit(changes, RULES)
            except NotSaved:
                continue
        raise AssertionError("could not be saved")

    def run(self, cuts: Sequence[tuple[Where, How]]) -> None:
        try:
            for number, (where, how) in enumerate(cuts):
                self.write(f"{self.mentee}x{number:03}.", where, how)
        except BaseException as error:
            self.wrong.append(repr(error))
            raise

    def write(self, token: str, where: Where, how: How) -> None:
        before = self.backend.known()["notes"][self.note]
        text = before["text"] + token
        self.proxy.cut = Cut(token.encode(), where, how)
        commits = self._commit(
            DocChange("notes", self.note, before, {**before, "text": text, "rev": 9}),
            DocChange("tips", token.strip("."), None, self._tip(token, shared=where not in LATE)),
        )
        commit = commits[-1]
        if not (commit.own and len(commit.changes) == 2 and commit.clashes == ()):
            self.wrong.append(f"{where} {how}: {commits}")
        if self.backend.known()["notes"][self.note]["text"] != text:
            self.wrong.append(f"{where} {how}: the text is another one")


def made(team: TeamServer, mentee: str, token: str) -> int:
    """How many commits the journal has about a mentee, or the team, that hold a token."""
    statement = "SELECT count(*) FROM mentorrollen.commits WHERE mentee = %s AND ops::text LIKE %s"
    ((count,),) = team.server.execute(statement, mentee, f"%{token}%", database=team.database)
    return int(count)


def swallow(team: TeamServer, sessions: int, each: Sequence[tuple[Where, How]]) -> int:
    """Let sessions be cut off. Return how often one was."""
    proxies = [Proxy(team.server.port) for _ in range(sessions)]
    for proxy in proxies:
        proxy.__enter__()
    typists = [Typist(team, str(number + 1), proxy) for number, proxy in enumerate(proxies)]
    threads = [threading.Thread(target=one.run, args=(each,)) for one in typists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [wrong for one in typists for wrong in one.wrong] == []
    for one in typists:
        one.backend.close()
        again = team.backend("met")
        known = again.load()
        scopes = ["", one.mentee]
        tokens = [f"{one.mentee}x{number:03}." for number in range(len(each))]
        assert known["notes"][one.note]["text"] == "".join(tokens)
        texts = [doc["text"] for doc in known["tips"].values()]
        assert [texts.count(token) for token in tokens] == [1] * len(tokens)
        tips = [
            made(team, where, f'put":{{"text":"{token}') for token in tokens for where in scopes
        ]
        assert sorted(tips) == [0] * len(tokens) + [1] * len(tokens)
        assert made(team, one.mentee, "") == len(tokens) + 1
        again.close()
    for proxy in proxies:
        proxy.__exit__(None, None, None)
    return sum(proxy.cuts for proxy in proxies)


@pytest.mark.parametrize("part", range(2))
def test_a_commit_is_made_once_wherever_the_line_is_cut(team: TeamServer, part: int) -> None:
    assert swallow(team, 2, CUTS[part::2]) == 2 * len(CUTS[part::2])


@pytest.mark.soak
def test_two_hundred_commits_that_the_network_swallows_are_made_once(team: TeamServer) -> None:
    found = swallow(team, 4, (CUTS * 4)[:55])
    print(f"\nswallowed: {found} commits, each made once")
    assert found >= 200


def test_what_psycopg_tells_of_a_broken_line_is_not_written_across_the_screen() -> None:
    program = (
        "import logging, data.storage.postgres.line; logging.getLogger('psycopg').warning('lost')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout + done.stderr == ""
