"""The page that covers everything while nobody is at the keyboard: nothing of a record is on it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Middle
from textual.screen import Screen
from textual.widgets import Static

from data.i18n import N_, _
from screens.frame.keys import shown_keys, translated
from widgets.bars import KeyBar


class HiddenScreen(Screen[None]):
    """Says since when the screen is hidden, and which key brings it back.

    Everything below it stays as it is, a text that is being typed too. What changes there is not
    drawn, so nothing is sent to the terminal meanwhile.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss", N_("Show the screen again"), id="show_again"),
    ]
    DEFAULT_CSS = """
    HiddenScreen { layers: base; }
    HiddenScreen Middle { width: 100%; }
    HiddenScreen Static { width: 100%; height: auto; text-align: center; }
    """

    def __init__(self, since: datetime) -> None:
        """Make the page; `since` is the time at which the screen was hidden."""
        super().__init__()
        self._since = since
        self.key_bar = KeyBar()

    def compose(self) -> ComposeResult:
        """Put the time and the key into the middle."""
        with Middle():
            yield Static(f"{self._since:%H:%M}", markup=False)
            yield Static(markup=False)
            yield Static(_("The screen is hidden. Press Enter to go on."), markup=False)
        yield self.key_bar

    def on_mount(self) -> None:
        """Show the keys that work here."""
        self.key_bar.show(*shown_keys(self))

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings that work here, with their descriptions translated."""
        return translated(super().active_bindings)
