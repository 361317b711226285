"""What the pane beside the plan says about a task, and the line above the plan about all tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from data.clock import today
from data.dates import show_date, show_near
from data.durations import show_duration
from data.i18n import _
from data.method.actions import is_open
from data.method.plan.agreed import SinceAgreed, agreed_words
from data.method.plan.changes import time_text
from data.method.plan.fields import fields_of, text_of
from data.method.plan.knowledge import use_delay
from data.method.plan.progress import professional
from data.method.plan.recall import recall
from data.method.sparring import is_awaited
from data.method.view import MenteeView
from data.method.words import word
from data.queries.recalled import recall_choices
from data.records import (
    Goal,
    GoalStatus,
    NoteKind,
    QualityCheck,
    StepEntry,
    Task,
)
from data.text import first_line
from widgets.detail_pane import LabelledText
from widgets.glyphs import dotted, glyphs

NEWEST = 12
"""How many notes on a task are shown, and how many answers: the newest."""
_GOAL_SIGNS = {GoalStatus.OPEN: "○", GoalStatus.WORKING: "◐", GoalStatus.REACHED: "●"}


def goal_text(goal: Goal) -> str:
    """Return a learning goal with its status."""
    reached = goal.log[-1].on if goal.log and goal.status is not GoalStatus.OPEN else None
    stands = f"{word(goal.status)} {show_date(reached)}".strip()
    due = _("by {date}").format(date=show_date(goal.due)) if goal.due else ""
    about = dotted(word(goal.kind), stands, "" if goal.status is GoalStatus.REACHED else due)
    return f"{glyphs(_GOAL_SIGNS[goal.status])} {goal.text} ({about})"


def step_line(view: MenteeView, entry: StepEntry) -> str:
    """Return one line of a task's training history."""
    name = view.name_of(entry.with_id)
    return f"{show_date(entry.on)} {word(entry.step)}" + (
        f" ({_('with {name}').format(name=name)})" if name else ""
    )


def check_line(check: QualityCheck) -> str:
    """Return one quality check in a line."""
    return dotted(show_date(check.on), word(check.result), check.by, check.note)


def heading(task: Task, since: SinceAgreed) -> str:
    """Return the task's name and type, and whether it is new or changed since it was agreed."""
    changed = _("changed since agreement") if task.id in since.changed else ""
    added = _("new since agreement") if task.id in since.added else ""
    return dotted(task.title, task.type, changed or added)


def parts(view: MenteeView, task: Task, *, limit: int) -> list[LabelledText]:
    """Return all that there is to say about a task, as labelled texts.

    Args:
        view: Only the records that the reader may see.
        task: The task.
        limit: After how many days something learned should have been used.
    """
    goals = "\n".join(goal_text(goal) for goal in view.goals_of(task.id))
    texts = [
        LabelledText(_("Description (i)"), task.description.strip() or glyphs("–")),
        LabelledText(_("Goals (m)"), goals or _("no goals yet"), quiet=not goals),
        LabelledText(_("Next step"), task.next_step.strip()),
        LabelledText(_("Potential"), _potential(task)),
        LabelledText(_("Status"), _status(view, task)),
        LabelledText(_("Time spent"), _time(task)),
        LabelledText(_("Training (s)"), "\n".join(step_line(view, one) for one in task.step_log)),
        LabelledText(_("Learned"), _learned(task, limit)),
        LabelledText(_("Quality (q)"), _checks(task)),
        LabelledText(_("From earlier"), _earlier(view, task)),
        LabelledText(_("Actions"), "\n".join(_actions(view, task))),
        LabelledText(_("In talks"), "\n".join(_answers(view, task))),
        LabelledText(_("Comes from"), _origin(view, task)),
        LabelledText(_("Notes"), "\n".join(_notes(view, task))),
    ]
    for field in fields_of(tuple(task.extra)):
        if field.key not in _SHOWN_ABOVE:
            texts.append(LabelledText(field.name, text_of(field, task, view)))
    return [one for one in texts if one.text]


_SHOWN_ABOVE: Final = frozenset(
    (
        *("title", "type", "description", "goals", "next_step", "potential", "potential_source"),
        *("priority", "status", "step", "sparring_on", "sparring_with", "sparring_held_on"),
        *("estimate_min", "actual_min", "learned_on", "first_used_on", "needs_check", "checks"),
    )
)
"""Keys of the fields that `heading` and the list in `parts` show; `parts` adds all others."""


