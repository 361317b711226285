"""Talks, and what is said, written and agreed in them and between them."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from data.frozen import Frozen, frozen
from data.records.base import PASSING, MenteeRecord, Record, decision, owner, refers, text_field


class TalkState(StrEnum):
    """How far a talk has come. It keeps its number whatever happens to it (R41)."""

    PLANNED = "planned"
    RUNNING = "running"
    """It was begun and not ended. The program offers to go on with it at the next start (R51)."""
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"
    """It was begun, never ended, and archived."""


@frozen
class PlanEdit(Frozen):
    """A change of one field of the plan, made in a talk (R56)."""

    task_id: str
    task: str
    """The title of the task, as it was on that day."""
    field: str
    """The name of a field of `Task` or `Goal`; empty if the task or goal itself is new or gone."""
    before: str = ""
    after: str = ""


@frozen
class Correction(Frozen):
    """What stood in a talk that had been held, before it was corrected (R51)."""

    on: date
    """The day on which it was corrected."""
    field: str
    """What was corrected: the name of a field of `Talk` or `Answer`, or "about" for its tasks."""
    before: str = ""
    """What stood there, as text: "yes" or "" for yes and no, and an ISO time for a time."""
    private: bool = False
    """Whether it was for the mentor alone then; it stays so (see `data.method.visibility`)."""


@frozen
class Talk(MenteeRecord):
    """A feedback talk, planned or held, in the series of talks with a mentee (R41, R51)."""

    table: ClassVar[str] = "talks"

    number: int
    """Its number in the series, from 1."""
    planned_on: date | None = None
    planned_time: str = ""
    """The time of day, as "14:00"; empty if none was set."""
    minutes: int | None = None
    """How long it is planned to take, in minutes."""
    place: str = ""
    state: TalkState = TalkState.PLANNED
    cancelled_from: TalkState | None = None
    """The state it had before the end of the mentorship cancelled it: when that was closed, or set
    to end earlier. Taking it up again, or a later end, gives the state back."""
    by_hand: bool = False
    """Whether somebody chose its day, which the rhythm and the end of the period then leave."""
    short: bool = False
    """Whether it is the short talk: ground rules, two questions, recognition, next step, the plan
    together, and the next date."""
    started_at: datetime | None = field(default=None, metadata=PASSING)
    ended_at: datetime | None = None
    step: str = field(default="", metadata=PASSING)
    """The key of the step that was open last, with which the talk goes on (R51)."""
    side: str = field(default="", metadata=PASSING)
    """The text that was written in last: "mentee" or "mentor"."""
    task_ids: tuple[str, ...] = field(default=(), metadata=refers("tasks"))
    """Ids of the tasks to talk about. Question 3 is asked for each of them (R47)."""
    note_ids: tuple[str, ...] = field(default=(), metadata=refers("notes"))
    """Ids of the notes to talk about (R29)."""
    sorted_items: dict[str, str] = field(default_factory=dict)
    """How the items of the talk were sorted: id -> "keep", "adjust", "park" or "ask" (R30)."""
    prepared_on: date | None = None
    """The day on which the talk was prepared."""
    aims: tuple[str, ...] = ()
    """The aims of the guide that were ticked. One that is not ticked was not denied (R39)."""
    next_on: date | None = field(default=None, metadata=decision("next talk"))
    """The day of the next talk, as it was agreed in this one."""
    no_next: bool = field(default=False, metadata=decision("next talk"))
    """Whether they chose to have no next talk (R27)."""
    plan_edits: tuple[PlanEdit, ...] = ()
    """What was changed in the plan during the talk, in order."""
    plan_updated_on: date | None = None
    """The day on which the plan was updated together in this talk."""
    corrections: tuple[Correction, ...] = ()
    """What stood there before it was corrected after the talk, in order."""
    worded: dict[str, str] = field(default_factory=dict, metadata=PASSING)
    """What the workplace's library worded when the talk began, which it keeps (R44): the key of a
    question -> what the library said of it, as JSON; "" -> the name of the library."""


@frozen
class Answer(MenteeRecord):
    """What mentee and mentor said in one step of a talk, with the question as it was asked (R44).

    Its id is made from the ids of talk and step (`part_id`). So two sessions that begin to write
    an answer at the same time write the same one. Answers in older files have other ids.
    """

    table: ClassVar[str] = "answers"

    talk_id: str = field(metadata=owner("talks"))
    key: str
    """The key of the step, such as "optaget", or "skills:" and the id of a task."""
    question: str = ""
    """The question, word for word as it was asked."""
    task_id: str = field(default="", metadata=refers("tasks"))
    """Id of the task that question 3 is about, or that praise or potential was given for."""
    task_ids: tuple[str, ...] = field(default=(), metadata=refers("tasks"))
    """Ids of the tasks that the answer is linked to (R45)."""
    mentee: str = text_field()
    """What the mentee said."""
    mentor: str = text_field()
    """What the mentor said."""
    examples: tuple[str, ...] = ()
    """Examples of what went really well (R46)."""
    pulse: dict[str, str] = field(default_factory=dict)
    """The mentee's own words on wellbeing, at most three: key of `data.method.talk.wellbeing` ->
    word (R50)."""
    placed: dict[str, str] = field(default_factory=dict, metadata=PASSING)
    """Where the words stand as a task's potential or next step; see `data.method.talk.placed`."""
    private: bool = False
    """Whether it is for the mentor alone (see `data.method.visibility`)."""
    corrections: tuple[Correction, ...] = ()
    """What stood there before it was corrected after the talk, in order."""


