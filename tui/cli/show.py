"""`mentor show NAME`: one mentee, as text that reads well aloud, or all of it as JSON.

The JSON has the mentee's document under `mentee` and, under the name of each table, a list of the
documents that belong to the mentee, oldest first, with their ids; and under `people` those who are
named in them. Documents are as in the record file (see `docs/format.md`). What is private is in
neither without `--private`; `private` says whether it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

import click

from data.clock import today
from data.dates import mentorship_week, show_date
from data.i18n import _, ngettext
from data.method.actions import is_open
from data.method.hold import hold_text
from data.method.lending import loan_text
from data.method.mentorship.gaps import gaps
from data.method.mentorship.roles import with_holder
from data.method.plan.agreed import agreed_words, changed_since_agreed, rows_since_agreed
from data.method.plan.fields import TaskField, fields_of, text_of
from data.method.plan.progress import professional, social
from data.method.sparring import is_awaited
from data.method.talk.flow import TalkFlow, is_said
from data.method.talk.outcomes import action_text
from data.method.talk.wellbeing import pulse_lines
from data.method.today.due import Due, due_items
from data.method.view import TO_COME, MenteeView, held_on
from data.method.visibility import Reader, hidden, shows_all, visible, without_private
from data.method.words import word
from data.queries.all_about import all_about, encoded, people_named
from data.queries.views import due_limits, mentee_view, talk_words
from data.records import CourseState, Mentee, Note, Talk, Task
from data.store.store import Store
from tui.cli.base import command, find_mentee, name_argument, say_json, say_wrapped
from tui.cli.call import Call
from tui.cli.read import counted, percent

NEWEST_NOTES = 5


def show_command() -> click.Command:
    """Make `mentor show`."""
    options = (
        click.Option(["--private"], is_flag=True, help=_("Include what is private.")),
        click.Option(
            ["--history"], is_flag=True, help=_("Instead: who changed what and when, newest first.")
        ),
        click.Option(
            ["--all"],
            is_flag=True,
            help=_("All notes, talks with what was said, and actions, however old."),
        ),
    )
    text = _(
        "Show what is stored about a mentee, and how much is left out. JSON "
        "includes everything; private texts only if asked for."
    )
    return command("show", _show, text, name_argument(), *options, reading=True)


def _show(call: Call, name: str, private: bool, history: bool, all: bool) -> None:
    reader = Reader.MENTOR if private else Reader.SHARED
    with call.read() as store:
        mentee = find_mentee(store, name)
        if history:
            # loaded where it is asked for
            from tui.cli.history import say_history

            say_history(call, store, mentee)
            return
        view = mentee_view(store, mentee)
        if call.as_json:
            say_json(everything(store, mentee, reader))
            return
        flows = None
        if all:
            flows = [TalkFlow(view, talk, talk_words(store, talk)) for talk in view.talks]
    for heading, lines in _sections(view, call, reader, flows):
        if heading:
            say_wrapped(f"\n{heading}")
        for line in lines:
            inner = line.lstrip()
            say_wrapped(inner, ("  " if heading else "") + " " * (len(line) - len(inner)))


def everything(store: Store, mentee: Mentee, reader: Reader) -> dict[str, object]:
    """Return all that is kept about a mentee and that the reader may see, as JSON values."""
    tables = all_about(store, mentee, reader)
    people = list(people_named(store, tables))
    return {"private": shows_all(reader), "mentee": encoded(mentee), **tables, "people": people}


Section = tuple[str, list[str]]


def _sections(
    view: MenteeView, call: Call, reader: Reader, flows: Sequence[TalkFlow] | None
) -> Iterator[Section]:
    """Yield the parts of the text: a heading and its lines; parts without lines are left out.

    `flows` has all talks where everything is told, else it is None.
    """
    day, everything = today(), flows is not None
    yield "", _head(view, day)
    due = [f"{row.label}{row.name and ', '}{row.name}. {row.why}" for row in _due(view, day, call)]
    parts = [
        (_("Needs attention"), due),
        (_("Check"), [gap.sentence for gap in gaps(view, day)]),
        (_("Plan"), list(_plan(view))),
        (_("Talks"), list(_talks(view, day, reader, flows))),
        (_("Agreed"), list(_actions(view, everything=everything))),
        (_("Roles"), list(_roles(view))),
        (_("Latest notes"), list(_notes(view, reader, everything=everything))),
    ]
    yield from (part for part in parts if part[1])


def _due(view: MenteeView, day: date, call: Call) -> list[Due]:
    return due_items(view, day, due_limits(call.settings))


def _head(view: MenteeView, day: date) -> list[str]:
    mentee = view.mentee
    about = ", ".join(filter(None, (mentee.title, mentee.team)))
    period = mentorship_week(mentee.start, day)
    if mentee.start:
        period = _("{week} (first day {date})").format(week=period, date=show_date(mentee.start))
    facts = [about, period, _("newly qualified") if mentee.newly_qualified else ""]
    facts += [hold_text(mentee), loan_text(view.loans)]
    if mentee.state is not CourseState.ACTIVE:
        facts.append(word(mentee.state))
    progress = _("Plan {plan}, social {social}.").format(
        plan=percent(professional(view.tasks).percent), social=counted(social(view.duties))
    )
    return [mentee.name, "; ".join(filter(None, facts)), progress]


def _plan(view: MenteeView) -> Iterator[str]:
    since = changed_since_agreed(view)
    words = agreed_words(view.mentee, since)
    if words:
        yield f"{'; '.join(words)}. {rows_since_agreed(view, since)}".rstrip()
    for task in view.tasks:
        yield _task(view, task)


def _task(view: MenteeView, task: Task) -> str:
    """Return the line about a task: what the table of fields says is told in brief."""
    brief = (one for one in fields_of(view.mentee.columns) if one.brief)
    parts = [_IN_WORDS.get(one.key, _by_name)(view, task, one) for one in brief]
    return f"{task.title}: {'; '.join(filter(None, parts))}"


def _by_name(view: MenteeView, task: Task, field: TaskField) -> str:
    text = " ".join(text_of(field, task, view).split())
    return f"{field.name}: {text}" if text else ""


def _value_alone(view: MenteeView, task: Task, field: TaskField) -> str:
    return text_of(field, task, view)


def _priority(view: MenteeView, task: Task, field: TaskField) -> str:
    text = text_of(field, task, view).lower()
    return _("priority {word}").format(word=text) if text else ""


def _sparring(view: MenteeView, task: Task, field: TaskField) -> str:
    if not is_awaited(task):
        return ""
    sparring = _("sparring {date}").format(date=text_of(field, task, view))
    person = view.name_of(task.sparring_with)
    return f"{sparring} ({person})" if person else sparring


def _next_step(view: MenteeView, task: Task, field: TaskField) -> str:
    text = " ".join(text_of(field, task, view).split()).rstrip(".")
    return _("next step: {text}").format(text=text) if text else ""


def _goals(view: MenteeView, task: Task, _field: TaskField) -> str:
    number = len(view.goals_of(task.id))
    text = ngettext("{number} learning goal", "{number} learning goals", number)
    return text.format(number=number) if number else ""


_IN_WORDS: Final[dict[str, Callable[[MenteeView, Task, TaskField], str]]] = {
    "priority": _priority,
    "step": _value_alone,
    "status": _value_alone,
    "sparring_on": _sparring,
    "next_step": _next_step,
    "goals": _goals,
}
"""How fields are told that read better than by their name; the others are told by it."""


def _is_told(talk: Talk, view: MenteeView, day: date) -> bool:
    """Leave the long tail of planned talks out, but for the next one and those missed."""
    return talk.state not in TO_COME or talk in (view.next_talk(day), *view.missed(day))


def _talk(talk: Talk) -> str:
    on = held_on(talk)
    return _("Talk {number}, {date}: {state}").format(
        number=talk.number,
        date=show_date(on) if on else _("no date yet"),
        state=word(talk.state).lower(),
    )


def _talks(
    view: MenteeView, day: date, reader: Reader, flows: Sequence[TalkFlow] | None
) -> Iterator[str]:
    everything = flows is not None
    if flows is not None:
        for flow in flows:
            yield _talk(flow.talk)
            yield from _answers(flow, reader)
    else:
        told = [talk for talk in view.talks if _is_told(talk, view, day)]
        yield from map(_talk, told)
        yield from _left_out(len(told), len(view.talks))
    said = [answer for answer in view.answers if is_said(answer)]
    if said and not everything:
        text = ngettext(
            "{number} answer is not shown (--all shows it).",
            "{number} answers are not shown (--all shows them).",
            len(said),
        )
        yield text.format(number=len(said))
    unsaid = len(hidden(said, reader))
    if unsaid and everything:
        text = ngettext(
            "{number} private answer is not shown (--private shows it).",
            "{number} private answers are not shown (--private shows them).",
            unsaid,
        )
        yield text.format(number=unsaid)


def _answers(flow: TalkFlow, reader: Reader) -> Iterator[str]:
    """Yield what was said in a talk, also in one that is not finished."""
    said = [answer for answer in flow.view.answers_of(flow.talk.id) if is_said(answer)]
    for answer in without_private(visible(said, reader), reader):
        yield f"  {flow.asked_in(answer)}"
        sides = [(_("Mentee"), answer.mentee), (_("Mentor"), answer.mentor)]
        sides += [(_("Example"), example) for example in answer.examples]
        for side, words in sides:
            if words:
                yield f"    {side}: {' '.join(words.split())}"
        yield from (f"    {line}" for line in pulse_lines(answer.pulse))


def _actions(view: MenteeView, *, everything: bool) -> Iterator[str]:
    for action in view.actions:
        if is_open(action):
            yield action_text(view, action)
        elif everything:
            yield f"{word(action.state)}: {action_text(view, action)}"
    told = [one for one in view.actions if everything or is_open(one)]
    yield from _left_out(len(told), len(view.actions))


def _left_out(told: int, number: int) -> Iterator[str]:
    """Say how much is told, where it is not all."""
    if told < number:
        text = _("{told} of {number} shown (--all shows all).")
        yield text.format(told=told, number=number)


def _roles(view: MenteeView) -> Iterator[str]:
    for role in view.roles:
        if view.name_of(role.person_id):
            yield with_holder(view, role)


def _notes(view: MenteeView, reader: Reader, *, everything: bool) -> Iterator[str]:
    notes = visible(view.notes, reader)[::-1]
    told = notes if everything else notes[:NEWEST_NOTES]
    yield from map(note_line, told)
    yield from _left_out(len(told), len(notes))
    number = len(hidden(view.notes, reader))
    if number:
        yield ngettext(
            "{number} private note or doubt is not shown (--private shows it).",
            "{number} private notes and doubts are not shown (--private shows them).",
            number,
        ).format(number=number)


def note_line(note: Note) -> str:
    """Return a note in a line: its day, its kind, whether it is private, and its text."""
    when = show_date(note.at.date()) if note.at else ""
    kind = word(note.kind)
    if note.private:
        kind = _("{kind}, private").format(kind=kind)
    return f"{when} {kind}: {' '.join(note.text.split())}".strip()
