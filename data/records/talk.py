"""Talks and what is said, written and agreed in and between them."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from data.frozen import Frozen, frozen
from data.records.base import PASSING, MenteeRecord, Record, text_field


class TalkState(StrEnum):
    """Where a talk stands; its number is kept in all of them (R41)."""

    PLANNED = "planned"
    RUNNING = "running"
    """Started and not ended: offered again at the next start (R51)."""
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"
    """A draft that was put aside unfinished."""


@frozen
class PlanEdit(Frozen):
    """One field of the plan that was changed in a talk (R56)."""

    task_id: str
    task: str
    """The task's title on that day."""
    field: str
    """Name of the field of `Task` or `Goal`; "" where the whole row is new or gone."""
    before: str = ""
    after: str = ""


@frozen
class Talk(MenteeRecord):
    """A feedback talk in the series (R41, R51)."""

    table: ClassVar[str] = "talks"

    number: int
    planned_on: date | None = None
    planned_time: str = ""
    """"14:00", or empty."""
    minutes: int | None = None
    """Planned length in minutes."""
    place: str = ""
    state: TalkState = TalkState.PLANNED
    short: bool = False
    """The short talk: frame, two questions, next step, date."""
    started_at: datetime | None = field(default=None, metadata=PASSING)
    ended_at: datetime | None = None
    step: str = field(default="", metadata=PASSING)
    """Key of the step of the flow where the talk is (R51)."""
    side: str = field(default="", metadata=PASSING)
    """The field that was typed in: "mentee" or "mentor"."""
    task_ids: tuple[str, ...] = ()
    """Tasks chosen to talk about; question 3 is asked once for each (R47)."""
    note_ids: tuple[str, ...] = ()
    """Notes chosen to talk about (R29)."""
    sorted_items: dict[str, str] = field(default_factory=dict)
    """Item id -> keep, adjust, park or ask (R30)."""
    prepared_on: date | None = None
    aims: tuple[str, ...] = ()
    """The aims of the guide that were ticked; untouched is not a "no" (R39)."""
    next_on: date | None = None
    no_next: bool = False
    """It was chosen not to have a next talk (R27)."""
    plan_edits: tuple[PlanEdit, ...] = ()
    plan_updated_on: date | None = None


@frozen
class Answer(MenteeRecord):
    """What was said to one step of a talk, with the wording that was asked (R44).

    Its id is made of the talk's and the step's (`part_id`), so that two sessions that begin to
    write in it at the same time write in one. Older files have ids of other kinds.
    """

    table: ClassVar[str] = "answers"

    talk_id: str
    key: str
    """Key of the step, for example "optaget", or "skills:<task id>"."""
    question: str = ""
    """The wording as it was asked."""
    task_id: str = ""
    """Task that question 3 is about, or that praise and potential are given to."""
    task_ids: tuple[str, ...] = ()
    """Tasks linked to the answer (R45)."""
    mentee: str = text_field()
    mentor: str = text_field()
    examples: tuple[str, ...] = ()
    """Examples of what went really well (R46)."""
    pulse: dict[str, str] = field(default_factory=dict)
    """The mentee's own three words on wellbeing, if any (R50).

    `data.method.talk.wellbeing` key -> word.
    """
    private: bool = False


class NoteKind(StrEnum):
    """What sort of note it is."""

    NOTE = "note"
    SPARRING = "sparring"
    FEEDBACK = "feedback"
    PRAISE = "praise"
    DOUBT = "doubt"
    TIP = "tip"


@frozen
class Note(MenteeRecord):
    """A quick note (R8, R11, R12, R93)."""

    table: ClassVar[str] = "notes"

    text: str = text_field()
    kind: NoteKind = NoteKind.NOTE
    private: bool = True
    at: datetime | None = None
    task_id: str = ""
    goal_id: str = ""
    talk_id: str = ""
    answered_on: date | None = None
    """For doubts and questions: answered (R85)."""


class ActionState(StrEnum):
    """Where an action stands; it is carried from talk to talk until done (R48)."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@frozen
class Action(MenteeRecord):
    """What was agreed: what, who, when (R48)."""

    table: ClassVar[str] = "actions"

    what: str
    who: str = ""
    """Person id, or "mentee"."""
    due: date | None = None
    state: ActionState = ActionState.OPEN
    done_on: date | None = None
    talk_id: str = ""
    task_id: str = ""


@frozen
class Intent(MenteeRecord):
    """An if-then line: "Næste gang ..., vil jeg ..." (R32)."""

    table: ClassVar[str] = "intents"

    situation: str
    act: str
    task_type: str = ""
    talk_id: str = ""
    tried: str = ""
    """"yes", "no" or empty: answered in a later talk."""


@frozen
class Postponed(MenteeRecord):
    """A row of Today that was put off to a date (R3)."""

    table: ClassVar[str] = "postponed"

    key: str
    """Key of the row in `data.method.today.due`."""
    until: date


@frozen
class Conflict(Record):
    """A text that lost its place to somebody else's edit at the same time; kept until settled."""

    table: ClassVar[str] = "conflicts"

    of_table: str
    of_id: str
    of_field: str
    mine: str = text_field()
    theirs: str = text_field()
    mentee_id: str = ""
    settled: bool = False


@frozen
class Unfinished(Record):
    """A form or a cell that is being filled in; it goes when that is saved or given up.

    It outlives its session, so that a broken line loses nothing that was typed.
    """

    table: ClassVar[str] = "unfinished"
    UNDOABLE: ClassVar[bool] = False

    key: str
    """Which form or cell: its kind, and the table and the id of the record that it is about."""
    session: str = ""
    """Id of the session that fills it in (`Backend.session`)."""
    texts: str = text_field()
    """The changed fields, as JSON (`data.store.filling`)."""
