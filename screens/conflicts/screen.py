"""The screen of conflicts: texts that could not be saved in their field.

Somebody else had changed the same field at the same time. Both texts are shown here until the user
has chosen between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.dates import EntryError, show_date
from data.frozen import immutable
from data.i18n import N_, _
from data.method.visibility import shows_all, visible
from data.queries.clashes import (
    in_words,
    is_long_text,
    is_text,
    record_of,
    theirs_now,
    what_of,
    who_and_when,
    whose,
    why_gone,
    with_text,
)
from data.queries.record_names import NAMED_BY, record_name
from data.records import Conflict, Record
from data.store.change import Change
from data.store.store import Store
from data.text import first_line
from screens.conflicts.forms import FormField, form_field
from screens.dialogs.edit_record import Form, edit_records
from screens.dialogs.form import Field, Filled
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.title import Title
from widgets.glyphs import dotted
from widgets.grid import Column, Grid, Row
from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane

_CHOICES = frozenset({"keep", "mine", "both", "edit"})
"""The actions that choose between the texts of the conflict under the cursor."""


def open_conflicts(store: Store) -> list[Conflict]:
    """Return the conflicts in which nobody has chosen yet, the oldest first."""
    return [conflict for conflict in store.all(Conflict) if not conflict.settled]


@immutable
class Stands:
    """What a conflict is about, as it stood when the user saw it: what is put in begins with it."""

    record: Record | None
    """The record that was edited; None if it is gone."""
    field: FormField | None
    """The field of the form in which the text clashed; None where it is a field of the record."""


def _whose_text(conflict: Conflict) -> str:
    """Return the heading of the text that lost its place."""
    text = _("Given back by {name}") if conflict.mine_by else _("Yours")
    return text.format(name=conflict.mine_by)


class ConflictsScreen(BaseScreen[None]):
    """A list of conflicts, above the two texts of the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "keep", N_("Keep theirs")),
        Binding("ctrl+n", "mine", N_("Use mine")),
        Binding("a", "both", N_("Keep both, mine after theirs")),
        Binding("e", "edit", N_("Edit")),
        Binding("escape", "back", N_("Back")),
    ]
    HELP_TOPIC = "conflicts"
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
        return Title(_("Conflicting edits"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a choice only while there is something to choose between."""
        if action in _CHOICES:
            return self._conflict() is not None
        return super().check_action(action, parameters)

    def show_records(self) -> None:
        """Show the conflicts that are still open, as far as the reader may see them."""
        columns = (
            Column("what", _("What"), 30, flex=2),
            Column("whose", _("Whose"), 12, flex=1),
            Column("text", _("Your text"), 16, flex=2),
            Column("when", _("When"), 10),
        )
        shown = visible(open_conflicts(self.store), self.context.reader)
        self.grid.show([self._row(one) for one in shown], columns)
        self._show_texts()

    def _row(self, conflict: Conflict) -> Row:
        when = conflict.created_at
        cells = {
            "what": dotted(self._what(conflict), _called(self.store, conflict)),
            "whose": whose(self.store, conflict),
            "text": first_line(self._own(conflict)),
            "when": show_date(when.date()) if when else "",
        }
        return Row(conflict.id, cells)

    @on(Grid.Moved)
    def _show_texts(self) -> None:
        self.refresh_bindings()
        conflict = self._conflict()
        if not shows_all(self.context.reader):
            self.pane.show([(PLAIN, _("Hidden in shared view; F6 shows it again."))])
            return
        if conflict is None:
            self.pane.show([(PLAIN, _("No conflicts. Esc goes back."))])
            return
        now, then = self._theirs(conflict), self._theirs_then(conflict)
        called, name = _called(self.store, conflict), whose(self.store, conflict)
        about = dotted(self._what(conflict), called, name)
        by = who_and_when(self.store, conflict)
        parts = [(QUIET, about), (PLAIN, "")]
        gone = why_gone(self.store, conflict)
        if gone:
            parts += [(QUIET, by), (PLAIN, gone)]
        else:
            heading = _("Yours (saved now)") if conflict.mine_by else _("Theirs (saved now)")
            parts += [(HEADING, heading), (QUIET, by), (PLAIN, now or _("(nothing)"))]
        if then and (gone or then != now):
            parts += [(PLAIN, ""), (HEADING, _("Theirs, as it was at the time")), (PLAIN, then)]
        parts += [(PLAIN, ""), (HEADING, _whose_text(conflict)), (PLAIN, self._mine(conflict))]
        self.pane.show(parts)

    def _theirs_then(self, conflict: Conflict) -> str:
        field = form_field(self.store, conflict)
        text = conflict.theirs
        return field.shown(text) if field else in_words(self.store, conflict, text)

    def _mine(self, conflict: Conflict) -> str:
        field = form_field(self.store, conflict)
        text = conflict.mine
        return field.shown(text) if field else in_words(self.store, conflict, text)

    def _own(self, conflict: Conflict) -> str:
        """Return the user's own text: what is saved, where the other one was given back."""
        return self._theirs(conflict) if conflict.mine_by else self._mine(conflict)

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
        """Let the field have their text. The user's own can still be found by undo."""
        self._decide(own=False)

    def action_mine(self) -> None:
        """Let the field have the user's own text."""
        self._decide(own=True)

    def _decide(self, *, own: bool) -> None:
        """Close the conflict with one of its texts.

        One of the two is saved already: theirs, but the user's own where the other was given back.
        """
        conflict = self._conflict()
        if conflict is None:
            return
        if own == bool(conflict.mine_by):
            self.commit([Change.edited(conflict, settled=True)], _("Conflict resolved"))
        else:
            self._save_text(conflict, conflict.mine)

    def action_both(self) -> None:
        """Put the user's text after theirs: on a line of its own, where the field has several."""
        conflict = self._conflict()
        if conflict is None:
            return
        if record_of(self.store, conflict) is not None and not self._is_text(conflict):
            self.say(_("Only one of the two can be kept: x keeps theirs, Ctrl+N uses yours"))
            return
        self._save_text(conflict, self._both(conflict))

    def _both(self, conflict: Conflict) -> str:
        between = "\n" if self._has_lines(conflict) else " / "
        texts = (self._theirs(conflict), conflict.mine)
        return between.join(filter(None, texts[::-1] if conflict.mine_by else texts))

    def _is_text(self, conflict: Conflict) -> bool:
        field = form_field(self.store, conflict)
        return field.is_text if field is not None else is_text(self.store, conflict)

    def _has_lines(self, conflict: Conflict) -> bool:
        field = form_field(self.store, conflict)
        if field is not None:
            return field.field.kind == "lines"
        return is_long_text(self.store, conflict) or record_of(self.store, conflict) is None

    @work
    async def action_edit(self) -> None:
        """Write what is to stand there, beginning with both texts, or else with one's own."""
        conflict = self._conflict()
        if conflict is None or not shows_all(self.context.reader):
            return
        text = self._both(conflict) if self._is_text(conflict) else self._mine(conflict)
        seen = _stands(self.store, conflict)
        form_of = seen.field
        kind: Literal["text", "lines"] = "lines" if self._has_lines(conflict) else "text"
        check = form_of.field.check if form_of is not None else None
        field = Field("text", self._what(conflict), text, kind, check=check, proposed=True)
        if form_of is not None and form_of.field.kind == "choice":
            field = replace(form_of.field, key="text", value=conflict.mine, proposed=True)

        def problem(texts: Mapping[str, str]) -> str:
            try:
                self._changes(conflict, texts["text"], seen)
            except ValueError as wrong:
                return str(wrong)
            return ""

        def changes(texts: Filled) -> list[Change]:
            return self._changes(conflict, texts["text"], seen)

        form = Form("clash", _("Text to keep"), [field], problem)
        await edit_records(self, conflict, form, changes, _("Conflict resolved"))

    def _save_text(self, conflict: Conflict, text: str) -> None:
        """Save a text in the field, and close the conflict; say so if that is impossible."""
        try:
            changes = self._changes(conflict, text, _stands(self.store, conflict))
        except ValueError as problem:
            self.say(str(problem))
            return
        self.commit(changes, _("Conflict resolved"))

    def _changes(self, conflict: Conflict, text: str, seen: Stands) -> list[Change]:
        """Return the changes that put the text in the field and close the conflict.

        Raises:
            EntryError: It cannot be put in; the message says why.
        """
        if gone := why_gone(self.store, conflict):
            raise EntryError(gone)
        record, field = seen.record, seen.field
        changes = field.changes(text) if field is not None else []
        after = None
        if field is None:
            after = with_text(self.store, conflict, record, text)
            changes = [Change.between(record, after)] if record and after else []
        if not changes and (field is None or text != field.field.value):
            raise EntryError(_("It cannot be inserted automatically; copy the text from here"))
        return [Change.edited(conflict, settled=True), *changes]


def _stands(store: Store, conflict: Conflict) -> Stands:
    return Stands(record_of(store, conflict), form_field(store, conflict))


def _called(store: Store, conflict: Conflict) -> str:
    """Return the name of what was edited, to tell two of its kind apart; "" if it has none.

    It is none where the name itself was edited: both are shown.
    """
    if conflict.of_field in NAMED_BY:
        return ""
    return first_line(record_name(record_of(store, conflict)))
