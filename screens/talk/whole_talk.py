"""All of one talk as a page to read: what was asked, what was said, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from data.dates import show_date, show_weekday
from data.i18n import _
from data.method.actions import is_open
from data.method.talk.correct import ABOUT, begun_at, corrections_of, task_names
from data.method.talk.flow import FlowStep, TalkFlow, said
from data.method.talk.heaps import Heap, heap_word, items
from data.method.talk.outcomes import action_text, if_then_text, without_examples
from data.method.talk.plan_edits import edit_text
from data.method.talk.rhythm import minutes_spent
from data.method.talk.wellbeing import pulse_lines
from data.method.view import held_on
from data.method.visibility import is_private
from data.method.words import word
from data.records import Action, Answer, Correction, Talk
from widgets.glyphs import dotted, glyphs
from widgets.passages import Passage
from widgets.reading import HEADING, PLAIN, QUIET

Paragraph = tuple[str, str]
"""A paragraph as `ReadingPane.show` takes it: its kind and its text."""
HEAD = "talk:"
"""Id of the passage that says when the talk was; those of others are "answer:" or "action:" and
the id of the record, or "" where there is none."""


def whole_talk(flow: TalkFlow) -> list[Paragraph]:
    """Return the whole talk, in the words in which it was asked.

    `flow` is the talk as its reader may see it: nothing is hidden here.
    """
    return [part for passage in passages(flow) for part in passage.parts]


def passages(flow: TalkFlow, *, earlier: bool = False) -> list[Passage]:
    """Return the whole talk in the parts that can be corrected, each by itself.

    `earlier` adds what stood in each part before it was corrected.
    """
    page = [Passage(HEAD, (*_head(flow), *_corrected(flow.talk, earlier=earlier)))]
    for step in flow.steps:
        page += _answers_of(flow, step, earlier=earlier)
    for title, lines in _outcomes(flow):
        head: tuple[Paragraph, ...] = ((PLAIN, ""), (HEADING, title))
        for id, text in lines:
            page.append(Passage(id, (*head, (PLAIN, f"  {text}"))))
            head = ()
    return page


def _head(flow: TalkFlow) -> Iterator[Paragraph]:
    """Yield which talk it was, when, for how long, where, and about which tasks."""
    talk = flow.talk
    on = held_on(talk)
    facts = [word(talk.state)]
    if on:
        facts.append(f"{show_weekday(on)} {show_date(on)}")
    if begun_at(talk):
        facts.append(_("at {time}").format(time=begun_at(talk)))
    minutes = minutes_spent(talk)
    if minutes is not None:
        facts.append(_("{minutes} min").format(minutes=minutes))
    yield HEADING, _("Talk {number}").format(number=talk.number)
    yield QUIET, dotted(*facts, talk.place)
    tasks = [task.title for id in talk.task_ids if (task := flow.view.task(id))]
    if tasks:
        yield QUIET, _("Tasks: {names}").format(names=", ".join(tasks))


def _corrected(record: Talk | Answer, *, earlier: bool) -> Iterator[Paragraph]:
    """Yield on which day a record was corrected last, and what stood there before, if asked for."""
    found = corrections_of(record)
    if not found:
        return
    days = dict.fromkeys(show_date(one.on) for one in found)
    yield QUIET, _("corrected on {date}").format(date=", ".join(days))
    if earlier:
        for one in found:
            stood = _("Until {date}: {what}").format(date=show_date(one.on), what=earlier_text(one))
            yield QUIET, stood


def earlier_text(one: Correction) -> str:
    """Return in words what stood in a talk before a correction."""
    if one.field == "private":
        return _("private") if one.before else _("shared")
    if one.field == "started_at":
        day, _sep, time = one.before.partition("T")
        return f"{show_date(date.fromisoformat(day))} {time}".rstrip()
    if one.field == "minutes" and one.before:
        return _("{minutes} min").format(minutes=one.before)
    label = {
        "mentee": _("Mentee's words"),
        "mentor": _("Mentor's words"),
        "examples": _("Examples"),
        ABOUT: _("About"),
        "place": _("Place"),
    }.get(one.field, _("Minutes"))
    return f"{label}: {one.before or glyphs('–')}"


def _answers_of(flow: TalkFlow, step: FlowStep, *, earlier: bool) -> Iterator[Passage]:
    """Yield what was said to a step: its own answer, then those to each of its fields."""
    own = flow.answer(step.key)
    answers = [(step.question or step.title, own)] if own else []
    answers += [
        (answer.question, answer)
        for key, answer in flow.answers.items()
        if key.startswith(f"{step.key}:") and flow.step(key) is None
    ]
    for question, answer in answers:
        told = tuple(_answer(flow, step, question, answer))
        stood = tuple(_corrected(answer, earlier=earlier))
        if told or stood:
            head = () if told else ((PLAIN, ""), (HEADING, question))
            yield Passage(f"answer:{answer.id}", (*head, *told, *stood))


def _answer(flow: TalkFlow, step: FlowStep, question: str, answer: Answer) -> Iterator[Paragraph]:
    mentee, mentor = said(answer.mentee, step.words), said(answer.mentor, step.words)
    if not (mentee or mentor or answer.examples or answer.pulse):
        return
    yield PLAIN, ""
    yield HEADING, question
    tasks = task_names(flow.view, answer)
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


def _outcomes(flow: TalkFlow) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield what came of the talk: headings, and the lines under them with the ids of passages."""
    view, talk = flow.view, flow.talk
    found = items(view, talk)
    for heap in Heap:
        yield heap_word(heap), [("", item.text) for item in found if item.heap is heap]
    yield (
        _("Next time"),
        [("", if_then_text(one)) for one in view.intents if one.talk_id == talk.id],
    )
    yield _("Changed in the plan"), [("", edit_text(edit, view)) for edit in talk.plan_edits]
    agreed = [one for one in view.actions if one.talk_id == talk.id]
    yield _("Agreed"), [(f"action:{one.id}", _action_text(flow, one)) for one in agreed]
    ticked = [aim.text for aim in flow.words.aims if aim.key in talk.aims]
    yield _("Aims reached"), [("", text) for text in ticked]
    if talk.next_on:
        day = f"{show_weekday(talk.next_on)} {show_date(talk.next_on)}"
        yield _("Next talk"), [("", day)]
    elif talk.no_next:
        yield _("Next talk"), [("", _("none (chosen)"))]


def _action_text(flow: TalkFlow, action: Action) -> str:
    state = "" if is_open(action) else word(action.state).lower()
    return action_text(flow.view, action, state)
