"""The few characters that are not letters, and what stands for them where they cannot be shown."""

from __future__ import annotations

from typing import Final

_ASCII: Final = {
    "▐": "[",
    "▌": "]",
    "▎": ">",
    "›": ">",
    "‹": "<",
    "…": "~",
    "–": "-",
    "—": "-",
    "·": "-",
    "•": "*",
    "●": "*",
    "○": "o",
    "◐": "%",
    "✓": "x",
    "█": "#",
    "▓": "%",
    "▒": "=",
    "░": ".",
    "▁": "_",
    "▏": "|",
    "│": "|",
    "─": "-",
    "┼": "+",
    "├": "+",
    "└": "+",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
}


SYMBOLS: Final = "".join(_ASCII)
"""All of them, to find out whether they can be shown."""


class _Mode:
    ascii_only = False


def use_ascii(ascii_only: bool) -> None:
    """Draw with ASCII characters only from now on, or not."""
    _Mode.ascii_only = ascii_only


def ascii_only() -> bool:
    """Whether only ASCII characters are drawn."""
    return _Mode.ascii_only


def glyphs(text: str) -> str:
    """Return interface text (never the user's) as this terminal can show it."""
    if not _Mode.ascii_only:
        return text
    return "".join(_ASCII.get(char, char) for char in text)
