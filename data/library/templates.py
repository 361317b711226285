"""Templates of plans: tasks and learning goals without a person, their days counted from the start.

The workplace's library and the user's own folder hold one TOML file for each. This file says what
such a file may hold, reads it, and writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.durations import show_duration
from data.frozen import immutable
from data.i18n import _
from data.library.offsets import write_offset
from data.library.tables import Fault, Table
from data.records import GoalKind, Priority
from data.text import lines


@immutable
class TemplateGoal:
    """A learning goal of a row of a template."""

    text: str
    kind: GoalKind = GoalKind.SKILL
    due: int | None = None
    """Days from the first day at work; None for no date."""


@immutable
class TemplateRow:
    """A task of a template."""

    title: str
    type: str = ""
    description: str = ""
    priority: Priority | None = None
    estimate_min: int | None = None
    """The working time that it is expected to take, in minutes."""
    sparring: int | None = None
    """The day of the sparring: days from the first day at work; None for no date."""
    needs_check: bool = False
    """Whether the work on the task is to be checked."""
    goals: tuple[TemplateGoal, ...] = ()


@immutable
class PlanTemplate:
    """A plan that a mentee's plan can begin from."""

    key: str
    """The name of its file without ".toml"."""
    name: str
    about: str = ""
    """What it is for, in a line or two."""
    rows: tuple[TemplateRow, ...] = ()


@immutable
class ReadTemplate:
    """A template as it was read; None if anything in its file is wrong."""

    template: PlanTemplate | None
    faults: tuple[Fault, ...] = ()


# Reading


def template_of(key: str, values: Mapping[str, object]) -> ReadTemplate:
    """Return the template that a file holds, or all that is wrong with it.

    Args:
        key: The name of the file without ".toml".
        values: What `tomllib` made of the file.
    """
    table = Table((), values, [])
    table.only("name", "about", "task")
    name, about = table.needed("name"), table.text("about", lines)
    rows = tuple(map(_row_of, table.tables("task")))
    if not rows and not table.faults:
        table.fault("task", _("A template needs at least one [[task]]."))
    if table.faults:
        return ReadTemplate(None, tuple(table.faults))
    return ReadTemplate(PlanTemplate(key, name, about, rows))


def _row_of(table: Table) -> TemplateRow:
    table.only(
        "title", "type", "description", "priority", "estimate", "sparring", "check", "goals"
    )  # fmt: skip
    return TemplateRow(
        table.needed("title"),
        table.text("type"),
        table.text("description", lines),
        table.choice("priority", Priority),
        table.minutes("estimate"),
        table.offset("sparring"),
        table.flag("check"),
        tuple(map(_goal_of, table.tables("goals"))),
    )


def _goal_of(table: Table) -> TemplateGoal:
    table.only("text", "kind", "due")
    kind = table.choice("kind", GoalKind) or GoalKind.SKILL
    return TemplateGoal(table.needed("text"), kind, table.offset("due"))


# Writing


def template_text(template: PlanTemplate) -> str:
    """Return what a template's file holds, to be read and changed by hand.

    `template_of` makes the same template of it. Days and durations are written in the language in
    use; they are read in both.
    """
    import tomlkit  # loaded when first needed: it takes a tenth of a second

    document = tomlkit.document()
    document.update({"name": template.name, **_given(about=template.about)})
    tables = tomlkit.aot()
    for row in template.rows:
        tables.append(row_table(row))
    document["task"] = tables
    return tomlkit.dumps(document)


def row_table(row: TemplateRow) -> Any:
    """Return a task as a table of tomlkit, as it stands in the file of a template."""
    import tomlkit  # loaded when first needed: it takes a tenth of a second

    table = tomlkit.table()
    table.update({"title": row.title, **_given(type=row.type)})
    if row.description:
        several = "\n" in row.description
        table["description"] = tomlkit.string(row.description, multiline=several)
    table.update(
        _given(
            priority=row.priority.value if row.priority else "",
            estimate="" if row.estimate_min is None else show_duration(row.estimate_min),
            sparring="" if row.sparring is None else write_offset(row.sparring),
            check=row.needs_check,
        )
    )
    if row.goals:
        table["goals"] = _goals_written(row.goals)
    return table


def _goals_written(goals: tuple[TemplateGoal, ...]) -> Any:
    """Return the goals of a row as tomlkit writes them: a list with one of them on each line."""
    import tomlkit  # loaded when first needed: it takes a tenth of a second

    written = tomlkit.array()
    for goal in goals:
        table = tomlkit.inline_table()
        due = "" if goal.due is None else write_offset(goal.due)
        table.update({"text": goal.text, "kind": goal.kind.value, **_given(due=due)})
        written.append(table)
    return written.multiline(True)


def _given(**values: str | bool) -> dict[str, str | bool]:
    """Return the values that say something: a file is shorter to read without the others."""
    return {key: value for key, value in values.items() if value}
