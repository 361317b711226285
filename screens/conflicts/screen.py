"""Texts that clashed with somebody else's at the same time: both are here until settled."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.dates import show_date
from data.i18n import N_, _
from data.method.visibility import shows_all, visible
from data.queries.clashes import (
    in_words,
    is_text,
    record_of,
    theirs_now,
    what_of,
    whose,
    with_text,
)
from data.records import Conflict
from data.store.change import Change
from data.store.store import Store
from data.text import first_line
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.title import Title
from widgets.glyphs import dotted
from widgets.grid import Column, Grid, Row
from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane


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
            Column("what", _("What"), 20, flex=1),
            Column("whose", _("Whose"), 14, flex=1),
            Column("text", _("Your text"), 24, flex=2),
            Column("when", _("When"), 10),
        )
        found = visible(open_conflicts(self.store), self.context.reader)
        self.grid.show([self._row(one) for one in found], columns)
        self._show_texts()

    def _row(self, conflict: Conflict) -> Row:
        when = conflict.created_at
        cells = {
            "what": what_of(conflict),
            "whose": whose(self.store, conflict),
            "text": first_line(in_words(self.store, conflict, conflict.mine)),
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
        name = whose(self.store, conflict)
        self.pane.show(
            [
                (QUIET, dotted(what_of(conflict), name)),
                (PLAIN, ""),
                (HEADING, _("Theirs (stands there now)")),
                (PLAIN, theirs_now(self.store, conflict)),
                (PLAIN, ""),
                (HEADING, _("Yours")),
                (PLAIN, in_words(self.store, conflict, conflict.mine)),
            ]
        )

    def _here(self) -> Conflict | None:
        return self.store.get(Conflict, self.grid.row_id)

    def action_keep(self) -> None:
        """Leave theirs where it is; mine stays readable in undo."""
        conflict = self._here()
        if conflict is not None:
            self.commit([Change.edited(conflict, settled=True)], _("Clash settled"))

    def action_mine(self) -> None:
        """Put mine in the place of theirs."""
        conflict = self._here()
        if conflict is not None:
            self._put(conflict, conflict.mine)

    def action_both(self) -> None:
        """Put mine after theirs."""
        conflict = self._here()
        if conflict is None:
            return
        if record_of(self.store, conflict) is not None and not is_text(self.store, conflict):
            self.say(_("Only one of the two can stand there: k keeps theirs, m takes yours"))
            return
        theirs = theirs_now(self.store, conflict)
        self._put(conflict, f"{theirs}\n{conflict.mine}".strip())

    def _put(self, conflict: Conflict, text: str) -> None:
        record = record_of(self.store, conflict)
        if record is None:
            self.say(_("The record that the text belonged to is gone; copy the text from here"))
            return
        after = with_text(self.store, conflict, text)
        if after is None:
            self.say(_("It cannot be put in by itself; copy the text from here"))
            return
        changes = [Change.edited(conflict, settled=True), Change.between(record, after)]
        self.commit(changes, _("Clash settled"))
