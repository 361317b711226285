"""What the screens of a mentee share: their keys, their title, and who else is here."""

from __future__ import annotations

from data.clock import now, today
from data.dates import mentorship_week
from data.i18n import _
from data.records import Mentee
from data.store.presence import with_mentee
from data.store.store import Event
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.others import who_since
from screens.frame.places import PLACES
from screens.frame.title import Title
from widgets.bars import Tab


class MenteeScreen(BaseScreen[None]):
    """One of the screens of a mentee. The digits open the others."""

    LEADS_TO_MENTEE = True

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context)
        self.mentee_id = self.renewal.about = mentee_id

    def on_mount(self) -> None:
        """Tell the other sessions which mentee is open here."""
        super().on_mount()
        self.store.announce(self.mentee_id)

    def on_screen_resume(self) -> None:
        """Say which other sessions have the mentee open."""
        super().on_screen_resume()
        self.store.announce(self.mentee_id)
        self.show_others()

    def on_unmount(self) -> None:
        """Note when it was left, for the next time that it opens."""
        super().on_unmount()
        self.context.left_at[self.position_key] = now()

    def _on_store(self, event: Event) -> None:
        super()._on_store(event)
        if event.others and self.in_sight:
            self.show_others()

    def show_others(self) -> None:
        """Say which other sessions have the same mentee open, and since when."""
        here = with_mentee(self.store.others, self.mentee_id)
        if here:
            who = who_since(here, self.store.by)
            self.say(_("Also open with {who}").format(who=who))

    @property
    def mentee(self) -> Mentee | None:
        """The mentee as it is stored now; None if it has been deleted."""
        return self.context.mentee(self.mentee_id)

    def headline(self) -> Title:
        """Return the mentee's name and week, and the screens beside this one."""
        mentee = self.mentee
        if mentee is None:
            return Title("")
        week = mentorship_week(mentee.start, today())
        names = mentee.name.split()
        return Title(
            f"{mentee.name} · {week}" if week else mentee.name,
            f"{names[0]} {names[-1][0]}." if len(names) > 1 else "",
            tuple(Tab(one.key, _(one.title), one.name == self.PLACE) for one in PLACES),
            mentee.name,
            next((_(one.title) for one in PLACES if one.name == self.PLACE), ""),
        )

    def standing_on(self) -> tuple[str, str]:
        """Return the ids of the mentee and of the task under the cursor. Here there is no task."""
        return self.mentee_id, ""

    @property
    def position_key(self) -> str:
        """The key under which the context keeps where this screen's cursor was."""
        return f"{self.PLACE}:{self.mentee_id}"
