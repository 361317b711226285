"""Real processes, really killed: nothing that one of them confirmed may be missing."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest

WORKER = [sys.executable, "-m", "tests.data.storage.worker"]
ROOT = Path(__file__).parents[4]
CHANGING = (
    "write,pwrite64,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,linkat,unlinkat,"
    "mkdirat,fchmod"
)
needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None,
    reason="strace is not installed: death before each real system call is NOT tested",
)


class Ledger:
    """What each worker has tried and what was confirmed to it."""

    def __init__(self) -> None:
        self.confirmed: dict[str, str] = {}
        self.tried: dict[str, list[str]] = defaultdict(list)
        self.pieces: set[tuple[str, str]] = set()
        self.count = 0

    def read(self, output: str) -> None:
        for line in output.splitlines():
            word, *rest = line.split()
            if word == "TRY":
                self.tried[rest[0]].append(rest[1])
            elif word == "ACK":
                self.count += 1
                self.confirmed[rest[0]] = rest[1]
                self.tried[rest[0]] = []
                self.pieces.add((rest[0], rest[1]))

    def wrong(self, path: Path, *, shared: bool = False) -> list[str]:
        """Return what is missing from the file."""
        run = subprocess.run(
            [*WORKER, "dumpmany", str(path)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        lines = [line.split() for line in run.stdout.splitlines()]
        if ["OK"] not in lines:
            return [run.stdout + run.stderr]
        found = {(line[1], line[2]) for line in lines if line[0] == "VAL"}
        wrong = [" ".join(line) for line in lines if line[0] in {"BAD", "FAIL"}]
        if shared:
            return wrong + [f"lost {piece}" for piece in self.pieces - found]
        for key, value in self.confirmed.items():
            if not any((key, one) in found for one in (value, *self.tried[key])):
                wrong.append(f"lost {key}: {value}")
        return wrong


def start(path: Path, worker: int, seed: int, first: int, *more: str) -> subprocess.Popen[str]:
    count = "40" if more else "1000000"
    command = [*WORKER, "write", str(path), str(worker), str(seed), str(first), count, *more]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def kill_round(path: Path, ledger: Ledger, rnd: random.Random, seed: int, *more: str) -> None:
    workers = [start(path, number, seed, 1 + 100_000 * seed, *more) for number in range(3)]
    for worker in workers:
        assert worker.stdout is not None
        ledger.read(worker.stdout.readline())
    time.sleep(rnd.random() * 0.3)
    rnd.shuffle(workers)
    for worker in workers:
        worker.send_signal(signal.SIGKILL)
        output, _errors = worker.communicate()
        ledger.read(output)


def run_rounds(path: Path, rounds: int, confirmed: int, *more: str) -> Ledger:
    rnd, ledger = random.Random(rounds), Ledger()
    seed = 0
    while seed < rounds or ledger.count < confirmed:
        kill_round(path, ledger, rnd, seed, *more)
        seed += 1
        if seed % 10 == 0 or seed >= rounds:
            assert ledger.wrong(path, shared=bool(more)) == [], f"round {seed}"
        if more:
            ledger.pieces.clear()
            shutil.rmtree(path.parent)
            path.parent.mkdir(mode=0o700)
    print(f"\nkill: {seed} rounds, {3 * seed} kills, {ledger.count} confirmed")
    return ledger


def test_three_processes_killed_at_random(path: Path) -> None:
    assert run_rounds(path, 4, 0).count > 20


def test_three_processes_on_the_same_notes_killed_at_random(path: Path) -> None:
    rnd, ledger = random.Random(5), Ledger()
    kill_round(path, ledger, rnd, 1, "shared")
    kill_round(path, ledger, rnd, 2, "shared")
    assert ledger.pieces
    assert ledger.wrong(path, shared=True) == []


@pytest.mark.soak
def test_a_hundred_thousand_confirmed_commits(path: Path) -> None:
    assert run_rounds(path, 50, 100_000).count >= 100_000


def crowd(path: Path, processes: int, commits: int) -> None:
    commands = [
        [*WORKER, "write", str(path), str(number), "1", "0", str(commits)]
        for number in range(processes)
    ]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for command in commands
    ]
    ledger = Ledger()
    for process in running:
        output, _errors = process.communicate(timeout=300)
        assert output.rstrip().endswith("DONE"), output[-200:]
        ledger.read(output)
    assert ledger.count == processes * commits
    assert ledger.wrong(path) == []


def test_a_crowd_at_once(path: Path) -> None:
    crowd(path, 8, 25)


@pytest.mark.soak
def test_fifty_processes_with_a_hundred_commits_each(path: Path) -> None:
    crowd(path, 50, 100)


def traced(path: Path, count: int, *options: str) -> tuple[int, str]:
    """Run a worker under strace. Return how strace ended, and what the worker printed."""
    command = ["strace", "-f", "-qq", "-e", f"trace={CHANGING}", *options]
    command += [*WORKER, "--calm", "write", str(path), "0", "0", "0", str(count)]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    run = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    return run.returncode, run.stdout


Call = tuple[str, int]
"""A system call: its name, and the how-manieth of that name it is in its thread."""


def calls_in(log: str) -> list[Call]:
    """Return the calls in what strace has written, in order.

    strace counts each name, and each thread, by itself.
    """
    counts, calls = Counter[tuple[str, str]](), []
    for line in log.splitlines():
        found = re.match(r"(\d+) +(\w+)\(", line)
        if found is not None:
            thread, name = found.groups()
            counts[thread, name] += 1
            calls.append((name, counts[thread, name]))
    return list(dict.fromkeys(calls))


def system_calls(path: Path) -> list[Call]:
    log = path.with_name("trace")
    traced(path, 8, "-o", str(log))
    return calls_in(log.read_text())


def die_before(path: Path, call: Call) -> None:
    path.parent.mkdir(mode=0o700)
    ledger = Ledger()
    inject = f"inject={call[0]}:signal=KILL:when={call[1]}"
    status, output = traced(path, 8, "-e", inject, "-o", "/dev/null")
    assert status != 0, f"{call} did not come"
    ledger.read(output)
    assert ledger.wrong(path) == [], f"killed before {call}"


def room(path: Path, call: Call) -> Path:
    return path.parent / "-".join(map(str, call)) / "x.json"


@needs_strace
def test_death_before_real_system_calls(path: Path) -> None:
    calls = system_calls(path)
    assert len(calls) > 40
    for call in calls[3 :: len(calls) // 8]:
        die_before(room(path, call), call)


@needs_strace
@pytest.mark.soak
def test_death_before_every_real_system_call(path: Path) -> None:
    calls = system_calls(path)
    for call in calls:
        die_before(room(path, call), call)
    print(f"\npoints: {len(calls)} system calls")
