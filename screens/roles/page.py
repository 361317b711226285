"""The page "Hvem gør hvad" (who does what), written for the newcomer (R73)."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import show_date
from data.i18n import N_, _
from data.store.change import Change
from screens.documents.page import DocumentScreen
from screens.frame.context import Context
from widgets.reading import PLAIN, QUIET


class RolesPageScreen(DocumentScreen):
    """Shows the page, to read together. `d` notes that it was gone through today."""

    HELP_TOPIC = "roles"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "gone_through", N_("Gone through today")),
    ]

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id, "roles")

    def above(self) -> list[tuple[str, str]]:
        """Return what is to be done with the page, until it has been gone through."""
        mentee = self.mentee
        if mentee is None or mentee.roles_seen_on:
            return []
        said = _("Not gone through with the newcomer yet: d marks it done today")
        return [(QUIET, said), (PLAIN, "")]

    def action_gone_through(self) -> None:
        """Note that the page was gone through today."""
        mentee = self.mentee
        if mentee is not None:
            self.commit([Change.edited(mentee, roles_seen_on=today())], _("Roles gone through"))
            self.say(_("Noted: gone through on {date}").format(date=show_date(today())))
