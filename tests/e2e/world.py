"""A mentor's account: folders of its own, a clock that stands still, and the `mentor` command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import tinydb

from data.frozen import immutable
from tests.tools.pty import Terminal
from tests.tools.typist import Typist

MENTOR: Final = str(Path(sys.executable).with_name("mentor"))
STEPS: Final = (
    "Rammer",
    "Indtil nu",
    "Det fylder",
    "Det lykkes",
    "Underretning",
    "Hjælp",
    "Vores sparring",
    "Trivsel",
    "Sortér",
    "Forstå opgaven",
    "Anerkend",
    "Potentiale",
    "Næste skridt",
    "Planen sammen",
    "Afslut",
)
"""The steps of a talk about one task, as its rail names them."""


@immutable
class World:
    """What is on the computer before anybody has started the program."""

    folder: Path
    now: str = "2025-08-11T09:00"
    language: str = "da"

    @property
    def path(self) -> Path:
        """The mentor's own record file."""
        return self.folder / "data/mentorrollen/mentor.json"

    @property
    def env(self) -> dict[str, str | None]:
        """The environment of its terminals."""
        folders = {f"XDG_{name.upper()}_HOME": name for name in ("data", "config", "state")}
        return {
            **{name: str(self.folder / folder) for name, folder in folders.items()},
            "MENTOR_NOW": self.now,
            "MENTOR_LANG": self.language,
            "ESCDELAY": "20",
        }

    @contextmanager
    def mentor(self, cols: int = 80, rows: int = 24) -> Iterator[Typist]:
        """Open the program and wait for its first screen."""
        with Terminal([MENTOR], cols, rows, env=self.env) as terminal:
            terminal.wait_for("F1 ")
            terminal.rest()
            yield Typist(terminal, escape_quiet=0.05)

    def show(self, name: str) -> Any:
        """Ask the command line for all about a mentee."""
        environ = {**os.environ, **{key: value or "" for key, value in self.env.items()}}
        argv = [MENTOR, "show", name, "--private", "--format", "json"]
        done = subprocess.run(argv, env=environ, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """Read the file as anybody with TinyDB can."""
        with tinydb.TinyDB(self.path, access_mode="r") as db:
            return {
                name: [{"id": str(row.doc_id), **row} for row in db.table(name)]
                for name in db.tables()
            }


def add_maja(typist: Typist) -> None:
    """Add a newly qualified mentee who began on 1 August."""
    typist.press("a")
    typist.write("Maja")
    typist.press("tab")
    typist.write("1/8")
    typist.press("tab j f10")
    typist.terminal.wait_for("Maja er oprettet")


def add_task(typist: Typist, title: str, goal: str, sparring: str, who: str) -> None:
    """Add a row to the plan, with a learning goal, and when and with whom there is sparring."""
    typist.press("a")
    for number, text in enumerate((title, "", goal, sparring, who)):
        typist.write(text)
        typist.press("tab" if number < 4 else "f10")
    typist.terminal.wait_for(title)


def step(typist: Typist) -> str:
    """Return the talk's step, as the mark in its rail shows it."""
    lines = typist.terminal.screen().splitlines()
    marked = next((line for line in lines[1:] if line.startswith("▎")), "")
    return marked[1:15].strip()


def write_on(typist: Typist, name: str, text: str, *, after: str = "") -> None:
    """Write in the mentee's field of a step, and wait until the screen shows the last letter.

    `after`: what stood there before.
    """
    typist.written += len(text)
    typist.terminal.key(text)
    typist.terminal.wait_for(after + text)
