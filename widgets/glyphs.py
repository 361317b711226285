"""The signs that the interface draws, and their ASCII stand-ins for terminals without them.

Whoever draws such a sign passes it through `glyphs`. Whether the terminal can show them is decided
once, when the program starts (`use_ascii`).
"""

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
"""Each sign and its stand-in, which is always one character wide as well."""


SYMBOLS: Final = "".join(_ASCII)
"""All the signs, to find out whether the character set of the terminal has them."""


class _Mode:
    """What `use_ascii` has chosen, for the whole process."""

    ascii_only = False


def use_ascii(ascii_only: bool) -> None:
    """Choose for the whole program: ASCII characters only, or all signs."""
    _Mode.ascii_only = ascii_only


def ascii_only() -> bool:
    """Return whether only ASCII characters are drawn."""
    return _Mode.ascii_only


def dotted(*texts: str) -> str:
    """Return the texts that say something in one line, with dots between them."""
    return glyphs(" · ").join(text for text in texts if text)


def glyphs(text: str) -> str:
    """Return a text of the interface with every sign as this terminal can show it.

    It is not for the user's text, in which a dash or a dot may mean something else.
    """
    if not _Mode.ascii_only:
        return text
    return "".join(_ASCII.get(char, char) for char in text)
