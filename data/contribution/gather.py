"""What there is to give to the library: tips, questions, tasks of templates and plans, times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from data.contribution.line import Line, QuestionLine, TaskTime, TipLine, line_of
from data.library.shared import Shared, shared
from data.library.templates import PlanTemplate, TemplateRow
from data.method.no_names import Names, without_names
from data.method.talk.questions import in_order
from data.records import Question, Tip
from data.store.store import Store
from data.text import danish_key, line, words_key


@dataclass(frozen=True, slots=True)
class Sources:
    """What the lines are made of."""

    tips: tuple[Tip, ...] = ()
    questions: tuple[Question, ...] = ()
    templates: tuple[PlanTemplate, ...] = ()
    """The mentor's own templates, then plans as templates; the first one of a task counts."""
    times: tuple[TaskTime, ...] = ()


def gathered(found: Sources, names: Names, library: Shared | None) -> list[Line]:
    """Return the lines that can be given, without names, each of them once.

    What the library of the workplace has already is left out.

    Args:
        found: What the lines are made of.
        names: Who may not be named.
        library: The library of the workplace that is in use; None where there is none.
    """
    known = set(_known(library)) if library is not None else set()
    lines = []
    for one in _lines(found, names):
        if (key := _same(one.value)) not in known:
            known.add(key)
            lines.append(one)
    return lines


def sources(store: Store, templates: Iterable[PlanTemplate], times: Iterable[TaskTime]) -> Sources:
    """Return what the lines of a store are made of, and of these templates and times."""
    tips = sorted(store.all(Tip), key=lambda tip: (danish_key(tip.task_type), tip.id))
    return Sources(
        tuple(tips), tuple(in_order(store.all(Question))), tuple(templates), tuple(times)
    )


def offered(store: Store, templates: Iterable[PlanTemplate], names: Names) -> list[Line]:
    """Return the lines that can be given from a store, and from these templates."""
    # Lazy loading: what counts is loaded when somebody contributes.
    from data.contribution.times import task_times

    found = sources(store, templates, task_times(store.tables()))
    return gathered(found, names, shared())


def _lines(found: Sources, names: Names) -> Iterator[Line]:
    def clean(text: str) -> str:
        return line(without_names(text, names))

    for tip in found.tips:
        if text := without_names(tip.text, names).strip():
            yield line_of(TipLine(text, clean(tip.task_type)))
    for one in found.questions:
        if text := clean(one.text):
            yield line_of(QuestionLine(text, tuple(filter(None, map(clean, one.probes)))))
    for template in found.templates:
        for row in template.rows:
            yield line_of(_row(row, names), clean(template.name))
    for time in found.times:
        yield line_of(replace(time, type=clean(time.type)))


def _row(row: TemplateRow, names: Names) -> TemplateRow:
    """Return a task without names: a template may have been written by hand."""
    return replace(
        row,
        title=line(without_names(row.title, names)),
        type=line(without_names(row.type, names)),
        description=without_names(row.description, names).strip(),
        goals=tuple(
            replace(goal, text=line(without_names(goal.text, names))) for goal in row.goals
        ),
    )


def _known(library: Shared) -> Iterator[tuple[str, ...]]:
    """Yield what the library has, as `_same` tells it."""
    for tip in library.tips:
        yield _same(TipLine(tip.text, tip.type))
    for question in library.questions:
        yield _same(QuestionLine(question.text))
    for template in library.templates:
        for row in template.rows if isinstance(template, PlanTemplate) else ():
            yield _same(row)


def _same(value: Any) -> tuple[str, ...]:
    """Return what two values share that say the same, however they are spelt."""
    if isinstance(value, TipLine):
        return "tip", words_key(value.type), words_key(value.text)
    if isinstance(value, QuestionLine):
        return "question", words_key(value.text)
    if isinstance(value, TemplateRow):
        return "task", words_key(value.title)
    return "time", words_key(value.type)
