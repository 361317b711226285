"""The learning and competence plan: tasks, learning goals, needs and knowledge."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from data.frozen import Frozen, frozen
from data.records.base import MenteeRecord, text_field


class Priority(StrEnum):
    """How the mentor puts tasks in order (R61)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Step(StrEnum):
    """Training step of a task, from watching to independent (R64)."""

    OBSERVES = "observes"
    TOGETHER = "together"
    COACHED = "coached"
    INDEPENDENT = "independent"


class TaskStatus(StrEnum):
    """Where a task stands."""

    PLANNED = "planned"
    ACTIVE = "active"
    READY = "ready"
    """Ready for sparring."""
    DONE = "done"
    PARKED = "parked"


class Source(StrEnum):
    """Who pointed out a development potential (R72)."""

    MENTOR = "mentor"
    MANAGER = "manager"
    MENTEE = "mentee"


@frozen
class StepEntry(Frozen):
    """One line of a task's training history; never taken out again (R64)."""

    step: Step
    on: date
    by: str = ""
    with_id: str = ""
    """Person who trained along."""


class CheckResult(StrEnum):
    """Outcome of a quality check, never worded as an error (R65)."""

    FINE = "fine"
    ADJUSTED = "adjusted"


@frozen
class QualityCheck(Frozen):
    """One quality check of the task's work (R65)."""

    on: date
    by: str = ""
    result: CheckResult = CheckResult.FINE
    note: str = ""


@frozen
class Task(MenteeRecord):
    """A row of the plan (R17-R24, R61, R64, R65)."""

    table: ClassVar[str] = "tasks"

    title: str
    type: str = ""
    """Task type; reused across tasks, so that experience can be recalled (R17, R23)."""
    description: str = text_field()
    priority: Priority | None = None
    estimate_min: int | None = None
    """Estimated working time, in minutes (R20)."""
    actual_min: int | None = None
    sparring_on: date | None = None
    sparring_held_on: date | None = None
    """The latest day on which sparring about this task was held."""
    sparring_with: str = ""
    """Person id; not always the mentor (R22)."""
    next_step: str = text_field()
    potential: str = text_field()
    potential_source: Source | None = None
    step: Step | None = None
    step_log: tuple[StepEntry, ...] = ()
    status: TaskStatus = TaskStatus.PLANNED
    needs_check: bool = False
    checks: tuple[QualityCheck, ...] = ()
    learned_on: date | None = None
    first_used_on: date | None = None
    order: float = 0.0
    origin: str = ""
    """Id of the talk or need that the row came from (R13)."""
    extra: dict[str, str] = field(default_factory=dict)
    """Own columns of the workplace: name -> text (R16)."""


class GoalKind(StrEnum):
    """Kind of learning goal (R18)."""

    KNOWLEDGE = "knowledge"
    SKILL = "skill"
    COMPETENCE = "competence"


class GoalStatus(StrEnum):
    """Where a learning goal stands."""

    OPEN = "open"
    WORKING = "working"
    REACHED = "reached"


@frozen
class GoalEntry(Frozen):
    """One change of a goal's status, and the talk it was made in (R34)."""

    status: GoalStatus
    on: date
    talk_id: str = ""


@frozen
class Goal(MenteeRecord):
    """A learning goal of a task; a task may have several (R18)."""

    table: ClassVar[str] = "goals"

    task_id: str
    text: str
    kind: GoalKind = GoalKind.SKILL
    status: GoalStatus = GoalStatus.OPEN
    due: date | None = None
    log: tuple[GoalEntry, ...] = ()
    order: float = 0.0


@frozen
class Need(MenteeRecord):
    """A development need, seen by both, in one round of the map (R14)."""

    table: ClassVar[str] = "needs"

    area: str
    round: int = 1
    mentee_view: str = text_field()
    mentor_view: str = text_field()
    need: str = text_field()
    priority: Priority | None = None
    on: date | None = None
    origin: str = ""
    """Id of the task whose potential it came from (R24)."""


class KnowledgeKind(StrEnum):
    """What sort of knowledge it is (R81)."""

    COURSE = "course"
    RULE = "rule"
    SYSTEM = "system"
    READING = "reading"


@frozen
class Knowledge(MenteeRecord):
    """Something learned that must be tied to tasks and used soon (R81, R82)."""

    table: ClassVar[str] = "knowledge"

    title: str
    kind: KnowledgeKind = KnowledgeKind.COURSE
    task_ids: tuple[str, ...] = ()
    learned_on: date | None = None
    use_planned_on: date | None = None
    used_on: date | None = None
