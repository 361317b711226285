"""The fields of a task, in one table.

Grid, form, details, `mentor show`, search, the agreed stamp and the edits of talks all read this
table. So a new field of `Task` needs one new row here to be in all of them.

Each field has a `kind`. It decides how a value is shown as text (`text_of`), how typed text is read
(`typed`), and how a value is stored in a `PlanEdit` (`stored_text`) and shown again (`show_value`).
What only one screen needs is kept in that screen, such as the picture of the training steps in the
grid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum, StrEnum
from typing import Any, Final

from data.date_parts import Lean
from data.dates import show_date
from data.durations import parse_duration, show_duration
from data.frozen import immutable
from data.i18n import N_, _
from data.method.plan.changes import set_step
from data.method.view import MenteeView
from data.method.words import word
from data.records import GoalKind, GoalStatus, Priority, Source, Step, Task, TaskStatus
from data.text import line, lines
from data.typed_dates import parse_date

OWN: Final = "extra."
"""The keys of the workplace's own columns begin with this (R16)."""


class Kind(StrEnum):
    """What sort of value a field holds."""

    LINE = "line"
    LINES = "lines"
    DATE = "date"
    DURATION = "duration"
    """Minutes."""
    CHOICE = "choice"
    """A value of an enum, or none of them."""
    YES = "yes"
    """Yes or no."""
    PERSON = "person"
    """A person's id."""
    GOALS = "goals"
    """The learning goals, which are records of their own; each is a line of text."""
    LOG = "log"
    """A list that only grows. It has a form of its own to add to it."""


TEXTS: Final = (Kind.LINE, Kind.LINES)
"""Kinds of fields with text that people have written."""


@immutable
class Cell:
    """How the grid shows a field."""

    place: int
    """The number of the column. The workplace's own columns come last."""
    heading: str
    """Msgid: the heading of the column."""
    width: int
    """Least width in cells."""
    flex: int = 0
    """The column's share of the width that is left over, against those of other columns."""
    fixed: bool = False
    """Whether it stays in place while the other columns scroll sideways."""
    quick: bool = True
    """Whether space sets the next choice without a dialog."""


@immutable
class TaskField:
    """One row of the table."""

    key: str
    """The name of the attribute of `Task`; for an own column, `OWN` and its name."""
    label: str
    """Msgid: the name of the field; for an own column, its name as it was typed."""
    kind: Kind
    agreed: bool = False
    """Whether an agreement on the plan covers it (R15)."""
    values: type[StrEnum] | None = None
    """The enum that has the choices, if its kind is CHOICE."""
    lean: Lean = Lean.PLAN
    """Which day is meant where a date is typed that fits several, such as "Friday"."""
    may_be_none: bool = True
    """Whether the user can choose none of them."""
    cell: Cell | None = None
    """How the grid shows it; None if it does not."""
    brief: bool = False
    """Whether `mentor show` includes it in the line of a task."""

    @property
    def name(self) -> str:
        """The name of the field, translated; for an own column, as it was typed."""
        return self.label if self.is_own else _(self.label)

    @property
    def is_own(self) -> bool:
        """Whether it is one of the workplace's own columns."""
        return self.key.startswith(OWN)

    @property
    def is_choice(self) -> bool:
        """Whether its value is chosen, and not typed."""
        return self.kind in (Kind.CHOICE, Kind.YES)


