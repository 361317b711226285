"""The page "Hvem gør hvad", written to the newcomer (R73)."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.change import Change
from data.clock import today
from data.dates import show_date
from data.i18n import N_, _
from data.method.roles import page_text
from data.views import mentee_view
from screens.base import BaseScreen
from screens.context import Context
from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane


class RolesPageScreen(BaseScreen[None]):
    """The page to read together; `g` notes that it was gone through today."""

    HELP_TOPIC = "roles"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "gone_through", N_("Gone through today")),
        Binding("escape", "back", N_("Back")),
    ]

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context)
        self.mentee_id = mentee_id
        self.pane = ReadingPane()

    def body(self) -> ComposeResult:
        """Lay the page."""
        yield self.pane

    def on_mount(self) -> None:
        """Reading begins at once."""
        super().on_mount()
        self.pane.focus()

    def title_text(self) -> str:
        """Return the page's name."""
        mentee = self.context.mentee(self.mentee_id)
        return f"{mentee.name} · {_('Who does what')}" if mentee else ""

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee."""
        return self.mentee_id, ""

    def show_records(self) -> None:
        """Show the page as it reads now."""
        mentee = self.context.mentee(self.mentee_id)
        if mentee is None:
            self.action_back()
            return
        head, _sep, rest = page_text(mentee_view(self.store, mentee)).partition("\n")
        seen = mentee.roles_seen_on
        stamp = (
            _("Gone through with the new employee on {date}").format(date=show_date(seen))
            if seen
            else _("Not gone through with the new employee yet: g notes that it is done today")
        )
        self.pane.show([(HEADING, head), (PLAIN, rest), (PLAIN, ""), (QUIET, stamp)])

    def action_gone_through(self) -> None:
        """Note that the page was gone through today."""
        mentee = self.context.mentee(self.mentee_id)
        if mentee is not None:
            self.commit([Change.edited(mentee, roles_seen_on=today())], _("Roles gone through"))
            self.say(_("Noted: gone through on {date}").format(date=show_date(today())))
