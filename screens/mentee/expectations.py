"""The page of expectations: how mentor and mentee will work together (R84, R76, R28).

Its record is called `Agreement`, as in the file.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import show_date
from data.documents.kinds.expectations import ONE_LINE, TEXTS, days, label, page_blocks
from data.documents.model.document import Heading, Paragraph
from data.durations import parse_duration, show_duration
from data.i18n import N_, _
from data.method.mentorship.expectations import agreed_on, agreed_text, proposed_for
from data.queries.views import mentee_view
from data.records import Agreement
from data.store.change import Change
from data.text import line, lines
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import Form, create_records, edit_record
from screens.dialogs.form import Field, Filled
from screens.frame.context import Context
from screens.frame.entries import Dates, dates_from, duration_check
from screens.frame.reading import BACK
from screens.library.culture import CultureScreen
from screens.mentee.base import MenteeScreen
from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane


class ExpectationsScreen(MenteeScreen):
    """Screen 0: shows the expectations, to read together. Enter edits them."""

    PLACE = "agreement"
    DOCUMENT = "expectations"
    HELP_TOPIC = "agreement"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "edit", N_("Edit"), tooltip=N_("Edit expectations")),
        Binding("d", "agreed", N_("Agreed today")),
        Binding("D", "confirmed", N_("Manager OK")),
        Binding("b", "culture", N_("Sparring culture")),
        BACK,
    ]

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id)
        self.pane = ReadingPane()

    def body(self) -> ComposeResult:
        """Lay the page."""
        yield self.pane

    def on_mount(self) -> None:
        """Reading begins at once."""
        super().on_mount()
        self.pane.focus()

    def show_records(self) -> None:
        """Show the page."""
        self.pane.show(self.parts())

    def _agreement(self) -> Agreement | None:
        return mentee_view(self.store, self.mentee).agreement if self.mentee else None

    def record_id(self) -> str:
        """Return the id of the expectations, for their history."""
        agreement = self._agreement()
        return agreement.id if agreement is not None else ""

    def parts(self) -> list[tuple[str, str]]:
        """Return the expectations; or how to write them down, if that has not been done."""
        agreement = self._agreement()
        if agreement is None:
            text = _("No expectations yet. Enter starts from a proposal that you change together.")
            return [(PLAIN, text)]
        when = days(agreement, self.mentee)
        if not agreement.agreed_on:
            when.insert(0, _("Not agreed yet: d marks it as agreed today"))
        parts = [(QUIET, "\n".join(when))]
        for block in page_blocks(agreement):
            parts += [(PLAIN, ""), (HEADING, block.text)] if isinstance(block, Heading) else []
            parts += [(PLAIN, block.text)] if isinstance(block, Paragraph) else []
        return parts

    # -- changing -----------------------------------------------------------------------------

    @work
    async def action_edit(self) -> None:
        """Edit all fields. If there are no expectations yet, the library proposes some."""
        seen = self._agreement()
        dates = dates_from(self.mentee.start if self.mentee else None)
        filled, what, of = partial(_filled, dates), _("Expectations"), self.mentee_id
        if seen is not None:
            await edit_record(self, seen, _form(seen, dates), filled, what, of=of)
            return
        proposal = proposed_for(self.mentee_id)

        def new_records(texts: Filled) -> list[Change]:
            stored = self._agreement()
            if stored is None:
                return [Change.created(filled(proposal, texts))]
            # Somebody else has created it meanwhile: change only what was typed here.
            shown = replace(proposal, id=stored.id)
            return [Change.between(shown, filled(shown, texts.as_typed()))]

        await create_records(self, proposal, _form(proposal, dates), new_records, what, of=of)

    @work
    async def action_agreed(self) -> None:
        """Note that both agreed on it today, and set the day on which to look at it again.

        Where they had agreed on it before, it asks; that day is kept.
        """
        agreement = self._agreement()
        if agreement is None:
            self.say(_("Nothing to agree on yet: Enter starts the expectations"))
            return
        before = agreement.agreed_on
        if before == today():
            self.say(_("Already agreed today"))
            return
        if before is not None:
            title = _("Agreed again today?")
            why = _("You agreed on {date}; that date stays on the page.")
            dialog = AskDialog(title, why.format(date=show_date(before)))
            if not await self.app.push_screen_wait(dialog):
                return
        change = agreed_on(agreement, today())
        self.commit([change], _("Expectations agreed on"))
        self.say(agreed_text(change))

    def action_culture(self) -> None:
        """Open the text about the team's sparring culture, to go through it (R42)."""
        self.app.push_screen(CultureScreen(self.context, self.mentee_id))

    @work
    async def action_confirmed(self) -> None:
        """Ask, and note that the manager confirmed time and frame; or remove that note (R76)."""
        agreement = self._agreement()
        if agreement is None:
            self.say(_("Nothing to confirm yet: Enter starts the expectations"))
            return
        before = agreement.manager_confirmed_on
        title = _("Has the manager confirmed time and ground rules today?")
        if before is not None:
            title = _("Remove the manager's confirmation of {date}?")
            title = title.format(date=show_date(before))
        if await self.app.push_screen_wait(AskDialog(title)):
            day = None if before else today()
            change = Change.edited(agreement, manager_confirmed_on=day)
            self.commit([change], _("Manager OK"))


def _form(agreement: Agreement, dates: Dates) -> Form:
    proposed = not agreement.rev
    fields = [
        Field(
            key,
            label(key),
            str(getattr(agreement, key)),
            "text" if key in ONE_LINE else "lines",
            proposed=proposed,
        )
        for key in TEXTS
    ]
    minutes = show_duration(agreement.minutes) if agreement.minutes else ""
    length = _("Length of a talk")
    fields.insert(2, Field("minutes", length, minutes, check=duration_check, proposed=proposed))
    review = show_date(agreement.review_on)
    title = _("Review on")
    fields.append(Field("review_on", title, review, check=dates.check, proposed=proposed))
    return Form("expectations", _("Expectations"), fields)


def _filled(dates: Dates, agreement: Agreement, texts: Filled) -> Agreement:
    words = {key: line if key in ONE_LINE else lines for key in TEXTS}
    filled: Agreement = replace(agreement, **texts.read(**words))
    return replace(filled, **texts.read(minutes=parse_duration, review_on=dates.read))
