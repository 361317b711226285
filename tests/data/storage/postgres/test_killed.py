"""Sessions and the server are killed at random: what was confirmed is there, and there once."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.storage.protocol import DocChange
from tests.data.storage.postgres.team_server import TeamServer
from tests.data.storage.postgres.worker import MENTEE, RULES
from tests.tools.postgres import Server
from tests.tools.prepared import prepared

ROOT = Path(__file__).parents[4]


@pytest.fixture
def safe() -> Iterator[TeamServer]:
    """A server of its own, whose records survive its death."""
    with Server({"max_connections": "200"}) as server:
        team = TeamServer(server, server.database(prepared(server)))
        team.grant("met")
        backend = team.backend("met")
        backend.load()
        backend.commit([DocChange("mentees", MENTEE, None, {"name": "Maja", "rev": 1})], RULES)
        backend.close()
        yield team


class Ledger:
    """What the writers have tried, and what was confirmed to them."""

    def __init__(self) -> None:
        self.tried = set[str]()
        self.confirmed = set[str]()

    def read(self, output: str) -> None:
        for line in output.splitlines():
            word, _space, token = line.partition(" ")
            if word in {"TRY", "ACK"} and token.endswith("."):
                (self.confirmed if word == "ACK" else self.tried).add(token)

    def wrong(self, team: TeamServer) -> list[str]:
        """What is lost, doubled, or was never tried."""
        backend = team.backend("met")
        known = backend.load()
        backend.close()
        texts = (doc["text"] for doc in known["notes"].values())
        written = Counter(token for text in texts for token in re.findall(r"\S+?\.", text))
        made = Counter(doc["text"] for doc in known["tips"].values())
        found = [f"doubled {one}: {count}" for one, count in written.items() if count != 1]
        found += [f"lost in a note: {one}" for one in self.confirmed - written.keys()]
        found += [f"lost: {one}" for one in self.confirmed - made.keys()]
        found += [f"half made: {one}" for one in written.keys() ^ made.keys()]
        found += [f"from nowhere: {one}" for one in written.keys() - self.tried]
        found += journal_wrong(team, len(made))
        return found


def journal_wrong(team: TeamServer, records: int) -> list[str]:
    """What the journal says else: each record was made by one commit."""
    ((count,),) = team.server.execute(
        "SELECT count(*) FROM mentorrollen.commits, json_array_elements(ops) op"
        " WHERE op->>'t' = 'tips'",
        database=team.database,
    )
    return [] if count == records else [f"the journal makes {count} records of {records}"]


class Writers:
    """Processes that write, each in the place of one that has ended."""

    def __init__(self, team: TeamServer, count: int, commits: int, folder: Path) -> None:
        self.ledger = Ledger()
        self.kills = 0
        self._team, self._count, self._commits, self._folder = team, count, commits, folder
        self._round = 0

    def begin(self) -> list[tuple[subprocess.Popen[bytes], Path]]:
        self._round += 1
        address = self._team.address("met").conninfo
        running = []
        for number in range(self._count):
            name = f"r{self._round}w{number}"
            told = self._folder / name
            words = (address, name, f"{self._round}00", str(self._commits))
            with told.open("wb") as output:
                command = [sys.executable, "-m", "tests.data.storage.postgres.worker", *words]
                running.append((subprocess.Popen(command, cwd=ROOT, stdout=output), told))
        for process, told in running:
            while not told.stat().st_size:
                assert process.poll() in {None, 0}
                time.sleep(0.01)
        return running

    def round(self, rnd: random.Random, *, deaths: int, kill: bool) -> None:
        """Let writers write while the server dies so often; then kill them, or let them end."""
        running = self.begin()
        for _ in range(deaths):
            time.sleep(rnd.random())
            self._team.server.kill()
            self._team.server.start()
        if kill:
            time.sleep(rnd.random())
        for process, told in rnd.sample(running, len(running)):
            if kill:
                process.kill()
                self.kills += 1
            assert process.wait(600) in ({0, -signal.SIGKILL} if kill else {0})
            self.ledger.read(told.read_text())


def test_three_writers_killed_at_random_and_the_server_too(
    safe: TeamServer, tmp_path: Path
) -> None:
    writers, rnd = Writers(safe, 3, 10_000, tmp_path), random.Random(18)
    writers.round(rnd, deaths=0, kill=True)
    writers.round(rnd, deaths=1, kill=True)
    assert writers.ledger.confirmed
    assert (wrong := writers.ledger.wrong(safe)) == [], wrong[:9]


@pytest.mark.soak
def test_twenty_thousand_confirmed_commits(safe: TeamServer, tmp_path: Path) -> None:
    rnd, rounds, deaths = random.Random(181), 0, 0
    writers = Writers(safe, 3, 250, tmp_path)
    while len(writers.ledger.confirmed) < 20_000:
        rounds += 1
        dies = rounds % 5 == 0
        writers.round(rnd, deaths=2 * dies, kill=rounds % 3 == 0)
        deaths += 2 * dies
        if rounds % 10 == 0:
            assert (wrong := writers.ledger.wrong(safe)) == [], wrong[:9]
    assert (wrong := writers.ledger.wrong(safe)) == [], wrong[:9]
    print(
        f"\nkilled: {writers.kills} writers and {deaths} times the server;"
        f" {len(writers.ledger.confirmed)} confirmed commits, 0 lost, 0 doubled"
    )


@pytest.mark.soak
def test_fifty_writers_killed_at_random_and_the_server_too(
    safe: TeamServer, tmp_path: Path
) -> None:
    rnd, writers = random.Random(182), Writers(safe, 50, 40, tmp_path)
    writers.round(rnd, deaths=3, kill=True)
    writers.round(rnd, deaths=2, kill=False)
    assert (wrong := writers.ledger.wrong(safe)) == [], wrong[:9]
    print(
        f"\nkilled: {writers.kills} of 100 writers and 5 times the server;"
        f" {len(writers.ledger.confirmed)} confirmed commits, 0 lost, 0 doubled"
    )
