"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.i18n import N_, _
from screens.dialogs.base import Dialog
from widgets.keys import YES


class AskDialog(Dialog[bool]):
    """Ask before something that takes away; True for yes. No key does it by habit: `y` or `j`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,j", "yes", N_("Yes"), key_display=YES),
        Binding("n", "give_up", N_("No")),
    ]

    DEFAULT_CSS = """
    AskDialog .explanation { height: auto; padding: 0 1; }
    """

    def __init__(self, title: str, explanation: str = "", *, undoable: bool = True) -> None:
        """Ask `title`; `explanation` says what goes with it. `undoable`: `u` takes it back."""
        super().__init__(title)
        self.explanation = explanation
        self.undoable = undoable
        self.heading.can_focus = True

    def body(self) -> ComposeResult:
        """Lay the explanation."""
        if self.explanation:
            yield Static(Content(self.explanation), classes="explanation")

    def on_mount(self) -> None:
        """Say that it can be undone, where it can."""
        if self.undoable:
            self.say(_("It can be undone with u"))
        self.heading.focus()

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)
