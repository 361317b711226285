"""Templates of plans: tasks and learning goals without a person, their days counted from the start.

The workplace's library and the user's own folder hold one TOML file for each. This file says what
such a file may hold, reads it, and writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from data.dates import EntryError
from data.durations import LONGEST, DurationProblem, parse_duration, show_duration
from data.frozen import immutable
from data.i18n import _
from data.library.offsets import parse_offset, write_offset
from data.records import GoalKind, Priority
from data.text import line, lines

_Choice = TypeVar("_Choice", bound=StrEnum)
_Value = TypeVar("_Value")


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
class TemplateFault:
    """What is wrong with the file of a template."""

    at: tuple[str | int, ...]
    """Where in the file: the keys, and the places in lists from 0, as in ("task", 3, "title")."""
    what: str
    """What is wrong and what to write instead: a sentence in the language in use."""


@immutable
class ReadTemplate:
    """A template as it was read; None if anything in its file is wrong."""

    template: PlanTemplate | None
    faults: tuple[TemplateFault, ...] = ()


# Reading


def template_of(key: str, values: Mapping[str, object]) -> ReadTemplate:
    """Return the template that a file holds, or all that is wrong with it.

    Args:
        key: The name of the file without ".toml".
        values: What `tomllib` made of the file.
    """
    table = _Table((), values, [])
    table.only("name", "about", "task")
    name, about = table.needed("name"), table.text("about", lines)
    rows = tuple(map(_row_of, table.tables("task")))
    if not rows and not table.faults:
        table.fault("task", _("A template needs at least one [[task]]."))
    if table.faults:
        return ReadTemplate(None, tuple(table.faults))
    return ReadTemplate(PlanTemplate(key, name, about, rows))


def _row_of(table: _Table) -> TemplateRow:
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


def _goal_of(table: _Table) -> TemplateGoal:
    table.only("text", "kind", "due")
    kind = table.choice("kind", GoalKind) or GoalKind.SKILL
    return TemplateGoal(table.needed("text"), kind, table.offset("due"))


@immutable
class _Table:
    """A table of the file, with its place, and the list that its faults are added to."""

    at: tuple[str | int, ...]
    values: Mapping[str, object]
    faults: list[TemplateFault]

    def fault(self, key: str, what: str) -> None:
        self.faults.append(TemplateFault((*self.at, key) if key else self.at, what))

    def only(self, *allowed: str) -> None:
        for key in self.values:
            if key not in allowed:
                what = _("“{key}” is not known here; known are {keys}.")
                self.fault(key, what.format(key=line(key)[:40], keys=", ".join(allowed)))

    def text(self, key: str, tidy: Callable[[str], str] = line) -> str:
        value = self.values.get(key, "")
        if isinstance(value, str):
            return tidy(value)
        self.fault(key, _("“{key}” must be a text in quotation marks.").format(key=key))
        return ""

    def needed(self, key: str) -> str:
        value = self.text(key)
        if not value and isinstance(self.values.get(key, ""), str):
            self.fault(key, _("“{key}” is needed, and must not be empty.").format(key=key))
        return value

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if isinstance(value, bool):
            return value
        self.fault(key, _("“{key}” must be true or false.").format(key=key))
        return False

    def choice(self, key: str, kind: type[_Choice]) -> _Choice | None:
        value = self.values.get(key)
        if value is None or value in list(kind):
            return kind(str(value)) if value else None
        names = ", ".join(f'"{one}"' for one in kind)
        self.fault(key, _("“{key}” must be one of {names}.").format(key=key, names=names))
        return None

    def offset(self, key: str) -> int | None:
        value = self.values.get(key)
        return None if value is None else self._read(key, lambda: parse_offset(value))

    def minutes(self, key: str) -> int | None:
        value = self.values.get(key)
        return None if value is None else self._read(key, lambda: _minutes_of(value))

    def _read(self, key: str, read: Callable[[], _Value]) -> _Value | None:
        try:
            return read()
        except EntryError as problem:
            self.fault(key, f"{key}: {problem}")
            return None

    def tables(self, key: str) -> Iterator[_Table]:
        found = self.values.get(key, [])
        if not isinstance(found, list):
            self.fault(key, _("“{key}” must be a list of tables.").format(key=key))
            return
        for place, one in enumerate(found):
            at = (*self.at, key, place)
            if isinstance(one, dict):
                yield _Table(at, one, self.faults)
            else:
                what = _("“{key}” must be a list of tables.").format(key=key)
                self.faults.append(TemplateFault(at, what))


def _minutes_of(value: object) -> int | None:
    """Return the minutes of an estimate: "3 t", "45 min", or a whole number of minutes.

    Raises DurationProblem for anything else.
    """
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LONGEST:
        return value
    if isinstance(value, str):
        return parse_duration(value)
    raise DurationProblem(_("It must be a time such as “3 h” or “45 min”, or minutes."))


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
        tables.append(table)
    document["task"] = tables
    return tomlkit.dumps(document)


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
