"""The smallest app that is typed in: a text area over the whole screen."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import TextArea

from tui.driver import CellDriver
from widgets.note_area import NoteArea


class NoteApp(App[None]):
    """One text."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, stock: bool) -> None:
        super().__init__(driver_class=None if stock else CellDriver)
        self.stock = stock

    def compose(self) -> ComposeResult:
        text = "first line\n"
        yield TextArea(text) if self.stock else NoteArea(text)


def main(stock: bool, arguments: list[str]) -> None:
    NoteApp(stock).run(mouse=False)
