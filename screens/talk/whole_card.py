"""The whole card of a step, where the talk has no room for all of it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.i18n import N_
from screens.dialogs.base import Dialog
from widgets.reading import PLAIN, ReadingPane


class WholeCard(Dialog[None]):
    """Shows what stands on a card, to be read to its end."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", N_("Back"))]
    DEFAULT_CSS = """
    WholeCard ReadingPane { height: auto; }
    """

    def __init__(self, title: str, text: str) -> None:
        """Make the page of a step of the talk: what that is called, and what its card says."""
        super().__init__(title)
        self._text = text
        self.pane = ReadingPane()

    def body(self) -> ComposeResult:
        """Show the text."""
        yield self.pane

    def on_mount(self) -> None:
        """Fill in the text, and give it the focus so that it can be scrolled at once."""
        self.pane.show([(PLAIN, line) for line in self._text.split("\n")])
        self.pane.focus()

    def fit(self) -> None:
        """Limit the height of the text to the screen; it scrolls if it is longer."""
        self.pane.styles.max_height = self.room
