"""What a team file costs beside one's own: a commit, and opening.

    python -m tests.bench.team_file [MENTEES...]

The same documents are in both; in the team file a quarter of them, the private notes, lie in the
user's own file. What is compared is measured in turns. A commit changes one text: an answer, a
private note, or a shared one.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from data.method.parting import PARTING
from data.storage.backend import JournalBackend, fold_file
from data.storage.folder import open_folder
from data.storage.generation import replace_all, time_now
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.protocol import Doc, DocChange, Tables
from data.storage.record_file import new_generation
from data.storage.split.backend import SplitBackend
from data.store.codec import table_rules
from tests.bench.storage import sample

SIZES = (10, 100, 1000)
COMMITS = 400
OPENINGS = 15
RULES = table_rules()


def documents(mentees: int) -> Tables:
    """Return the documents of that bench, with eight notes a mentee, every second one private."""
    tables = sample(mentees)
    stamp = "2026-11-23T14:03:00+01:00"
    stamps = {"rev": 1, "created_at": stamp, "changed_at": stamp, "changed_by": "met"}
    tables["notes"] = {
        str(1_810_000_000_000_000_000 + number * 1000): {
            "mentee_id": "1",
            "text": "a note " * 30,
            "kind": "note",
            "private": number % 2 == 0,
            **stamps,
        }
        for number in range(mentees * 8)
    }
    return tables


def written(path: Path, tables: Tables) -> Path:
    """Write documents into a new record file."""
    folder, name = open_folder(path)
    lock = Lock(folder, Names(name).lock)
    with lock:
        files = folder, Names(name), lock
        replace_all(files, (tables, new_generation(None, 0, time_now())), "met")
    lock.close()
    folder.close()
    return path


class Pair:
    """The same documents in one's own file and in a team file."""

    def __init__(self, folder: Path, mentees: int) -> None:
        tables = documents(mentees)
        for name, mode in (("own", 0o700), ("team", 0o2770), ("home", 0o700)):
            (folder / name).mkdir()
            (folder / name).chmod(mode)
        self.own = written(folder / "own/x.json", deepcopy(tables))
        self.team = written(folder / "team/x.json", tables)
        self.home = folder / "home"
        first = self.open_team()  # it moves what is private
        first.load()
        first.close()
        for path in (self.own, self.team, *self.home.glob("private-*.json")):
            fold_file(path)

    def open_own(self) -> JournalBackend:
        """Return a backend of one's own file."""
        return JournalBackend(self.own, by="met")

    def open_team(self) -> SplitBackend:
        """Return a backend of the team file."""

        def opener(path: Path) -> JournalBackend:
            return JournalBackend(path, by="met")

        return SplitBackend(self.team, self.home, PARTING, RULES, opener=opener)


def commits(pair: Pair, rnd: random.Random) -> dict[str, list[float]]:
    """Return microseconds of commits, by file and what they are about."""
    backends: dict[str, Any] = {"own": pair.open_own(), "team": pair.open_team()}
    tables: dict[str, Tables] = {name: one.load() for name, one in backends.items()}
    notes = tables["own"]["notes"]
    about = {
        "answer": ("answers", list(tables["own"]["answers"]), "mentor"),
        "private note": ("notes", [id for id in notes if notes[id]["private"]], "text"),
        "shared note": ("notes", [id for id in notes if not notes[id]["private"]], "text"),
    }
    times: dict[str, list[float]] = {}
    for _commit in range(COMMITS):
        for what, (table, ids, field) in about.items():
            id = rnd.choice(ids)
            for name in rnd.sample(sorted(backends), 2):
                before: Doc = tables[name][table][id]
                after = {**before, field: rnd.randbytes(100).hex(), "rev": before["rev"] + 1}
                change = DocChange(table, id, before, after)
                start = time.perf_counter()
                backends[name].commit([change], RULES)
                times.setdefault(f"{what}, {name}", []).append(time.perf_counter() - start)
                tables[name][table][id] = after
    for backend in backends.values():
        backend.close()
    return {name: [one * 1e6 for one in found] for name, found in times.items()}


def openings(pair: Pair) -> dict[str, list[float]]:
    """Return milliseconds of openings, by file."""
    times: dict[str, list[float]] = {}
    ways: dict[str, Callable[[], Any]] = {"own": pair.open_own, "team": pair.open_team}
    for number in range(OPENINGS):
        for name in sorted(ways, reverse=bool(number % 2)):
            backend = ways[name]()
            start = time.perf_counter()
            backend.load()
            times.setdefault(name, []).append((time.perf_counter() - start) * 1e3)
            backend.close()
    return times


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mentees", type=int, nargs="*", default=SIZES)
    for mentees in parser.parse_args(argv).mentees:
        with tempfile.TemporaryDirectory() as folder:
            pair = Pair(Path(folder), mentees)
            print(f"{mentees} mentees")
            found = commits(pair, random.Random(mentees))
            for what in ("answer", "private note", "shared note"):
                own, team = (statistics.median(found[f"{what}, {one}"]) for one in ("own", "team"))
                print(f"  commit, {what}: own {own:.0f} us, team {team:.0f} us, {team / own:.2f}")
            times = openings(pair)
            own, team = (statistics.median(times[one]) for one in ("own", "team"))
            print(f"  opening: own {own:.1f} ms, team {team:.1f} ms, {team / own:.2f}")


if __name__ == "__main__":
    main()
