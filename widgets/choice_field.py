"""A field of a form that holds one of a few choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from data.i18n import _, ngettext
from widgets.glyphs import glyphs
from widgets.grid_model import Choice, fit
from widgets.spoken import Spoken, listed

FEW: Final = 6
"""How many choices one goes through one by one; more of them are chosen from a list."""


class ChoiceField(Widget, can_focus=True):
    """A line that shows one of several choices.

    Right shows the next choice, Left the previous one. Of few choices Space shows the next, and a
    letter the one it belongs to. Many are chosen from a list, which whoever lays out the field
    opens: Enter, Space and letters ask for it by `Wanted`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "next(1)", show=False),
        Binding("left", "next(-1)", show=False),
        Binding("space", "space", show=False),
        Binding("enter", "list", show=False),
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

    class Wanted(Message):
        """Posted when the user wants the list of the choices."""

        def __init__(self, field: ChoiceField, typed: str) -> None:
            """Make the message: which field it is, and what was typed to find a choice."""
            super().__init__()
            self.field = field
            self.typed = typed

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
    def is_many(self) -> bool:
        """Whether there are so many choices that they are chosen from a list."""
        return len(self.choices) > FEW

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; the one that is shown is among them."""
        self.choices = tuple(choices)
        self.refresh()

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

        How to open the list of many choices. Of few, their letters if they have any; else the whole
        label if the field is too narrow to show it.
        """
        if self.is_many:
            text = ngettext(
                "Enter or Space lists {number} choice; letters find it",
                "Enter or Space lists the {number} choices; letters find one",
                len(self.choices),
            )
            return text.format(number=len(self.choices))
        return self.legend or (self.label if cell_len(self.label) > self._label_room else "")

    def spoken(self) -> Spoken:
        """Return the choice, and which of how many it is."""
        hint = self.hint if self.hint != self.label else ""
        return replace(said_of_choice(self.label, self.choices, self.value), hint=hint)

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
        """Take the choice that a letter belongs to; other letters go on to the screen.

        Of many choices, the letter begins what is looked for in their list.
        """
        if event.character is None or not event.character.isalnum():
            return
        if self.is_many:
            self.post_message(self.Wanted(self, event.character))
            event.stop()
            return
        for choice in self.choices:
            if choice.letter and choice.letter == event.character.lower():
                self.choose(choice.value)
                event.stop()
                return

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to the form where there is no list to open."""
        return action != "list" or self.is_many

    def action_space(self) -> None:
        """Show the next choice of a few; ask for the list of many."""
        if self.is_many:
            self.action_list()
        else:
            self.action_next(1)

    def action_list(self) -> None:
        """Ask for the list of the choices."""
        self.post_message(self.Wanted(self, ""))

    def action_next(self, way: int) -> None:
        """Show the next choice (`way` is 1) or the previous one (-1), round and round."""
        values = [choice.value for choice in self.choices]
        self.choose(values[(values.index(self.value) + way) % len(values)])

    def choose(self, value: str) -> None:
        """Show a choice, and post `Changed` if it is another one than before."""
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self, value))


def said_of_choice(label: str, choices: Sequence[Choice], value: str) -> Spoken:
    """Return what is said of a choice: its label, and which of how many it is."""
    values = [choice.value for choice in choices]
    place = _("{number} of {all}").format(number=values.index(value) + 1, all=len(values))
    return Spoken(listed([label, place]))
