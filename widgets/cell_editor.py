"""The two editors that a grid puts over a cell: a line to type in, and a choice to make.

Both answer with `Finished` or `Abandoned`, so the grid does not need to know which one it opened.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Input

from data.i18n import N_
from widgets.checked_input import CheckedInput
from widgets.choice_field import said_of_choice
from widgets.edit_messages import Abandoned, Finished, Understood
from widgets.glyphs import glyphs
from widgets.grid_model import Choice, Column
from widgets.keys import DONE
from widgets.spoken import Spoken


class CellInput(CheckedInput):
    """A line of text over a cell. Enter saves, Tab saves and goes on, Esc gives up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("Save")),
        Binding("f10,ctrl+s", "submit", N_("Save"), show=False, key_display=DONE),
        Binding("escape", "abandon", N_("Cancel")),
        Binding("tab", "finish(True)", N_("Next cell"), priority=True),
    ]

    DEFAULT_CSS = """
    CellInput { layer: edit; position: absolute; height: 1; }
    """

    def __init__(self, column: Column, text: str, stored: str) -> None:
        """Make an editor.

        Args:
            column: The column of the cell; it says how a text is checked and completed.
            text: What stands in the line at first.
            stored: What the cell holds.
        """
        super().__init__(text, check=column.check, suggest=column.suggest)
        self._asks = column.asks
        self._stored = stored
        # What is checked but not completed is a date or a duration, which needs little room.
        short = column.check is not None and column.suggest is None
        self.wanted_width = max(column.width if short else 20, cell_len(text) + 1)
        """How many cells of the screen the line needs to show the whole text and the cursor."""

    def on_mount(self) -> None:
        """Say how the present text is understood before anything has been typed."""
        self.check_text()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save when Enter is pressed."""
        event.stop()
        self.action_finish(False)

    @property
    def may_save(self) -> bool:
        """Whether the column's check accepts the text. If not, `Understood` tells why."""
        return self.check_text()

    @property
    def answer(self) -> str:
        """What has been typed."""
        return self.value

    def action_finish(self, onward: bool) -> None:
        """Save, and edit the next cell if `onward`.

        A text that the column's check refuses is not saved: the line stays open, and `Understood`
        has told what is wrong. So it does of one that would make something new, where the user goes
        on: what is said of it would be gone at once.
        """
        ask = self._asks if onward and self.value != self._stored else None
        if ask is not None and (said := ask(self.value)):
            self.post_message(Understood(said, problem=True))
        elif self.check_text():
            self.post_message(Finished(self.value, onward))

    def action_abandon(self) -> None:
        """Give up the edit."""
        self.post_message(Abandoned())


class CellChooser(Widget, can_focus=True):
    """A choice over a cell.

    Space and the arrows go to the next or previous choice. A letter takes the choice that it
    belongs to and saves at once. Enter saves, Tab saves and goes on, Esc gives up.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish(False)", N_("Save")),
        Binding("f10,ctrl+s", "finish(False)", N_("Save"), show=False, key_display=DONE),
        Binding("escape", "abandon", N_("Cancel")),
        Binding("tab", "finish(True)", N_("Next cell"), priority=True),
        Binding("space,down,right", "next(1)", show=False),
        Binding("up,left", "next(-1)", show=False),
    ]

    DEFAULT_CSS = """
    CellChooser { layer: edit; position: absolute; height: 1; }
    """

    def __init__(self, column: Column, value: str) -> None:
        """Make a chooser.

        Args:
            column: The column of the cell, with its choices.
            value: The choice that is shown first; the first of all if it is none of them.
        """
        super().__init__()
        self.column = column
        values = [choice.value for choice in column.choices]
        self._index = values.index(value) if value in values else 0
        self.wanted_width = max(cell_len(choice.label) for choice in column.choices)
        """How many cells of the screen the longest choice needs."""

    @property
    def choice(self) -> Choice:
        """The choice that is shown now."""
        return self.column.choices[self._index]

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: at the beginning of the choice."""
        return self.content_region.offset

    def on_focus(self) -> None:
        """Put the terminal's cursor at the choice."""
        self.app.cursor_position = self.cursor_screen_offset

    def on_mount(self) -> None:
        """Say which letter takes which choice."""
        self.post_message(Understood(self._legend))

    @property
    def _legend(self) -> str:
        return glyphs(
            " · ".join(
                f"{choice.letter} {choice.label}" for choice in self.column.choices if choice.letter
            )
        )

    def spoken(self) -> Spoken:
        """Return the choice that is shown now, and which of how many it is."""
        said = said_of_choice(self.choice.label, self.column.choices, self.choice.value)
        return replace(said, hint=self._legend)

    def render(self) -> Content:
        """Draw the choice that is shown now."""
        return Content(self.choice.label)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether the chooser takes a key for itself: it takes every printable one.

        Textual then switches off the commands of the screen that these keys stand for.
        """
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Take the choice that a letter belongs to, and save it."""
        if event.character is None or not event.character.isprintable() or event.key == "space":
            return
        # A letter that belongs to no choice is stopped too: it must not run a command of the
        # screen while a cell is being edited.
        event.stop()
        for i, choice in enumerate(self.column.choices):
            if choice.letter and choice.letter == event.character.lower():
                self._index = i
                self.action_finish(False)
                return

    def action_next(self, way: int) -> None:
        """Show the next choice (`way` is 1) or the previous one (-1), round and round."""
        self._index = (self._index + way) % len(self.column.choices)
        self.refresh()

    @property
    def may_save(self) -> bool:
        """Any choice can be saved."""
        return True

    @property
    def answer(self) -> str:
        """The value of the choice that is shown."""
        return self.choice.value

    def action_finish(self, onward: bool) -> None:
        """Save the choice that is shown, and edit the next cell if `onward`."""
        self.post_message(Finished(self.choice.value, onward))

    def action_abandon(self) -> None:
        """Give up the edit."""
        self.post_message(Abandoned())
