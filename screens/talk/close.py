"""The list of the last step: the next date, the actions agreed on, the six aims (R27, R39)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from data.clock import today
from data.i18n import N_, _
from data.method.actions import drop_or_reopen, finish_or_reopen
from data.method.talk.lifecycle import next_date
from data.records import Action
from data.store.change import Change
from screens.actions.forms import action_form, action_step_name
from screens.frame.base import BaseScreen
from screens.mentee.record_form import fill_in
from screens.talk.close_rows import CloseRows
from screens.talk.desk import TalkDesk
from screens.talk.forms import ask_next
from screens.talk.step_list import RowSource, StepList
from widgets.step_rail import StepRail


class CloseList(StepList):
    """The list of the last step. Space ticks, Enter opens what is under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", N_("Tick"), priority=True),
        Binding("enter", "open", N_("Edit"), priority=True),
        Binding("a", "agree", N_("Add action")),
        Binding("f", "date", N_("Next date")),
        Binding("x", "drop", N_("Drop the action"), show=False),
    ]

    def __init__(self, desk: TalkDesk) -> None:
        made = CloseRows(desk)
        super().__init__(desk, RowSource(made.rows, is_line=made.is_line))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the keys be commands on the rows only."""
        if action in ("tick", "open"):
            return self.on_rows
        if action == "agree":
            return self.on_rows
        if action == "drop":
            return self.at[0] == "action"
        return True

    def action_tick(self) -> None:
        """Take the proposed date, tick an aim, or tick an action off."""
        kind, id = self.at
        talk = self.desk.talk
        if kind == "next":
            if talk.next_on is None:
                proposed = next_date(self.desk.flow.view, today())
                self.desk.edit_talk(_("Next date"), next_on=proposed, no_next=False)
        elif kind == "aim":
            chosen = {*talk.aims} ^ {id}
            order = [aim.key for aim in self.desk.flow.words.aims]
            self.desk.edit_talk(
                _("Aims of the talk"), aims=tuple(key for key in order if key in chosen)
            )
        elif kind == "action":
            self._change_action(finish_or_reopen)
        self.show_records()

    def _change_action(self, change: Callable[[Action, date], Change]) -> None:
        """Commit what a rule of `data.method.actions` makes of the action under the cursor."""
        action = self.desk.store.get(Action, self.at[1])
        if action is not None:
            what = _("Action “{what}”").format(what=action.what)
            self.commit([change(action, today())], what)

    def action_drop(self) -> None:
        """Drop an action; undo brings it back."""
        self._change_action(drop_or_reopen)

    def action_open(self) -> None:
        """Edit the date or the action; tick what has nothing to edit."""
        kind, id = self.at
        if kind == "next":
            self.action_date()
        elif kind == "action":
            self._edit_action(id)
        elif kind == "aim":
            self.action_tick()
        elif kind == "missing":
            self.screen.post_message(StepRail.Picked(id))

    @work
    async def _edit_action(self, id: str) -> None:
        action = self.desk.store.get(Action, id)
        if action is not None:
            form = action_form(self.desk.store, action)
            await fill_in(self, form, action_step_name)

    def action_agree(self) -> None:
        """Add an agreement, as F3 does among the words."""
        if isinstance(self.screen, BaseScreen):
            self.screen.action_do("make_action")

    @work
    async def action_date(self) -> None:
        """Agree on the next date, or that there is none."""
        await ask_next(self.desk, self)
        self.show_records()
