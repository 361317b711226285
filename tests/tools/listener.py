"""Somebody who hears a terminal, or feels it: what a simple screen reader says.

It says the letters that are written, in the order of the bytes, as TDSR and yasr do, and knows
nothing of the program. One utterance is what comes without a pause. A line feed ends it, and so
does a jump to another line, unless it is to the beginning of the next one, where a text goes on.
What is blanked says nothing. A braille display shows the line of the cursor, and its cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tests.tools.pty import Terminal

_TOKEN: Final = re.compile(
    r"\x1b\[(?P<row>\d*);?(?P<column>\d*)H"
    r"|\x1b\[[<=>?]?[\d;:]*[ -/]*[@-~]"
    r"|\x1b[\]P^_][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b[()][0-9A-B]|\x1b[^\[]"
    r"|(?P<feed>\n)"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
    r"|[\x00-\x1f\x7f]"
)


def utterances(written: bytes | str) -> tuple[str, ...]:
    """Return what is said of what a program wrote, one text for each utterance.

    `written`: whole sequences, as UTF-8 where it is bytes.
    """
    text = written.decode("utf-8") if isinstance(written, bytes) else written
    said, row = [""], 0
    for token in _TOKEN.finditer(text):
        if token["text"] is not None:
            said[-1] += token["text"]
        elif token["feed"] is not None:
            said.append("")
            row += 1
        elif token["row"] is not None:
            before, row = row, int(token["row"] or 1)
            if row == before + 1 and token["column"] in {"", "1"}:
                said[-1] += " "
            elif row != before:
                said.append("")
    return tuple(one for part in said if (one := " ".join(part.split())))


@dataclass(frozen=True, slots=True)
class Felt:
    """The line of the cursor, as a braille display shows it."""

    line: str
    at: int
    """The cell of the line that the cursor is in."""
    row: int
    """The line of the terminal, from 0."""
    shown: bool
    """Whether the terminal shows its cursor."""


class Listener:
    """Hears one terminal from the beginning."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._heard = 0

    def heard(self) -> tuple[str, ...]:
        """Return what has been said since this was last asked."""
        before, self._heard = self._heard, len(self._terminal.raw)
        return utterances(bytes(self._terminal.raw[before:]))

    def felt(self) -> Felt:
        """Return what is under the fingers now."""
        x, y, shown = self._terminal.cursor
        return Felt(self._terminal.emulator.line(y).rstrip(), x, y, shown)
