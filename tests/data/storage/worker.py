"""A process that writes until it is killed, and one that says what a file holds.

    python -m tests.data.storage.worker [--calm] write DB WORKER SEED START COUNT [shared]
    python -m tests.data.storage.worker dumpmany DB...

`write` prints READY, then for each commit `TRY key value` before it and `ACK key value` when it is
durable, and DONE at the end; `RETRY why` where it has to wait for the disk. With `shared` all
workers append to the same few texts, and the value is the piece that was appended. `dumpmany`
prints for each file `== DB`, what it holds as `VAL key value`, `NOTE` for each notice, and OK.
With `--calm` nothing else happens while a fold runs, for a judge who reads system calls in order.
"""

from __future__ import annotations

import os
import random
import re
import sys
import threading
import time
from pathlib import Path

from data.storage.backend import JournalBackend
from data.storage.problems import ErrorKind, NotSaved, StorageError
from data.storage.protocol import Doc, DocChange, Rules, Tables

TEXTS = {"notes": Rules(frozenset({"text"}))}
KEYS = 6
PATIENCE = 20.0
"""Seconds to go on trying to save."""
_STOPS = {
    ErrorKind.NEWER,
    ErrorKind.UPGRADED,
    ErrorKind.CLOSED,
    ErrorKind.FOREIGN,
    ErrorKind.LINK,
    ErrorKind.NO_LOCKS,
}


def say(*lines: str) -> None:
    os.writev(1, [line.encode() + b"\n" for line in lines])


def wait_for_folds() -> None:
    for thread in threading.enumerate():
        if thread.name == "fold":
            thread.join()


class Writer:
    """Commits one change after another, small files and small journals, so that it folds often."""

    def __init__(self, path: Path, *, calm: bool) -> None:
        self.calm = calm
        self.backend = JournalBackend(path, fold_bytes=3000, idle_fold_bytes=2000)
        self.tables: Tables = self.backend.load()

    def take(self, changes: tuple[DocChange, ...]) -> None:
        for change in changes:
            docs = self.tables.setdefault(change.table, {})
            if change.after is None:
                docs.pop(change.id, None)
            else:
                docs[change.id] = change.after

    def put(self, id: str, doc: Doc) -> bool:
        before = self.tables.get("notes", {}).get(id)
        return self.save(DocChange("notes", id, before, doc))

    def save(self, change: DocChange) -> bool:
        """Save, trying again for a while; False where it would not."""
        deadline = time.monotonic() + PATIENCE
        pause = 0.01
        while True:
            try:
                for commit in self.backend.commit([change], TEXTS):
                    self.take(commit.changes)
                if self.calm:
                    wait_for_folds()
            except NotSaved as problem:
                say(f"RETRY {problem.kind}")
                if problem.kind in _STOPS or time.monotonic() > deadline:
                    return False
                time.sleep(pause)
                pause = min(pause * 2, 0.2)
            else:
                return True


def write(argv: list[str], *, calm: bool) -> int:
    path, worker, seed, first, count, *rest = argv
    shared = "shared" in rest
    start = int(first)
    rnd = random.Random(f"{worker}-{seed}")
    try:
        writer = Writer(Path(path), calm=calm)
    except StorageError as problem:
        say(f"STOPPED {problem.kind}")
        return 1
    say("READY")
    for number in range(start, start + int(count)):
        if shared:
            key, value = f"{rnd.randrange(3) + 1}", f"w{worker}s{seed}_{number}"
            old = str(writer.tables.get("notes", {}).get(key, {}).get("text", ""))
            doc: Doc = {"text": f"{old} {value}"}
        else:
            key = f"{rnd.randrange(KEYS) + 1 + 100 * int(worker)}"
            value = f"w{worker}s{seed}_{number}"
            doc = {"text": f"{value} " + "æ" * rnd.randrange(400), "number": number}
        say(f"TRY {key} {value}")
        if not writer.put(key, doc):
            return 1
        say(f"ACK {key} {value}")
        if rnd.random() < 0.1:
            writer.backend.idle()
            if calm:
                wait_for_folds()
        if rnd.random() < 0.1:
            for commit in writer.backend.poll():
                writer.take(commit.changes)
        if rnd.random() < 0.02:
            writer.backend.close()
            writer = Writer(Path(path), calm=calm)
    writer.backend.close()
    say("DONE")
    return 0


def dump(path: Path) -> None:
    say(f"== {path}")
    try:
        backend = JournalBackend(path)
        tables = backend.load()
        for id, doc in tables.get("notes", {}).items():
            for value in re.findall(r"w\d+s\d+_\d+", str(doc.get("text", ""))):
                say(f"VAL {id} {value}")
            rest = re.sub(r"w\d+s\d+_\d+|[æ\s]", "", str(doc.get("text", "")))
            if rest:
                say(f"BAD {id} {rest[:40]!r}")
        for notice in backend.notices:
            say(f"NOTE {notice.kind}")
        backend.close()
        say("OK")
    except StorageError as problem:
        say(f"FAIL {problem.kind} {problem}")
    except Exception as problem:
        say(f"FAIL {problem!r}")


def main(argv: list[str]) -> int:
    calm = argv[0] == "--calm"
    if calm:
        argv = argv[1:]
    if argv[0] == "write":
        return write(argv[1:], calm=calm)
    for path in argv[1:]:
        dump(Path(path))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
