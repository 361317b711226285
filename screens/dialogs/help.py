"""Help over a dialog: its keys, how dates and times may be written, and a part of the guide."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from data.durations import duration_forms
from data.i18n import N_, _, language
from data.library import screen_help
from data.typed_dates import date_forms
from screens.dialogs.base import Dialog
from screens.dialogs.form import FormDialog
from screens.frame.help_keys import key_table
from widgets.glyphs import glyphs
from widgets.reading import HEADING, PLAIN, ReadingPane


def how_typed() -> str:
    """Return how one types in every field."""
    return _(
        "Typing continues after the text in a field. Ctrl+U empties the "
        "field; again, it brings the text back."
    )


class HelpDialog(Dialog[None]):
    """Says what can be done in the dialog below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark", "give_up", N_("Back"), key_display="Esc"),
        Binding("f1", "give_up", show=False),
    ]
    DEFAULT_CSS = """
    HelpDialog ReadingPane { height: auto; }
    """

    def __init__(self, about: Screen[Any], topic: str) -> None:
        """Make the help for a dialog.

        Args:
            about: The dialog.
            topic: The help topic of the screen on which the dialog was opened; "" for none.
        """
        super().__init__(_("Help"))
        self.about = about
        self.topic = topic
        self.pane = ReadingPane()

    def body(self) -> ComposeResult:
        """Show the text."""
        yield self.pane

    def on_mount(self) -> None:
        """Fill in the text, and give it the focus so that it can be scrolled at once."""
        self.pane.show(self.parts())
        self.pane.focus()

    def fit(self) -> None:
        """Limit the height of the text to the screen; it scrolls if it is longer."""
        self.pane.styles.max_height = self.room

    def parts(self) -> list[tuple[str, str]]:
        """Return the keys, what the fields accept, and what the screen is for.

        They are pairs of a kind and a text, as `ReadingPane.show` takes them.
        """
        parts = [(HEADING, _("Keys here")), *((PLAIN, line) for line in key_table(self.about))]
        if isinstance(self.about, FormDialog):
            parts += [
                (PLAIN, ""),
                (HEADING, _("In the fields")),
                (PLAIN, how_typed()),
                (PLAIN, _("Dates: {forms}").format(forms=date_forms())),
                (PLAIN, _("Time a task takes: {forms}").format(forms=duration_forms())),
                (PLAIN, glyphs(_("Persons: part of the name; ↑ and ↓ show the names"))),
                (PLAIN, glyphs(_("Choices between ‹ and ›: their letter, or space"))),
            ]
        if self.topic:
            parts += [(PLAIN, ""), (PLAIN, screen_help(language(), self.topic))]
        return parts
