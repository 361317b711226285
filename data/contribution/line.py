"""The lines that a mentor can give to the library of the workplace (R63, R85).

A line is what the library could hold: a tip, a question, a task of a template; or how long tasks of
a type have taken. It names nobody, and is in a file when the mentor has read it and said yes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from data.dates import EntryError
from data.digest import sha256
from data.durations import show_duration
from data.i18n import N_, _, ngettext
from data.library.offsets import write_offset
from data.library.templates import TemplateGoal, TemplateRow
from data.method.no_names import Names, without_names
from data.method.words import word
from data.text import line as one_line
from data.text import lines as several_lines


class Sort(StrEnum):
    """What a line is, in the order in which the lines are shown and written."""

    TIP = "tip"
    QUESTION = "question"
    TASK = "task"
    TIME = "time"


_SORT_NAMES: Final = {
    Sort.TIP: N_("Tip"),
    Sort.QUESTION: N_("Question"),
    Sort.TASK: N_("Task"),
    Sort.TIME: N_("Time taken"),
}


@dataclass(frozen=True, slots=True)
class TipLine:
    """A tip, and the type of task that it is about; "" where it helps with every task."""

    text: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question for talks, with its follow-up questions."""

    text: str
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskTime:
    """How long the tasks of a type have taken, on average, of enough mentees to name none."""

    type: str
    expected_min: int
    took_min: int
    tasks: int
    """How many tasks it is the average of."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something to give to the library."""

    key: str
    """What tells it from all others: the same for the same words, also after an edit of them."""
    value: TipLine | QuestionLine | TemplateRow | TaskTime
    source: str = ""
    """For a task: the name of the template or plan that it comes from."""

    @property
    def sort(self) -> Sort:
        """What it is."""
        kinds = {TipLine: Sort.TIP, QuestionLine: Sort.QUESTION, TemplateRow: Sort.TASK}
        return kinds.get(type(self.value), Sort.TIME)

    @property
    def name(self) -> str:
        """What it is, translated: "Tip"."""
        return _(_SORT_NAMES[self.sort])

    @property
    def about(self) -> str:
        """The type of task that it is about; for a question, and where there is none, ""."""
        return "" if isinstance(self.value, QuestionLine) else self.value.type


def line_of(value: TipLine | QuestionLine | TemplateRow | TaskTime, source: str = "") -> Line:
    """Return the line of a value, with its key."""
    return Line(
        sha256(f"{type(value).__name__}:{value!r}:{source}".encode()).hex()[:16], value, source
    )


# What is shown


def in_words(line: Line) -> list[str]:
    """Return all that a line says, translated: what it is about first, then what else there is."""
    value = line.value
    if isinstance(value, TipLine):
        return [*value.text.split("\n")]
    if isinstance(value, QuestionLine):
        return [value.text, *(f"- {probe}" for probe in value.probes)]
    if isinstance(value, TaskTime):
        return [time_text(value)]
    said = [value.title, *filter(None, value.description.split("\n"))]
    if facts := _facts(value):
        said.append("; ".join(facts))
    return [*said, *(f"- {_goal(value, place)}" for place in range(len(value.goals)))]


def time_text(value: TaskTime) -> str:
    """Return how long tasks of a type have taken: "Journal: expected 3 h, took 4 h, 9 tasks"."""
    return ngettext(
        "{type}: expected {expected}, took {took}, {number} task",
        "{type}: expected {expected}, took {took}, {number} tasks",
        value.tasks,
    ).format(
        type=value.type,
        expected=show_duration(value.expected_min),
        took=show_duration(value.took_min),
        number=value.tasks,
    )


def _facts(row: TemplateRow) -> list[str]:
    priority = _("priority: {priority}").format(priority=word(row.priority)) if row.priority else ""
    expected = _("expected time: {time}").format(time=show_duration(row.estimate_min))
    sparring = _("sparring: {day}").format(day=write_offset(row.sparring or 0))
    return [
        *filter(None, [priority]),
        *([expected] if row.estimate_min is not None else ()),
        *([sparring] if row.sparring is not None else ()),
        *([_("quality is checked")] if row.needs_check else ()),
    ]


def _goal(row: TemplateRow, place: int) -> str:
    goal = row.goals[place]
    facts = [word(goal.kind), *([write_offset(goal.due)] if goal.due is not None else ())]
    return f"{goal.text} ({', '.join(facts)})"


# What can be edited


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a line that can be edited."""

    key: str
    label: str
    text: str
    several: bool = False
    """Whether it may have several lines."""
    required: bool = False


def words_of(line: Line) -> Sequence[Words]:
    """Return the texts of a line that can be edited; none of a time, for it is counted."""
    value = line.value
    if isinstance(value, TipLine):
        return (
            Words("text", _("Tip"), value.text, several=True, required=True),
            Words("type", _("Task type"), value.type),
        )
    if isinstance(value, QuestionLine):
        return (
            Words("text", _("Question"), value.text, required=True),
            Words("probes", _("Follow-up questions"), "\n".join(value.probes), several=True),
        )
    if isinstance(value, TaskTime):
        return ()
    goals = "\n".join(goal.text for goal in value.goals)
    return (
        Words("title", _("Task"), value.title, required=True),
        Words("type", _("Task type"), value.type),
        Words("description", _("Description"), value.description, several=True),
        Words("goals", _("Learning goals"), goals, several=True),
    )


def with_words(line: Line, texts: Mapping[str, str], names: Names) -> Line:
    """Return the line with other words. It keeps its key, and names nobody, whatever was typed.

    Args:
        line: The line.
        texts: Key of each of `words_of` -> its text; what is left out stays.
        names: Who may not be named.

    Raises:
        EntryError: A text that is needed is empty.
    """
    now = {one.key: texts.get(one.key, one.text) for one in words_of(line)}
    found = {key: without_names(text, names) for key, text in now.items()}
    for one in words_of(line):
        if one.required and not found[one.key].strip():
            raise EntryError(_("“{label}” must not be empty.").format(label=one.label))
    return replace(line, value=_with(line.value, found))


def _with(
    value: TipLine | QuestionLine | TemplateRow | TaskTime, texts: Mapping[str, str]
) -> TipLine | QuestionLine | TemplateRow | TaskTime:
    if isinstance(value, TipLine):
        return TipLine(several_lines(texts["text"]), one_line(texts["type"]))
    if isinstance(value, QuestionLine):
        return QuestionLine(one_line(texts["text"]), _each(texts["probes"]))
    if isinstance(value, TaskTime):
        return value
    goals = _each(texts["goals"])
    kept = value.goals[: len(goals)]
    return replace(
        value,
        title=one_line(texts["title"]),
        type=one_line(texts["type"]),
        description=several_lines(texts["description"]),
        goals=(
            *(replace(goal, text=text) for goal, text in zip(kept, goals, strict=False)),
            *(TemplateGoal(text) for text in goals[len(kept) :]),
        ),
    )


def _each(text: str) -> tuple[str, ...]:
    return tuple(found for part in text.split("\n") if (found := one_line(part)))
