"""How wide the terminal is, and a paragraph in lines that fit it: no word is broken at its edge."""

from __future__ import annotations

import os
from typing import Final, TextIO

WIDEST: Final = 79
"""Longer lines are hard to read, however wide the window is."""
_NARROWEST: Final = 20
"""Below this nothing fits; then the terminal itself breaks the lines."""


def width(stream: TextIO | None) -> int:
    """Return how many columns a line on a stream may have; the usual ones where none shows it.

    `COLUMNS` counts before the terminal, as it does for the help that click lays out.
    """
    said = os.environ.get("COLUMNS", "")
    columns = int(said[:4]) if said.isascii() and said.isdigit() else 0
    if not columns and stream is not None:
        try:
            columns = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):  # a file, a pipe; a stream that is closed
            columns = 0
    return max(_NARROWEST, min(WIDEST, columns - 1)) if columns else WIDEST


def wrapped(line: str, columns: int, indent: str = "") -> list[str]:
    """Return a line as lines of at most so many columns; those after the first are indented more.

    A word that is longer, such as a path, stays whole: it is there to be copied.
    """
    if len(indent) + len(line) <= columns and line.isprintable():
        return [f"{indent}{line}".rstrip()]
    # only for what does not fit in one line
    import textwrap

    found = textwrap.wrap(
        line,
        columns,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_on_hyphens=False,
        break_long_words=False,
    )
    return found or [""]
