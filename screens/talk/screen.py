"""The guided talk: one step at a time, written in while listening (R27-R56)."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from data.clock import now, today
from data.i18n import N_, _
from data.method.talk.flow import FlowStep
from data.method.talk.lifecycle import end_problem, end_talk
from screens.dialogs.pick import Item, PickDialog
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.title import Title
from screens.talk.ask import TalkAsks
from screens.talk.card import LIST, rail_title
from screens.talk.close import ask_next
from screens.talk.desk import TalkDesk
from screens.talk.pane import StepPane
from widgets.step_rail import RailStep, StepRail


class TalkScreen(TalkAsks):
    """A talk under way. Left the steps, right the one at hand; every key typed is kept."""

    HELP_TOPIC = "talk"
    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,f8", "step(1)", N_("Next"), priority=True),
        Binding("pageup,f7", "step(-1)", N_("Previous"), show=False, priority=True),
        Binding("ctrl+g", "jump", N_("Go to step"), show=False, priority=True),
        Binding("ctrl+o", "probes", N_("More questions"), show=False, priority=True),
        *(
            Binding("f9", action, name, priority=True)  # each step's own; see `check_action`
            for action, name in (
                ("short", N_("Short talk")),
                ("example", N_("Example")),
                ("pulse", N_("Three words")),
                ("to_potential", N_("Onto the task")),
                ("to_next_step", N_("Onto the task")),
                ("stamp", N_("Updated together")),
                ("tip", N_("Tip for others")),
            )
        ),
        Binding("f10", "end", N_("End"), priority=True),
        Binding("escape", "back", N_("Leave, go on later"), show=False),
    ]

    def __init__(self, context: Context, desk: TalkDesk) -> None:
        super().__init__(context)
        self.desk = desk
        self.rail = StepRail()
        self.pane = StepPane(desk)
        self._asked_praise = False
        self._shared_before: bool | None = None
        """What the shared view was before the plan was gone through together."""
        self._edits_seen = desk.talk.plan_edits

    def body(self) -> ComposeResult:
        """Lay the rail beside the step."""
        with Horizontal():
            yield self.rail
            yield self.pane

    @on(events.Mount)
    async def _begin(self) -> None:
        """Stand where the talk stands: same step, same field, same words."""
        self.on_mount()
        await self._stand(self.desk.talk.side if self.desk.begun else "")
        self.set_interval(60, self.show_title)

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
        return Title(" · ".join((title, flow.view.mentee.name, time)))

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee and the task that the step is about."""
        return self.desk.mentee_id, self.pane.step.task_id

    def show_records(self) -> None:
        """Bring the step and the rail up to date with the records."""
        self.pane.take_words()
        self.desk.forget()
        if self.desk.is_gone:
            self._leave_shared_view()
            super().action_back()
            return
        self.pane.bring()
        self._show_rail()
        self.refresh_bindings()

    def _show_rail(self) -> None:
        flow = self.desk.flow
        steps = [RailStep(step.key, rail_title(flow, step), step.filled) for step in flow.steps]
        self.rail.show(steps, self.pane.step.key)

    @on(StepPane.Said)
    def _said(self, event: StepPane.Said) -> None:
        event.stop()
        if event.text:
            self.say(event.text, problem=True)
        else:
            self.notices.hush()

    # -- moving -------------------------------------------------------------------------------

    async def _stand(self, side: str = "") -> None:
        """Show the step at which the talk stands."""
        self._share_plan(self.desk.flow.current)
        await self.pane.go(side)
        self.show_records()

    async def _go(self, step: FlowStep | None) -> None:
        """Go to a step, unless something must be finished or asked first."""
        if step is None or not self._may_leave():
            return
        self.notices.hush()  # what was said of the step left is no longer true of the next
        self.pane.take_words()
        self.store.end_typing()
        if self.pane.step.base == "plan" and step.base != "plan":
            self._stamp_edits()
        self.desk.go(step.key, self.desk.talk.side)
        await self._stand()
        self.pane.remember_side()

    def _may_leave(self) -> bool:
        if not self.pane.can_leave:
            self.say(_("Enter saves the cell first, Esc gives the edit up"), problem=True)
            return False
        self.pane.take_words()
        self.desk.forget()
        here = self.desk.flow.step(self.pane.step.key)
        question = self.desk.flow.ask_before_leaving(here) if here else ""
        if question and not self._asked_praise:
            self._asked_praise = True
            self.say(question)
            return False
        return True

    async def action_step(self, way: int) -> None:
        """Go to the next step or the one before."""
        keys = [step.key for step in self.desk.flow.steps]
        here = self.pane.step.key
        at = keys.index(here) + way if here in keys else 0
        if 0 <= at < len(keys):
            await self._go(self.desk.flow.steps[at])
        elif way > 0:
            self.say(_("That was the last step; F10 ends the talk"))

    @on(StepPane.Onward)
    async def _onward(self, event: StepPane.Onward) -> None:
        event.stop()
        await self.action_step(1)

    @on(StepRail.Picked)
    async def _picked(self, event: StepRail.Picked) -> None:
        event.stop()
        await self._go(self.desk.flow.step(event.key))

    @work
    async def action_jump(self) -> None:
        """Choose a step from a list."""
        flow = self.desk.flow
        items = [
            Item(step.key, rail_title(flow, step), _("filled in") if step.filled else "")
            for step in flow.steps
        ]
        dialog = PickDialog(_("Go to step"), items, chosen=self.pane.step.key)
        picked = await self.app.push_screen_wait(dialog)
        if picked is not None:
            await self._go(self.desk.flow.step(picked.id))

    def action_probes(self) -> None:
        """Show open questions to go on with, or the hint again; on the opening card, the frame."""
        if self.pane.step.base == "frame":
            from screens.mentee.expectations import AgreementScreen

            self.app.push_screen(AgreementScreen(self.context, self.desk.mentee_id))
            return
        self.pane.probing = not self.pane.probing
        self.pane.bring()

    def on_screen_suspend(self) -> None:
        """Keep what was typed before another screen, such as help, is in front."""
        self.pane.take_words()

    # -- the opening card, the plan -------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the keys of single steps only there."""
        if action == "short":
            return self.pane.step.base == "frame"
        if action == "stamp":
            return self.pane.step.base == "plan"
        return super().check_action(action, parameters)

    def action_short(self) -> None:
        """Have the short talk, or the whole one again."""
        self.desk.edit_talk(_("Short talk"), short=not self.desk.talk.short)
        self.show_records()

    def _share_plan(self, step: FlowStep) -> None:
        """Show nothing private while both look at the plan; afterwards as it was before (R56)."""
        if step.base == "plan" and self._shared_before is None:
            self._shared_before = self.context.shared_view
            self._edits_seen = self.desk.talk.plan_edits
            self.context.shared_view = True
        elif step.base != "plan" and self._shared_before is not None:
            self.context.shared_view = self._shared_before
            self._shared_before = None

    def _stamp_edits(self) -> None:
        """Stamp the plan where this talk changed it, now that both have looked at it."""
        self.desk.forget()
        talk = self.desk.talk
        fresh = talk.plan_updated_on is None or talk.plan_edits != self._edits_seen
        if talk.plan_edits and fresh:
            self.action_stamp()

    def action_stamp(self) -> None:
        """Note that the plan was brought up to date together today, and is agreed so (R56)."""
        stamped = self.desk.stamp_plan()
        self._edits_seen = self.desk.talk.plan_edits
        if stamped:
            self.say(_("The plan was updated together and agreed on today"))
        else:
            self.say(_("There is nothing to agree on yet: a adds a task"))

    # -- the end --------------------------------------------------------------------------------

    @work
    async def action_end(self) -> None:
        """Go to the last step; there, end the talk. Asks for the next date where it is missing."""
        if self.pane.step.base != "close":
            await self._go(self.desk.flow.step("close"))
            if self.pane.step.base == "close":
                self.say(_("F10 again ends the talk"))
            return
        if not self._may_leave():
            return
        self.pane.take_words()
        self.store.end_typing()
        self.desk.begin()
        if end_problem(self.desk.talk, today()) and not await ask_next(self.desk, self):
            return
        self.desk.forget()
        flow = self.desk.flow
        what = _("Talk {number} held").format(number=flow.talk.number)
        self.store.commit(end_talk(flow, now()), what)
        self._leave_shared_view()
        from screens.talk.read import TalkReadScreen

        self.app.switch_screen(TalkReadScreen(self.context, flow.talk.id, just_held=True))

    def _leave_shared_view(self) -> None:
        if self._shared_before is not None:
            self.context.shared_view = self._shared_before
            self._shared_before = None

    def action_back(self) -> None:
        """Leave the talk unfinished; it is kept and offered again."""
        self.pane.take_words()
        self.store.end_typing()
        if self.pane.side == LIST and not self.pane.can_leave:
            return
        self._leave_shared_view()
        number = self.desk.known.talk.number
        super().action_back()
        below = self.app.screen
        if self.desk.leave() and isinstance(below, BaseScreen) and below is not self:
            below.say(_("Talk {number} is kept as it is; t goes on with it").format(number=number))
