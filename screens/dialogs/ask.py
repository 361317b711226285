"""A question that is answered with yes or no."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.i18n import N_, _
from data.storage.kept.policy import longest_days
from screens.dialogs.base import EXPLAINS, Dialog
from widgets.keys import YES, yes_key
from widgets.spoken import Spoken


class AskDialog(Dialog[bool]):
    """Ask whether to go on with something that deletes. The answer is True for yes.

    Only `y` and `j` mean yes. Enter does not, because users press it out of habit.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,j", "yes", N_("Yes"), key_display=YES),
        Binding("n", "give_up", N_("No")),
    ]

    DEFAULT_CSS = """
    AskDialog .explanation { height: auto; padding: 0 1; }
    """

    def __init__(self, title: str, explanation: str = "", *, undoable: bool = True) -> None:
        """Make a question.

        Args:
            title: The question, translated.
            explanation: What a yes will do, translated; "" if the question says it all.
            undoable: Whether `u` can undo it afterwards; the dialog then says so.
        """
        super().__init__(title)
        self.explanation = explanation
        self.undoable = undoable
        self.stays_in_backups = False
        """Whether a yes deletes a record, which backups have for a while: the dialog says so."""
        self.heading.can_focus = True

    def body(self) -> ComposeResult:
        """Show the explanation, if there is one."""
        if self.explanation:
            yield Static(Content(self.explanation), classes=EXPLAINS)
        if self.stays_in_backups:
            text = _("Backups keep it for up to {days} days; mentor forget deletes it there, too.")
            yield Static(Content(text.format(days=longest_days())), classes=EXPLAINS)

    def on_mount(self) -> None:
        """Say that it can be undone, if it can, and put the focus on the question."""
        if self.undoable:
            self.say(_("It can be undone with u"))
        self.heading.focus()

    def names(self, spoken: Spoken) -> Spoken:
        """Return the keys that answer the question."""
        keys = _("{y} yes, {n} no").format(y=yes_key(), n="n")
        return super().names(replace(spoken, line=keys))

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)
