"""A field of a form that holds one of a few choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from widgets.glyphs import glyphs
from widgets.grid_model import Choice, fit


class ChoiceField(Widget, can_focus=True):
    """A line that shows one of several choices.

    Space and Right show the next choice, Left the previous one, and a letter the one it belongs to.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,right", "next(1)", show=False),
        Binding("left", "next(-1)", show=False),
    ]

    DEFAULT_CSS = """
    ChoiceField { height: 1; }
    """

    value: reactive[str] = reactive("")
    """The value of the choice that is shown."""

    class Changed(Message):
        """Posted when the user has taken another choice."""

        def __init__(self, field: ChoiceField, value: str) -> None:
            """Make the message: which field it is, and the value that it holds now."""
            super().__init__()
            self.field = field
            self.value = value

    def __init__(
        self, choices: Sequence[Choice], value: str = "", *, id: str | None = None
    ) -> None:
        """Make a field.

        Args:
            choices: What can be chosen; at least one.
            value: The choice that is shown at first; the first of all if it is none of them.
            id: Id of the widget.
        """
        super().__init__(id=id)
        self.choices = tuple(choices)
        values = [choice.value for choice in choices]
        self.set_reactive(ChoiceField.value, value if value in values else values[0])

    @property
    def legend(self) -> str:
        """Which letter takes which choice: "h High · m Medium"."""
        return glyphs(" · ").join(
            f"{choice.letter} {choice.label}" for choice in self.choices if choice.letter
        )

    @property
    def label(self) -> str:
        """The label of the choice that is shown."""
        return next((c.label for c in self.choices if c.value == self.value), "")

    @property
    def _label_room(self) -> int:
        """How many cells there are for the label between the two angles."""
        return self.size.width - 4

    @property
    def hint(self) -> str:
        """What to tell the user when the field gets the focus.

        Its letters if it has any; else the whole label if the field is too narrow to show it.
        """
        return self.legend or (self.label if cell_len(self.label) > self._label_room else "")

    def render(self) -> Content:
        """Draw the label between two angles, which say that there are other choices."""
        room = self._label_room
        # The width is 0 or less until the first layout; then the label is left whole.
        label = fit(self.label, room) if cell_len(self.label) > room > 0 else self.label
        return Content(f"{glyphs('‹')} {label} {glyphs('›')}")

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: at the beginning of the label."""
        return self.content_region.offset + Offset(2, 0)

    def on_focus(self) -> None:
        """Put the terminal's cursor at the label."""
        self.app.cursor_position = self.cursor_screen_offset

    def on_key(self, event: events.Key) -> None:
        """Take the choice that a letter belongs to; other letters go on to the screen."""
        if event.character is None or not event.character.isalnum():
            return
        for choice in self.choices:
            if choice.letter and choice.letter == event.character.lower():
                self._choose(choice.value)
                event.stop()
                return

    def action_next(self, way: int) -> None:
        """Show the next choice (`way` is 1) or the previous one (-1), round and round."""
        values = [choice.value for choice in self.choices]
        self._choose(values[(values.index(self.value) + way) % len(values)])

    def _choose(self, value: str) -> None:
        """Show a choice, and post `Changed` if it is another one than before."""
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self, value))
