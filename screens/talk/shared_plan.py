"""The plan gone through together: nothing private is shown, and what changed is agreed on (R56)."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.method.plan.agreed import awaits_agreement
from data.method.talk.flow import FlowStep
from data.records import PlanEdit
from data.store.change import Change
from data.text import line
from screens.dialogs.edit_record import Form, edit_records
from screens.dialogs.form import Filled
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.plan.forms import initials_field
from screens.talk.desk import TalkDesk
from screens.talk.pane import StepPane


class SharedPlan(Commands):
    """Turns the shared view on for the step with the plan, and notes what was agreed there."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("f9", "do('agree')", N_("Updated together"), priority=True),
    ]

    def __init__(self, screen: BaseScreen[None], desk: TalkDesk, pane: StepPane) -> None:
        """`screen` is the one that is shared, and says what was agreed."""
        self._screen = screen
        self._context = screen.context
        self._desk = desk
        self._pane = pane
        self._shared_before: bool | None = None
        """Whether the view was shared before the plan was opened; None while it is not open."""
        self._asked_about: tuple[PlanEdit, ...] = ()
        """The changes about which both were last asked whether they agree."""

    def offers(self, name: str) -> bool:
        """Offer to agree on the plan only where it is."""
        return self._pane.step.base == "plan"

    def open_at(self, step: FlowStep) -> None:
        """Share the view where `step` is the plan; at any other, put it back as it was before."""
        if step.base != "plan":
            self.close()
        elif self._shared_before is None:
            self._shared_before = self._context.shared_view
            self._context.shared_view = True

    def close(self) -> None:
        """Put the view back as it was before the plan was opened, if it was."""
        if self._shared_before is not None:
            self._context.shared_view = self._shared_before
            self._shared_before = None

    @property
    def wants_agreement(self) -> bool:
        """Whether this talk has changed the plan at hand, and both are still to agree on that."""
        if self._pane.step.base != "plan":
            return False
        self._desk.forget()
        talk = self._desk.talk
        asked = not talk.plan_edits or talk.plan_edits == self._asked_about
        return not asked and awaits_agreement(self._desk.flow.view, talk)

    async def agree(self) -> None:
        """Note that the plan was brought up to date together today, and is agreed so (R15, R56).

        The mentee types initials at the mentor's keyboard. Without them nothing is agreed.
        """
        self._desk.begin()
        self._desk.forget()
        flow = self._desk.flow
        if not flow.view.tasks:
            self._screen.say(_("Nothing to agree on yet: a adds a task"))
            return
        self._asked_about = flow.talk.plan_edits
        mentee = flow.view.mentee

        def agreed(texts: Filled) -> list[Change]:
            return self._desk.plan_agreed(flow, line(texts["initials"]))

        title = _("The plan is agreed as it is now")
        form = Form("updated_together", title, [initials_field(mentee.name)])
        what = _("Plan updated together")
        if await edit_records(self._screen, mentee, form, agreed, what) is not None:
            self._screen.say(_("The plan was updated together and agreed on today"))
