"""The smallest app that is typed in: one TextArea. Arguments: `stock` for Textual's own driver."""

import os
import sys

from tui.terminal import prepare_environment

if "stock" not in sys.argv:
    prepare_environment(os.environ)

from textual.app import App, ComposeResult
from textual.widgets import TextArea

from tui.driver import CellDriver


class NoteApp(App[None]):
    CSS = "TextArea { border: none; padding: 0; }"
    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        area = TextArea("first line\n")
        area.cursor_blink = False
        yield area


NoteApp(driver_class=None if "stock" in sys.argv else CellDriver).run(mouse=False)
