"""The columns of the plan: what their cells show and how they are edited; own columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, Literal

from data.clock import today
from data.dates import show_date, show_near
from data.i18n import _
from data.method.plan.agreed import SinceAgreed
from data.method.plan.fields import FIELDS, Kind, fields_of, stored_text, text_of, value_of
from data.method.plan.progress import STEPS
from data.method.sparring import RESTING, is_due, was_held
from data.method.view import MenteeView
from data.method.words import short_step
from data.records import GoalStatus, Mentee, Task
from data.store.change import Change
from data.store.store import Store
from screens.frame.entries import person_new
from screens.plan.asked import Asked
from widgets.glyphs import glyphs
from widgets.grid import Column, Row, Tone

LONG = tuple(one.key for one in FIELDS if one.kind is Kind.LINES)
"""Keys of the fields with long texts, which are written in the pane."""
_EDITS: Final[dict[Kind, Literal["text", "choice", "long"]]] = {
    Kind.LINE: "text",
    Kind.DATE: "text",
    Kind.DURATION: "text",
    Kind.PERSON: "text",
    Kind.CHOICE: "choice",
    Kind.YES: "choice",
    Kind.LINES: "long",
}
"""How a cell is edited, by the kind of its field. Other kinds open a form or a pane."""


def columns(store: Store, mentee: Mentee) -> tuple[Column, ...]:
    """Return the columns of a mentee's plan: the most used first, the workplace's own last."""
    shown = [(one, one.cell) for one in fields_of(mentee.columns) if one.cell]
    asked = Asked(store, mentee)
    return tuple(
        Column(
            field.key,
            cell.heading if field.is_own else _(cell.heading),
            cell.width,
            cell.flex,
            fixed=cell.fixed,
            names=field.key == "title",
            edit=_EDITS.get(field.kind, ""),
            choices=asked.choices(field),
            quick=cell.quick,
            check=asked.check(field),
            suggest=asked.suggest(field),
            asks=person_new(store) if field.kind is Kind.PERSON else None,
        )
        for field, cell in sorted(shown, key=lambda pair: pair[1].place)
    )


def _step_text(_view: MenteeView, task: Task) -> str:
    """Return the training step that a task has reached, as a picture and in words."""
    if task.step is None:
        return glyphs("○○○○")
    reached = STEPS.index(task.step) + 1
    picture = glyphs("●" * reached + "○" * (len(STEPS) - reached))
    return f"{picture} {short_step(task.step)}"


def _goals_text(view: MenteeView, task: Task) -> str:
    """Return how many of the task's learning goals are reached, such as "1/3"."""
    goals = view.goals_of(task.id)
    if not goals:
        return glyphs("–")
    return f"{sum(goal.status is GoalStatus.REACHED for goal in goals)}/{len(goals)}"


def _checks_text(_view: MenteeView, task: Task) -> str:
    """Return the day of the last quality check, or that one is wanted."""
    if task.checks:
        return show_date(task.checks[-1].on)
    return _("requested") if task.needs_check else ""


def _sparring_text(_view: MenteeView, task: Task) -> str:
    """Return the day for which sparring is agreed; once it was held, on which day that was."""
    if task.sparring_held_on and was_held(task):
        return glyphs("✓ ") + show_near(task.sparring_held_on, today())
    return show_near(task.sparring_on, today()) if task.sparring_on else ""


_PICTURES: Final[dict[str, Callable[[MenteeView, Task], str]]] = {
    "step": _step_text,
    "goals": _goals_text,
    "checks": _checks_text,
    "sparring_on": _sparring_text,
}
"""For fields whose cell does not show the field's text: what it shows instead."""


def row(view: MenteeView, task: Task, until: date, since: SinceAgreed) -> Row:
    """Return the row of a task.

    Args:
        view: The mentee's records.
        task: The task.
        until: Sparring that is due by this day is marked.
        since: What has changed since the plan was agreed; such a task is marked.
    """
    cells, values, words = {}, {}, {"title": task.title}
    for field in fields_of(view.mentee.columns):
        if field.cell is None:
            continue
        picture, text = _PICTURES.get(field.key), text_of(field, task, view)
        cells[field.key] = picture(view, task) if picture else text
        if field.key == "step" and text:
            words["step"] = text
        values[field.key] = stored_text(value_of(task, field.key)) if field.is_choice else text
    cells["title"] = f"{since.sign(task.id)} {task.title}".lstrip()
    return Row(task.id, cells, values=values, tones=_tones(view, task, until), words=words)


def _tones(view: MenteeView, task: Task, until: date) -> dict[str, Tone]:
    """Return how the cells of a task are drawn: quietly if it rests, marked if something is due."""
    if task.status in RESTING:
        return {"title": "muted", "next_step": "muted", "status": "muted"}
    tones: dict[str, Tone] = {"priority": "muted", "sparring_with": "muted"}
    if is_due(task, until):
        tones["sparring_on"] = "mark"
    if not view.goals_of(task.id):
        tones["goals"] = "mark"
    if task.needs_check and not task.checks:
        tones["checks"] = "mark"
    return tones


def own_columns(view: MenteeView, names: Sequence[str]) -> list[Change]:
    """Return the changes that rename, add and remove the workplace's own columns (R16).

    What was written in a renamed column goes along. What was written in a removed column stays with
    the task, and is shown again if a column with the same name is added.

    Args:
        view: The mentee's records as the user saw them.
        names: The new names. The first one takes the place of the first column's name, and so on;
            "" removes that column.
    """
    new_names: list[str] = []
    for name in names:
        if name and name not in new_names:
            new_names.append(name)
    renamed = {
        old: new
        for old, new in zip(view.mentee.columns, names, strict=False)
        if new and new != old and new not in view.mentee.columns
    }
    changes = [Change.edited(view.mentee, columns=tuple(new_names))]
    for task in view.tasks:
        if renamed.keys() & task.extra.keys():
            extra = {renamed.get(name, name): text for name, text in task.extra.items()}
            changes.append(Change.edited(task, extra=extra))
    return changes
