"""What the backups cost: opening, committing, folding and deleting for good with 60 of them.

    python -m tests.bench.backups [MENTEES]

Beside it, in turns and in the same run: the same with one backup.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from data import clock
from data.storage.backend import JournalBackend
from data.storage.kept.policy import Keeping, set_keeping
from data.storage.protocol import DocChange, Tables
from data.storage.upkeep.going import Wanted, look
from data.storage.upkeep.held import held_by_all
from data.storage.upkeep.purging import purge
from tests.bench.storage import sample, write_sample

MANY = 60
ROUNDS = 15


class File:
    """A file with some backups: one and the same, under a name for each of so many days."""

    def __init__(self, folder: Path, tables: Tables, backups: int) -> None:
        folder.mkdir(mode=0o700)
        self.path = folder / "x.json"
        self.id = next(iter(tables["answers"]))
        self.times: dict[str, list[float]] = {}
        write_sample(self.path, tables)
        self._rnd = random.Random(1)
        backend = JournalBackend(self.path)
        self._load(backend)
        self._commit(backend)
        backend.fold()
        backend.close()
        inner = folder / "x.json.backups"
        files = list(inner.iterdir())
        for number in range(1, backups):
            at = clock.now() - timedelta(days=number)
            for file in files:
                name = f"{0:06d}-{at:%Y%m%d-%H%M%S}-{number:016x}{file.suffix}"
                os.link(file, inner / name)

    def _commit(self, backend: JournalBackend) -> None:
        docs = self._docs
        before = docs[self.id]
        after = {**before, "mentor": f"{self._rnd.random()}", "rev": before["rev"] + 1}
        change = DocChange("answers", self.id, before, after)
        self._timed("commit", lambda: backend.commit([change], {}))
        docs[self.id] = after

    def _timed(self, name: str, work: Callable[[], object]) -> None:
        start = time.perf_counter()
        work()
        self.times.setdefault(name, []).append(time.perf_counter() - start)

    def round(self) -> None:
        """Open the file, commit, fold, and close it."""
        backend = JournalBackend(self.path)
        self._timed("opening", lambda: self._load(backend))
        for _number in range(5):
            self._commit(backend)
        self._timed("fold", backend.fold)
        backend.close()
        newest = max(self.path.with_name("x.json.backups").glob("*.json"))
        for file in (newest, newest.with_suffix(".journal")):
            file.unlink()  # so that their number stays

    def _load(self, backend: JournalBackend) -> None:
        self._docs = backend.load()["answers"]


def main(arguments: list[str]) -> None:
    """Measure once."""
    mentees = int(arguments[0]) if arguments else 1000
    tables = sample(mentees)
    set_keeping(Keeping(days=MANY + 1))  # all of them stay
    with tempfile.TemporaryDirectory(dir=".") as name:
        one, many = (File(Path(name) / str(number), tables, number) for number in (1, MANY))
        size = one.path.stat().st_size / 1e6
        print(f"{mentees} mentees, {size:.1f} MB; with 1 and with {MANY} backups, median ms")
        files = [one, many]
        for _round in range(ROUNDS):
            random.shuffle(files)
            for file in files:
                file.round()
        for what in ("opening", "commit", "fold"):
            few, all_ = (statistics.median(file.times[what]) * 1000 for file in (one, many))
            print(f"{what:10} {few:9.2f} {all_:9.2f}   ratio {all_ / few:.2f}")
        start = time.perf_counter()
        for held in held_by_all(many.path):
            assert held.hindrance is None
        print(f"mentor backup list, each: {(time.perf_counter() - start) / MANY * 1000:.1f} ms")
        start = time.perf_counter()
        write_sample(Path(name) / "1" / "other.json", tables)
        written = time.perf_counter() - start
        id = next(iter(tables["mentees"]))
        start = time.perf_counter()
        going = look(many.path, Wanted("mentee", frozenset({id})), by="met")
        print(f"looking for what goes: {time.perf_counter() - start:.2f} s")
        start = time.perf_counter()
        report = purge(many.path, going)
        whole = time.perf_counter() - start
        each = whole / max(len(report.rewritten), 1)
        print(
            f"deleting it for good: {whole:.2f} s with {len(report.rewritten)} backups, "
            f"{each:.2f} s each, {each / written:.2f} of writing the file"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
