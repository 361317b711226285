"""Whether the app is heard or seen; it can change at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import App

from tui.terminal.driver import driver_of
from tui.terminal.key_order import KeyOrder
from widgets.spoken import HEARD

if TYPE_CHECKING:
    from tui.speech.speaker import Speaker


class Hearing:
    """Has the screen said instead of drawn, while that is wanted."""

    def __init__(self, app: App[int], keys: KeyOrder, wanted: bool) -> None:
        """Make it for an app whose keys are dealt with in the order of `keys`."""
        self._app = app
        self._keys = keys
        self._speaker: Speaker | None = None
        self._is_ready = False
        app.set_class(wanted, HEARD, update=False)

    @property
    def is_on(self) -> bool:
        """Whether the screen is said."""
        return self._app.has_class(HEARD)

    def start(self) -> None:
        """Take the terminal over where the screen is to be said. Call it when the app begins."""
        if self.is_on:
            self._speak()

    def begin(self) -> None:
        """Say the first screen, which is there now."""
        self._is_ready = True
        if self._speaker is not None:
            self._speaker.begin()

    def switch(self) -> bool:
        """Have the screen said, or drawn again; return whether it is said now."""
        self._app.set_class(not self.is_on, HEARD)
        if self.is_on:
            self._speak()
        elif self._speaker is not None:
            self._speaker.end()
            self._speaker = None
            self._keys.rested = None
        return self.is_on

    def key(self, event: events.Event) -> None:
        """Know which key is dealt with next."""
        if self._speaker is not None:
            self._speaker.key(event)

    def where(self) -> bool:
        """Say where one is; False where the screen is drawn and everybody sees that."""
        if self._speaker is not None:
            self._speaker.where()
        return self._speaker is not None

    def _speak(self) -> None:
        driver = driver_of(self._app)
        if driver is None or self._speaker is not None:
            return
        from tui.speech.speaker import Speaker  # only where the screen is heard

        self._speaker = Speaker(self._app, driver, self._keys)
        self._keys.rested = self._speaker.rested
        if self._is_ready:
            self._speaker.begin()