def _potential(task: Task) -> str:
    text = task.potential.strip()
    if not text or task.potential_source is None:
        return text
    by = _("identified by: {who}").format(who=word(task.potential_source).lower())
    return f"{text} ({by})"


def _status(view: MenteeView, task: Task) -> str:
    """Return the status of a task, when sparring about it is to be, with whom, and the last."""
    on = task.sparring_on
    agreed = show_near(on, today()) if on and is_awaited(task) else ""
    with_whom = view.name_of(task.sparring_with)
    sparring = _("sparring {when}").format(when=agreed) if agreed else ""
    if with_whom:
        sparring = dotted(sparring, _("with {name}").format(name=with_whom))
    held = task.sparring_held_on
    last = _("last held {date}").format(date=show_date(held)) if held else ""
    return dotted(word(task.status), sparring, last)


def _time(task: Task) -> str:
    """Return the expected and the actual time of a task, and what they say together."""
    expected, actual = show_duration(task.estimate_min), show_duration(task.actual_min)
    return dotted(
        _("expected {time}").format(time=expected) if expected else "",
        _("took {time}").format(time=actual) if actual else "",
        time_text(task),
    )


def _learned(task: Task, limit: int) -> str:
    delay = use_delay(task, today(), limit)
    return dotted(show_date(task.learned_on), delay.text)


def _checks(task: Task) -> str:
    lines = [check_line(check) for check in task.checks]
    if task.needs_check and not task.checks:
        lines.append(_("requested, not done yet"))
    return "\n".join(lines)


def _earlier(view: MenteeView, task: Task) -> str:
    known = recall(view, task.type, task.id)
    return "\n".join(text for text, _step in recall_choices(known))


def _actions(view: MenteeView, task: Task) -> Iterator[str]:
    """Yield the open actions about a task."""
    for action in view.actions_of(task.id):
        if is_open(action):
            yield dotted(action.what, view.name_of(action.who), show_date(action.due))


def _answers(view: MenteeView, task: Task) -> Iterator[str]:
    """Yield what was said about the task in talks, the newest first (R45)."""
    for answer in view.answers_about(task.id)[: -NEWEST - 1 : -1]:
        talk = view.talk(answer.talk_id)
        words = first_line(answer.mentee) or first_line(answer.mentor)
        if talk is not None and words:
            yield _("Talk {number}: {text}").format(number=talk.number, text=words)


def _origin(view: MenteeView, task: Task) -> str:
    """Return the talk or the need from which the task was made; "" if none (R13, R14)."""
    talk = view.talk(task.origin) if task.origin else None
    if talk is not None:
        return _("talk {number}").format(number=talk.number)
    need = view.need(task.origin) if task.origin else None
    return _("need: {area}").format(area=need.area) if need else ""


def _notes(view: MenteeView, task: Task) -> Iterator[str]:
    """Yield the notes on a task, the newest first, with their day and kind."""
    mine = [note for note in view.notes_of(task.id) if note.text.strip()]
    for note in mine[: -NEWEST - 1 : -1]:
        day = show_date(note.at.date()) if note.at else ""
        kind = "" if note.kind is NoteKind.NOTE else word(note.kind)
        yield f"{dotted(day, kind)}: {note.text.strip()}" if day or kind else note.text.strip()


# -- the line above the plan ----------------------------------------------------------------------


def progress_text(view: MenteeView) -> str:
    """Return how many tasks the mentee does independently; "" if there is nothing to count."""
    progress = professional(view.tasks)
    if progress.percent is None:
        return ""
    text = _("{percent}% of the steps · {done} of {number} done independently")
    return glyphs(text).format(done=progress.done, number=progress.of, percent=progress.percent)


def agreed_texts(view: MenteeView, since: SinceAgreed) -> list[str]:
    """Return when and by whom the plan was agreed, and what has changed since then (R15)."""
    if view.mentee.plan_agreed_on is None:
        return [_("not agreed yet (F9)")] if view.tasks else []
    return agreed_words(view.mentee, since)
