"""Looks for canaries in what a terminal is told besides its screen: its title.

The program is started as its user starts it, on a terminal of its own, and finds private words.
They are on the screen then. They must not be in the title: it is in the list of windows, programs
such as tmux keep it, and it may stay when the program has ended. Nor must others see them in the
list of processes meanwhile.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from data.other_program import code_of
from data.privacy.canaries import ALL
from data.privacy.looking import NothingProved, canaries_in_bytes, canaries_in_processes

_SIZE: Final = (24, 80)
_PATIENCE: Final = 60.0
"""Seconds within which the program must have shown what it was asked for."""
_TITLE: Final = re.compile(rb"\x1b\](?:[012];|[lLI])(.*?)(?:\x07|\x1b\\|\Z)", re.DOTALL)
_NAMED: Final = re.compile(rb"\x1b[k_X^](.*?)(?:\x1b\\|\Z)", re.DOTALL)
"""The name of a window of screen and tmux, and texts that go to the terminal's own programs."""


def titles_in(written: bytes) -> list[bytes]:
    """Return every title that a program has given its terminal, in what it wrote to it."""
    return [*_TITLE.findall(written), *_NAMED.findall(written)]


def this_program() -> list[str]:
    """Return the words that start the program that is running, wherever it was installed."""
    return [sys.executable, "-c", code_of("tui.cli.main")]


def canaries_in_title(
    path: Path, home: Path, program: Sequence[str] | None = None
) -> tuple[int, int]:
    """Have the program show private words in a terminal of its own.

    Args:
        path: The record file, with canaries.
        home: A home folder in which it has not been started before.
        program: The words that start it; None for the program that is running.

    Returns:
        How many canaries are in the titles of the terminal, and how many the lists of processes
        show of it.

    Raises:
        NothingProved: It showed none on its screen either.
    """
    master, slave = os.openpty()
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", *_SIZE, 0, 0))
    named = {"HOME": str(home), "MENTOR_FILE": str(path), "TERM": "xterm-256color"}
    with os.fdopen(master, "r+b", buffering=0) as terminal:
        try:
            child = subprocess.Popen(
                [*(this_program() if program is None else program)],
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env={**os.environ, **named},
                start_new_session=True,
            )
        finally:
            os.close(slave)
        with _ended(child):
            written = bytearray()
            for keys, sign in _KEYS:
                written += _answer(terminal.fileno(), keys, sign)
            found = canaries_in_processes(child.pid)
            written += _answer(terminal.fileno(), b"\x11", None)
    return sum(map(canaries_in_bytes, titles_in(bytes(written)))), found


_KEYS: Final = (
    (b"", b"F1"),
    (b"/" + ALL.lower().encode() + b"\r", ALL.encode()),  # the search through everything
    (b"\r", ALL.encode()),  # what was found first
)
"""What is typed, and what the program writes on the screen then."""


def _answer(terminal: int, keys: bytes, sign: bytes | None) -> bytes:
    """Type keys, and return what is written until a sign is in it; None: until the end.

    Raises:
        NothingProved: The sign did not come.
    """
    os.write(terminal, keys)
    written = bytearray()
    end = time.monotonic() + _PATIENCE
    while sign is None or sign not in written:
        ready, _, _ = select.select([terminal], [], [], max(0.0, end - time.monotonic()))
        data = b""
        with suppress(OSError):  # how Linux tells that nobody has the other end open any more
            data = os.read(terminal, 65536) if ready else b""
        if not data and sign is None:
            break
        if not data:
            raise NothingProved
        written += data
    return bytes(written)


@contextmanager
def _ended(child: subprocess.Popen[bytes]) -> Iterator[None]:
    """Have a program have ended afterwards, however this goes."""
    try:
        yield
        with suppress(subprocess.TimeoutExpired):
            child.wait(_PATIENCE)
    finally:
        child.kill()
        child.wait()
