"""What the guide asks for and a talk does not have yet, said before it ends (R27, R53, R56)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from data.frozen import immutable
from data.i18n import _
from data.method.plan.agreed import awaits_agreement
from data.method.talk.flow import TalkFlow
from data.method.talk.lifecycle import end_problem


@immutable
class Missing:
    """Something that the guide asks for."""

    step: str
    """Key of the step where it is done."""
    name: str
    """What is missing, in a word or two."""
    why: str
    """Why the guide asks for it, in one sentence."""


def missing(flow: TalkFlow, today: date) -> list[Missing]:
    """Return what is still missing in a talk, in the order of its steps; none when all is there.

    Nothing of it stops the talk from ending but the next date, which can be chosen to be none.
    """
    return [*_recognition(flow), *_plan(flow), *_next(flow, today)]


def _recognition(flow: TalkFlow) -> Iterator[Missing]:
    step = flow.step("praise")
    if step is not None and not step.filled and flow.view.mentee.newly_qualified:
        why = _("they need to hear what they do well.")
        yield Missing("praise", _("recognition"), why)


def _plan(flow: TalkFlow) -> Iterator[Missing]:
    """Yield the plan where it was not agreed on in this talk, or was changed after that."""
    if awaits_agreement(flow.view, flow.talk):
        why = _("go through it, and agree on it.")
        yield Missing("plan", _("the plan together"), why)


def _next(flow: TalkFlow, today: date) -> Iterator[Missing]:
    if why := end_problem(flow.talk, today):
        yield Missing("close", _("the next date"), why)
