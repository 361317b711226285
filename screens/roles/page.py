"""The page "Hvem gør hvad" (who does what), written for the newcomer (R73)."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import show_date
from data.i18n import N_, _
from data.method.mentorship.roles import page_text
from data.queries.views import mentee_view
from data.store.change import Change
from screens.frame.reading import BACK, MenteePage
from widgets.reading import HEADING, PLAIN, QUIET


class RolesPageScreen(MenteePage):
    """Shows the page, to read together. `d` notes that it was gone through today."""

    HELP_TOPIC = "roles"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "gone_through", N_("Gone through today")),
        BACK,
    ]

    def page_title(self) -> str:
        """Return the name of the page."""
        return _("Who does what")

    def parts(self) -> list[tuple[str, str]]:
        """Return the page, and the day on which it was gone through."""
        mentee = self.mentee
        if mentee is None:
            return []
        head, _sep, rest = page_text(mentee_view(self.store, mentee)).partition("\n")
        seen = mentee.roles_seen_on
        stamp = (
            _("Gone through with the newcomer on {date}").format(date=show_date(seen))
            if seen
            else _("Not gone through with the newcomer yet: d marks it done today")
        )
        return [(HEADING, head), (QUIET, stamp), (PLAIN, rest)]

    def action_gone_through(self) -> None:
        """Note that the page was gone through today."""
        mentee = self.mentee
        if mentee is not None:
            self.commit([Change.edited(mentee, roles_seen_on=today())], _("Roles gone through"))
            self.say(_("Noted: gone through on {date}").format(date=show_date(today())))
