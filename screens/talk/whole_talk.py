"""All of one talk as a page to read: what was asked, what was said, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from data.dates import show_date, show_weekday
from data.i18n import _
from data.method.talk.flow import FlowStep, TalkFlow, said
from data.method.talk.heaps import Heap, heap_word, items
from data.method.talk.outcomes import action_text, if_then_text, without_examples
from data.method.talk.rhythm import minutes_spent
from data.method.talk.summary import edit_text
from data.method.talk.wellbeing import pulse_lines
from data.method.view import held_on
from data.method.visibility import is_private
from data.method.words import word
from data.records import Action, ActionState, Answer
from widgets.glyphs import dotted
from widgets.reading import HEADING, PLAIN, QUIET

Paragraph = tuple[str, str]
"""A paragraph as `ReadingPane.show` takes it: its kind and its text."""


def whole_talk(flow: TalkFlow) -> list[Paragraph]:
    """Return the whole talk, in the words in which it was asked.

    `flow` is the talk as its reader may see it: nothing is hidden here.
    """
    page = [*_head(flow)]
    for step in flow.steps:
        page += _answers_of(flow, step)
    for title, lines in _outcomes(flow):
        if lines:
            page += [(PLAIN, ""), (HEADING, title), *((PLAIN, f"  {line}") for line in lines)]
    return page


def _head(flow: TalkFlow) -> Iterator[Paragraph]:
    """Yield which talk it was, when, for how long, and about which tasks."""
    talk = flow.talk
    on = held_on(talk)
    facts = [word(talk.state)]
    if on:
        facts.append(f"{show_weekday(on)} {show_date(on)}")
    minutes = minutes_spent(talk)
    if minutes is not None:
        facts.append(_("{minutes} min").format(minutes=minutes))
    yield HEADING, _("Talk {number}").format(number=talk.number)
    yield QUIET, dotted(*facts)
    tasks = [task.title for id in talk.task_ids if (task := flow.view.task(id))]
    if tasks:
        yield QUIET, _("Tasks: {names}").format(names=", ".join(tasks))


def _answers_of(flow: TalkFlow, step: FlowStep) -> Iterator[Paragraph]:
    """Yield what was said to a step: its own answer, then those to each of its fields."""
    own = flow.answer(step.key)
    answers = [(step.question or step.title, own)] if own else []
    answers += [
        (answer.question, answer)
        for key, answer in flow.answers.items()
        if key.startswith(f"{step.key}:") and flow.step(key) is None
    ]
    for question, answer in answers:
        yield from _answer(flow, step, question, answer)


def _answer(flow: TalkFlow, step: FlowStep, question: str, answer: Answer) -> Iterator[Paragraph]:
    mentee, mentor = said(answer.mentee, step.words), said(answer.mentor, step.words)
    if not (mentee or mentor or answer.examples or answer.pulse):
        return
    yield PLAIN, ""
    yield HEADING, question
    about = [answer.task_id, *answer.task_ids]
    tasks = [task.title for id in dict.fromkeys(about) if (task := flow.view.task(id))]
    quiet = [_("private")] if is_private(answer) else []
    if tasks and tasks[0] not in question:
        quiet.append(_("About: {tasks}").format(tasks=", ".join(tasks)))
    if quiet:
        yield QUIET, dotted(*quiet)
    mentor_label = _("What I learned as mentor") if step.base == "close" else _("Mentor's words")
    for label, text in ((_("Mentee's words"), mentee), (mentor_label, mentor)):
        if rest := without_examples(text, answer.examples):
            yield QUIET, label
            yield PLAIN, rest
    for example in answer.examples:
        yield PLAIN, f"  + {example}"
    for line in pulse_lines(answer.pulse):
        yield PLAIN, f"  {line}"


def _outcomes(flow: TalkFlow) -> Iterator[tuple[str, list[str]]]:
    """Yield what came of the talk: headings with the lines that stand under them, perhaps none."""
    view, talk = flow.view, flow.talk
    found = items(view, talk)
    for heap in Heap:
        yield heap_word(heap), [item.text for item in found if item.heap is heap]
    lines = [if_then_text(one) for one in view.intents if one.talk_id == talk.id]
    yield _("Next time"), lines
    yield _("Changed in the plan"), [edit_text(edit, view) for edit in talk.plan_edits]
    yield _("Agreed"), [_action_text(flow, one) for one in view.actions if one.talk_id == talk.id]
    ticked = [aim.text for aim in flow.words.aims if aim.key in talk.aims]
    yield _("Aims reached"), ticked
    if talk.next_on:
        yield _("Next talk"), [f"{show_weekday(talk.next_on)} {show_date(talk.next_on)}"]
    elif talk.no_next:
        yield _("Next talk"), [_("none, by choice")]


def _action_text(flow: TalkFlow, action: Action) -> str:
    state = "" if action.state is ActionState.OPEN else word(action.state).lower()
    return action_text(flow.view, action, state)
