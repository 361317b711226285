"""Going from step to step of a talk, in any order (R51)."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.method.talk.flow import FlowStep
from screens.dialogs.pick import Item, PickDialog
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.talk.card import rail_title
from screens.talk.desk import TalkDesk
from screens.talk.pane import StepPane
from screens.talk.shared_plan import SharedPlan


class Moves(Commands):
    """Leaves a step with all that was typed in it, and shows the next one."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("ctrl+g", "do('jump')", N_("Go to step"), show=False, priority=True),
    ]

    def __init__(
        self, screen: BaseScreen[None], desk: TalkDesk, pane: StepPane, plan: SharedPlan
    ) -> None:
        """`screen` shows the records of the new step, and says why one cannot be left."""
        self._screen = screen
        self._desk = desk
        self._pane = pane
        self._plan = plan
        self._asked_to_stay = False
        """Whether the question that the guide puts before a step is left empty was asked."""

    async def show_current(self, side: str = "") -> None:
        """Show the step at which the talk stands, with the focus on a side of it.

        It is painted once, with its list: what stands below that would be drawn at two places.
        """
        self._plan.open_at(self._desk.flow.current)
        with self._screen.app.batch_update():
            await self._pane.go(side)
            self._screen.show_records()

    async def go_to(self, step: FlowStep | None, *, worker: bool = False) -> None:
        """Go to a step, unless something must be finished or asked first; None: stay.

        `worker`: it is called from a worker, which can wait for the answer to a question.
        """
        if step is None or not await self._finished() or not self.may_leave():
            return
        if step.base != "close" or not self._plan.wants_agreement:  # who goes back is not done yet
            await self._go(step)
        elif worker:
            await self._agree_and_go(step)
        else:
            self._screen.run_worker(self._agree_and_go(step))

    async def _agree_and_go(self, step: FlowStep) -> None:
        """Let both agree on what they changed in the plan, while they look at it (R15)."""
        await self._plan.agree()
        await self._go(step)

    async def _finished(self) -> bool:
        """Save what is being edited in the list of the step; say so where it cannot be saved."""
        if await self._pane.finish_edit():
            return True
        self._screen.say(_("This cannot be saved as it is; Esc cancels the edit"), problem=True)
        return False

    async def _go(self, step: FlowStep) -> None:
        """Go to a step. What was typed in the one that is left is kept."""
        self._screen.notices.hush()  # what was said of the step left is not true of the next one
        self._pane.take_words()
        self._desk.end_words(self._pane.step)
        self._desk.go(step.key, self._desk.talk.side)
        await self.show_current()
        self._pane.remember_side()

    def may_leave(self) -> bool:
        """Return whether the step can be left now; say why where it cannot."""
        self._pane.take_words()
        self._desk.forget()
        here = self._desk.flow.step(self._pane.step.key)
        question = self._desk.flow.ask_before_leaving(here) if here else ""
        if question and not self._asked_to_stay:
            self._asked_to_stay = True
            self._screen.say(f"{question} {_('The same key again: yes.')}")
            return False
        return True

    async def step(self, way: int) -> None:
        """Go `way` steps forward, or back where it is negative."""
        steps = self._desk.flow.steps
        keys = [step.key for step in steps]
        here = self._pane.step.key
        at = keys.index(here) + way if here in keys else 0
        if 0 <= at < len(keys):
            await self.go_to(steps[at])
        elif way > 0:
            self._screen.say(_("That was the last step; Ctrl+S or F10 ends the talk"))

    async def jump(self) -> None:
        """Choose a step from a list."""
        flow = self._desk.flow
        filled = flow.filled_to(self._desk.context.reader)
        items = [
            Item(step.key, rail_title(flow, step), _("filled in") if step.key in filled else "")
            for step in flow.steps
        ]
        dialog = PickDialog(_("Go to step"), items, chosen=self._pane.step.key)
        picked = await self._screen.app.push_screen_wait(dialog)
        if picked is not None:
            await self.go_to(self._desk.flow.step(picked.id), worker=True)