class NoteKind(StrEnum):
    """What kind of note it is."""

    NOTE = "note"
    SPARRING = "sparring"
    FEEDBACK = "feedback"
    PRAISE = "praise"
    DOUBT = "doubt"
    """A doubt or a question of the mentee, to come back to (R85)."""
    TIP = "tip"


@frozen
class Note(MenteeRecord):
    """A quick note about a mentee (R8, R11, R12, R93)."""

    table: ClassVar[str] = "notes"

    text: str = text_field()
    kind: NoteKind = NoteKind.NOTE
    private: bool = True
    """Whether it is for the mentor alone (see `data.method.visibility`)."""
    at: datetime | None = None
    """The time that it is about: that of writing, unless another day was given."""
    task_id: str = field(default="", metadata=refers("tasks"))
    """Id of the task that it is about, if it is about one."""
    goal_id: str = field(default="", metadata=refers("goals"))
    """Id of the learning goal that it is about, if it is about one."""
    talk_id: str = field(default="", metadata=refers("talks"))
    """Id of the talk in which it was written; empty if that was between talks."""
    answered_on: date | None = None
    """For a doubt or question: the day on which it was answered (R85)."""
    answer: str = text_field()
    """For a doubt or question: the answer (R85)."""


class ActionState(StrEnum):
    """How far an action has come. It comes up in every talk until it is done (R48)."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@frozen
class Action(MenteeRecord):
    """Something that somebody agreed to do (R48)."""

    table: ClassVar[str] = "actions"

    what: str
    who: str = field(default="", metadata=refers("people"))
    """Id of the person who does it, or "mentee"."""
    due: date | None = None
    """The day by which it is to be done."""
    state: ActionState = ActionState.OPEN
    done_on: date | None = None
    talk_id: str = field(default="", metadata=refers("talks"))
    """Id of the talk in which it was agreed; empty if that was between talks."""
    task_id: str = field(default="", metadata=refers("tasks"))
    """Id of the task that it is about, if it is about one."""


@frozen
class Intent(MenteeRecord):
    """What the mentee means to do when a situation comes: "Næste gang ..., vil jeg ..." (R32)."""

    table: ClassVar[str] = "intents"

    situation: str
    """The first part: when it is to be done."""
    act: str
    """The second part: what is to be done."""
    task_type: str = ""
    """The type of task in which the situation comes."""
    talk_id: str = field(default="", metadata=refers("talks"))
    """Id of the talk in which it was said."""
    tried: str = ""
    """Whether the mentee has tried it, as said in a later talk: "yes", "no", or empty."""


@frozen
class Postponed(MenteeRecord):
    """A row of Today that the mentor has snoozed (R3)."""

    table: ClassVar[str] = "postponed"

    key: str
    """The key of the row in `data.method.today.due`."""
    until: date
    """The day on which it comes back."""


@frozen
class Conflict(Record):
    """Two edits of the same field that could not be merged. It is kept until somebody resolves it.

    The field has one of the two texts meanwhile, and this record has both.
    """

    table: ClassVar[str] = "conflicts"

    of_table: str
    """The table of the record that was edited."""
    of_id: str
    """The id of that record."""
    of_field: str
    """The name of the field."""
    mine: str = text_field()
    """The text that lost its place in the field."""
    theirs: str = text_field()
    """The text that took it."""
    by: str = ""
    """The login name of the one who wrote that text; empty in older files."""
    mentee_id: str = ""
    """Id of the mentee that the record belongs to; empty if it belongs to none."""
    settled: bool = False
    """Whether somebody has resolved it."""
    of_form: str = ""
    """The kind of the form in which the text was typed, whose field is `of_field`; empty where it
    was typed in no form."""
    mine_by: str = ""
    """The name of the one who wrote `mine`, where that was not the user: it came back with a
    mentorship that had been lent."""


@frozen
class Unfinished(Record):
    """What has been typed into a form or a cell that is not saved yet.

    It is deleted when the form is saved or given up. If the session ends before that, as when a
    connection breaks, it stays, so that the text can be found again.
    """

    table: ClassVar[str] = "unfinished"
    UNDOABLE: ClassVar[bool] = False

    key: str
    """Which form or cell it is: its kind, and the table and id of the record that it is about."""
    mentee_id: str = ""
    """Id of the mentee that the record belongs to; empty if it belongs to none."""
    session: str = ""
    """Id of the session in which it is filled in (`Backend.session`)."""
    texts: str = text_field()
    """The fields that were changed, as JSON (see `data.store.filling`)."""
    private: bool = True
    """Whether it is for the mentor alone (see `data.method.visibility`)."""
