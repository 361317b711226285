"""Hiding the screen: at once when the user asks for it, or when no key has come for a while."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from textual.app import App
from textual.screen import Screen

from data.clock import now
from data.settings import Settings
from tui.terminal.kind import is_remote

REMOTE_MINUTES = 10
"""After how many minutes a screen at the other end of a network is hidden, unless set."""
ALLOWED = frozenset({"leave", "redraw"})
"""What the app may do while the screen is hidden: nothing that shows a record, or asks about it."""
LOOK_SECONDS = 15.0
"""How often the time since the last key is looked at. Nothing is sent to the terminal for it."""


def minutes_until_hidden(settings: Settings, environ: Mapping[str, str]) -> int:
    """Return after how many minutes without a key the screen is hidden; 0 for never."""
    if settings.lock_minutes is not None:
        return settings.lock_minutes
    return REMOTE_MINUTES if is_remote(environ) else 0


class Hiding:
    """Knows when the last key came, and hides the screen of an app."""

    def __init__(self, app: App[Any], settings: Settings) -> None:
        self._app = app
        self._minutes = minutes_until_hidden(settings, os.environ)
        self._last_key = now()
        self._page: Screen[None] | None = None
        """The page that covered everything the last time."""

    def start(self) -> None:
        """Look at the clock from now on, if the screen is ever to hide by itself."""
        if self._minutes:
            self._app.set_interval(LOOK_SECONDS, self._look)

    def key_pressed(self) -> None:
        """Note that somebody is at the keyboard."""
        self._last_key = now()

    def hide(self) -> None:
        """Cover everything with a page that shows nothing of a record. Nothing ends by it."""
        if self.is_hidden:
            return
        # most sessions hide nothing
        from screens.frame.hidden import HiddenScreen

        self._page = HiddenScreen(now())
        self._app.push_screen(self._page)

    @property
    def is_hidden(self) -> bool:
        """Whether that page covers everything."""
        return self._page is not None and self._page in self._app.screen_stack

    def allows(self, action: str) -> bool:
        """Whether the app may do something now: little while the screen is hidden."""
        return action in ALLOWED or not self.is_hidden

    def _look(self) -> None:
        # A clock that was set back tells nothing; the time counts on from the next key.
        if now() - self._last_key >= timedelta(minutes=self._minutes):
            self.hide()
