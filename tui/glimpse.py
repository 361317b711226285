"""The mentees' names, on the screen while what draws the screens is still being loaded.

To load Textual takes most of the start. What stands here until then is the first screen's own list,
so that little moves when it takes over. Keys that are pressed meanwhile wait in the terminal.
"""

from __future__ import annotations

import os
import select
import signal
import termios
import tty
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from types import FrameType
from typing import Any, Final

from data.records import Mentee
from screens.home_names import day_title, mentee_columns, name_row
from tui.terminal import TerminalKind
from widgets.glyphs import glyphs
from widgets.grid_model import fit, lay_out

Attributes = list[Any]
"""What `termios.tcgetattr` returns."""
SMALLEST: Final = (60, 20)
"""Columns and rows below which the names wait for the first screen."""
_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l\x1b[H", "\x1b[?1049l\x1b[?25h"


class Glimpse:
    """The terminal's other screen, entered before the program is there to draw on it."""

    def __init__(self, keys: int, screen: int, environ: Mapping[str, str]) -> None:
        """Make it for a terminal by its descriptors. Nothing is written yet."""
        self.attributes: Attributes | None = None
        """How the terminal was set before; None where nothing has been shown."""
        self._keys = keys
        self._screen = screen
        self._kind = TerminalKind.of(environ)
        self._ours = False

    def show(self, mentees: Sequence[Mentee], today: date) -> None:
        """Show the names, where there are any, the terminal has another screen, and room for it."""
        with suppress(OSError, termios.error):
            columns, rows = os.get_terminal_size(self._screen)
            fits = columns >= SMALLEST[0] and rows >= SMALLEST[1]
            ready = select.select([], [self._screen], [], 0)[1]
            if mentees and fits and ready and not self._kind.leave_sequence:
                self._take_keys()
                text = "\r\n".join(lines(mentees, today, columns, rows))
                os.write(self._screen, self._kind.encode(_ENTER + text))

    def _take_keys(self) -> None:
        """Have each key kept as it is pressed, for the program to read when it is there."""
        self.attributes = termios.tcgetattr(self._keys)
        self._ours = True
        for number in (signal.SIGHUP, signal.SIGTERM):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, self._die)
        tty.setraw(self._keys, termios.TCSANOW)
        kept = termios.tcgetattr(self._keys)
        kept[tty.OFLAG] = self.attributes[tty.OFLAG]
        termios.tcsetattr(self._keys, termios.TCSANOW, kept)

    def hand_over(self) -> bool:
        """Leave the screen to the driver. Whether the terminal shows its other screen already."""
        ours, self._ours = self._ours, False
        return ours

    def put_away(self) -> None:
        """Give the terminal back where nobody has taken the screen over."""
        if self.attributes is not None and self.hand_over():
            with suppress(OSError, termios.error):
                termios.tcsetattr(self._keys, termios.TCSANOW, self.attributes)
                os.write(self._screen, _LEAVE.encode())

    def _die(self, number: int, _frame: FrameType | None) -> None:
        """End as the signal wants it, but not with the terminal like this."""
        self.put_away()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)


def lines(mentees: Sequence[Mentee], today: date, columns: int, rows: int) -> list[str]:
    """Return the first screen's head and list as they will stand there, `rows` at the most."""
    shown = [name_row(mentee, today) for mentee in mentees]
    heads = mentee_columns(shown, closed=False)
    table = [{column.key: column.label for column in heads}, *(row.cells for row in shown)]
    layout = lay_out(heads, columns)
    text = [f" {day_title(today)}"]
    for at, cells in enumerate(table[: rows - 2]):
        mark = glyphs("▎") if at == 1 else " "
        line = " ".join(
            fit(cells.get(place.column.key, ""), place.width, right=place.column.right)
            for place in layout.placed
        )
        text.append(f"{mark}{line}".rstrip())
    return text
