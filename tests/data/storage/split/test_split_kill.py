"""A real process, really killed before system calls: nothing lost, doubled or shown."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from data.storage.disk import REAL
from tests.data.storage.crash.test_kill import CHANGING, needs_strace
from tests.data.storage.split.life import Books, Mentor, before, live

ROOT = Path(__file__).parents[4]


class Told(Books):
    """Books of another process, which says line by line what it writes in them."""

    def put(self, mentor: Mentor, *changes: object) -> None:
        docs = {change.id: change.after for change in changes}  # type: ignore[attr-defined]
        os.write(1, json.dumps({"try": docs}).encode() + b"\n")
        super().put(mentor, *changes)  # type: ignore[arg-type]
        os.write(1, b'{"done": 1}\n')

    def read(self, said: str) -> None:
        for line in said.splitlines():
            told = json.loads(line)
            if "try" in told:
                self.trying = told["try"]
            else:
                self.confirmed.update(self.trying)
                self.trying = {}


def room(folder: Path, name: str) -> Path:
    team = folder / name / "team" / "x.json"
    team.parent.mkdir(parents=True, mode=0o700)
    team.parent.chmod(0o2770)
    return team


def traced(team: Path, *options: str) -> str:
    command = ["strace", "-f", "-qq", "-e", f"trace={CHANGING}", *options]
    command += [sys.executable, "-m", "tests.data.storage.split.test_split_kill", str(team)]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    return done.stdout


def calls(folder: Path) -> list[tuple[str, int]]:
    """The name of each call of a life, and its number among those of that name."""
    team = room(folder, "count")
    before(team)
    log = folder / "trace"
    assert traced(team, "-o", str(log)).count("done") > 8
    found, counts = [], Counter[str]()
    for line in log.read_text().splitlines():
        name = re.match(r"\d+ +(\w+)\(", line)
        if name is not None:
            counts[name[1]] += 1
            found.append((name[1], counts[name[1]]))
    return found


def kill_before(folder: Path, call: tuple[str, int]) -> None:
    team = room(folder, "-".join(map(str, call)))
    books = Told(dict(before(team).confirmed))
    inject = f"inject={call[0]}:signal=KILL:when={call[1]}"
    books.read(traced(team, "-e", inject, "-o", "/dev/null"))
    assert books.wrong(team) == [], f"killed before {call}"
    shutil.rmtree(team.parent.parent)


@needs_strace
def test_a_kill_before_some_real_system_calls(tmp_path: Path) -> None:
    found = calls(tmp_path)
    assert len(found) > 100
    for call in found[len(found) // 10 :: len(found) // 8]:
        kill_before(tmp_path, call)


@needs_strace
@pytest.mark.soak
def test_a_kill_before_every_real_system_call(tmp_path: Path) -> None:
    found = calls(tmp_path)
    for call in found:
        kill_before(tmp_path, call)
    print(f"\na team file, kills: {len(found)} system calls")


if __name__ == "__main__":
    live(Path(sys.argv[1]), REAL, Told())
