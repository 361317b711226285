"""Whether the terminal shows UTF-8, as it says itself: where the cursor is after a letter.

What the locale says may be another thing, and then letters are stored wrongly.
"""

from __future__ import annotations

import os
import re
import select
import sys
import termios
import time
import tty
from typing import Final

SECONDS: Final = 2.0
"""How long an answer may take: it may come over a network, and later the shell would read it."""
_SILENT: Final = {"", "dumb", "unknown"}
"""Terminals that know no questions."""
_LETTER: Final = "æ".encode()
"""One letter in UTF-8, and two in charsets with a byte for each."""
_WHERE: Final = b"\x1b[6n"
_ANSWER: Final = re.compile(rb"\x1b\[\d+;(\d+)R")


def shows_utf8() -> bool | None:
    """Return whether the terminal shows UTF-8; None where there is none, or it does not say.

    The line that the cursor is in is empty afterwards.
    """
    if os.environ.get("TERM", "") in _SILENT:
        return None
    try:
        reading, writing = sys.stdin.fileno(), sys.stdout.fileno()
        if not (os.isatty(reading) and os.isatty(writing)):
            return None
        sys.stdout.flush()
        before = termios.tcgetattr(reading)
        try:
            tty.setcbreak(reading, termios.TCSADRAIN)
            os.write(writing, b"\r" + _WHERE + _LETTER + _WHERE + b"\r\x1b[K")
            columns = _answers(reading)
        finally:
            termios.tcsetattr(reading, termios.TCSADRAIN, before)
    except (OSError, ValueError, AttributeError, termios.error):
        return None
    if len(columns) < 2:
        return None
    return {1: True, 2: False}.get(columns[1] - columns[0])


def _answers(fd: int) -> list[int]:
    """Return in which columns the terminal says that the cursor was."""
    said, end = b"", time.monotonic() + SECONDS
    while len(_ANSWER.findall(said)) < 2:
        ready, _w, _x = select.select([fd], [], [], max(0.0, end - time.monotonic()))
        part = os.read(fd, 1024) if ready else b""
        if not part:
            break
        said += part
    return [int(column) for column in _ANSWER.findall(said)]
