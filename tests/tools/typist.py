"""Somebody at the keyboard: keys by name, one after the other, counted."""

from __future__ import annotations

from typing import Final

from tests.tools.pty import Terminal

KEYS: Final = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "backtab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a terminal sends for the keys that have names."""

ESCAPE_QUIET: Final = 0.14
"""Seconds: the program waits whether an Esc is the beginning of another key."""


class Typist:
    """Presses keys in a terminal and waits after each until the program has dealt with it."""

    def __init__(self, terminal: Terminal, escape_quiet: float = ESCAPE_QUIET) -> None:
        self.terminal = terminal
        self.escape_quiet = escape_quiet
        self.pressed = 0
        """Keys that do something: commands, moves, Tab, Enter."""
        self.written = 0
        """Characters of what the user has to say."""

    def press(self, keys: str) -> None:
        """Press keys named in one line: `down enter 2 ctrl+p`; what has no name is typed.

        In such a text `_` is a space.
        """
        for name in keys.split():
            key = KEYS.get(name, name.replace("_", " "))
            self.pressed += 1 if name in KEYS else len(key)
            self.terminal.do(key, quiet=self.escape_quiet if name == "esc" else 0.03)

    def write(self, text: str) -> None:
        """Type a text."""
        if text:
            self.written += len(text)
            self.terminal.do(text)
