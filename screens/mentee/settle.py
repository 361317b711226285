"""What is still open when a mentorship closes: each to settle, or to leave as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.dates import show_date
from data.i18n import N_, _
from data.method.mentorship.still_open import Settle, StillOpen
from screens.dialogs.base import EXPLAINS, Dialog
from widgets.glyphs import dotted
from widgets.grid import Column, Grid, Row
from widgets.keys import DONE

MOST_EXPLAINED = 3
"""Lines that say what closing does besides."""


class SettleDialog(Dialog[dict[str, Settle]]):
    """A list of what is still open. Its answer says by key what becomes of each.

    Enter does not close the mentorship, because users press it out of habit: it settles a line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "close", N_("Close mentorship"), priority=True, key_display=DONE),
        Binding("space", "settle", N_("Next choice"), priority=True),
    ]

    DEFAULT_CSS = """
    SettleDialog .explanation { height: auto; padding: 0 1; }
    SettleDialog Grid, SettleDialog GridBody { height: auto; }
    """

    def __init__(self, title: str, explanation: str, found: Sequence[StillOpen]) -> None:
        """Make the dialog.

        Args:
            title: The question, translated.
            explanation: What closing does besides, translated.
            found: What is still open; at least one.
        """
        super().__init__(title)
        self.explanation = explanation
        self.found = {one.key: one for one in found}
        self.ways = {one.key: one.ways[0] for one in found}
        columns = [Column("what", "", 20, flex=1), Column("way", "", 16), Column("on", "", 10)]
        self.grid = Grid(columns, header=False)

    def body(self) -> ComposeResult:
        """Put what closing does above what is still open."""
        yield Static(Content(self.explanation), classes=EXPLAINS)
        yield self.grid

    def on_mount(self) -> None:
        """Show the lines, and give them the focus."""
        self._show()
        self.say(_("Still open. Enter changes a line; Ctrl+S or F10 closes the mentorship"))
        self.grid.focus()

    def fit(self) -> None:
        """Limit the height of the lines to the screen; they scroll if there are too many."""
        rows = min(len(self.found), 14)
        explained = max(min(self.room - min(rows, 2), MOST_EXPLAINED), 0)
        self.query_one(".explanation").styles.max_height = explained
        self.give_room(self.grid, self.room - explained, 14, least=3)

    def _show(self) -> None:
        rows = [
            Row(
                key,
                {
                    "what": dotted(one.label, one.name, one.who),
                    "on": show_date(one.on),
                    "way": one.word(self.ways[key]),
                },
                tones={"way": "muted" if self.ways[key] is Settle.LEAVE else "strong"},
            )
            for key, one in self.found.items()
        ]
        self.grid.show(rows)

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        self.action_settle()

    def action_settle(self) -> None:
        """Take the next of what may become of the line under the cursor."""
        key = self.grid.row_id
        if key not in self.found:
            return
        one = self.found[key]
        place = one.ways.index(self.ways[key]) + 1
        self.ways[key] = one.ways[place % len(one.ways)]
        self._show()
        self.say(dotted(one.name, one.word(self.ways[key])))

    def action_close(self) -> None:
        """Close the mentorship; what is shown becomes of each line."""
        self.dismiss(self.ways)
