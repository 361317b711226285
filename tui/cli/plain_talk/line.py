"""One line of the plain talk, read from a terminal or from a file."""

from __future__ import annotations

import select
import sys
import termios
from typing import Final

import click

from data.text import clean
from tui.cli.write import decoded

PASTE_SECONDS: Final = 0.05
"""How soon another line has come where it is part of a paste."""


class TalkStopped(Exception):
    """The mentor leaves; the talk can be resumed."""


def read_line(prompt: str) -> str:
    """Say the prompt and return the line that is written, cleaned.

    Raises `TalkStopped` where the input ends, or Ctrl+C is pressed.
    """
    click.echo(clean(prompt, lines=False), nl=False)
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        raise TalkStopped from None
    if not line:
        raise TalkStopped
    return clean(decoded(line.rstrip("\n")), lines=False)


def more_has_come() -> bool:
    """Return whether another line follows faster than anybody types, as inside a paste."""
    if not sys.stdin.isatty():
        return False
    before = termios.tcgetattr(sys.stdin)
    by_letters = [*before[:3], before[3] & ~termios.ICANON, *before[4:]]
    try:  # a paste need not end with a line; by lines its end could not be seen
        termios.tcsetattr(sys.stdin, termios.TCSANOW, by_letters)
        return bool(select.select([sys.stdin], [], [], PASTE_SECONDS)[0])
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)
