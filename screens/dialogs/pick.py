"""Pick one of many by typing part of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from data.i18n import N_, _
from data.text import matches
from screens.dialogs.base import Dialog
from widgets.grid import Column, Grid, Row
from widgets.line_input import LineInput
from widgets.spoken import Spoken


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be picked."""

    id: str
    label: str
    detail: str = ""
    """Shown beside the label, and searched as well."""
    words: str = ""
    """Other words by which it is found."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What was picked: an item, or something new that is to get the typed name."""

    id: str
    """Id of the item; "" for something new."""
    text: str
    """What was typed in the line."""


class PickDialog(Dialog[Picked]):
    """A line to type in, above the items that match what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", N_("Choose"), priority=True),
        Binding("down", "move(1)", N_("Next"), show=False, priority=True),
        Binding("up", "move(-1)", N_("Previous"), show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    PickDialog LineInput { margin: 0 1; background: $boost; }
    PickDialog Grid, PickDialog GridBody { height: auto; }
    """

    NEW = "new"

    def __init__(
        self,
        title: str,
        items: Sequence[Item],
        *,
        placeholder: str = "",
        new: str = "",
        chosen: str = "",
        typed: str = "",
        label_width: int = 26,
    ) -> None:
        """Make a dialog.

        Args:
            title: The title, translated.
            items: What can be picked.
            placeholder: What the line shows while it is empty.
            new: How to offer something new with the typed name, such as _("New person: {name}");
                "" if only an item can be picked.
            chosen: Id of the item on which the cursor begins; "" for the first.
            typed: What has been typed already.
            label_width: How many cells the labels take up at least.
        """
        super().__init__(title)
        self.items = tuple(items)
        self.new = new
        self.chosen = chosen
        self.line = LineInput(typed, placeholder=placeholder)
        columns = [Column("label", "", label_width, flex=1)]
        if any(item.detail for item in items):
            columns.append(Column("detail", "", 10, flex=1))
        self.grid = Grid(columns, header=False, takes_focus=False)

    def body(self) -> ComposeResult:
        """Put the line above the items."""
        yield self.line
        yield self.grid

    def on_mount(self) -> None:
        """Show the items that fit, and give the focus to the line."""
        self._show(self.line.value)
        if self.chosen and not self.line.value:
            self.grid.go_to(self.chosen)
        self.line.focus()

    def fit(self) -> None:
        """Limit the height of the items to the screen; they scroll if there are too many."""
        self.give_room(self.grid, self.room - 1, 14, least=3)

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def _show(self, typed: str) -> None:
        typed = typed.strip()
        fitting = [item for item in self.items if self._fits(item, typed)]
        starting = [item for item in fitting if matches(item.label[: len(typed) + 2], typed)]
        if typed:
            fitting = starting + [item for item in fitting if item not in starting]
        rows = [Row(item.id, {"label": item.label, "detail": item.detail}) for item in fitting]
        exact = any(item.label.casefold() == typed.casefold() for item in fitting)
        if self.new and typed and not exact:
            rows.append(Row(self.NEW, {"label": self.new.format(name=typed)}))
        self.grid.show(rows)
        if rows and typed:
            self.grid.go_to(rows[0].id)
        self.say("" if rows else _("No match; change what you typed"))

    @staticmethod
    def _fits(item: Item, typed: str) -> bool:
        """Return whether every word that was typed is part of the item."""
        text = f"{item.label} {item.detail} {item.words}"
        return all(matches(text, part) for part in typed.split())

    def names(self, spoken: Spoken) -> Spoken:
        """Return the item under the cursor, with the line that one types in."""
        return super().names(replace(spoken, line=self.grid.body.spoken().line))

    def action_move(self, way: int) -> None:
        """Move the cursor to the next item (`way` is 1) or the previous one (-1)."""
        self.grid.body.action_move(way, 0)

    def action_page(self, way: int) -> None:
        """Move the cursor down by a page (`way` is 1) or up (-1)."""
        self.grid.body.action_page(way)

    def action_pick(self) -> None:
        """Answer with the item under the cursor."""
        if self.grid.row_id:
            new = self.grid.row_id == self.NEW
            self.dismiss(Picked("" if new else self.grid.row_id, self.line.value.strip()))
