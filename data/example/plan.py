"""The plan of a mentee of the example data: tasks with goals, needs in rounds, knowledge."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import Final

from data.example.draft import ExampleDraft
from data.library.prose import flow
from data.library.source import Section
from data.method.plan.agreed import agree
from data.method.view import MenteeView
from data.records import (
    CheckResult,
    Goal,
    GoalEntry,
    GoalKind,
    GoalStatus,
    Knowledge,
    KnowledgeKind,
    Mentee,
    Need,
    Priority,
    QualityCheck,
    Record,
    Source,
    Step,
    StepEntry,
    Task,
    TaskStatus,
)

_TASK: Final = (
    "key",
    "priority",
    "estimate_min",
    "actual_min",
    "sparring_on",
    "sparring_held_on",
    "with",
    "potential_source",
    "status",
    "needs_check",
    "learned_on",
    "first_used_on",
    "origin",
    "steps",
    "checks",
    "goals",
)


def records(draft: ExampleDraft) -> list[Record]:
    """Return the plan, the needs and the knowledge."""
    facts = draft.facts
    made: list[Record] = []
    for order, one in enumerate(facts.sections("task")):
        made += [_task(draft, one, order), *_goals(draft, one)]
    made += [_need(draft, one) for one in facts.sections("need")]
    made += [_knowledge(draft, one) for one in facts.sections("knowledge")]
    return made


def agreed(draft: ExampleDraft, made: list[Record]) -> list[Record]:
    """Return the records, with the plan stamped as agreed before its latest changes (R15)."""
    facts = draft.facts.section("mentee")
    changed = {draft.ref("task", one.text("task")): one for one in facts.sections("changed_since")}
    mentee = next(one for one in made if isinstance(one, Mentee))
    if mentee.plan_agreed_on is None:
        return made
    then = [
        _before(draft, one, changed[one.id]) if isinstance(one, Task) and one.id in changed else one
        for one in made
    ]
    view = MenteeView.of(mentee, then)
    by = mentee.plan_agreed_by
    initials = "".join(part[0] for part in by[0].split()) if by else ""
    stamped = agree(view, by, mentee.plan_agreed_on, initials).record
    return [stamped if one is mentee else one for one in made]


def _before(draft: ExampleDraft, task: Task, facts: Section) -> Task:
    """Return the task as it was when it was agreed on: the file has the values of then."""
    facts.only("task", "sparring_on", "estimate_min")
    day, minutes = draft.day(facts, "sparring_on"), facts.maybe_whole("estimate_min")
    return replace(
        task, sparring_on=day or task.sparring_on, estimate_min=minutes or task.estimate_min
    )


def _task(draft: ExampleDraft, facts: Section, order: int) -> Task:
    facts.only(*_TASK)
    key = facts.text("key")
    words = draft.words.section("task").section(key)
    words.only("title", "type", "description", "next_step", "potential", "checks", "goals")
    steps = tuple(_step(draft, one) for one in facts.sections("steps"))
    return Task(
        id=draft.make("task", key),
        mentee_id=draft.mentee_id,
        title=words.text("title"),
        type=words.text("type"),
        description=flow(words.text("description")),
        priority=facts.choice("priority", Priority),
        estimate_min=facts.maybe_whole("estimate_min"),
        actual_min=facts.maybe_whole("actual_min"),
        sparring_on=draft.day(facts, "sparring_on"),
        sparring_held_on=draft.day(facts, "sparring_held_on"),
        sparring_with=draft.person(facts.text("with", "")),
        next_step=words.text("next_step", ""),
        potential=words.text("potential", ""),
        potential_source=_source(facts),
        step=steps[-1].step if steps else None,
        step_log=steps,
        status=facts.choice("status", TaskStatus),
        needs_check=facts.flag("needs_check"),
        checks=_checks(draft, facts, words),
        learned_on=draft.day(facts, "learned_on"),
        first_used_on=draft.day(facts, "first_used_on"),
        order=float(order),
        origin=draft.ref("talk", facts.text("origin", "")),
    )


def _source(facts: Section) -> Source | None:
    return facts.choice("potential_source", Source) if "potential_source" in facts.values else None


def _step(draft: ExampleDraft, facts: Section) -> StepEntry:
    return StepEntry(
        step=facts.choice("step", Step),
        on=draft.must_day(facts, "on"),
        by=draft.name("mentor"),
        with_id=draft.person(facts.text("with", "")),
    )


def _checks(draft: ExampleDraft, facts: Section, words: Section) -> tuple[QualityCheck, ...]:
    pairs = zip_longest(facts.sections("checks"), words.texts("checks"))
    made = []
    for one, note in pairs:
        if one is None or note is None:
            raise words.fault("checks", "there is one text for each quality check of the task")
        made.append(
            QualityCheck(
                on=draft.must_day(one, "on"),
                by=draft.name(one.text("by")),
                result=one.choice("result", CheckResult),
                note=note,
            )
        )
    return tuple(made)


def _goals(draft: ExampleDraft, facts: Section) -> list[Goal]:
    """Return the goals of a task. The key of each is the task's key and a number from 1."""
    key = facts.text("key")
    words = draft.words.section("task").section(key)
    made = []
    for number, (one, text) in enumerate(
        zip_longest(facts.sections("goals"), words.texts("goals")), 1
    ):
        if one is None or text is None:
            raise words.fault("goals", "there is one text for each goal of the task")
        made.append(
            Goal(
                id=draft.make("goal", f"{key}.{number}"),
                mentee_id=draft.mentee_id,
                task_id=draft.ref("task", key),
                text=text,
                kind=one.choice("kind", GoalKind),
                status=one.choice("status", GoalStatus),
                due=draft.day(one, "due"),
                log=tuple(_entry(draft, line) for line in one.sections("log")),
                order=float(number),
            )
        )
    return made


def _entry(draft: ExampleDraft, facts: Section) -> GoalEntry:
    return GoalEntry(
        status=facts.choice("status", GoalStatus),
        on=draft.must_day(facts, "on"),
        talk_id=draft.ref("talk", facts.text("talk", "")),
    )


def _need(draft: ExampleDraft, facts: Section) -> Need:
    key = facts.text("key")
    words = draft.words.section("need").section(key)
    return Need(
        id=draft.make("need", key),
        mentee_id=draft.mentee_id,
        area=words.text("area"),
        round=facts.whole("round"),
        mentee_view=words.text("mentee_view"),
        mentor_view=words.text("mentor_view"),
        need=words.text("need"),
        priority=facts.choice("priority", Priority),
        on=draft.day(facts, "on"),
        origin=draft.ref("task", facts.text("origin", "")),
    )


def _knowledge(draft: ExampleDraft, facts: Section) -> Knowledge:
    key = facts.text("key")
    return Knowledge(
        id=draft.make("knowledge", key),
        mentee_id=draft.mentee_id,
        title=draft.words.section("knowledge").text(key),
        kind=facts.choice("kind", KnowledgeKind),
        task_ids=tuple(draft.ref("task", one) for one in facts.texts("tasks")),
        learned_on=draft.day(facts, "learned_on"),
        use_planned_on=draft.day(facts, "use_planned_on"),
        used_on=draft.day(facts, "used_on"),
    )
