"""Two texts for the mentee: a sheet to prepare a talk with, and a summary after it.

Everything that was said and may be shared is in the summary, whichever step it was written in.
Nothing private is in it, nor what the mentor noted about the mentor's own learning (R35): the field
for it says so.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from data.dates import show_date, show_weekday
from data.i18n import _
from data.library import QUESTIONS, QuestionSet
from data.method.talk.flow import FlowStep, TalkFlow, said
from data.method.talk.heaps import Heap, heap_word, items
from data.method.talk.outcomes import action_text, if_then_text, without_examples
from data.method.talk.plan_edits import edit_text
from data.method.talk.questions import ASKED, OWN
from data.method.view import MenteeView, held_on
from data.method.visibility import Reader
from data.records import ActionState, Talk

WIDTH: Final = 72
LAST: Final = "close"
"""Key of the step whose mentor's words are about the mentor's own learning, and are left out."""
_BY_TITLE: Final = ("frame", "since", "sort", "plan", LAST)
"""Keys of steps that ask no question: their words stand under the title of the step."""


def summary(view: MenteeView, talk: Talk, words: QuestionSet, width: int = WIDTH) -> str:
    """Return the summary of an ended talk for the mentee, as text of `width` columns.

    It has nothing private in it. If nothing was noted, it says so.
    """
    flow = TalkFlow(view, replace(talk, short=False), words).seen_by(Reader.WRITTEN)
    body = [
        *_answers(flow, width),
        *_notes(flow, width),
        *_sorted(flow, width),
        *_intents(flow, width),
        *_edits(flow, width),
        *_actions(flow, width),
    ]
    if not body:
        body = ["", _("Nothing was written down to share this time.")]
    return "\n".join([*_head(view, talk, width), *body, *_next(view, talk)]) + "\n"


def prep_sheet(view: MenteeView, talk: Talk, words: QuestionSet, width: int = WIDTH) -> str:
    """Return the sheet that the mentee prepares with, as text of `width` columns.

    It says when the talk is, and which tasks and questions it is about (the guide's step 0).
    """
    flow = TalkFlow(view, talk, words).seen_by(Reader.WRITTEN)
    lines = [*_head(view, talk, width), ""]
    lines += textwrap.wrap(_("Think about these questions beforehand. You speak first."), width)
    for step in flow.steps:
        if step.base not in (*QUESTIONS, OWN, ASKED):
            continue
        task = view.task(step.task_id)
        question = step.words.to_mentee(task.title if task else "") or step.question
        lines += ["", *textwrap.wrap(question, width), ""]
    return "\n".join(lines).rstrip() + "\n"


def _head(view: MenteeView, talk: Talk, width: int) -> list[str]:
    """Return the first lines of both texts: title, day and time, place, and tasks."""
    title = _("Talk {number} with {name}").format(number=talk.number, name=view.mentee.name)
    lines = textwrap.wrap(title, width)
    on = held_on(talk)
    if on:
        when = f"{show_weekday(on)} {show_date(on)}"
        if talk.planned_time and talk.started_at is None:
            when = f"{when}, {talk.planned_time}"
        lines.append(when)
    if talk.place:
        lines.append(talk.place)
    tasks = [task.title for id in talk.task_ids if (task := view.task(id)) is not None]
    if tasks:
        lines += textwrap.wrap(_("Tasks: {names}").format(names=", ".join(tasks)), width)
    return lines


def _wrapped(text: str, width: int, lead: str = "") -> list[str]:
    """Return the text in lines of `width` columns: `lead` before it, and room for it below."""
    room = " " * len(lead)
    found: list[str] = []
    for line in text.strip().split("\n"):
        first = lead if not found else room
        found += textwrap.wrap(line, width, initial_indent=first, subsequent_indent=room) or [""]
    return found


def _heading(step: FlowStep) -> str:
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


def _answers(flow: TalkFlow, width: int) -> Iterator[str]:
    for step in flow.steps:
        answer = flow.answer(step.key)
        parts = [(_heading(step), answer)] if answer else []
        parts += [
            (one.question, one)
            for key, one in flow.answers.items()
            if key.startswith(f"{step.key}:") and flow.step(key) is None
        ]
        for question, one in parts:
            mentee, mentor = said(one.mentee, step.words), said(one.mentor, step.words)
            if step.base == LAST:
                mentor = ""
            if not (mentee or mentor or one.examples):
                continue
            yield ""
            yield from _wrapped(question, width)
            task = flow.view.task(one.task_id)
            if task and task.title not in question:
                yield from _wrapped(_("Task: {name}").format(name=task.title), width, "  ")
            if rest := without_examples(mentee, one.examples):
                yield from _wrapped(rest, width, f"  {_('Mentee:')} ")
            for example in one.examples:
                yield from _wrapped(example, width, "  + ")
            if rest := without_examples(mentor, one.examples):
                yield from _wrapped(rest, width, f"  {_('Mentor:')} ")


def _notes(flow: TalkFlow, width: int) -> Iterator[str]:
    """Yield the shared notes that were written in the talk."""
    found = [note for note in flow.view.notes if note.talk_id == flow.talk.id]
    if found:
        yield ""
        yield _("Noted in the talk:")
    for note in found:
        yield from _wrapped(note.text, width, "  - ")


def _sorted(flow: TalkFlow, width: int) -> Iterator[str]:
    found = items(flow.view, flow.talk)
    for heap in Heap:
        texts = [item.text for item in found if item.heap is heap]
        if texts:
            yield ""
            yield f"{heap_word(heap)}:"
            for text in texts:
                yield from _wrapped(text, width, "  - ")


def _intents(flow: TalkFlow, width: int) -> Iterator[str]:
    for intent in flow.view.intents:
        if intent.talk_id == flow.talk.id:
            yield ""
            yield from _wrapped(if_then_text(intent), width)


def _edits(flow: TalkFlow, width: int) -> Iterator[str]:
    if flow.talk.plan_edits:
        yield ""
        yield _("Changes to the plan, made together:")
    for edit in flow.talk.plan_edits:
        yield from _wrapped(edit_text(edit, flow.view), width, "  - ")


def _actions(flow: TalkFlow, width: int) -> Iterator[str]:
    agreed = [
        action
        for action in flow.view.actions
        if action.talk_id == flow.talk.id and action.state is not ActionState.DROPPED
    ]
    if agreed:
        yield ""
        yield _("Agreed:")
    for action in agreed:
        yield from _wrapped(action_text(flow.view, action), width, "  - ")


def _next(view: MenteeView, talk: Talk) -> list[str]:
    if talk.next_on:
        planned = next((t for t in view.talks if t.planned_on == talk.next_on), None)
        when = f"{show_weekday(talk.next_on)} {show_date(talk.next_on)}"
        if planned and planned.planned_time:
            when = f"{when}, {planned.planned_time}"
        return ["", _("Next talk: {date}").format(date=when)]
    return ["", _("No next talk has been agreed.")]
