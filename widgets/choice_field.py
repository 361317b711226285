"""One line that holds one of a few choices."""

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
    """A choice: space or Left/Right for the next, a letter for one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,right", "next(1)", show=False),
        Binding("left", "next(-1)", show=False),
    ]

    DEFAULT_CSS = """
    ChoiceField { height: 1; }
    """

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another choice stands there."""

        def __init__(self, field: ChoiceField, value: str) -> None:
            """Make it."""
            super().__init__()
            self.field = field
            self.value = value

    def __init__(
        self, choices: Sequence[Choice], value: str = "", *, id: str | None = None
    ) -> None:
        """Offer choices, with `value` chosen (the first where it is none of them)."""
        super().__init__(id=id)
        self.choices = tuple(choices)
        values = [choice.value for choice in choices]
        self.set_reactive(ChoiceField.value, value if value in values else values[0])

    @property
    def legend(self) -> str:
        """Which letters there are: "h High · m Medium"."""
        return glyphs(" · ").join(
            f"{choice.letter} {choice.label}" for choice in self.choices if choice.letter
        )

    @property
    def label(self) -> str:
        """What the choice is called."""
        return next((c.label for c in self.choices if c.value == self.value), "")

    @property
    def _room(self) -> int:
        """Cells for the choice between its angles."""
        return self.size.width - 4

    @property
    def said(self) -> str:
        """What there is to say about it: its letters, or else a choice too long to be shown."""
        return self.legend or (self.label if cell_len(self.label) > self._room else "")

    def render(self) -> Content:
        """Draw the choice between angles that say that there are more."""
        room = self._room
        label = fit(self.label, room) if cell_len(self.label) > room > 0 else self.label
        return Content(f"{glyphs('‹')} {label} {glyphs('›')}")

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: at the word."""
        return self.content_region.offset + Offset(2, 0)

    def on_focus(self) -> None:
        """Put the terminal's cursor here."""
        self.app.cursor_position = self.cursor_screen_offset

    def on_key(self, event: events.Key) -> None:
        """Take a letter as the choice."""
        if event.character is None or not event.character.isalnum():
            return
        for choice in self.choices:
            if choice.letter and choice.letter == event.character.lower():
                self._choose(choice.value)
                event.stop()
                return

    def action_next(self, way: int) -> None:
        """Take the next choice."""
        values = [choice.value for choice in self.choices]
        self._choose(values[(values.index(self.value) + way) % len(values)])

    def _choose(self, value: str) -> None:
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self, value))
