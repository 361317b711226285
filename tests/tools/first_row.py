"""How much of an answer has come when the line with the cursor is as it will be."""

from __future__ import annotations

from tests.tools.emulator import Emulator

SLOW_LINE = 960
"""Bytes a second that a line of 9600 baud carries."""

HALF_A_SECOND = SLOW_LINE // 2


def bytes_to_cursors_row(raw: bytes, before: int, cols: int = 80, rows: int = 24) -> int:
    """Return after how many bytes of `raw`, from `before` on, the cursor's last row stands there.

    What stood there before the answer, and still does, takes no bytes.
    """
    after, on_the_way = Emulator(cols, rows), Emulator(cols, rows)
    after.feed(raw)
    on_the_way.feed(raw[:before])
    y = after.y
    complete = 0
    for count, byte in enumerate(raw[before:], 1):
        on_the_way.feed(bytes([byte]))
        if on_the_way.buffer[y] != after.buffer[y]:
            complete = count + 1
    return min(complete, len(raw) - before)


def bytes_to_text(raw: bytes, text: str, cols: int = 80, rows: int = 24) -> int:
    """Return after how many bytes of `raw` a text stands on the screen for the first time."""
    terminal = Emulator(cols, rows)
    for count, byte in enumerate(raw, 1):
        terminal.feed(bytes([byte]))
        if text in terminal.line(terminal.y):
            return count
    raise AssertionError(f"{text!r} never came")
