"""How the terminal treats keys and line feeds: set for a full screen, and put back afterwards."""

from __future__ import annotations

import contextlib
import os
import signal
import termios
import tty
from typing import Any

Attributes = list[Any]
"""What `termios.tcgetattr` returns."""


class TerminalModes:
    """The modes of one terminal, between `take` and `give_back`."""

    def __init__(self, keys: int, screen: int) -> None:
        """`keys` and `screen` are the descriptors that the terminal is read from and written to."""
        self.before: Attributes | None = None
        """The modes to put back, or None where the input is no terminal."""
        self._keys = keys
        self._screen = screen

    def take(self) -> None:
        """Have every key sent as it is pressed, unchanged, and without an echo."""
        with contextlib.suppress(termios.error):
            self.before = termios.tcgetattr(self._keys)
            modes = termios.tcgetattr(self._keys)
            # The keys of signals are keys too, unless Textual's own switch says otherwise.
            signals = 0 if os.environ.get("TEXTUAL_ALLOW_SIGNALS") else termios.ISIG
            modes[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | signals)
            flow = termios.IXON | termios.IXOFF  # Ctrl+S and Ctrl+Q are keys
            modes[tty.IFLAG] &= ~(flow | termios.ICRNL | termios.INLCR | termios.IGNCR)
            modes[tty.CC][termios.VMIN] = 1  # some systems have another number at this place
            termios.tcsetattr(self._keys, termios.TCSANOW, modes)

    def stop_newline_translation(self) -> bool:
        """Turn the translation of line feeds off; return whether it is off."""
        if not os.isatty(self._screen):
            return False
        try:
            modes = termios.tcgetattr(self._screen)
            modes[tty.OFLAG] &= ~termios.OPOST
            termios.tcsetattr(self._screen, termios.TCSANOW, modes)
        except termios.error:
            return False
        return True

    def drop_keys(self) -> None:
        """Throw away the keys that nobody has read, so that the shell does not get them."""
        with contextlib.suppress(termios.error):
            termios.tcflush(self._keys, termios.TCIFLUSH)

    def give_back(self) -> None:
        """Put the modes back that the terminal had."""
        if self.before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._keys, termios.TCSANOW, self.before)

    def may_be_changed(self) -> bool:
        """Return whether this process is in front of its terminal.

        In the background, as after `bg` in the shell, a process that changes the modes is sent a
        signal. It stops itself again; `fg` continues it, and it tries once more.
        """
        if not os.isatty(self._keys):
            return True
        asked = (signal.SIGTTOU, signal.SIGTTIN)
        for number in asked:
            signal.signal(number, _stop_again)
        try:
            termios.tcsetattr(self._keys, termios.TCSANOW, termios.tcgetattr(self._keys))
        except termios.error:
            return False
        finally:
            for number in asked:
                signal.signal(number, signal.SIG_DFL)
        return True


def _stop_again(*_signal: object) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)
