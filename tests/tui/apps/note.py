"""The smallest app that is typed in. Arguments: `stock` for Textual's own driver and text area."""

import os
import sys

from tui.terminal import prepare_environment

STOCK = "stock" in sys.argv
if not STOCK:
    prepare_environment(os.environ)

from textual.app import App, ComposeResult
from textual.widgets import TextArea

from tui.driver import CellDriver
from widgets.note_area import NoteArea


class NoteApp(App[None]):
    """A text area over the whole screen."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        text = "first line\n"
        yield TextArea(text) if STOCK else NoteArea(text)


NoteApp(driver_class=None if STOCK else CellDriver).run(mouse=False)
