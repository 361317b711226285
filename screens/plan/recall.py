"""What is known from earlier tasks of the same type, offered at the next one (R23, R32)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.i18n import N_, _
from screens.dialogs.base import Dialog
from widgets.detail_pane import DetailPane, LabelledText
from widgets.grid import Column, Grid, Row


class RecallDialog(Dialog[str]):
    """Offers texts; Enter takes the one under the cursor as the task's next step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", N_("Not now")),
        Binding("enter", "take", N_("Use as next step"), priority=True),
    ]

    DEFAULT_CSS = """
    RecallDialog Grid { height: auto; max-height: 8; }
    RecallDialog GridBody { height: auto; max-height: 8; }
    RecallDialog DetailPane { height: 3; }
    """

    def __init__(self, type: str, offered: Sequence[tuple[str, str]]) -> None:
        """Offer pairs of what a text says and what it would be as a next step."""
        super().__init__(_("Last time with the type “{type}”").format(type=type))
        self.offered = tuple(offered)
        self.grid = Grid((Column("text", "", 20, 1),), header=False)
        self.detail = DetailPane()
        self.detail.can_focus = False

    def body(self) -> ComposeResult:
        """Lay the texts over the one under the cursor in full."""
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Begin at the newest."""
        super().on_mount()
        rows = [Row(str(i), {"text": text}) for i, (text, _step) in enumerate(self.offered)]
        self.grid.show(rows)
        self.grid.focus()
        self._show_detail()

    @on(Grid.Moved)
    def _show_detail(self) -> None:
        text, _step = self.offered[int(self.grid.row_id)]
        self.detail.show("", [LabelledText("", text)])

    def action_take(self) -> None:
        """Answer with the text under the cursor."""
        self.dismiss(self.offered[int(self.grid.row_id)][1])
