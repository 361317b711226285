"""A line of text that says how it is understood while it is typed, and offers completions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from widgets.line_input import LineInput

Check = Callable[[str], str]
"""Returns how a text is understood ("" where there is nothing to add); raises ValueError."""
Suggest = Callable[[str], Sequence[str]]
"""Returns what a text may be the beginning of, best first."""


class Understood(Message):
    """How the text typed so far is understood, or what is wrong with it."""

    def __init__(self, text: str, problem: bool = False) -> None:
        """Make it."""
        super().__init__()
        self.text = text
        self.problem = problem


class CheckedInput(LineInput):
    """A line of text with a check; Up and Down walk through suggestions where there are any.

    A date or a name is replaced rather than mended: where there is a check or suggestions, the text
    is selected when the field gets the focus, so that typing replaces it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "suggest(1)", show=False),
        Binding("up", "suggest(-1)", show=False),
    ]

    def __init__(
        self,
        text: str = "",
        *,
        check: Check | None = None,
        suggest: Suggest | None = None,
        placeholder: str = "",
        id: str | None = None,
    ) -> None:
        """Begin with `text`."""
        super().__init__(text, placeholder=placeholder, id=id)
        self.select_on_focus = check is not None or suggest is not None
        self.check = check
        self.suggest = suggest
        self._typed = text
        self._offered: Sequence[str] = ()
        self._at = -1

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the text is understood now."""
        if event.value not in self._offered:
            self._typed, self._offered, self._at = event.value, (), -1
        self.is_understood()

    def is_understood(self) -> bool:
        """Tell how the text is understood (`Understood`); False where it is not."""
        if self.check is None:
            return True
        try:
            echo = self.check(self.value)
        except ValueError as problem:
            self.post_message(Understood(str(problem), problem=True))
            return False
        self.post_message(Understood(echo))
        return True

    def introduce(self) -> None:
        """Tell how the text is understood; of an empty one, what it takes rather than it lacks."""
        if self.value:
            self.is_understood()
        elif self.check is not None and not self.placeholder:
            with suppress(ValueError):
                self.post_message(Understood(self.check("")))

    def action_suggest(self, way: int) -> None:
        """Put in the next of what the typed text may be the beginning of."""
        if self.suggest is None:
            return
        if not self._offered:
            replaced = abs(self.selection.end - self.selection.start) == len(self.value)
            self._offered = tuple(self.suggest("" if replaced else self._typed))
        if self._offered:
            began = self._at >= 0
            self._at = (self._at + way if began else min(way, 0)) % len(self._offered)
            self.value = self._offered[self._at]
            self.cursor_position = len(self.value)
