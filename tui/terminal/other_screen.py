"""To the terminal's other screen and back, with nothing of the records left behind.

Not every terminal has another screen, and nobody can tell from here which: GNU screen and mosh have
none as they come, xterm can be told not to use it. There what was painted would stay, with the
prompt in the middle of it. So it is erased first, wherever the program leaves the terminal.
"""

from __future__ import annotations

from typing import Final

ENTER: Final = "\x1b[?1049h"
"""To the other screen. Where there is none it does nothing."""

WIPE: Final = "\x1b[H\x1b[K\x1b[C\x1b[J"
"""Erases all lines; the cursor is in the second column of the first line afterwards.

From there, because terminals keep what is erased from the first cell on as a whole: GNU screen,
tmux, PuTTY and others put it where one can scroll back to it.
"""

LEAVE: Final = "\x1b[?1049l"
"""Back, where there is another screen."""

WIPE_AND_LEAVE: Final = f"\x1b[m{WIPE}\r{LEAVE}"
"""In the terminal's own colours, and the prompt begins at the top of what is empty."""
