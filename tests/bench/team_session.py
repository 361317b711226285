"""Mentors at work on a server, in a process of their own: what `tests.bench.team` starts.

    python -m tests.bench.team_session work|memory JSON

Each mentor has a real session: the backend and the store, with the thread that saves and listens.
"""

from __future__ import annotations

import json
import queue
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from data.records import Note, Talk, Task
from data.storage.protocol import Commit, TableRules
from data.store.change import Change
from data.store.store import Store

WORDS: Final = ("sagen", "mødet", "barnet", "planen", "aftalen", "notatet", "årsag", "ønsker")
STAMP: Final = "@"
"""Begins the word of a note that says when it was written, by the clock of this machine."""


class Mentor:
    """One mentor's session, and what it has measured: seconds."""

    def __init__(self, address: str, login: str, woken: queue.SimpleQueue[Mentor]) -> None:
        # the memory of an interpreter without these is measured too
        from data.method.acting import SERVER_RULES
        from data.storage.postgres.address import Address
        from data.storage.postgres.backend import PostgresBackend

        self.commits: list[float] = []
        self.seen: list[float] = []
        self._told: queue.SimpleQueue[float] = queue.SimpleQueue()
        self._rnd = random.Random(login)
        self.backend = PostgresBackend(Address(address, "", "bench"), SERVER_RULES)
        self._commit, self._poll = self.backend.commit, self.backend.poll
        self.backend.commit = self._timed_commit  # type: ignore[method-assign]
        self.backend.poll = self._heard  # type: ignore[method-assign]
        self.store = Store(self.backend, by=login)
        self.notes = sorted(
            (one for one in self.store.all(Note) if not one.private), key=lambda one: one.id
        )
        self.store.start_saver(lambda: woken.put(self))

    def _timed_commit(self, changes: Any, rules: TableRules) -> tuple[Commit, ...]:
        start = time.monotonic()
        made = self._commit(changes, rules)
        self.commits.append(time.monotonic() - start)
        self._note(made)
        return made

    def _heard(self) -> tuple[Commit, ...]:
        made = self._poll()
        self._note(made)
        return made

    def _note(self, made: tuple[Commit, ...]) -> None:
        """Remember when what others have written was written."""
        for commit in made:
            for change in () if commit.own else commit.changes:
                text = str((change.after or {}).get("text", ""))
                if STAMP in text:
                    self._told.put(float(text.rpartition(STAMP)[2].split()[0]))

    def pump(self) -> None:
        """Take in what the saver's thread has to tell: then the mentor sees it."""
        waiting = self._told.qsize()
        self.store.pump()
        now = time.monotonic()
        self.seen += [now - self._told.get() for _one in range(waiting)]

    def work(self) -> None:
        """Look at a mentee, and write on in a note about them."""
        note = self.store.get(Note, self._rnd.choice(self.notes).id)
        assert note is not None
        for kind in (Task, Talk, Note):
            self.store.of(kind, note.mentee_id)
        words = " ".join(self._rnd.choice(WORDS) for _ in range(12))
        text = f"{note.text.partition(STAMP)[0][-700:]} {words} {STAMP}{time.monotonic()}"
        self.store.commit([Change.edited(note, text=text)], "write")


def work(addresses: list[tuple[str, str]], seconds: float, pause: float) -> dict[str, Any]:
    """Let mentors work; return what they have measured.

    Args:
        addresses: The address and the login of each.
        seconds: For how long.
        pause: How many seconds a mentor writes on before the note is saved, on average.
    """
    woken: queue.SimpleQueue[Mentor] = queue.SimpleQueue()
    opened = time.monotonic()
    mentors = [Mentor(address, login, woken) for address, login in addresses]
    opened = time.monotonic() - opened
    _say(f"{len(mentors)} are there")
    sys.stdin.readline()
    rnd = random.Random(addresses[0][1])
    start = time.monotonic()
    turns: list[list[Any]] = [[start + rnd.random() * pause, mentor] for mentor in mentors]
    while (now := time.monotonic()) < start + seconds:
        for turn in turns:
            if turn[0] <= now:
                turn[0] += pause * (0.5 + rnd.random())
                turn[1].work()
        _take_in(woken, max(0.0, min(turn[0] for turn in turns) - time.monotonic()))
    for mentor in mentors:
        mentor.store.flush(30)
    spent = time.monotonic() - start
    end = time.monotonic() + 2
    while time.monotonic() < end:  # what others have written last
        _take_in(woken, 0.1)
    found = {
        "opened": opened / len(mentors),
        "spent": spent,
        "commits": [one for mentor in mentors for one in mentor.commits],
        "seen": [one for mentor in mentors for one in mentor.seen],
    }
    for mentor in mentors:
        mentor.store.close(5)
    return found


def _take_in(woken: queue.SimpleQueue[Mentor], seconds: float) -> None:
    try:
        mentors = {woken.get(timeout=seconds)}
        while True:
            mentors.add(woken.get_nowait())
    except queue.Empty:
        if "mentors" in locals():
            for mentor in mentors:
                mentor.pump()


def memory(address: str, login: str) -> dict[str, float]:
    """Return the megabytes of a process with nothing but a line, and of one with a session."""
    import psycopg

    line = psycopg.connect(address)
    line.execute("SELECT 1")
    bare = _rss_mb()
    line.close()
    mentor = Mentor(address, login, queue.SimpleQueue())
    for kind in (Task, Talk, Note):
        mentor.store.all(kind)
    found = {"bare": bare, "session": _rss_mb()}
    mentor.store.close(5)
    return found


def _rss_mb() -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _say(text: str) -> None:
    print(text, flush=True)


JOBS: Final[dict[str, Callable[..., Any]]] = {"work": work, "memory": memory}

if __name__ == "__main__":
    _say(json.dumps(JOBS[sys.argv[1]](**json.loads(sys.argv[2]))))
