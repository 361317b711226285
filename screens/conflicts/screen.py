"""Texts that clashed with somebody else's at the same time: both are here until settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.dates import show_date
from data.i18n import N_, _
from data.method.visibility import shows_all, visible
from data.queries.search import KINDS
from data.records import BY_TABLE, Conflict, Mentee, Record
from data.store.change import Change
from data.store.store import Store
from data.text import first_line
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.title import Title
from widgets.grid import Column, Grid, Row
from widgets.reading import HEADING, PLAIN, ReadingPane

Choose = Callable[[str, str], str]
"""Returns the text to keep, of (theirs, mine)."""


def open_conflicts(store: Store) -> list[Conflict]:
    """Return the conflicts that are not settled, oldest first."""
    return [conflict for conflict in store.all(Conflict) if not conflict.settled]


class ConflictsScreen(BaseScreen[None]):
    """The list above, both texts of the one under the cursor below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "keep", N_("Keep theirs")),
        Binding("m", "mine", N_("Take mine")),
        Binding("b", "both", N_("Keep both, mine after theirs")),
        Binding("escape", "back", N_("Back")),
    ]
    DEFAULT_CSS = """
    ConflictsScreen Grid { height: 8; }
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.grid = Grid()
        self.pane = ReadingPane()

    def body(self) -> ComposeResult:
        """Lay the list and the texts."""
        yield self.grid
        yield self.pane

    def on_mount(self) -> None:
        """Stand on the first."""
        super().on_mount()
        self.grid.focus()

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("Texts that clashed"))

    def show_records(self) -> None:
        """Show what is not settled."""
        columns = (
            Column("what", _("What"), 10),
            Column("whose", _("Whose"), 16, flex=1),
            Column("text", _("Your text"), 24, flex=2),
            Column("when", _("When"), 10),
        )
        found = visible(open_conflicts(self.store), self.context.reader)
        self.grid.show([self._row(one) for one in found], columns)
        self._show_texts()

    def _row(self, conflict: Conflict) -> Row:
        mentee = self.store.get(Mentee, conflict.mentee_id)
        kind = BY_TABLE.get(conflict.of_table)
        when = conflict.created_at
        cells = {
            "what": _(KINDS[kind]) if kind in KINDS else conflict.of_table,
            "whose": mentee.name if mentee else "",
            "text": first_line(conflict.mine),
            "when": show_date(when.date()) if when else "",
        }
        return Row(conflict.id, cells)

    @on(Grid.Moved)
    def _show_texts(self) -> None:
        conflict = self._here()
        if not shows_all(self.context.reader):
            self.pane.show([(PLAIN, _("Hidden in the shared view; F6 shows it again."))])
            return
        if conflict is None:
            self.pane.show([(PLAIN, _("Nothing has clashed. Esc goes back."))])
            return
        self.pane.show(
            [
                (HEADING, _("Theirs (stands there now)")),
                (PLAIN, self._theirs(conflict)),
                (PLAIN, ""),
                (HEADING, _("Yours")),
                (PLAIN, conflict.mine),
            ]
        )

    def _here(self) -> Conflict | None:
        return self.store.get(Conflict, self.grid.row_id)

    def _record(self, conflict: Conflict) -> Record | None:
        kind = BY_TABLE.get(conflict.of_table)
        record = self.store.get(kind, conflict.of_id) if kind else None
        holds_text = isinstance(getattr(record, conflict.of_field, None), str)
        return record if holds_text else None

    def _theirs(self, conflict: Conflict) -> str:
        record = self._record(conflict)
        return str(getattr(record, conflict.of_field)) if record else conflict.theirs

    def action_keep(self) -> None:
        """Leave theirs where it is; mine stays readable in undo."""
        self._settle(lambda theirs, _mine: theirs)

    def action_mine(self) -> None:
        """Put mine in the place of theirs."""
        self._settle(lambda _theirs, mine: mine)

    def action_both(self) -> None:
        """Put mine after theirs."""
        self._settle(lambda theirs, mine: f"{theirs}\n{mine}".strip())

    def _settle(self, choose: Choose) -> None:
        conflict = self._here()
        if conflict is None:
            return
        changes = [Change.edited(conflict, settled=True)]
        record = self._record(conflict)
        text = choose(self._theirs(conflict), conflict.mine)
        if record is None and text != conflict.theirs:
            self.say(_("The record that the text belonged to is gone; copy the text from here"))
            return
        if record is not None:
            changes.append(Change.edited(record, **{conflict.of_field: text}))
        self.commit(changes, _("Clash settled"))
