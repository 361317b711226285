"""The page "What the mentee can do now", for the end of a mentorship and before it (R6, R46)."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.method.mentorship.closing import closing_summary
from data.queries.views import mentee_view
from screens.frame.reading import BACK, MenteePage
from screens.frame.written import write_text
from widgets.reading import HEADING, PLAIN


class ClosingScreen(MenteePage):
    """Says what the mentee has learned, with dates. Nothing private is shown in it."""

    HELP_TOPIC = "overview"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", N_("Save to file")),
        BACK,
    ]

    def page_title(self) -> str:
        """Return the name of the page."""
        return _("Can do now")

    def _text(self) -> str:
        mentee = self.mentee
        return closing_summary(mentee_view(self.store, mentee)) if mentee else ""

    def parts(self) -> list[tuple[str, str]]:
        """Return the text of the page."""
        head, _sep, rest = self._text().partition("\n")
        return [(HEADING, head), (PLAIN, rest)]

    def action_write(self) -> None:
        """Write the page to a file that only its owner can read, and say where."""
        mentee = self.mentee
        if mentee is not None:
            write_text(self, f"{mentee.name}-{_('Can do now')}", self._text())
