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
    """Offers texts. The answer is the one that is to become the task's next step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", N_("Not now")),
        Binding("enter", "take", N_("Use as next step"), priority=True),
    ]

    DEFAULT_CSS = """
    RecallDialog Grid, RecallDialog GridBody { height: auto; }
    RecallDialog DetailPane { height: 3; }
    """

    def __init__(self, type: str, offered: Sequence[tuple[str, str]]) -> None:
        """Make a dialog.

        Args:
            type: The type of the task, for the title.
            offered: Pairs of a text to show, and the same as a next step. See `recall_choices`.
        """
        super().__init__(_("Last time for the type “{type}”").format(type=type))
        self.offered = tuple(offered)
        self.grid = Grid((Column("text", "", 20, 1),), header=False)
        self.detail = DetailPane()
        self.detail.can_focus = False

    def body(self) -> ComposeResult:
        """Put the list of texts above the full text of the one under the cursor."""
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Show the texts, with the cursor on the first."""
        super().on_mount()
        rows = [Row(str(i), {"text": text}) for i, (text, _step) in enumerate(self.offered)]
        self.grid.show(rows)
        self.grid.focus()
        self._show_detail()

    def fit(self) -> None:
        """Share the room between the list and the full text; both scroll."""
        detail = max(min(3, self.room - 2), 1)
        self.detail.styles.height = detail
        self.give_room(self.grid, self.room - detail, 8)

    @on(Grid.Moved)
    def _show_detail(self) -> None:
        text, _step = self.offered[int(self.grid.row_id)]
        self.detail.show("", [LabelledText("", text)])

    def action_take(self) -> None:
        """Answer with the text under the cursor, as a next step."""
        self.dismiss(self.offered[int(self.grid.row_id)][1])
