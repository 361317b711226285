"""The end of a talk: its last step, and what F10 does there (R27)."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import now, today
from data.i18n import N_, _
from data.method.talk.lifecycle import end_problem, end_talk
from data.method.talk.missing import missing
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.talk.desk import TalkDesk
from screens.talk.forms import ask_next
from screens.talk.moves import Moves
from screens.talk.pane import StepPane
from screens.talk.shared_plan import SharedPlan
from widgets.keys import DONE


class EndCommands(Commands):
    """Ends the talk from its last step."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "do('end')", N_("End talk"), priority=True, key_display=DONE)
    ]

    def __init__(
        self,
        screen: BaseScreen[None],
        desk: TalkDesk,
        pane: StepPane,
        moves: Moves,
        plan: SharedPlan,
    ) -> None:
        """`screen` makes way for the talk to read, once it has ended."""
        self._screen = screen
        self._desk = desk
        self._pane = pane
        self._moves = moves
        self._plan = plan

    async def end(self) -> None:
        """Go to the last step; there, end the talk. Asks for the next date where it is missing."""
        if self._pane.step.base != "close":
            await self._moves.go_to(self._desk.flow.step("close"), worker=True)
            if self._pane.step.base == "close":
                self._say_what_is_missing()
        elif self._moves.may_leave():
            await self._end_here()

    def _say_what_is_missing(self) -> None:
        """Name what the guide asks for and the talk does not have yet; the list has its keys."""
        names = ", ".join(one.name for one in missing(self._desk.flow, today()))
        text = _("Ctrl+S or F10 again ends the talk")
        if names:
            text = _("Still to do: {names}. {end}").format(names=names, end=text)
        self._screen.say(text)

    async def _end_here(self) -> None:
        self._pane.take_words()
        self._desk.begin()
        self._desk.place_words()
        if end_problem(self._desk.talk, today()) and not await ask_next(self._desk, self._screen):
            return
        self._desk.forget()
        flow = self._desk.flow
        what = _("Talk {number} held").format(number=flow.talk.number)
        self._desk.store.commit(end_talk(flow, now()), what)
        self._plan.close()
        from screens.talk.read import TalkReadScreen  # loaded when a talk has first ended

        ended = TalkReadScreen(self._screen.context, flow.talk.id, just_held=True)
        self._screen.app.switch_screen(ended)
