"""The screen of conflicts: texts that could not be saved in their field.

Somebody else had changed the same field at the same time. Both texts are shown here until the user
has chosen between them.
"""

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
from screens.conflicts.forms import form_field
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.title import Title
from widgets.glyphs import dotted
from widgets.grid import Column, Grid, Row
from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane


def open_conflicts(store: Store) -> list[Conflict]:
    """Return the conflicts in which nobody has chosen yet, the oldest first."""
    return [conflict for conflict in store.all(Conflict) if not conflict.settled]


class ConflictsScreen(BaseScreen[None]):
    """A list of conflicts, above the two texts of the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "keep", N_("Keep theirs")),
        Binding("ctrl+n", "mine", N_("Take mine")),
        Binding("a", "both", N_("Keep both, mine after theirs")),
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
        """Put the list above the two texts."""
        yield self.grid
        yield self.pane

    def on_mount(self) -> None:
        """Give the focus to the list."""
        super().on_mount()
        self.grid.focus()

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("Texts that clashed"))

    def show_records(self) -> None:
        """Show the conflicts that are still open, as far as the reader may see them."""
        columns = (
            Column("what", _("What"), 20, flex=1),
            Column("whose", _("Whose"), 14, flex=1),
            Column("text", _("Your text"), 24, flex=2),
            Column("when", _("When"), 10),
        )
        shown = visible(open_conflicts(self.store), self.context.reader)
        self.grid.show([self._row(one) for one in shown], columns)
        self._show_texts()

    def _row(self, conflict: Conflict) -> Row:
        when = conflict.created_at
        cells = {
            "what": self._what(conflict),
            "whose": whose(self.store, conflict),
            "text": first_line(self._mine(conflict)),
            "when": show_date(when.date()) if when else "",
        }
        return Row(conflict.id, cells)

    @on(Grid.Moved)
    def _show_texts(self) -> None:
        conflict = self._conflict()
        if not shows_all(self.context.reader):
            self.pane.show([(PLAIN, _("Hidden in the shared view; F6 shows it again."))])
            return
        if conflict is None:
            self.pane.show([(PLAIN, _("Nothing has clashed. Esc goes back."))])
            return
        name = whose(self.store, conflict)
        self.pane.show(
            [
                (QUIET, dotted(self._what(conflict), name)),
                (PLAIN, ""),
                (HEADING, _("Theirs (stands there now)")),
                (PLAIN, self._theirs(conflict)),
                (PLAIN, ""),
                (HEADING, _("Yours")),
                (PLAIN, self._mine(conflict)),
            ]
        )

    def _mine(self, conflict: Conflict) -> str:
        field = form_field(self.store, conflict)
        text = conflict.mine
        return field.shown(text) if field else in_words(self.store, conflict, text)

    def _theirs(self, conflict: Conflict) -> str:
        field = form_field(self.store, conflict)
        return field.theirs(conflict) if field else theirs_now(self.store, conflict)

    def _what(self, conflict: Conflict) -> str:
        field = form_field(self.store, conflict)
        return what_of(conflict, field.field.label if field else "")

    def _conflict(self) -> Conflict | None:
        """Return the conflict under the cursor; None if there is none."""
        return self.store.get(Conflict, self.grid.row_id)

    def action_keep(self) -> None:
        """Keep their text in the field. The user's own can still be found by undo."""
        conflict = self._conflict()
        if conflict is not None:
            self.commit([Change.edited(conflict, settled=True)], _("Clash settled"))

    def action_mine(self) -> None:
        """Put the user's text in the place of theirs."""
        conflict = self._conflict()
        if conflict is not None:
            self._save_text(conflict, conflict.mine)

    def action_both(self) -> None:
        """Put the user's text after theirs."""
        conflict = self._conflict()
        if conflict is None:
            return
        field = form_field(self.store, conflict)
        has_room = field.is_text if field is not None else is_text(self.store, conflict)
        if record_of(self.store, conflict) is not None and not has_room:
            self.say(_("Only one of the two can stand there: x keeps theirs, Ctrl+N takes yours"))
            return
        theirs = self._theirs(conflict)
        self._save_text(conflict, f"{theirs}\n{conflict.mine}".strip())

    def _save_text(self, conflict: Conflict, text: str) -> None:
        """Save a text in the field, and close the conflict; say so if that is impossible."""
        record = record_of(self.store, conflict)
        if record is None and conflict.of_id:
            self.say(_("The record that the text belonged to is gone; copy the text from here"))
            return
        field = form_field(self.store, conflict)
        try:
            changes = field.changes(text) if field is not None else []
        except ValueError as problem:
            self.say(str(problem))
            return
        if field is None and record is not None:
            after = with_text(self.store, conflict, text)
            changes = [Change.between(record, after)] if after is not None else []
        if not changes and (field is None or text != field.field.value):
            self.say(_("It cannot be put in by itself; copy the text from here"))
            return
        self.commit([Change.edited(conflict, settled=True), *changes], _("Clash settled"))