_DAY: Final = 11
"""Cells for a date and the cursor behind it."""
FIELDS: Final = (
    TaskField(
        "title", N_("Task"), Kind.LINE, agreed=True, cell=Cell(2, N_("Task"), 20, 3, fixed=True)
    ),
    TaskField("type", N_("Task type"), Kind.LINE, agreed=True, cell=Cell(7, N_("Task type"), 12)),
    TaskField("description", N_("Description"), Kind.LINES, agreed=True),
    TaskField("goals", N_("Learning goals"), Kind.GOALS, cell=Cell(8, N_("Goals"), 6), brief=True),
    TaskField(
        "priority",
        N_("Priority"),
        Kind.CHOICE,
        agreed=True,
        values=Priority,
        cell=Cell(1, N_("Prio"), 6, fixed=True),
        brief=True,
    ),
    # Space does not go through the steps one by one: each would stand in the history (R64).
    TaskField(
        "step",
        N_("Training step"),
        Kind.CHOICE,
        values=Step,
        cell=Cell(3, N_("Training step"), 18, quick=False),
        brief=True,
    ),
    TaskField(
        "status",
        N_("Status"),
        Kind.CHOICE,
        values=TaskStatus,
        may_be_none=False,
        cell=Cell(10, N_("Status"), 17),
        brief=True,
    ),
    TaskField(
        "sparring_on",
        N_("Sparring when"),
        Kind.DATE,
        agreed=True,
        cell=Cell(4, N_("Sparring"), _DAY),
        brief=True,
    ),
    TaskField(
        "sparring_with",
        N_("Sparring with"),
        Kind.PERSON,
        agreed=True,
        cell=Cell(6, N_("With whom"), 12),
    ),
    TaskField("sparring_held_on", N_("Sparring held"), Kind.DATE, lean=Lean.PAST),
    TaskField(
        "next_step",
        N_("Next step"),
        Kind.LINES,
        agreed=True,
        cell=Cell(5, N_("Next step"), 12, 2),
        brief=True,
    ),
    TaskField("next_step_to_manager", N_("Next step to the manager"), Kind.YES),
    TaskField(
        "estimate_min",
        N_("Expected time"),
        Kind.DURATION,
        agreed=True,
        cell=Cell(9, N_("Expected"), 9),
    ),
    TaskField("actual_min", N_("Actual time"), Kind.DURATION, cell=Cell(12, N_("Actual"), 7)),
    TaskField(
        "potential",
        N_("Development potential"),
        Kind.LINES,
        agreed=True,
        cell=Cell(11, N_("Potential"), 12, 1),
    ),
    TaskField("potential_source", N_("Identified by"), Kind.CHOICE, values=Source),
    TaskField("needs_check", N_("Needs quality check"), Kind.YES, agreed=True),
    TaskField("checks", N_("Quality check"), Kind.LOG, cell=Cell(15, N_("Quality"), 10)),
    TaskField(
        "learned_on",
        N_("Learned on"),
        Kind.DATE,
        lean=Lean.PAST,
        cell=Cell(13, N_("Learned on"), _DAY),
    ),
    TaskField(
        "first_used_on",
        N_("First used on"),
        Kind.DATE,
        lean=Lean.PAST,
        cell=Cell(14, N_("First used"), _DAY),
    ),
)
"""All fields, in the order of the form."""
GUIDE: Final = (
    "priority",
    "title",
    "type",
    "description",
    "goals",
    "estimate_min",
    "sparring_on",
    "sparring_with",
    "next_step",
    "potential",
)
"""The columns that the guide asks for; they stand on paper even where they are empty."""
_BY_KEY: Final = {one.key: one for one in FIELDS}
_OF_GOALS: Final = {
    "goal.text": TaskField("goal.text", N_("Learning goal"), Kind.LINE),
    "goal.status": TaskField("goal.status", N_("Learning goal"), Kind.CHOICE, values=GoalStatus),
    "goal.due": TaskField("goal.due", N_("Learning goal due"), Kind.DATE),
    "goal.kind": TaskField("goal.kind", N_("Kind of learning goal"), Kind.CHOICE, values=GoalKind),
}
"""The fields of learning goals that a `PlanEdit` can be about."""


def own_field(name: str) -> TaskField:
    """Return the field of one of the workplace's own columns (R16)."""
    cell = Cell(len(FIELDS) + 1, name, 12)
    return TaskField(OWN + name, name, Kind.LINE, agreed=True, cell=cell)


def fields_of(columns: Sequence[str]) -> tuple[TaskField, ...]:
    """Return all fields of a plan that has these own columns."""
    return (*FIELDS, *map(own_field, columns))


def field_of(key: str) -> TaskField:
    """Return the field with this key. An unknown key is taken for an own column."""
    return _BY_KEY.get(key) or own_field(key.removeprefix(OWN))


def value_of(task: Task, key: str) -> Any:
    """Return the value of a field of a task. Goals are not among them: they are own records."""
    return task.extra.get(key.removeprefix(OWN), "") if key.startswith(OWN) else getattr(task, key)


# -- as text --------------------------------------------------------------------------------------

_TEXT_OF_KIND: Final[dict[Kind, Callable[[Any], str]]] = {
    Kind.DATE: show_date,
    Kind.DURATION: show_duration,
    Kind.CHOICE: word,
    Kind.YES: lambda value: _("yes") if value else "",
    Kind.LOG: lambda entries: show_date(entries[-1].on) if entries else "",
}


