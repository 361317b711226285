"""The guided talk: one step at a time, written in while listening (R27-R56)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from data.i18n import N_, _
from data.queries.called import called
from data.store.change import Change
from data.store.presence import in_talk, place_of
from data.store.store import Event
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.keys import shown_keys
from screens.frame.others import who_since
from screens.frame.title import Title
from screens.frame.unfinished import forget_saved
from screens.talk.ask import AskCommands
from screens.talk.at_hand import AtHand
from screens.talk.card import LIST, rail_title
from screens.talk.card_commands import CardCommands
from screens.talk.desk import TalkDesk
from screens.talk.ending import EndCommands
from screens.talk.lines import LineCommands
from screens.talk.moves import Moves
from screens.talk.pane import StepPane
from screens.talk.shared_plan import SharedPlan
from widgets.step_rail import RailStep, StepRail

_OF_MANY_STEPS = tuple(Binding.make_bindings([*CardCommands.KEYS, *LineCommands.KEYS]))

ROOMY = 60
"""Columns from which there is room for the rail beside the step."""
WIDE = 80
"""Columns from which the line of keys has room for them all."""


class TalkScreen(BaseScreen[None]):
    """A talk under way. Left the steps, right the one at hand; every key typed is kept."""

    HELP_TOPIC = "talk"
    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,f8", "step(1)", N_("Next"), priority=True),
        Binding("pageup,f7", "step(-1)", N_("Previous"), show=False, priority=True),
        *Moves.KEYS,
        *CardCommands.KEYS,
        *LineCommands.KEYS,
        *SharedPlan.KEYS,
        *EndCommands.KEYS,
        Binding("escape", "back", N_("Leave, resume later"), show=False),
    ]
    COMMON = BaseScreen.COMMON | {one.id for one in _OF_MANY_STEPS if one.id}
    """What many steps have stands after what the step at hand has."""

    def __init__(self, context: Context, desk: TalkDesk) -> None:
        super().__init__(context)
        self.desk = desk
        self.renewal.about = desk.mentee_id
        self._known: set[str] = set()
        """Ids of the other sessions in this talk that the user knows of."""
        self._knows_end = False
        """Whether the user knows that the talk is held, whoever has ended it."""
        self.rail = StepRail()
        self.pane = StepPane(desk)
        self._plan = SharedPlan(self, desk, self.pane)
        self._moves = Moves(self, desk, self.pane, self._plan)
        at_hand = AtHand(desk, self.pane, self.say)
        self.commands = (
            self._moves,
            CardCommands(self, desk, self.pane),
            LineCommands(self, desk, self.pane, at_hand),
            AskCommands(self, desk, self.pane, at_hand),
            self._plan,
            EndCommands(self, desk, self.pane, self._moves, self._plan),
            *self.commands,
        )

    def body(self) -> ComposeResult:
        """Lay the rail beside the step."""
        with Horizontal():
            yield self.rail
            yield self.pane

    def on_resize(self, event: events.Resize) -> None:
        """Leave all the width to the step where it is narrow; Ctrl+G shows the steps too."""
        self.rail.display = event.size.width >= ROOMY
        self._show_keys()

    def _show_keys(self, _screen: object = None) -> None:
        """Where there is little room, to make something of a line is not among what is left out."""
        made = {one.id for one in _OF_MANY_STEPS if one.show and one.id}
        common = self.COMMON - made if self.size.width < WIDE else self.COMMON
        if self.in_sight:
            self.key_bar.show(*shown_keys(self, common))

    @on(events.Mount)
    async def _begin(self) -> None:
        """Stand where the talk stands: same step, same field, same words."""
        self.on_mount()
        await self._moves.show_current(self.desk.talk.side if self.desk.begun else "")
        self.set_interval(60, self.show_title)
        talk = self.desk.talk
        self._known = {one.session for one in in_talk(self.store.others, talk)}
        self.store.announce(place_of(talk.mentee_id, talk.id))

    def on_unmount(self) -> None:
        """Tell the other sessions that the talk is no longer open here."""
        super().on_unmount()
        self.store.announce(self.desk.mentee_id)

    def _on_store(self, event: Event) -> None:
        if event.replaced:
            self.desk.go_on_after_restore()
        super()._on_store(event)
        if event.others:
            self._tell_taken_over()
        if not event.own and not event.replaced:
            self._tell_ended()

    def _tell_ended(self) -> None:
        """Say that somebody else has ended the talk; what is written goes to its page."""
        if self._knows_end or self.desk.is_gone or not self.desk.has_ended:
            return
        self._knows_end = True
        said = _("{name} has ended the talk. What you write is kept on its page.")
        by = self.desk.talk.changed_by
        if by == self.store.by:
            said = _("The talk was ended in another window. What you write is kept on its page.")
        self.notices.tell(said.format(name=called(self.store, by)), self.app.screen)

    def _tell_taken_over(self) -> None:
        """Say that another session goes on with the talk; what is written in both is kept."""
        opened = self.desk.opened_at - timedelta(seconds=1)
        for one in in_talk(self.store.others, self.desk.known.talk):
            later = datetime.fromisoformat(one.since) >= opened
            if one.session not in self._known and later:
                said = _("Taken over by {who}. What is written in both places is kept.")
                self.say(said.format(who=who_since([one], self.store.by)))
            self._known.add(one.session)

    # -- showing ------------------------------------------------------------------------------

    def headline(self) -> Title:
        """Return which talk it is, with whom, and how long it has lasted."""
        flow = self.desk.known
        planned = flow.talk.minutes
        spent = self.desk.minutes
        time = (
            _("{spent} of {planned} min").format(spent=spent, planned=planned)
            if planned
            else _("{spent} min").format(spent=spent)
        )
        title = _("Talk {number}").format(number=flow.talk.number)
        name = flow.view.mentee.name
        return Title(" · ".join((title, name, time)), about=name, place=title)

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee and the task that the step is about."""
        return self.desk.mentee_id, self.pane.step.task_id

    def show_records(self) -> None:
        """Bring the step and the rail up to date; leave where somebody has deleted the talk."""
        self.pane.take_words()
        self.desk.forget()
        if self.desk.is_gone:
            self.give_way()
            return
        self.pane.show_records()
        self._show_rail()
        self.refresh_bindings()

    def _show_rail(self) -> None:
        flow = self.desk.flow
        filled = flow.filled_to(self.context.reader)
        steps = [
            RailStep(step.key, rail_title(flow, step), step.key in filled) for step in flow.steps
        ]
        self.rail.show(steps, self.pane.step.key)

    @on(StepPane.Said)
    def _said(self, event: StepPane.Said) -> None:
        event.stop()
        if event.text:
            self.say(event.text, problem=event.problem)
        else:
            self.notices.hush()

    def commit(self, changes: Iterable[Change], what: str) -> None:
        """Commit changes as one step of undo, which begins the talk where it has not begun."""
        self.desk.commit(changes, what)
        forget_saved(self.app)

    # -- moving -------------------------------------------------------------------------------

    async def action_step(self, way: int) -> None:
        """Go to the next step or the one before; keys pressed meanwhile wait until it is shown."""
        await self._moves.step(way)

    @on(StepPane.Onward)
    async def _onward(self, event: StepPane.Onward) -> None:
        event.stop()
        await self._moves.step(1)

    @on(StepRail.Picked)
    async def _picked(self, event: StepRail.Picked) -> None:
        event.stop()
        await self._moves.go_to(self.desk.flow.step(event.key))

    def on_screen_suspend(self) -> None:
        """Keep what was typed before another screen, such as help, is in front."""
        self.pane.take_words()

    def give_way(self) -> None:
        """Go when the talk is gone, or whom it is with; what was typed last is not lost."""
        self.pane.take_words()
        super().give_way()

    def action_back(self) -> None:
        """Leave the talk unfinished; it is kept and offered again, unless somebody deleted it."""
        self.pane.take_words()
        self.desk.forget()
        if self.desk.is_gone:
            self._plan.close()
            super().action_back()
            return
        self.desk.end_words(self.pane.step)
        if self.pane.side == LIST and not self.pane.can_leave:
            return
        self._plan.close()
        number = self.desk.known.talk.number
        super().action_back()
        below = self.app.screen
        kept = self.desk.leave()
        if not isinstance(below, BaseScreen) or below is self:
            return
        if kept:
            below.say(_("Talk {number} is saved as it is; t resumes it").format(number=number))
        elif self.desk.has_ended:
            said = _("Talk {number} has been held; what you wrote is on its page")
            below.say(said.format(number=number))
