"""What the tests of the command line share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from data.records import Mentee, Note
from data.store.opening import open_store
from tests.tools.example import example_file_at
from tests.tools.pty import Terminal

ROOT = Path(__file__).parents[3]
NOW = "2025-11-24T08:05"


class Result:
    """What one use of the command line came to."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err

    @property
    def problem(self) -> str:
        """The one line on stderr."""
        assert self.err.startswith("mentor: "), self.err
        assert self.err.count("\n") == 1, self.err
        assert self.out == ""
        return self.err.removeprefix("mentor: ").strip()


Mentor = Callable[..., Result]


def process(
    file: Path, *arguments: str | bytes, stdin: bytes = b"", **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        env={**os.environ, "MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "LANG": "C.UTF-8"}
        | environ,
        timeout=60,
        check=False,
    )


def read(file: Path) -> tuple[list[Mentee], list[Note]]:
    opened = open_store(file, threaded=False)
    try:
        return opened.store.all(Mentee), opened.store.all(Note)
    finally:
        opened.close()


def example_file(folder: Path) -> Path:
    """Make a file with the worked example, in a folder of its own."""
    records = folder / "records"
    records.mkdir(mode=0o700)
    example_file_at(records / "mentor.json")
    return records / "mentor.json"


def say(terminal: Terminal, prompt: str, *lines: str) -> None:
    """Answer a prompt with lines, each when it is asked for again."""
    for line in lines:
        terminal.wait_until(lambda: terminal.screen().rstrip().endswith(f"{prompt}:"))
        enter(terminal, line)


def enter(terminal: Terminal, line: str) -> None:
    """Type a line, and wait for more than its echo."""
    echoed = terminal.bytes_out + len(line.encode()) + 2
    terminal.key(f"{line}\n")
    terminal.wait_until(lambda: terminal.bytes_out > echoed)
