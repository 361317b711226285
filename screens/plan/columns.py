"""The columns of the plan: what a cell shows, how it is edited, and what the edit changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data.clock import today
from data.dates import show_date, show_near
from data.durations import parse_duration, show_duration
from data.i18n import N_, _
from data.method.plan.agreed import SinceAgreed
from data.method.plan.changes import set_step
from data.method.plan.progress import STEPS
from data.method.plan.recall import task_types
from data.method.sparring import RESTING, is_due
from data.method.view import MenteeView
from data.method.words import word
from data.records import GoalStatus, Mentee, Priority, Step, Task, TaskStatus
from data.store.change import Change
from data.store.store import Store
from data.text import line, match_names
from screens.frame.entries import (
    choices,
    dates_from,
    duration_check,
    person_check,
    person_id,
    person_suggest,
)
from widgets.glyphs import glyphs
from widgets.grid import Column, Row, Tone

LONG = ("description", "next_step", "potential")
"""Fields of a task that are written at length, in the pane."""
DATE = 11
"""Cells for a date and the cursor behind it."""
EXTRA = "extra."
"""Begins the keys of the workplace's own columns (R16)."""
_SHORT_STEPS = {
    Step.OBSERVES: N_("Observes"),
    Step.TOGETHER: N_("Together"),
    Step.COACHED: N_("With sparring"),
    Step.INDEPENDENT: N_("Independent"),
}
"""Steps in words that fit a cell."""


def columns(store: Store, mentee: Mentee) -> tuple[Column, ...]:
    """Return the columns: those most used first, the workplace's own last."""
    day = dates_from(mentee.start).check
    step, person, names = _step_column(), person_check(store), person_suggest(store)

    def suggest_type(text: str) -> Sequence[str]:
        types = task_types(store.of(Task, mentee.id))
        return [types[i] for i in match_names(types, text)] if text.strip() else types

    fixed = (
        Column(
            "priority",
            _("Prio"),
            6,
            fixed=True,
            edit="choice",
            choices=choices(Priority, none=_("none")),
        ),
        Column("title", _("Task"), 20, 3, fixed=True, edit="text"),
    )
    loose = (
        step,
        Column("sparring_on", _("Sparring"), DATE, edit="text", check=day),
        Column("next_step", _("Next step"), 12, 2, edit="long"),
        Column("sparring_with", _("With whom"), 12, edit="text", check=person, suggest=names),
        Column("type", _("Task type"), 12, edit="text", suggest=suggest_type),
        Column("goals", _("Goals"), 6),
        Column("estimate_min", _("Expected"), 9, edit="text", check=duration_check),
        Column("status", _("Status"), 17, edit="choice", choices=choices(TaskStatus)),
        Column("potential", _("Potential"), 12, 1, edit="long"),
        Column("actual_min", _("Actual"), 7, edit="text", check=duration_check),
        Column("learned_on", _("Learned on"), DATE, edit="text", check=day),
        Column("first_used_on", _("First used"), DATE, edit="text", check=day),
        Column("checks", _("Quality"), 10),
    )
    own = tuple(Column(EXTRA + name, name, 12, edit="text") for name in mentee.columns)
    return fixed + loose + own


def _step_column() -> Column:
    """Space does not go through the steps one by one: each would stand in the history (R64)."""
    return Column(
        "step",
        _("Step"),
        18,
        edit="choice",
        choices=choices(Step, none=_("none")),
        quick=False,
    )


def step_text(step: Step | None) -> str:
    """Return how far along the steps a task is, as a picture and in words."""
    if step is None:
        return glyphs("○○○○")
    reached = STEPS.index(step) + 1
    return glyphs("●" * reached + "○" * (len(STEPS) - reached)) + f" {_(_SHORT_STEPS[step])}"


def goals_text(view: MenteeView, task: Task) -> str:
    """Return how many of the task's learning goals are reached."""
    goals = view.goals_of(task.id)
    if not goals:
        return glyphs("–")
    return f"{sum(goal.status is GoalStatus.REACHED for goal in goals)}/{len(goals)}"


