"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.i18n import N_, _
from screens.dialogs.base import Dialog


class AskDialog(Dialog[bool]):
    """Ask before something that takes away; True for yes. No key does it by habit: `y` or `j`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,y", "yes", N_("Yes"), key_display="j/y"),
        Binding("n", "give_up", N_("No")),
    ]

    def __init__(self, title: str, explanation: str = "") -> None:
        """Ask `title`; `explanation` says what goes with it."""
        super().__init__(title)
        self.explanation = explanation

    def body(self) -> ComposeResult:
        """Lay the explanation."""
        if self.explanation:
            yield Static(Content(self.explanation))

    def on_mount(self) -> None:
        """Say that it can be undone, since that is so for every change."""
        super().on_mount()
        self.say(_("It can be undone with u"))

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)
