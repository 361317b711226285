"""One of most kinds of widget, to see what Textual writes for them."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import (
    Button,
    DataTable,
    Footer,
    Header,
    Input,
    Markdown,
    OptionList,
    ProgressBar,
    Static,
    TabbedContent,
    TabPane,
    TextArea,
)

from tests.tui.terminal.tape import TapeDriver
from widgets.line_input import LineInput
from widgets.note_area import NoteArea

_TEXT = "Maja øver sig i at sige nej 🙂 漢字 på en ordentlig måde.\n\n"


class Medley(App[None]):
    """Tabs of widgets."""

    ENABLE_COMMAND_PALETTE = True

    def __init__(self) -> None:
        super().__init__(driver_class=TapeDriver)
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        yield Header()
        with TabbedContent():
            with TabPane("Noter"), Horizontal():
                yield NoteArea(_TEXT)
                yield TextArea(_TEXT)
            with TabPane("Grid"):
                yield LineInput("en linje")
                yield Input(placeholder="å")
                yield DataTable[str](cursor_type="row")
            with TabPane("Andet"), VerticalScroll():
                yield OptionList("æble", "ørred", "ål", "🚀")
                yield ProgressBar(10)
                yield Button("Gå")
                yield Markdown("# Rolle\n\n- en\n- to\n\n" + _TEXT * 3)
                yield Static("[b]fed[/b] [u]streg[/u] [reverse]om[/]")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("Emne", "Uge", "Status")
        for number in range(30):
            table.add_row(f"Opgave {number} æøå", str(number), "i gang 🙂")