def _checks_text(task: Task) -> str:
    if task.checks:
        return show_date(task.checks[-1].on)
    return _("wanted") if task.needs_check else ""


def row(view: MenteeView, task: Task, until: date, since: SinceAgreed) -> Row:
    """Return the row of a task; sparring due by `until` and what changed `since` are marked."""
    day = today()
    cells = {
        "priority": word(task.priority),
        "title": f"{since.sign(task.id)} {task.title}".lstrip(),
        "step": step_text(task.step),
        "sparring_on": show_near(task.sparring_on, day) if task.sparring_on else "",
        "next_step": task.next_step,
        "sparring_with": view.name_of(task.sparring_with),
        "type": task.type,
        "goals": goals_text(view, task),
        "estimate_min": show_duration(task.estimate_min),
        "status": word(task.status),
        "potential": task.potential,
        "actual_min": show_duration(task.actual_min),
        "learned_on": show_date(task.learned_on),
        "first_used_on": show_date(task.first_used_on),
        "checks": _checks_text(task),
    }
    cells |= {EXTRA + name: text for name, text in task.extra.items()}
    values = {
        "title": task.title,
        "priority": task.priority or "",
        "step": task.step or "",
        "status": task.status,
        "sparring_on": show_date(task.sparring_on),
    }
    return Row(task.id, cells, values=values, tones=_tones(view, task, until))


def _tones(view: MenteeView, task: Task, until: date) -> dict[str, Tone]:
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


def person_of(store: Store, view: MenteeView, known_id: str, text: str) -> tuple[str, list[Change]]:
    """Return the id of the person a typed name means, and what makes a new one.

    An unchanged name keeps its person, also one that is no longer offered.
    """
    if known_id and line(text) == line(view.name_of(known_id)):
        return known_id, []
    return person_id(store, text)


def typed(store: Store, view: MenteeView, task: Task, key: str, text: str) -> list[Change]:
    """Return what a typed cell or field changes; its check must have accepted the text.

    A task keeps its name where an empty one is given.
    """
    if key.startswith(EXTRA):
        name, value = key.removeprefix(EXTRA), line(text)
        extra = {**task.extra, name: value}
        return [Change.edited(task, extra={k: v for k, v in extra.items() if v})]
    if key.endswith("_on"):
        return [Change.edited(task, **{key: dates_from(view.mentee.start).read(text)})]
    if key.endswith("_min"):
        return [Change.edited(task, **{key: parse_duration(text)})]
    if key == "sparring_with":
        person, new = person_of(store, view, task.sparring_with, text)
        return [*new, Change.edited(task, sparring_with=person)]
    if key == "title" and not line(text):
        return []
    return [Change.edited(task, **{key: line(text)})]


def chosen(task: Task, key: str, value: str, by: str) -> list[Change]:
    """Return what a choice in a cell changes; `by` is who notes a training step."""
    if key == "step":
        return [set_step(task, Step(value) if value else None, today(), by)]
    if key == "status":
        return [Change.edited(task, status=TaskStatus(value))]
    return [Change.edited(task, priority=Priority(value) if value else None)]


def own_columns(view: MenteeView, names: Sequence[str]) -> list[Change]:
    """Return what renames, adds and removes own columns; `names` go by place, "" is none (R16).

    What was written under a renamed column goes along. What was written under a removed one stays
    with the task, and is seen again if the column comes back.
    """
    kept: list[str] = []
    for name in names:
        if name and name not in kept:
            kept.append(name)
    renamed = {
        old: new
        for old, new in zip(view.mentee.columns, names, strict=False)
        if new and new != old and new not in view.mentee.columns
    }
    changes = [Change.edited(view.mentee, columns=tuple(kept))]
    for task in view.tasks:
        if renamed.keys() & task.extra.keys():
            extra = {renamed.get(name, name): text for name, text in task.extra.items()}
            changes.append(Change.edited(task, extra=extra))
    return changes
