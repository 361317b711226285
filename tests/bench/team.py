"""What a team's records in a PostgreSQL server cost, with 200 mentors at work.

    python -m tests.bench.team [MENTEES...] [--seconds N] [--pause N]

For each size there is a database with so many mentees on one and the same server, which writes to
the disk as PostgreSQL does by itself (fsync). Measured are:

- one line alone: a commit of a note, beside a raw INSERT and a COMMIT of the same bytes with
  psycopg, and an INSERT that commits by itself, in turns over all sizes; and opening, in turns over
  all sizes and a database of 100 mentees;
- 200 mentors at work: each has a session with the store and its thread, in two processes. Each
  looks at a mentee, writes on in a note, which is saved every few seconds, and hears of what the
  colleagues write. A commit, and how long it takes until another session has it;
- the same without a pause: how many commits a second the machine makes, with its clients;
- the memory of one session in a process of its own, above one with psycopg and a line.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any, Final

import psycopg

from data.method.acting import SERVER_RULES
from data.records import Note
from data.storage.generation import time_now
from data.storage.journal import to_json
from data.storage.postgres.address import Address
from data.storage.postgres.backend import PostgresBackend
from data.storage.postgres.parts import shared_parts
from data.storage.protocol import DocChange
from tests.bench.team_database import MENTEES, MENTORS, disk_bytes, fill, let_in, login
from tests.tools.postgres import FAST, Server

SIZES: Final = (1_000, 10_000, 100_000)
SMALLEST: Final = 100
AT_WORK: Final = 200
PROCESSES: Final = 2
ROUNDS: Final = 300
OPENINGS: Final = 15
WAYS: Final = ("commit", "raw", "single", "open")
_INSERT: Final = "INSERT INTO raw (doc) VALUES (%s)"
SETTINGS: Final = {
    "shared_buffers": "512MB",
    "max_connections": "300",
    "max_wal_size": "8GB",
    "autovacuum_naptime": "60s",
}
"""What an administrator of a server for so many sets, and otherwise as PostgreSQL comes."""


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value that this part of all are below."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


def told_ms(values: Sequence[float]) -> str:
    """Return p50 and p99 of seconds as milliseconds."""
    if not values:
        return "-"
    return f"{percentile(values, 0.5) * 1e3:.2f} / {percentile(values, 0.99) * 1e3:.2f}"


class Quiet:
    """One session, and a raw line to the same database."""

    def __init__(self, server: Server, database: str) -> None:
        self.address = server.address(database, login(0, 0))
        self.backend = PostgresBackend(Address(self.address, "", "bench"), SERVER_RULES)
        notes = self.backend.load()[Note.table]
        self._id = next(id for id, doc in notes.items() if not doc["private"])
        server.execute("CREATE TABLE raw (id bigserial PRIMARY KEY, doc json)", database=database)
        self._raw = psycopg.connect(server.address(database))
        self._single = psycopg.connect(server.address(database), autocommit=True)
        self.times: dict[str, list[float]] = {one: [] for one in WAYS}

    def turn(self, rnd: random.Random) -> None:
        """Write both ways, in random order."""
        before = self.backend.known()[Note.table][self._id]
        letters = rnd.randbytes(400).hex()
        after = {**before, "text": letters, "rev": before["rev"] + 1, "changed_at": time_now()}
        change = DocChange(Note.table, self._id, before, after)
        sent = to_json(shared_parts([change], {}, time_now(), "met")).decode()
        ways: dict[str, Callable[[], object]] = {
            "commit": lambda: self.backend.commit([change], SERVER_RULES.merging),
            "raw": lambda: self._insert(sent),
            "single": lambda: self._single.execute(_INSERT, (sent,)),
        }
        for name in rnd.sample(sorted(ways), len(ways)):
            self._time(name, ways[name])

    def _insert(self, sent: str) -> None:
        self._raw.execute(_INSERT, (sent,))
        self._raw.commit()

    def open(self) -> None:
        """Open once more, and close."""
        other = PostgresBackend(Address(self.address, "", "bench"), SERVER_RULES)
        self._time("open", other.load)
        other.close()

    def _time(self, name: str, way: Callable[[], object]) -> None:
        start = time.perf_counter()
        way()
        self.times[name].append(time.perf_counter() - start)

    def close(self) -> None:
        """Close both lines."""
        self.backend.close()
        self._raw.close()
        self._single.close()


def alone(server: Server, databases: dict[int, str]) -> dict[int, dict[str, list[float]]]:
    """Measure one line, in turns over all sizes; return seconds by size and what was done."""
    rnd = random.Random(1)
    sessions = {size: Quiet(server, name) for size, name in databases.items()}
    for number in range(ROUNDS + 20):
        for size in rnd.sample(sorted(sessions), len(sessions)):
            sessions[size].turn(rnd)
            if number == 19:  # the first ones prepare statements and fill caches
                sessions[size].times = {one: [] for one in WAYS}
    for _number in range(OPENINGS):
        for size in rnd.sample(sorted(sessions), len(sessions)):
            sessions[size].open()
    for one in sessions.values():
        one.close()
    return {size: one.times for size, one in sessions.items()}


def at_work(
    server: Server, database: str, teams: Sequence[int], seconds: float, pause: float
) -> dict[str, Any]:
    """Let 200 mentors of these teams work; return what they have measured."""
    logins = [login(team, mentor) for team in teams for mentor in range(MENTORS)]
    processes = []
    for number in range(PROCESSES):
        own = [(server.address(database, one), one) for one in logins[number::PROCESSES]]
        processes.append(_start("work", addresses=own, seconds=seconds, pause=pause))
    for one in processes:
        assert one.stdout is not None
        one.stdout.readline()
    for one in processes:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    found = [json.loads(one.communicate()[0]) for one in processes]
    return {
        "commits": [each for one in found for each in one["commits"]],
        "seen": [each for one in found for each in one["seen"]],
        "spent": max(one["spent"] for one in found),
        "opened": median(one["opened"] for one in found),
    }


def _start(job: str, **values: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bench.team_session", job, json.dumps(values)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)


def chosen_teams(mentees: int) -> list[int]:
    """Return the teams of the mentors at work, evenly over all."""
    count, needed = mentees // MENTEES, min(AT_WORK // MENTORS, mentees // MENTEES)
    return [number * count // needed for number in range(needed)]


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("mentees", type=int, nargs="*", default=SIZES, help="multiples of 1,000")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long mentors work")
    parser.add_argument("--pause", type=float, default=5.0, help="between two commits of a mentor")
    options = parser.parse_args(argv)
    with Server({**SETTINGS, **FAST}, in_memory=False) as server:
        databases = {size: fill(server, size) for size in (SMALLEST, *options.mentees)}
        teams = {size: chosen_teams(size) for size in databases}
        let_in(server, sorted({0, *(team for some in teams.values() for team in some)}))
        server.stop()
        server.settings = {**server.settings, **dict.fromkeys(FAST, "on")}
        server.start()
        measure(server, databases, options.seconds, options.pause)


def measure(server: Server, databases: dict[int, str], seconds: float, pause: float) -> None:
    """Measure all sizes and print."""
    quiet = alone(server, databases)
    smallest = quiet[SMALLEST]
    print("a server, ms p50 / p99")
    for size, database in databases.items():
        times = quiet[size]
        commit, raw, single = (median(times[one]) for one in ("commit", "raw", "single"))
        grown = median(times["open"]) / median(smallest["open"])
        print(f"{size:,} mentees, {disk_bytes(server, database) / 1e6:,.0f} MB on the disk")
        print(f"  alone: commit {told_ms(times['commit'])}, raw {told_ms(times['raw'])}")
        print(f"    commit / raw {commit / raw:.2f} (<= 2), / one statement {commit / single:.2f}")
        print(f"    opening {told_ms(times['open'])}, / with {SMALLEST} {grown:.2f} (<= 1.3)")
        if size == SMALLEST:
            continue
        found = at_work(server, database, chosen_teams(size), seconds, pause)
        made = len(found["commits"]) / found["spent"]
        print(f"  {AT_WORK} at work, {made:.0f} commits a second: {told_ms(found['commits'])}")
        print(f"    seen by another session: {told_ms(found['seen'])} of {len(found['seen'])}")
        found = at_work(server, database, chosen_teams(size), seconds / 4, 0.0)
        made = len(found["commits"]) / found["spent"]
        print(f"    without a pause: {made:.0f} commits a second, {told_ms(found['commits'])}")
        used = _start("memory", address=server.address(database, login(0, 0)), login=login(0, 0))
        mb = json.loads(used.communicate()[0])
        print(f"  one session: {mb['session'] - mb['bare']:.1f} MB above {mb['bare']:.1f}")
    sizes = sorted(databases)[1:]
    if len(sizes) > 1:
        first, last = (median(quiet[size]["commit"]) for size in (sizes[0], sizes[-1]))
        print(f"commit, {sizes[-1]:,} / {sizes[0]:,} mentees: {last / first:.2f} (<= 1.2)")


if __name__ == "__main__":
    main()
