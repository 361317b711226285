"""The expectations of mentor and mentee, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from data.clock import today
from data.dates import show_date
from data.documents.kinds.expectations import ONE_LINE, TEXTS, days
from data.i18n import N_, _
from data.method.mentorship.expectations import agreed_on, agreed_text, proposed_for
from data.records import Agreement, part_id
from data.store.change import Change
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain.field import Field
from tui.cli.plain_job.record import RecordSheet


class ExpectationsSheet(RecordSheet[Agreement]):
    """The expectations; where there are none yet, those that the library proposes."""

    KIND = Agreement
    name: ClassVar = "expectations"
    COMMANDS: ClassVar = {"agree": N_("agree"), "confirmed": N_("confirmed")}

    def __init__(self, desk: Desk, mentee_id: str) -> None:
        agreement = desk.view_of(mentee_id).agreement
        super().__init__(
            desk, mentee_id, agreement.id if agreement else part_id(mentee_id, Agreement.table)
        )

    def visit(self) -> None:
        """Make the expectations of the library's proposal, where there are none."""
        self.desk.look()
        if self.view.agreement is None:
            made = Change.created(proposed_for(self.mentee_id))
            self.desk.commit([made], _("Expectations"))
            said = _("No expectations yet: these are a proposal that you change together.")
            say_wrapped(f"{said} {_('.undo undoes it.')}")
        super().visit()

    def title(self, record: Agreement) -> str:
        """Return what it is called."""
        return _("Expectations")

    def heading(self) -> list[str]:
        """Return whose expectations they are, and when they were agreed on."""
        agreement, mentee = self.record, self.view.mentee
        when = days(agreement, mentee)
        if not agreement.agreed_on:
            when.insert(0, _("Not agreed yet: .agree marks it as agreed today"))
        title = _("Expectations: {name}").format(name=mentee.name)
        return [f"{title}.", *(f"{one}." for one in when)]

    def fields(self) -> Sequence[Field]:
        """Return all fields."""
        texts = [self.text(key, long=key not in ONE_LINE) for key in TEXTS]
        return [*texts[:2], self.duration("minutes"), *texts[2:], self.day("review_on")]

    def do(self, command: str, rest: str) -> None:
        """Note that both agreed today, or that the manager confirmed time and ground rules."""
        if rest:
            self.desk.keep(rest)
        if command == "agree":
            self._agree()
        else:
            self._confirmed()

    def _agree(self) -> None:
        agreement = self.record
        before = agreement.agreed_on
        if before == today():
            say_wrapped(f"{_('Already agreed today')}.")
            return
        if before is not None:
            why = _("You agreed on {date}; that date stays on the page.")
            why = why.format(date=show_date(before))
            if not self.desk.is_yes(f"{_('Agreed again today?')} {why}"):
                return
        change = agreed_on(agreement, today())
        self.desk.commit([change], _("Expectations agreed on"))
        say_wrapped(f"{agreed_text(change)}.")

    def _confirmed(self) -> None:
        agreement = self.record
        before = agreement.manager_confirmed_on
        question = _("Has the manager confirmed time and ground rules today?")
        if before is not None:
            question = _("Remove the manager's confirmation of {date}?")
            question = question.format(date=show_date(before))
        if self.desk.is_yes(question):
            day = None if before else today()
            change = Change.edited(agreement, manager_confirmed_on=day)
            self.desk.commit([change], _("Manager OK"))
            say_wrapped(_("Saved."))
