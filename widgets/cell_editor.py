"""What stands over a grid's cell while it is edited: a line to type in, or a choice."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from data.i18n import N_
from widgets.checked_input import CheckedInput, Understood
from widgets.glyphs import glyphs
from widgets.grid_model import Choice, Column


class Finished(Message):
    """The edit is over."""

    def __init__(self, text: str, onward: bool) -> None:
        """Make it. `onward`: go on editing the next cell."""
        super().__init__()
        self.text = text
        self.onward = onward


class Abandoned(Message):
    """The edit was given up; nothing changes."""


class CellInput(CheckedInput):
    """A line of text over a cell. Enter saves, Tab saves and goes on, Esc gives up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("Save")),
        Binding("escape", "abandon", N_("Cancel")),
        Binding("tab", "finish(True)", N_("Next cell"), priority=True),
    ]

    DEFAULT_CSS = """
    CellInput { layer: edit; position: absolute; height: 1; }
    """

    def __init__(self, column: Column, text: str) -> None:
        """Begin editing `text`."""
        super().__init__(text, check=column.check, suggest=column.suggest)
        short = column.check is not None and column.suggest is None  # a date, a duration
        self.wanted_width = max(column.width if short else 20, cell_len(text) + 1)
        """Cells in which all of the text can be seen."""

    def on_mount(self) -> None:
        """Say at once how the present text is understood."""
        self.is_understood()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save on Enter."""
        event.stop()
        self.action_finish(False)

    def action_finish(self, onward: bool) -> None:
        """Save, unless the text cannot be understood; then it stays and the problem is said."""
        if self.is_understood():
            self.post_message(Finished(self.value, onward))

    def action_abandon(self) -> None:
        """Give up."""
        self.post_message(Abandoned())


class CellChooser(Widget, can_focus=True):
    """A choice over a cell: space or arrows for the next, a letter for one, Enter saves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish(False)", N_("Save")),
        Binding("escape", "abandon", N_("Cancel")),
        Binding("tab", "finish(True)", N_("Next cell"), priority=True),
        Binding("space,down,right", "next(1)", show=False),
        Binding("up,left", "next(-1)", show=False),
    ]

    DEFAULT_CSS = """
    CellChooser { layer: edit; position: absolute; height: 1; }
    """

    def __init__(self, column: Column, value: str) -> None:
        """Begin choosing, from `value`."""
        super().__init__()
        self.column = column
        values = [choice.value for choice in column.choices]
        self._at = values.index(value) if value in values else 0
        self.wanted_width = max(cell_len(choice.label) for choice in column.choices)
        """Cells in which each choice can be seen whole."""

    @property
    def choice(self) -> Choice:
        """The choice that stands there now."""
        return self.column.choices[self._at]

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: at the word."""
        return self.content_region.offset

    def on_focus(self) -> None:
        """Put the terminal's cursor here."""
        self.app.cursor_position = self.cursor_screen_offset

    def on_mount(self) -> None:
        """Say which letters there are."""
        legend = " · ".join(
            f"{choice.letter} {choice.label}" for choice in self.column.choices if choice.letter
        )
        self.post_message(Understood(glyphs(legend)))

    def render(self) -> Content:
        """Draw the choice."""
        return Content(self.choice.label)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say that letters are no commands here."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Take a letter as the choice; no letter is a command here."""
        if event.character is None or not event.character.isprintable() or event.key == "space":
            return
        event.stop()
        for i, choice in enumerate(self.column.choices):
            if choice.letter and choice.letter == event.character.lower():
                self._at = i
                self.action_finish(False)
                return

    def action_next(self, way: int) -> None:
        """Go to the next choice."""
        self._at = (self._at + way) % len(self.column.choices)
        self.refresh()

    def action_finish(self, onward: bool) -> None:
        """Save."""
        self.post_message(Finished(self.choice.value, onward))

    def action_abandon(self) -> None:
        """Give up."""
        self.post_message(Abandoned())
