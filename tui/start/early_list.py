"""The mentees' names, on the screen while what draws the screens is still being loaded.

To load Textual takes most of the start. What stands here until then is the first screen's own list,
so that little moves when it takes over. The arrows move in it; all other keys wait for the program.
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
from screens.frame.places import FROM_THE_LIST
from screens.home.names import day_title, mentee_columns, name_row
from tui.start.early_keys import EarlyKeys
from tui.terminal.kind import TerminalKind
from tui.terminal.other_screen import ENTER, WIPE, WIPE_AND_LEAVE
from widgets.grid_model import fit, lay_out

Attributes = list[Any]
"""What `termios.tcgetattr` returns."""
SMALLEST: Final = (60, 20)
"""Columns and rows below which the names wait for the first screen."""
_HEAD: Final = 3
"""The line of the screen where the first name stands, from 1."""
MARK: Final = "▎"
_ENTER, _LEAVE = f"{ENTER}\x1b[?25l{WIPE}\r", f"{WIPE_AND_LEAVE}\x1b[?25h"


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
        self._entered = False
        """Whether the terminal shows its other screen."""
        self._shown: Sequence[Mentee] = ()
        self._at = 0
        """Which of them has the mark."""
        self._more = (False, False)
        """Whether there are others above and below."""
        self._early: EarlyKeys | None = None
        self.place = ""
        """The screen that the first key opens which was no arrow, by name: known when the keys are
        left to the driver, and then for the app to open. "" where the key is another one."""

    @property
    def chosen(self) -> str:
        """The mentee with the mark, once a key has been pressed that may be meant for it, or ""."""
        return self._shown[self._at].id if self._early is not None and self._early.came else ""

    def show(self, mentees: Sequence[Mentee], today: date, at: str = "") -> None:
        """Show the names, where there are any, the terminal has another screen, and room for it.

        `at` is the id of the mentee on whom the first screen will stand, else it is the first.
        """
        with suppress(OSError, termios.error):
            columns, rows = os.get_terminal_size(self._screen)
            fits = columns >= SMALLEST[0] and rows >= SMALLEST[1]
            ready = select.select([], [self._screen], [], 0)[1]
            if mentees and fits and ready and not self._kind.one_screen:
                self._take_keys()
                ids = [mentee.id for mentee in mentees]
                place = ids.index(at) if at in ids else 0
                first = max(0, place - (rows - _HEAD) + 1)
                self._shown, self._at = mentees[first : first + rows - _HEAD], place - first
                self._more = (first > 0, first + len(self._shown) < len(mentees))
                text = marked_first(lines(self._shown, today, columns, self._at), self._at)
                self._entered = True
                os.write(self._screen, self._kind.encode(_ENTER + text))
                self._early = EarlyKeys(self._keys, self._move)

    def keep_keys(self) -> None:
        """Have the keys kept where nothing is shown, too: the terminal would write them out."""
        if self.attributes is None:
            with suppress(OSError, termios.error):
                self._take_keys()

    def _move(self, way: int) -> bool:
        """Move the mark; False where there are more names than those that are shown."""
        to = self._at + way
        if not 0 <= to < len(self._shown):
            return not self._more[way > 0]
        before, self._at = self._at, to
        text = f"\x1b[{before + _HEAD}H \x1b[{to + _HEAD}H{MARK}\r"
        with suppress(OSError):
            os.write(self._screen, self._kind.encode(text))
        return True

    def early_keys(self) -> bytes:
        """Leave the keys to the driver; return those that have been read already.

        Without the first of them, where that one opens a `place`.
        """
        keys = self._early.stop() if self._early is not None else b""
        name = "enter" if keys[:1] == b"\r" else keys[:1].decode("ascii", "replace")
        if self.chosen and name in FROM_THE_LIST:
            self.place, keys = FROM_THE_LIST[name], keys[1:]
        return keys

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
        return ours and self._entered

    def put_away(self) -> None:
        """Give the terminal back where nobody has taken the screen over."""
        self.early_keys()
        if self.attributes is not None and self._ours:
            with suppress(OSError, termios.error):
                termios.tcsetattr(self._keys, termios.TCSANOW, self.attributes)
                if self.hand_over():
                    os.write(self._screen, _LEAVE.encode())

    def _die(self, number: int, _frame: FrameType | None) -> None:
        """End as the signal wants it, but not with the terminal like this.

        The driver may have taken the screen over; it is the app that puts another handler here.
        """
        self._ours = True
        self.put_away()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)


def lines(shown: Sequence[Mentee], today: date, columns: int, at: int = 0) -> list[str]:
    """Return the first screen's head and list as they will stand there, the mark on line `at`."""
    rows = [name_row(mentee, today) for mentee in shown]
    heads = mentee_columns(rows, closed=False)
    table = [{column.key: column.label for column in heads}, *(row.cells for row in rows)]
    layout = lay_out(heads, columns)
    text = [f" {day_title(today)}"]
    for number, cells in enumerate(table):
        mark = MARK if number == at + 1 else " "
        line = " ".join(
            fit(cells.get(place.column.key, ""), place.width, right=place.column.right)
            for place in layout.placed
        )
        text.append(f"{mark}{line}".rstrip())
    return text


def marked_first(text: list[str], at: int) -> str:
    """Return what writes the lines of the list: on a slow line the one with the mark comes early.

    Args:
        text: The lines, with two of the head first.
        at: Which of those below has the mark.
    """
    if not at:
        return "\r\n".join(text)
    head, marked = text[: _HEAD - 1], text[at + _HEAD - 1]
    others = [*text[_HEAD - 1 : at + _HEAD - 1], "", *text[at + _HEAD :]]
    return "\r\n".join(head) + f"\x1b[{at + _HEAD}H{marked}\x1b[{_HEAD}H" + "\r\n".join(others)
