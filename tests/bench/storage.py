"""What storage costs: a commit, opening, folding and memory, at 10 to 10,000 mentees.

    python -m tests.bench.storage [MENTEES...]

Beside it, in the same run and in random order: an fsync'd append of the same bytes, SQLite (WAL,
synchronous=FULL) with one row per document, and plain TinyDB. SQLite is measured twice: freshly
opened, as the program would use it, and with a log that it writes over (which it does after 4 MB).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from data.storage.backend import JournalBackend
from data.storage.fold import fold
from data.storage.folder import open_folder
from data.storage.generation import replace_all, time_now
from data.storage.journal import to_json
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.protocol import Doc, DocChange, Rules, Tables
from data.storage.record_file import new_generation

SIZES = (10, 100, 1000, 10_000)
COMMITS = 400
TEXTS = {"answers": Rules(frozenset({"mentee", "mentor"}))}
WORDS = "sagen mødet barnet planen aftalen loven notatet børnehaven forældre årsag ønsker følger"


def sample(mentees: int) -> Tables:
    """Make documents as the program writes them: some 30 KB for each mentee."""
    rnd = random.Random(mentees)
    soup = " ".join(rnd.choice(WORDS.split()) for _ in range(20_000))
    ids = iter(range(1_790_000_000_000_000_000, 1_800_000_000_000_000_000, 1000))
    tables: Tables = {"mentees": {}, "tasks": {}, "talks": {}, "answers": {}, "duties": {}}

    def text(length: int) -> str:
        start = rnd.randrange(len(soup) - length)
        return soup[start : start + length]

    def add(table: str, **fields: Any) -> str:
        id = str(next(ids))
        stamp = "2026-11-23T14:03:00+01:00"
        book = {"rev": 1, "created_at": stamp, "changed_at": stamp, "changed_by": "met"}
        tables[table][id] = {**fields, **book}
        return id

    for _mentee in range(mentees):
        mentee = add("mentees", name=text(15), title=text(20))
        for order in range(12):
            add("tasks", mentee_id=mentee, title=text(30), description=text(80), order=order)
        for number in range(8):
            talk = add("talks", mentee_id=mentee, number=number)
            for _question in range(8):
                add("answers", mentee_id=mentee, talk_id=talk, key="next", mentor=text(110))
        for _duty in range(20):
            add("duties", mentee_id=mentee, text=text(30), parts={"1": "main"})
    return tables


@dataclass
class Row:
    """What was measured at one size."""

    mentees: int
    megabytes: float
    times: dict[str, list[float]] = field(default_factory=dict)
    """Milliseconds by what was measured."""
    memory: dict[str, float] = field(default_factory=dict)
    """Megabytes above the bare interpreter with the same modules."""

    def add(self, name: str, work: Callable[[], object]) -> None:
        """Measure once."""
        start = time.perf_counter()
        work()
        self.times.setdefault(name, []).append((time.perf_counter() - start) * 1000)

    def p50(self, name: str) -> float:
        """Return the median in milliseconds."""
        return statistics.median(self.times[name])

    def p99(self, name: str) -> float:
        """Return the 99th percentile in milliseconds."""
        return sorted(self.times[name])[int(len(self.times[name]) * 0.99)]


def write_sample(path: Path, tables: Tables) -> None:
    """Write a record file with its journal."""
    folder, name = open_folder(path)
    names = Names(name)
    lock = Lock(folder, names.lock)
    meta = new_generation(None, 1, time_now())
    with lock:
        replace_all((folder, names, lock), (tables, meta), "met")
    lock.close()
    folder.close()


class Sqlite:
    """One row for each document."""

    def __init__(self, path: Path, docs: dict[str, Doc], *, recycled: bool) -> None:
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("CREATE TABLE answers(id INTEGER PRIMARY KEY, doc TEXT)")
            rows = [(int(id), json.dumps(doc)) for id, doc in docs.items()]
            db.executemany("INSERT INTO answers VALUES(?, ?)", rows)
        db.close()
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA synchronous=FULL")
        if recycled:
            self.db.execute("PRAGMA wal_autocheckpoint=20")
            for id in list(docs)[:60]:
                self.update(id, docs[id])

    def update(self, id: str, doc: Doc) -> None:
        """Write one document."""
        row = json.dumps(doc), int(id)
        self.db.execute("UPDATE answers SET doc=? WHERE id=?", row)


class Edits:
    """Makes changes of one answer after another, of some 300 characters each."""

    def __init__(self, docs: dict[str, Doc], rnd: random.Random) -> None:
        self._docs = docs
        self._ids = list(docs)
        self._rnd = rnd

    def next(self, id: str = "") -> DocChange:
        """Return a change of an answer, or of any."""
        id = id or self._rnd.choice(self._ids)
        before = self._docs[id]
        words = " ".join(self._rnd.choice(WORDS.split()) for _ in range(45))
        after = {**before, "mentor": words, "rev": before["rev"] + 1, "changed_at": time_now()}
        self._docs[id] = after
        return DocChange("answers", id, before, after)


def append(fd: int, line: bytes, at: int) -> None:
    """Write a line at the end of a file, durably."""
    os.pwrite(fd, line, at)
    os.fdatasync(fd)


def measure_commits(row: Row, path: Path) -> None:
    """Edit one answer after another, by each means in random order."""
    rnd = random.Random(1)
    backend = JournalBackend(path, by="met")
    docs = dict(backend.load()["answers"])
    edits = Edits(docs, rnd)
    fresh = Sqlite(path.with_name("fresh.db"), docs, recycled=False)
    recycled = Sqlite(path.with_name("recycled.db"), docs, recycled=True)
    raw = os.open(path.with_name("raw"), os.O_RDWR | os.O_CREAT, 0o600)
    at = 0
    for number in range(COMMITS):
        change = edits.next()
        id, after = change.id, change.after or {}
        line = to_json({"c": "00000000", "r": {"s": number, "at": time_now(), "by": "met"}})
        line = line.ljust(len(to_json(after["mentor"])) + 230)

        work: dict[str, Callable[[], object]] = {
            "raw": partial(append, raw, line, at),
            "commit": partial(backend.commit, [change], TEXTS),
            "sqlite": partial(fresh.update, id, after),
            "sqlite, log written over": partial(recycled.update, id, after),
        }
        for name in rnd.sample(list(work), len(work)):
            row.add(name, work[name])
        again = edits.next(id)
        row.add("commit again", partial(backend.commit, [again], TEXTS))
        at += len(line)
    os.close(raw)
    fresh.db.close()
    recycled.db.close()
    file = backend._file
    assert file is not None
    row.add("fold", lambda: fold(file.session.folder, file.session.names, "met"))
    backend.close()


def growth(paths: Sequence[Path]) -> float:
    """Return what a commit to the last file takes, in times of one to the first.

    Both are open, and commits go to them in turns: the disk is slower one minute than the next.
    """
    rnd = random.Random(2)
    backends = [JournalBackend(path, by="met") for path in paths]
    edits = [Edits(dict(backend.load()["answers"]), rnd) for backend in backends]
    row = Row(0, 0)
    for _number in range(COMMITS):
        for which in rnd.sample(range(len(paths)), len(paths)):
            change = edits[which].next()
            row.add(str(which), partial(backends[which].commit, [change], TEXTS))
    for backend in backends:
        backend.close()
    return row.p50(str(len(paths) - 1)) / row.p50("0")


def measure_tinydb(row: Row, path: Path) -> None:
    """Edit with plain TinyDB, on a copy."""
    copy = path.with_name("tinydb.json")
    copy.write_bytes(path.read_bytes())
    with TinyDB(copy) as db:
        row.add("tinydb open", lambda: db.table("answers").get(doc_id=1))
        table = db.table("answers")
        ids = [int(next(iter(json.loads(path.read_bytes())["answers"])))]
        for number in range(1 if row.mentees >= 10_000 else 5):
            words = f"{number} " * 100
            row.add("tinydb", partial(table.update, {"mentor": words}, doc_ids=ids))


def _load_json(path: Path) -> object:
    with path.open(encoding="utf-8") as file:
        return json.load(file)


def _load_ours(path: Path) -> object:
    backend = JournalBackend(path)
    return backend, backend.load()


LOADERS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _path: None,
    "json": _load_json,
    "open": _load_ours,
    "tinydb": lambda path: TinyDB(path).table("answers").get(doc_id=1),
}


def measure_loading(row: Row, path: Path) -> None:
    """Open in processes of their own: time and peak memory."""
    for name in LOADERS:
        for _round in range(1 if row.mentees >= 10_000 else 3):
            command = [sys.executable, "-m", "tests.bench.storage", "--load", name, str(path)]
            found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            row.times.setdefault(f"load {name}", []).append(found["ms"])
            row.memory[name] = found["mb"]


def load(name: str, path: Path) -> None:
    """Load by one means in this process, and say what it took."""
    start = time.perf_counter()
    kept = LOADERS[name](path)
    taken = (time.perf_counter() - start) * 1000
    # `getrusage` would count what the process that started this one had in memory.
    status = Path("/proc/self/status").read_text("ascii").splitlines()
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    print(json.dumps({"ms": taken, "mb": peak, "kept": kept is not None}))
    sys.stdout.flush()
    os._exit(0)


def measure(mentees: int, room: Path) -> Row:
    """Measure all at one size."""
    folder = room / str(mentees)
    folder.mkdir(mode=0o700)
    path = folder / "x.json"
    write_sample(path, sample(mentees))
    row = Row(mentees, path.stat().st_size / 1e6)
    measure_loading(row, path)
    measure_commits(row, path)
    measure_tinydb(row, path)
    return row


def lines(rows: list[Row], grown: float) -> list[tuple[str, list[str]]]:
    """Return the table: what it is, and a cell for each size."""

    def cells(form: Callable[[Row], str]) -> list[str]:
        return [form(row) for row in rows]

    def micro(name: str) -> Callable[[Row], str]:
        return lambda row: f"{row.p50(name) * 1000:,.0f} / {row.p99(name) * 1000:,.0f}"

    def ratio(name: str, other: str) -> Callable[[Row], str]:
        return lambda row: f"{row.p50(name) / row.p50(other):.2f}"

    def best(name: str, other: str) -> Callable[[Row], str]:
        return lambda row: f"{min(row.times[name]) / min(row.times[other]):.2f}"

    def loading(name: str) -> Callable[[Row], str]:
        return lambda row: f"{min(row.times[f'load {name}']):,.0f}"

    def memory(name: str) -> Callable[[Row], str]:
        return lambda row: f"{row.memory[name] - row.memory['nothing']:,.0f}"

    table = [
        ("mentees", cells(lambda row: f"{row.mentees:,}")),
        ("file, MB", cells(lambda row: f"{row.megabytes:,.1f}")),
        ("append + fdatasync, p50/p99 us", cells(micro("raw"))),
        ("commit, p50/p99 us", cells(micro("commit"))),
        ("the same answer again, p50/p99 us", cells(micro("commit again"))),
        ("SQLite FULL, p50/p99 us", cells(micro("sqlite"))),
        ("SQLite FULL, log written over, p50/p99 us", cells(micro("sqlite, log written over"))),
        ("plain TinyDB edit, p50 us", cells(lambda row: f"{row.p50('tinydb') * 1000:,.0f}")),
        ("commit / append", cells(ratio("commit", "raw"))),
        ("the same answer again / append", cells(ratio("commit again", "raw"))),
        ("commit / SQLite", cells(ratio("commit", "sqlite"))),
        ("commit / SQLite, log written over", cells(ratio("commit", "sqlite, log written over"))),
        ("opening, ms", cells(loading("open"))),
        ("json.load, ms", cells(loading("json"))),
        ("plain TinyDB, first read, ms", cells(loading("tinydb"))),
        ("opening / json.load", cells(best("load open", "load json"))),
        ("memory when open, MB", cells(memory("open"))),
        ("memory of json.load, MB", cells(memory("json"))),
        ("fold, ms", cells(lambda row: f"{row.p50('fold'):,.0f}")),
    ]
    return [*table, ("commit, largest / smallest file, in turns", [f"{grown:.2f}"])]


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("mentees", nargs="*", type=int, default=SIZES)
    parser.add_argument("--folder", type=Path, help="where to measure; default: a temporary one")
    parser.add_argument("--load", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.load:
        load(options.load[0], Path(options.load[1]))
    with tempfile.TemporaryDirectory(dir=options.folder) as room:
        rows = [measure(mentees, Path(room)) for mentees in options.mentees]
        ends = (rows[0].mentees, rows[-1].mentees)
        grown = growth([Path(room, str(mentees), "x.json") for mentees in dict.fromkeys(ends)])
    print("Storage: commits of one answer of some 300 characters, all durable")
    for name, found in lines(rows, grown):
        print(f"{name:<42}", *(f"{cell:>16}" for cell in found))


if __name__ == "__main__":
    main()
