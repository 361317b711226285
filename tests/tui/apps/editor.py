"""A text that can be edited elsewhere, and a program that can be suspended: `editor FOLDER`."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Label

from tui.terminal.cursor import FollowsFocus
from tui.terminal.driver import CellDriver, driver_of
from tui.terminal.editor import EditorError
from tui.terminal.suspend_for_editor import edit_text_externally
from widgets.line_input import LineInput
from widgets.note_area import NoteArea


class EditorApp(FollowsFocus[None]):
    """A note, a line below it, and what went wrong."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "NoteArea { height: 1fr; } LineInput { height: 1; }"
    BINDINGS = [
        Binding("ctrl+e", "edit", priority=True),
        ("f9", "suspend_process", ""),
        ("f5", "redraw", ""),
    ]

    def __init__(self, folder: Path) -> None:
        super().__init__(driver_class=CellDriver)
        self.folder = folder

    def compose(self) -> ComposeResult:
        yield Label("en rolle at øve")
        yield NoteArea("ready")
        yield LineInput("navn")
        yield Label(id="problem", markup=False)

    def action_edit(self) -> None:
        area = self.query_one(NoteArea)
        try:
            text = edit_text_externally(self, area.text, self.folder)
        except EditorError as error:
            self.query_one("#problem", Label).update(str(error))
            return
        if text is not None:
            area.text = text

    def action_redraw(self) -> None:
        driver = driver_of(self)
        assert driver is not None
        driver.redraw()


def main(arguments: list[str]) -> None:
    EditorApp(Path(arguments[0])).run(mouse=False)
