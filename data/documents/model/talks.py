"""What the documents about talks have in common: their head, and the answers of a talk.

Nothing private is among it, nor what the mentor noted about the mentor's own learning (R35): the
field for it says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from data.dates import show_date, show_weekday
from data.documents.model.document import Block, Fact, Facts, Heading, Items
from data.documents.model.parts import facts
from data.i18n import _
from data.method.talk.flow import FlowStep, TalkFlow, said
from data.method.talk.outcomes import without_examples
from data.method.view import MenteeView, held_on
from data.records import Answer, Talk

LAST: Final = "close"
"""Key of the step whose mentor's words are about the mentor's own learning, and are left out."""
_BY_TITLE: Final = ("frame", "since", "sort", "plan", LAST)
"""Keys of steps that ask no question: their words stand under the title of the step."""


def title_of(view: MenteeView, talk: Talk) -> str:
    """Return what a talk is called: its number and whose it is."""
    return _("Talk {number} with {name}").format(number=talk.number, name=view.mentee.name)


def when(talk: Talk) -> str:
    """Return the day of a talk, and its time while it is still to come; "" if it has no day."""
    on = held_on(talk)
    if on is None:
        return ""
    text = f"{show_weekday(on)} {show_date(on)}"
    if talk.planned_time and talk.started_at is None:
        text = f"{text}, {talk.planned_time}"
    return text


def head(view: MenteeView, talk: Talk) -> Facts:
    """Return when and where a talk is or was, and which tasks it is about."""
    tasks = [task.title for id in talk.task_ids if (task := view.task(id)) is not None]
    return facts(
        (_("When"), when(talk)),
        (_("Where"), talk.place),
        (_("Tasks"), ", ".join(tasks)),
    )


def heading(step: FlowStep) -> str:
    """Return the heading of a step for the mentee.

    Praise and potential have their own, because the guide's lines speak to the mentor.
    """
    if step.base == "praise":
        return _("Recognition")
    if step.base == "potential":
        return _("Development potential")
    if step.base in _BY_TITLE:
        return step.title
    return step.words.spoken or step.question or step.title


def answers(flow: TalkFlow) -> Iterator[Block]:
    """Yield what was said in each step: by the mentee, the examples, by the mentor."""
    for step in flow.steps:
        answer = flow.answer(step.key)
        parts = [(heading(step), answer)] if answer else []
        parts += [
            (one.question, one)
            for key, one in flow.answers.items()
            if key.startswith(f"{step.key}:") and flow.step(key) is None
        ]
        for question, one in parts:
            yield from _answer(flow, step, question, one)


def _answer(flow: TalkFlow, step: FlowStep, question: str, answer: Answer) -> Iterator[Block]:
    mentee, mentor = said(answer.mentee, step.words), said(answer.mentor, step.words)
    if step.base == LAST:
        mentor = ""
    if not (mentee or mentor or answer.examples):
        return
    yield Heading(question)
    task = flow.view.task(answer.task_id)
    if task and task.title not in question:
        yield Facts((Fact(_("Task"), task.title),))
    if rest := without_examples(mentee, answer.examples):
        yield Facts((Fact(_("Mentee"), rest),))
    if answer.examples:
        yield Items(tuple(answer.examples))
    if rest := without_examples(mentor, answer.examples):
        yield Facts((Fact(_("Mentor"), rest),))
