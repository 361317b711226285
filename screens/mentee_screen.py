"""What the six screens of a mentee share: the digits, the talk, and who else is here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import course_week
from data.i18n import N_, _
from data.records import Mentee
from screens.base import BaseScreen
from screens.context import Context
from screens.places import BY_NAME, PLACES
from widgets.bars import Tab


class MenteeScreen(BaseScreen[None]):
    """One of the six screens of a mentee; the digits go to the others."""

    PLACE: ClassVar[str] = ""
    """Its name in `screens.places`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "talk", N_("Talk"), id="talk"),
        Binding("0", "agreement", N_("Agreement"), show=False),
        *(
            Binding(place.key, f"place('{place.name}')", place.title, show=False)
            for place in PLACES
        ),
    ]

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context)
        self.mentee_id = mentee_id

    def on_mount(self) -> None:
        """Let the other sessions know who is open here."""
        super().on_mount()
        self.store.tell(self.mentee_id)

    def on_screen_resume(self) -> None:
        """Say who else is here."""
        super().on_screen_resume()
        self.store.tell(self.mentee_id)
        self.show_others()

    def show_others(self) -> None:
        """Say which other sessions have the same mentee open, and since when."""
        here = [one for one in self.store.others if one.where == self.mentee_id]
        if here:
            who = ", ".join(
                _("{name} since {time}").format(
                    name=one.by.upper(), time=datetime.fromisoformat(one.since).strftime("%H:%M")
                )
                for one in here
            )
            self.say(_("Also open with {who}").format(who=who))

    @property
    def mentee(self) -> Mentee | None:
        """The mentee as the store has it now."""
        return self.context.mentee(self.mentee_id)

    def title_text(self) -> str:
        """Return the mentee's name and week."""
        mentee = self.mentee
        if mentee is None:
            return ""
        week = course_week(mentee.start, today())
        return f"{mentee.name} · {week}" if week else mentee.name

    def short_title(self) -> str:
        """Return the first name and the first letter of the last."""
        names = self.mentee.name.split() if self.mentee else []
        return f"{names[0]} {names[-1][0]}." if len(names) > 1 else ""

    def tabs(self) -> Iterable[Tab]:
        """Return the six screens."""
        return [Tab(place.key, _(place.title), place.name == self.PLACE) for place in PLACES]

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee; screens with tasks add the task."""
        return self.mentee_id, ""

    def action_place(self, name: str) -> None:
        """Go to another screen of the same mentee."""
        if name != self.PLACE:
            self.app.switch_screen(BY_NAME[name].load()(self.context, self.mentee_id))

    def action_talk(self) -> None:
        """Start a talk, or go on with the one that was cut off."""
        from screens.talk import open_talk

        open_talk(self, self.mentee_id)

    def action_agreement(self) -> None:
        """Read or change the alignment of expectations."""
        from screens.agreement import AgreementScreen

        self.app.push_screen(AgreementScreen(self.context, self.mentee_id))

    @property
    def position_key(self) -> str:
        """The name under which this screen remembers where its cursor stood."""
        return f"{self.PLACE}:{self.mentee_id}"