def text_of(field: TaskField, task: Task, view: MenteeView) -> str:
    """Return the value of a task's field as the user reads it; "" if there is none."""
    if field.kind is Kind.GOALS:
        return "\n".join(goal.text for goal in view.goals_of(task.id))
    return _as_text(field, value_of(task, field.key), view)


def _as_text(field: TaskField, value: Any, view: MenteeView) -> str:
    if field.kind is Kind.PERSON:
        return view.name_of(value)
    return _TEXT_OF_KIND.get(field.kind, str)(value)


# -- as typed -------------------------------------------------------------------------------------


@immutable
class Reading:
    """What is needed to read typed texts: the day, the mentee's first day, and who types."""

    today: date
    start: date | None
    """The first day at work, which "day 10" counts from."""
    by: str
    """The name of the one who notes a training step."""
    person: Callable[[str, str], str]
    """(id of the person before, typed name) -> id of the person who is meant, or ""."""


@immutable
class _Typed:
    """A text as it was typed into a field."""

    field: TaskField
    text: str
    before: Any
    """The value that the field had."""
    reading: Reading


def typed(task: Task, key: str, text: str, reading: Reading) -> Task:
    """Return the task with a field set to what was typed; for a choice, `text` is its value.

    If the title is empty, the task keeps its title. Raises `data.dates.EntryError` if the text
    cannot be read, and KeyError for learning goals and lists, which have forms of their own.
    """
    if key.startswith(OWN):
        extra = {**task.extra, key.removeprefix(OWN): line(text)}
        return replace(task, extra={name: written for name, written in extra.items() if written})
    field = _BY_KEY[key]
    value = _VALUE_OF_KIND[field.kind](_Typed(field, text, value_of(task, key), reading))
    if key == "title" and not value:
        return task
    if key == "step":
        step = value if isinstance(value, Step) else None
        after = set_step(task, step, reading.today, reading.by).after
        assert isinstance(after, Task)  # noqa: S101 - what set_step() returns
        return after
    changed: dict[str, Any] = {key: value}
    return replace(task, **changed)


_VALUE_OF_KIND: Final[dict[Kind, Callable[[_Typed], object]]] = {
    Kind.LINE: lambda typed: line(typed.text),
    Kind.LINES: lambda typed: lines(typed.text),
    Kind.DATE: lambda typed: parse_date(
        typed.text, typed.reading.today, typed.reading.start, typed.field.lean
    ),
    Kind.DURATION: lambda typed: parse_duration(typed.text),
    Kind.CHOICE: lambda typed: stored_value(typed.field, typed.text),
    Kind.YES: lambda typed: bool(typed.text),
    Kind.PERSON: lambda typed: typed.reading.person(typed.before, typed.text),
}


# -- as it is stored with a talk -------------------------------------------------------------------

EDITED: Final = tuple(one.key for one in FIELDS if one.kind not in (Kind.GOALS, Kind.LOG))
"""Keys of the fields whose edits a talk stores (R56)."""


def stored_text(value: object) -> str:
    """Return a value as a `PlanEdit` stores it.

    No value and no are "", yes is "yes", a date is in ISO format, and an enum is its value.
    """
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)


def stored_value(field: TaskField, text: str) -> Any:
    """Return the value that `stored_text` made this text of.

    Raises ValueError for a text that is no value of the field, as a newer program may have stored.
    """
    match field.kind:
        case Kind.DATE:
            return date.fromisoformat(text) if text else None
        case Kind.DURATION:
            return int(text) if text else None
        case Kind.CHOICE:
            return field.values(text) if text and field.values else None
        case Kind.YES:
            return bool(text)
    return text


def field_label(key: str) -> str:
    """Return the name of the field that a `PlanEdit` is about, translated."""
    return (_OF_GOALS.get(key) or field_of(key)).name


def show_value(key: str, text: str, view: MenteeView) -> str:
    """Return a text made by `stored_text` as the user reads it, for the field of a `PlanEdit`.

    A value that is unknown here, as from a newer program, is returned as it is stored.
    """
    field = _OF_GOALS.get(key) or field_of(key)
    lead = ""
    if key == "goal.status":  # the text of the goal is stored before its status
        goal, _sep, text = text.rpartition(": ")
        lead = f"{goal}: " if goal or text else ""
    try:
        return lead + _as_text(field, stored_value(field, text), view)
    except ValueError:
        return lead + text
