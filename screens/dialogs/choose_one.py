"""One of many choices of a field, chosen from a list in which typing finds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from data.i18n import _
from screens.dialogs.pick import Item, PickDialog, Picked
from widgets.choice_field import ChoiceField


class ListOfChoices:
    """Opens the list of a field's choices over a screen, and takes what is chosen there."""

    def __init__(self, over: Screen[Any]) -> None:
        self._over = over
        self._open: PickDialog | None = None

    def open(
        self, field: ChoiceField, label: str, typed: str, chosen: Callable[[], object]
    ) -> None:
        """Open the list; what is typed until it is there goes into its line.

        Args:
            field: The field; the list begins on the choice that it shows.
            label: What the field is called.
            typed: What was typed to find a choice.
            chosen: Called when one was chosen, after the field has it; never after Esc.
        """
        if self._open is not None:
            self._open.line.insert_text_at_cursor(typed)
            return
        values = [choice.value for choice in field.choices]
        items = [Item(str(i), choice.label) for i, choice in enumerate(field.choices)]
        self._open = PickDialog(
            label,
            items,
            placeholder=_("Type part of it"),
            chosen=str(values.index(field.value)),
            typed=typed,
        )

        def take(picked: Picked | None) -> None:
            self._open = None
            if picked is not None:
                field.choose(values[int(picked.id)])
                chosen()

        self._over.app.push_screen(self._open, take)
