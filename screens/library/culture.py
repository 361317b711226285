"""The text about the team's sparring culture, which mentor and newcomer read together (R42)."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import show_date
from data.i18n import N_, _, language
from data.queries.own_texts import library_text
from data.store.change import Change
from screens.frame.proposed import PAGE
from screens.frame.reading import BACK, MenteePage
from widgets.reading import PLAIN, QUIET

CULTURE = "sparring_culture"


class CultureScreen(MenteePage):
    """Shows the text. `d` notes that it was gone through today."""

    HELP_TOPIC = "library"
    DOCUMENT = PAGE
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "gone_through", N_("Gone through today")),
        Binding("e", "edit", N_("Edit")),
        BACK,
    ]

    def page_title(self) -> str:
        """Return the heading of the text."""
        return library_text(self.store, language(), CULTURE).title

    def parts(self) -> list[tuple[str, str]]:
        """Return the day on which it was gone through, if any, and the text."""
        mentee = self.mentee
        seen = mentee.culture_seen_on if mentee else None
        stamp = (
            _("Gone through with the newcomer on {date}").format(date=show_date(seen))
            if seen
            else _("Not gone through with the newcomer yet: d marks it done today")
        )
        text = library_text(self.store, language(), CULTURE).text
        return [(QUIET, stamp), (PLAIN, ""), (PLAIN, text)]

    def action_gone_through(self) -> None:
        """Note that the text was gone through today."""
        mentee = self.mentee
        if mentee is not None:
            what = _("Sparring culture gone through")
            self.commit([Change.edited(mentee, culture_seen_on=today())], what)
            self.say(_("Noted: gone through on {date}").format(date=show_date(today())))

    def action_edit(self) -> None:
        """Open the text to rewrite it. It is the same for all mentees."""
        from screens.library.text import TextScreen

        self.app.push_screen(TextScreen(self.context, CULTURE))
