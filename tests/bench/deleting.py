"""What it costs to delete somebody for good, at 1,000 mentees, with a backup for each of 14 days.

    python -m tests.bench.deleting [MENTEES]

Beside it, in the same run: writing the data file, which each backup needs once.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from data.storage.backend import JournalBackend
from data.storage.kept.backup import time_of
from data.storage.protocol import DocChange
from data.storage.upkeep.going import Wanted, look
from data.storage.upkeep.purging import purge
from tests.bench.storage import sample, write_sample

DAYS = 14


def prepare(path: Path, mentees: int) -> str:
    """Write a file and a backup for each day. Return the id of a mentee."""
    tables = sample(mentees)
    write_sample(path, tables)
    inner = path.with_name(f"{path.name}.backups")
    for day in range(DAYS):
        backend = JournalBackend(path)
        loaded = backend.load()
        id = list(tables["answers"])[day]
        before = loaded["answers"][id]
        backend.commit([DocChange("answers", id, before, {**before, "mentor": f"{day}"})], {})
        backend.fold()
        backend.close()
        for file in inner.iterdir():
            gen, stamp, rest = file.name.split("-", 1)[0], file.name[7:22], file.name[23:]
            at = time_of(stamp) - timedelta(days=1)
            file.rename(inner / f"{gen}-{at:%Y%m%d-%H%M%S}-{rest}")
    return next(iter(tables["mentees"]))


def timed(text: str, start: float) -> float:
    """Print how long something took."""
    seconds = time.perf_counter() - start
    print(f"{text:44} {seconds:7.2f} s")
    return seconds


def main(arguments: list[str]) -> None:
    """Measure once."""
    mentees = int(arguments[0]) if arguments else 1000
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name)
        folder.chmod(0o700)
        path = folder / "x.json"
        id = prepare(path, mentees)
        found = list(path.with_name("x.json.backups").glob("*.json"))
        print(f"{path.stat().st_size / 1e6:.1f} MB, {len(found)} backups")
        tables = sample(mentees)
        start = time.perf_counter()
        write_sample(folder / "other.json", tables)
        written = timed("writing the data file", start)
        start = time.perf_counter()
        going = look(path, Wanted("mentee", frozenset({id})), by="met")
        timed("looking for what goes (the dry run)", start)
        start = time.perf_counter()
        times: list[float] = []
        report = purge(path, going, progress=lambda _step, _of: times.append(time.perf_counter()))
        whole = timed("deleting it", start)
        per_backup = (times[len(report.rewritten) + 1] - times[1]) / len(report.rewritten)
        print(f"{'commit and fold':44} {times[1] - start:7.2f} s")
        print(f"{'each backup':44} {per_backup:7.2f} s, {per_backup / written:.2f} of writing it")
        print(f"{'the rest, and looking through all':44} {times[0] + whole - times[-1]:7.2f} s")
        print(f"found afterwards: {report.found}")


if __name__ == "__main__":
    main(sys.argv[1:])
