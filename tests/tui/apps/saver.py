"""A text that is saved when the line breaks: `saver FILE`.

F2 makes the loop deaf, as a stuck program is; F5 paints the screen again.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from textual.app import App, ComposeResult

from tui.terminal.driver import CellDriver, driver_of
from tui.terminal.hangup import HangupGuard
from widgets.note_area import NoteArea


class SaverApp(App[None]):
    """One text, one file."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [("f2", "stick", ""), ("f5", "redraw", "")]

    def __init__(self, path: Path) -> None:
        super().__init__(driver_class=CellDriver)
        self.path = path
        self.area = NoteArea("ready\n")
        self.guard = HangupGuard(self, self.save)

    def compose(self) -> ComposeResult:
        yield self.area

    def on_mount(self) -> None:
        self.guard.start()

    def on_unmount(self) -> None:
        self.guard.stop()

    def save(self) -> None:
        self.path.write_text(self.area.text, "utf-8")

    def action_redraw(self) -> None:
        driver = driver_of(self)
        assert driver is not None
        driver.redraw()

    def action_stick(self) -> None:
        time.sleep(60)


def main(arguments: list[str]) -> None:
    app = SaverApp(Path(arguments[0]))
    app.run(mouse=False)
    sys.exit(app.return_code or 0)
