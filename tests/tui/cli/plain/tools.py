"""A mentor who types lines, in this process, and what the file holds at each prompt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.records import Mentee
from data.store.opening import open_store
from data.store.store import Store
from tests.tui.cli.tools import Mentor

Typed = str | Callable[[], None]
Type = Callable[..., str]
"""Runs a command with lines, and returns what was said."""


class Typist:
    """A standard input: its lines come one by one, and something may happen between them."""

    def __init__(self, lines: tuple[Typed, ...]) -> None:
        self._lines = list(lines)
        self.before: Callable[[], None] = lambda: None
        """Called at each prompt."""

    @property
    def following(self) -> str:
        """The next line; "" where the input ends."""
        return next((line for line in self._lines if isinstance(line, str)), "")

    def isatty(self) -> bool:
        """It is a pipe."""
        return False

    def readline(self) -> str:
        """Return the next line; do what is to happen before it."""
        self.before()
        while self._lines and not isinstance(self._lines[0], str):
            happening = self._lines.pop(0)
            assert callable(happening)
            happening()
        return f"{self._lines.pop(0)}\n" if self._lines else ""


def typing(mentor: Mentor, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Return what runs a command with lines; the input ends behind them."""

    def type_lines(command: str, *lines: Typed, lang: str = "en") -> str:
        monkeypatch.setattr("sys.stdin", Typist(lines))
        done = mentor(*command.split(), "--plain", "--lang", lang)
        assert (done.status, done.err) == (0, "")
        return done.out

    return type_lines


@contextmanager
def opened(file: Path) -> Iterator[Store]:
    """Open the records as another session does."""
    found = open_store(file, threaded=False)
    try:
        yield found.store
    finally:
        found.close()


def named(store: Store, name: str) -> Mentee:
    """Return the mentee whose name begins so."""
    return next(one for one in store.all(Mentee) if one.name.startswith(name))


def bytes_of(file: Path) -> bytes:
    """Return all that is in the files of the records, as a session that comes next would read."""
    files = [one for one in file.parent.rglob("*") if one.is_file()]
    return b"\n".join(one.read_bytes() for one in files)
