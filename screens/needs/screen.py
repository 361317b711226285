"""Screen 6: needs as both see them, now and before; and knowledge linked to tasks.

See R14, R81 and R82.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from data.method.view import MenteeView
from screens.frame.context import Context
from screens.mentee.grid import GridScreen
from screens.needs.commands import NeedsCommands
from screens.needs.rows import columns, knowledge_in_full, need_in_full, rows
from widgets.grid import Grid


class NeedsScreen(GridScreen):
    """Lists needs and knowledge; below them are the details of what the cursor is on."""

    PLACE = "needs"
    DOCUMENT = "needs"
    HELP_TOPIC = "needs"
    BINDINGS: ClassVar[list[BindingType]] = NeedsCommands.KEYS
    DEFAULT_CSS = """
    NeedsScreen Footnote { height: 6; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id, Grid())
        self.needs = NeedsCommands(self)
        self.commands = (self.needs, *self.commands)

    @property
    def _limit(self) -> int:
        return self.context.settings.learned_limit_days

    def show_view(self, view: MenteeView) -> None:
        """Show needs, knowledge, and tasks without knowledge."""
        self.grid.show(rows(view, self._limit), columns())

    def in_full(self, view: MenteeView) -> Sequence[str]:
        """Return the details of the need or knowledge. `i` and `I` show whole what is cut here."""
        need, item = self.needs.need, self.needs.item
        if need is not None:
            return need_in_full(view, need, self.context.reader)
        return knowledge_in_full(view, item, self._limit) if item else ()

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee, and the task if the cursor is on one."""
        kind, id = self.here()
        return self.mentee_id, id if kind == "task" else ""

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        self.action_do("add" if event.row_id in {"need:", "knowledge:"} else "edit")
