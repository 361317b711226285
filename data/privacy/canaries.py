"""Canaries: private words of every sort, each of which would be known wherever it came to light.

This is the one list of what is private. `mentor doctor --canary` plants them on a throw-away copy
and looks for them in every place that others may see; so do the tests.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from data.records import (
    Answer,
    Conflict,
    Correction,
    Goal,
    Mentee,
    Need,
    Note,
    NoteKind,
    Record,
    Talk,
    TalkState,
    Task,
    Unfinished,
)
from data.store.change import Change
from data.store.filling import Filling
from data.store.store import Store

ALL: Final = "KANARIE"
"""Every canary begins with it, and nothing else has it."""
NOTE: Final = "KANARIE-note"
DOUBT: Final = "KANARIE-tvivl"
SHARED_DOUBT: Final = "KANARIE-delt-tvivl"
TIP: Final = "KANARIE-fif"
ANSWER: Final = "KANARIE-svar"
EXAMPLE: Final = "KANARIE-eksempel"
WISH: Final = "KANARIE-oenske"
WELLBEING: Final = "KANARIE-trivsel"
PULSE: Final = "KANARIE-puls"
QUESTION: Final = "KANARIE-spurgt"
VIEW: Final = "KANARIE-syn"
CLASH: Final = "KANARIE-sammen"
LEARNED: Final = "KANARIE-laert"
CORRECTED: Final = "KANARIE-rettet"
"""Stood in an answer while that was private; now it is shared."""
FORM: Final = "KANARIE-formular"
SORTS: Final = (
    NOTE,
    DOUBT,
    SHARED_DOUBT,
    TIP,
    ANSWER,
    EXAMPLE,
    WISH,
    WELLBEING,
    PULSE,
    QUESTION,
    VIEW,
    CLASH,
    LEARNED,
    CORRECTED,
    FORM,
)
"""All that are planted."""
OPEN: Final = "Set af begge"
"""Stands where it may be seen, to prove that one has looked there."""

_CAGE, _AVIARY = "Buret", "Voliere"


@dataclass(frozen=True, slots=True)
class Planted:
    """Where the canaries are."""

    mentee: Mentee
    task: Task
    other_task: Task
    """Of the same type; a tip stands there."""
    goal: Goal
    note: Note
    shared_doubt: Note
    held: Talk
    running: Talk
    to_come: Talk
    need: Need


def plant(store: Store, mentee: Mentee, moment: datetime) -> Planted:
    """Write the canaries about a mentee, as of a moment that has an offset."""
    id = mentee.id
    task = Task(mentee_id=id, title=_CAGE, type="fugle")
    other = Task(mentee_id=id, title=_AVIARY, type="fugle", order=0.5)
    goal = Goal(mentee_id=id, task_id=task.id, text="Kan fodre")
    before = moment - timedelta(days=1)
    held = Talk(
        mentee_id=id,
        number=90,
        state=TalkState.HELD,
        started_at=before,
        ended_at=before + timedelta(minutes=30),
        no_next=True,
    )
    note = Note(mentee_id=id, text=NOTE, at=moment, task_id=task.id, goal_id=goal.id)
    doubt = Note(mentee_id=id, text=DOUBT, kind=NoteKind.DOUBT, at=moment, task_id=task.id)
    shared = Note(
        mentee_id=id,
        text=SHARED_DOUBT,
        kind=NoteKind.DOUBT,
        private=False,
        at=moment,
        task_id=task.id,
    )
    running = Talk(
        mentee_id=id,
        number=91,
        state=TalkState.RUNNING,
        started_at=moment,
        step="frame",
        task_ids=(task.id,),
        note_ids=(note.id, shared.id),
    )
    to_come = Talk(mentee_id=id, number=92, planned_on=moment.date() + timedelta(days=3))
    need = Need(mentee_id=id, area="Fugle", round=9, mentor_view=VIEW)
    tip = Note(mentee_id=id, text=TIP, kind=NoteKind.TIP, at=moment, task_id=other.id)
    open_note = Note(mentee_id=id, text=OPEN, private=False, at=moment, task_id=task.id)
    clash = Conflict(of_table="notes", of_id=note.id, of_field="text", mine=CLASH, mentee_id=id)
    # As a form that a session which died has left.
    filled_in = Filling(Task.table, other.id, id, {"next_step": ("", FORM)})
    key = f"task:{Task.table}:{other.id}:{id}"
    form = Unfinished(key=key, mentee_id=id, texts=filled_in.to_json())
    records: list[Record] = [task, other, goal, held, running, to_come, need, form]
    records += [note, doubt, shared, tip, open_note, clash, *_answers(task, held, running, to_come)]
    store.commit([Change.created(one) for one in records], undoable=False)
    return Planted(mentee, task, other, goal, note, shared, held, running, to_come, need)


def _answers(task: Task, held: Talk, running: Talk, to_come: Talk) -> list[Answer]:
    def said(talk: Talk, key: str, mentee: str, *, private: bool = True) -> Answer:
        return Answer(
            mentee_id=talk.mentee_id,
            talk_id=talk.id,
            key=key,
            question=f"{key}?",
            task_ids=(task.id,),
            mentee=mentee,
            examples=(EXAMPLE,) if key == "help" else (),
            # What is said about wellbeing is private however it is marked.
            pulse={"role": PULSE} if key == "wellbeing" else {},
            private=private,
        )

    asked = Answer(
        mentee_id=to_come.mentee_id,
        talk_id=to_come.id,
        key="asked:1",
        question=QUESTION,
        mentee=ANSWER,
        private=True,
    )
    day = to_come.planned_on or date.min
    corrected = Correction(on=day, field="mentee", before=CORRECTED, private=True)
    return [
        said(held, "help", ANSWER),
        said(held, "sparring", WISH),
        said(held, "wellbeing", WELLBEING, private=False),
        replace(said(held, "occupied", OPEN, private=False), corrections=(corrected,)),
        said(running, "help", ANSWER),
        said(running, "wellbeing", WELLBEING, private=False),
        said(running, "occupied", OPEN, private=False),
        replace(said(running, "close", ""), mentor=LEARNED),
        asked,
    ]
