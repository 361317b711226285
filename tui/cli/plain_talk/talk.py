"""`mentor talk NAME --plain`: the guided talk line by line, for screen readers.

It is the same talk on the same records: it can be begun here and resumed on the screen, or the
other way round. Each line is durable when the next prompt comes. Nothing is printed but text.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from data.clock import now, today
from data.dates import show_date
from data.i18n import _
from data.method.limits import Limits
from data.method.talk.flow import MENTOR_FIRST, SKILLS, FlowStep
from data.method.talk.lifecycle import (
    brought_forward,
    extra_talk,
    start_talk,
    take_back_start,
)
from data.queries.views import mentee_view
from data.records import Mentee
from data.store.store import Store
from tui.cli.base import say_wrapped
from tui.cli.plain.line import Stopped
from tui.cli.plain.moves import GoTo
from tui.cli.plain_talk import steps
from tui.cli.plain_talk.commands import Elsewhere, carry_out, nowhere
from tui.cli.plain_talk.conversation import Conversation, GoToStep, Side, titled

OWN_STEPS: Final = {
    "frame": steps.frame,
    "since": steps.since,
    "sort": steps.sort,
    "understand": steps.understand,
    "plan": steps.plan,
}
"""The steps that are more than one question to both; the last step of all is not among them."""


class PlainTalk:
    """One talk with one mentee, as questions and answers on a line terminal."""

    def __init__(
        self,
        store: Store,
        mentee: Mentee,
        limits: Limits,
        *,
        short: bool = False,
        extra: bool = False,
        elsewhere: Elsewhere = nowhere,
    ) -> None:
        """`elsewhere` knows the other places that a word after a full stop leads to."""
        view = mentee_view(store, mentee)
        self._taken_from = None if extra else brought_forward(view, today())
        """The talk as it was planned for a later day; None if it was not."""
        which = extra_talk(view, today()) if extra and view.running is None else None
        talk, self._began = start_talk(view, now(), short=short, which=which)
        self._conversation = Conversation(
            store, talk, limits, partial(carry_out, elsewhere=elsewhere)
        )
        self._conversation.save(self._began)

    def run(self) -> None:
        """Walk through the steps until the talk has ended.

        Raises `Stopped`, with a word that this was said, where it is stopped, and `GoTo` where
        another place is gone to.
        """
        talk, name = self._conversation.flow.talk, self._conversation.flow.view.mentee.name
        text = (
            _("Resuming talk {number} with {name}.")
            if not self._began
            else _("Starting talk {number} with {name}.")
        )
        say_wrapped(text.format(number=talk.number, name=name))
        if self._taken_from is not None:
            day = show_date(self._taken_from.planned_on)
            say_wrapped(
                _(
                    "It was planned for {date}. To keep that date, stop now (Ctrl+D) and "
                    "start with --extra."
                ).format(date=day)
            )
        say_wrapped(_("An empty line continues. Type ? for help."))
        try:
            while self._take(self._conversation.flow.current):
                pass
        except Stopped:
            self._stop(_("Stopped. Everything is saved; the same command resumes here."))
            raise Stopped("said") from None
        except GoTo:
            self._stop(_("The talk waits; .talk resumes it."))
            raise

    def _stop(self, waits: str) -> None:
        """Say that it goes on later; a talk in which nothing happened is as it was before."""
        flow = self._conversation.flow
        back = take_back_start(flow.view, flow.talk, self._began)
        if back:
            self._conversation.save(back, undoable=False)
            say_wrapped(_("Stopped. Nothing was written; the talk has not started."))
        else:
            say_wrapped(waits)

    def _take(self, step: FlowStep) -> bool:
        """Go through one step; False when the talk has ended."""
        self._head(step)
        try:
            if step.base == "close":
                return not steps.close(self._conversation)
            if step.base in OWN_STEPS:
                OWN_STEPS[step.base](self._conversation)
            else:
                self._question(step)
        except GoToStep as other:
            self._conversation.go_to(other.key, _first_side(other.key))
            return True
        finally:  # whichever way the step is left
            self._conversation.place_words(step)
        following = self._conversation.flow.at(step.key).next
        if following is not None:
            self._conversation.go_to(following.key, _first_side(following.key))
        return True

    def _head(self, step: FlowStep) -> None:
        flow = self._conversation.flow
        say_wrapped(
            "\n"
            + _("Step {number} of {all}: {title}").format(
                number=flow.index + 1, all=len(flow.steps), title=titled(flow, step)
            )
        )
        say_wrapped(step.words.purpose)
        if step.question:
            say_wrapped(step.question)
        if step.note and step.base != SKILLS:  # there it is the task's name, which has been said
            say_wrapped(step.note)

    def _question(self, step: FlowStep) -> None:
        """Take down both sides' words; the one that was being written when it was stopped first."""
        sides: list[Side] = ["mentee", "mentor"]
        if step.base in MENTOR_FIRST:
            sides.reverse()
        if self._conversation.flow.talk.side == sides[1]:
            sides.pop(0)
        for side in sides:
            self._conversation.go_to(step.key, side)
            self._conversation.write(step, side)
        asked = self._conversation.flow.ask_before_leaving(self._conversation.flow.current)
        if asked and not self._conversation.agrees(asked):
            raise GoToStep(step.key)


def _first_side(key: str) -> Side:
    return "mentor" if key.partition(":")[0] in MENTOR_FIRST else "mentee"
