"""An app that does on a key what a test wants to see at the terminal: `probe`."""

from __future__ import annotations

import sys
import time

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Label

from tui.terminal.cursor import FollowsFocus
from tui.terminal.driver import CellDriver, driver_of
from widgets.line_input import LineInput
from widgets.note_area import NoteArea


class ProbeApp(FollowsFocus[None]):
    """A note, a line, and a label that tells what has happened."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "NoteArea { height: 1fr; } Label { text-style: bold; }"
    BINDINGS = [
        Binding("f2", "strange", priority=True),
        Binding("f3", "clipboard", priority=True),
        Binding("f4", "beats", priority=True),
        Binding("f5", "redraw", priority=True),
        Binding("f6", "barrier", priority=True),
        Binding("f7", "nowhere", priority=True),
        Binding("f8", "fail", priority=True),
        Binding("f9", "afresh", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__(driver_class=CellDriver)
        self.beats = 0
        self.barriers = 0

    def compose(self) -> ComposeResult:
        yield Label("╭─ status ─╮", id="status", markup=False)
        yield NoteArea("ready")
        yield LineInput("navn")

    def on_mount(self) -> None:
        self.set_interval(0.05, self.beat)

    def beat(self) -> None:
        self.beats += 1

    def on_input_submitted(self) -> None:
        self.tell("submitted")

    def tell(self, text: str) -> None:
        self.query_one("#status", Label).update(text)

    def driver(self) -> CellDriver:
        driver = driver_of(self)
        assert driver is not None
        return driver

    def action_strange(self) -> None:
        """Another program's output, and a sequence the driver does not know."""
        self.driver().write("\x1b[3;1H\x1b[1;31m\x1b[5;6r\x1b[1L\x1b[r")

    def action_clipboard(self) -> None:
        self.copy_to_clipboard("æøå")
        self.bell()

    def action_beats(self) -> None:
        self.tell(f"beats {self.beats}")

    def action_redraw(self) -> None:
        self.driver().redraw()

    def action_barrier(self) -> None:
        """From now on a frame has to wait for its turn."""
        started = time.monotonic()

        def wait(limit: float) -> bool:
            self.barriers += 1
            time.sleep(min(0.2, limit))
            return time.monotonic() > started

        self.driver().before_paint = wait
        self.tell("barrier")

    def action_afresh(self) -> None:
        """Be as at the start, for the next test."""
        self.beats = 0
        self.driver().before_paint = None
        area, line = self.query_one(NoteArea), self.query_one(LineInput)
        area.load_text("ready")
        area.move_cursor(area.document.end)
        line.value = "navn"
        line.cursor_position = len(line.value)
        area.focus()
        self.tell("╭─ status ─╮")

    def action_nowhere(self) -> None:
        self.screen.set_focus(None)

    def action_fail(self) -> None:
        """A mistake in the driver itself."""
        self.driver()._display._painter.glass.clear()
        self.tell("failing")


def main(arguments: list[str]) -> None:
    app = ProbeApp()
    app.run(mouse=False)
    sys.exit(app.return_code)
