"""A line of text that is checked while it is typed, and that offers completions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from data.i18n import _
from widgets.edit_messages import Understood
from widgets.line_input import LineInput
from widgets.spoken import Spoken

Check = Callable[[str], str]
"""Checks a text.

Returns how it is understood, such as "Fri 28-11-2025, week 48, in 4 days" for a date, or "" if
there is nothing to add. Raises `ValueError`, with a message for the user, if the text is not valid.
"""
Suggest = Callable[[str], Sequence[str]]
"""Returns the texts that a text may be the beginning of, the likeliest first."""


class CheckedInput(LineInput):
    """A line of text with a check, and with suggestions that Up and Down walk through."""

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
        """Make a line.

        Args:
            text: What stands in it at first.
            check: Checks the text after each key; None accepts everything.
            suggest: Completes the text; None offers nothing.
            placeholder: What an empty line shows in place of a text.
            id: Id of the widget.
        """
        super().__init__(text, placeholder=placeholder, id=id)
        self.check = check
        self.suggest = suggest
        self._stood = text
        """The text as it was when the line got the focus."""
        self._typed = text
        """The text as it was typed, while a suggestion may stand in its place."""
        self._offered: Sequence[str] = ()
        """The suggestions that Up and Down walk through; empty until one of them is pressed."""
        self._offered_index = -1
        """Which suggestion stands in the line; -1 if none does."""

    def on_focus(self, _event: events.Focus) -> None:
        """Note what stands there, to tell it from what is typed behind it."""
        self._stood = self.value

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check the text that stands there now."""
        # A suggestion that was put in changes the text as well; only typing ends the walk.
        if event.value not in self._offered:
            self._typed, self._offered, self._offered_index = event.value, (), -1
        self.check_text()

    def check_text(self) -> bool:
        """Check the text, post the answer as `Understood`, and return whether it is valid."""
        if self.check is None:
            return True
        try:
            echo = self.check(self.value)
        except ValueError as problem:
            stood = self._stood
            typed_on = stood and self.value.startswith(stood) and self.value != stood
            said = _("Ctrl+U empties the field. {problem}") if typed_on else "{problem}"
            self.post_message(Understood(said.format(problem=problem), problem=True))
            return False
        self.post_message(Understood(echo))
        return True

    def spoken(self) -> Spoken:
        """Return what stands in the line, and how it is understood, or what is wrong with it."""
        spoken = super().spoken()
        if self.check is None or spoken.hint:
            return spoken
        try:
            return replace(spoken, hint=self.check(self.value))
        except ValueError as problem:
            return replace(spoken, problem=str(problem) if self.value else "")

    def show_hint(self) -> None:
        """Post what there is to say about the line when it gets the focus.

        An empty line does not complain yet that something is missing.
        """
        if self.value:
            self.check_text()
        elif self.check is not None and not self.placeholder:
            with suppress(ValueError):
                self.post_message(Understood(self.check("")))

    def action_suggest(self, way: int) -> None:
        """Put the next suggestion (`way` is 1) or the previous one (-1) into the line."""
        if self.suggest is None:
            return
        if not self._offered:
            # Where nothing has been typed another text is wanted, so all there is is offered.
            untouched = self._typed == self._stood
            self._offered = tuple(self.suggest("" if untouched else self._typed))
        if self._offered:
            # Down begins with the first suggestion, Up with the last; from then on they go round.
            began = self._offered_index >= 0
            self._offered_index = (self._offered_index + way if began else min(way, 0)) % len(
                self._offered
            )
            self.value = self._offered[self._offered_index]
            self.cursor_position = len(self.value)
