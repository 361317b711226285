"""The plan of learning and competence: tasks, learning goals, development needs and knowledge."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from data.frozen import Frozen, frozen
from data.records.base import PASSING, MenteeRecord, owner, refers, text_field


class Priority(StrEnum):
    """How important a task or a need is (R61)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Step(StrEnum):
    """A training step: how far the mentee has come with a task, from watching to doing it (R64)."""

    OBSERVES = "observes"
    """The mentee watches somebody else do it."""
    TOGETHER = "together"
    """The mentee does it together with somebody."""
    COACHED = "coached"
    """The mentee does it, with somebody to ask."""
    INDEPENDENT = "independent"
    """The mentee does it alone."""


class TaskStatus(StrEnum):
    """How far the work on a task has come."""

    PLANNED = "planned"
    ACTIVE = "active"
    READY = "ready"
    """It is ready for sparring: a short talk about it with a colleague."""
    DONE = "done"
    PARKED = "parked"
    """It waits, and is left out of what is due and of the progress."""


class Source(StrEnum):
    """Who identified a development potential (R72)."""

    MENTOR = "mentor"
    MANAGER = "manager"
    MENTEE = "mentee"


@frozen
class StepEntry(Frozen):
    """A training step that the mentee came to with a task. No entry is ever removed (R64)."""

    step: Step
    on: date
    """The day on which the mentee came to it."""
    by: str = ""
    """Who noted it."""
    with_id: str = ""
    """Id of the person who trained the mentee."""


class CheckResult(StrEnum):
    """The result of a quality check. It is never called an error (R65)."""

    FINE = "fine"
    ADJUSTED = "adjusted"


@frozen
class QualityCheck(Frozen):
    """A check of the mentee's work on a task (R65)."""

    on: date
    by: str = ""
    """Who checked it."""
    result: CheckResult = CheckResult.FINE
    note: str = ""


@frozen
class Task(MenteeRecord):
    """A task that the mentee is to learn: a row of the plan (R17-R24, R61, R64, R65)."""

    table: ClassVar[str] = "tasks"

    title: str
    type: str = ""
    """The type of task, in any words. Tasks of a type recall the experience with each other (R17,
    R23)."""
    description: str = text_field()
    priority: Priority | None = None
    estimate_min: int | None = None
    """The working time that the task is expected to take, in minutes (R20)."""
    actual_min: int | None = None
    """The working time that it took, in minutes."""
    sparring_on: date | None = None
    """The day on which sparring about the task is planned."""
    sparring_held_on: date | None = None
    """The last day on which sparring about the task was held."""
    sparring_with: str = field(default="", metadata=refers("people"))
    """Id of the person to have sparring with, who need not be the mentor (R22)."""
    next_step: str = text_field()
    next_step_to_manager: bool = False
    """Whether mentor and mentee have said that the manager may read the next step (R71)."""
    potential: str = text_field()
    """The development potential that showed in the task."""
    potential_source: Source | None = None
    """Who identified the potential."""
    step: Step | None = None
    """The training step that the mentee has come to; None before the first."""
    step_log: tuple[StepEntry, ...] = field(default=(), metadata=refers("people", at="with_id"))
    """The history of training steps, the oldest first."""
    status: TaskStatus = TaskStatus.PLANNED
    needs_check: bool = False
    """Whether the work on the task is to be checked."""
    checks: tuple[QualityCheck, ...] = ()
    """The quality checks that were made, the oldest first."""
    learned_on: date | None = None
    """The day on which the mentee had learned it."""
    first_used_on: date | None = None
    """The day on which the mentee first used it in everyday work."""
    order: float = field(default=0.0, metadata=PASSING)
    """Its place in the plan: rows are sorted by this number."""
    origin: str = field(default="", metadata=refers("talks", "needs"))
    """Id of the talk or need that the task came from (R13)."""
    extra: dict[str, str] = field(default_factory=dict)
    """The columns that the workplace has added: name of the column -> text (R16)."""


class GoalKind(StrEnum):
    """What kind of learning goal it is (R18)."""

    KNOWLEDGE = "knowledge"
    SKILL = "skill"
    COMPETENCE = "competence"


class GoalStatus(StrEnum):
    """How far the mentee has come with a learning goal."""

    OPEN = "open"
    WORKING = "working"
    REACHED = "reached"


@frozen
class GoalEntry(Frozen):
    """A change of a goal's status (R34)."""

    status: GoalStatus
    on: date
    talk_id: str = ""
    """Id of the talk in which it was changed; empty if that was between talks."""


@frozen
class Goal(MenteeRecord):
    """A learning goal of a task. A task may have several (R18)."""

    table: ClassVar[str] = "goals"

    task_id: str = field(metadata=owner("tasks"))
    text: str
    kind: GoalKind = GoalKind.SKILL
    status: GoalStatus = GoalStatus.OPEN
    due: date | None = None
    """The day by which it is to be reached."""
    log: tuple[GoalEntry, ...] = field(default=(), metadata=refers("talks", at="talk_id"))
    """The changes of its status, the oldest first."""
    order: float = field(default=0.0, metadata=PASSING)
    """Its place among the goals of the task: they are sorted by this number."""


@frozen
class Need(MenteeRecord):
    """A development need in one area, as mentee and mentor each see it (R14).

    Both answer for all areas in rounds, so that a later round shows what has changed.
    """

    table: ClassVar[str] = "needs"

    area: str
    """The area of work."""
    round: int = 1
    """The number of the round, from 1."""
    mentee_view: str = text_field()
    """The mentee's answer."""
    mentor_view: str = text_field()
    """The mentor's answer, which the mentee sees once they have given their own."""
    need: str = text_field()
    """What they then agree is needed."""
    priority: Priority | None = None
    on: date | None = None
    """The day of the round."""
    origin: str = field(default="", metadata=refers("tasks"))
    """Id of the task whose potential the need came from (R24)."""
    earlier_id: str = field(default="", metadata=refers("needs"))
    """Id of the same need in the round before; empty in the first round, and in older files, where
    the needs of an area belong together."""


class KnowledgeKind(StrEnum):
    """Where knowledge comes from, or what it is about (R81)."""

    COURSE = "course"
    RULE = "rule"
    SYSTEM = "system"
    READING = "reading"


@frozen
class Knowledge(MenteeRecord):
    """Something that was learned, and that is to be linked to tasks and used soon (R81, R82)."""

    table: ClassVar[str] = "knowledge"

    title: str
    kind: KnowledgeKind = KnowledgeKind.COURSE
    task_ids: tuple[str, ...] = field(default=(), metadata=refers("tasks"))
    """Ids of the tasks that it is used in."""
    learned_on: date | None = None
    use_planned_on: date | None = None
    """The day on which it is planned to be used."""
    used_on: date | None = None
    """The first day on which it was used."""
