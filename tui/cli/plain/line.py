"""One line of a plain command, read from a terminal or from a file.

What a terminal has sent is kept here, and not in the buffers of Python's own stream: there nobody
could see whether more of a paste has come.
"""

from __future__ import annotations

import codecs
import os
import select
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from data.i18n import _
from data.text import clean, text_of_bytes
from tui.cli.base import say_wrapped
from tui.cli.write import decoded

PASTE_SECONDS: Final = 0.05
"""How soon another line has come where it is part of a paste."""
_AT_ONCE: Final = 1 << 16
"""How many bytes are taken from the terminal at once."""
MOST: Final = 4095
"""Bytes of a line that a terminal passes on; what comes behind them the system drops."""
SHOWN: Final = 60
"""Letters of a line that was cut off that are said again."""

_sent = bytearray()
"""What the terminal has sent and nobody has read."""


class Stopped(Exception):
    """The mentor leaves; all that was typed is saved."""


class _Interrupts:
    """Ctrl+C, which is heard while a line is awaited; what was entered is saved first."""

    def __init__(self) -> None:
        self.came = False
        self.awaited = False

    def take(self, *_signal: object) -> None:
        """Take one; the second ends whatever is being done."""
        if self.awaited or self.came:
            raise KeyboardInterrupt
        self.came = True

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Await a line. Raises `KeyboardInterrupt`, also for what came before."""
        self.awaited = True
        try:
            if self.came:
                raise KeyboardInterrupt
            yield
        finally:
            self.awaited = False


_interrupts = _Interrupts()


@contextmanager
def interrupts_wait() -> Iterator[None]:
    """Have Ctrl+C wait for the next prompt, for a line that was entered must not be lost."""
    before = signal.getsignal(signal.SIGINT)
    if before in (signal.SIG_IGN, None):
        yield
        return
    _interrupts.came = False
    signal.signal(signal.SIGINT, _interrupts.take)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def read_line(prompt: str) -> str:
    """Say the prompt and return the line that is written, cleaned.

    Raises `Stopped` where the input ends, the terminal is gone, or Ctrl+C is pressed.
    """
    click.echo(clean(prompt, lines=False), nl=False)
    sys.stdout.flush()
    try:
        line = _line_of_terminal() if sys.stdin.isatty() else decoded(_line_of_file())
    except (KeyboardInterrupt, OSError):
        line = ""
    if not line or not sys.stdin.isatty():  # then nobody has ended the line of the prompt
        click.echo()
    if not line:
        raise Stopped
    return clean(line.rstrip("\n"), lines=False)


def _line_of_file() -> str:
    with _interrupts.heard():
        return sys.stdin.readline()


def _line_of_terminal() -> str:
    """Return the next line; "" where there is none. One that is not ended is ended by its end."""
    while b"\n" not in _sent:
        with _interrupts.heard():
            more = os.read(sys.stdin.fileno(), _AT_ONCE)
        if not more:
            break
        _sent.extend(more)
    end = _sent.find(b"\n") + 1 or len(_sent)
    line = bytes(_sent[:end])
    del _sent[:end]
    return text_of_bytes(line) if len(line) <= MOST else _cut(line)


def _cut(line: bytes) -> str:
    """Return a line of which the terminal has dropped the end, and say how it ends now.

    A letter of several bytes may have been cut in two; what is left of it goes.
    """
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(line[:MOST])
    except UnicodeDecodeError:
        text = text_of_bytes(line[:MOST])
    said = _(
        "The line was too long for the terminal, so the end of it is lost. It ends now: {text}"
    )
    say_wrapped(said.format(text=clean(text[-SHOWN:], lines=False)))
    return f"{text}\n"


def more_has_come() -> bool:
    """Return whether another line follows faster than anybody types, as inside a paste."""
    if not sys.stdin.isatty():
        return False
    if _sent:
        return True
    before = termios.tcgetattr(sys.stdin)
    by_letters = [*before[:3], before[3] & ~termios.ICANON, *before[4:]]
    try:  # a paste need not end with a line; by lines its end could not be seen
        termios.tcsetattr(sys.stdin, termios.TCSANOW, by_letters)
        return bool(select.select([sys.stdin], [], [], PASTE_SECONDS)[0])
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)
