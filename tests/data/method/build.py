"""Records for the tests of the method: a mentee who began on Monday 6 October 2025."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from data.method.view import MenteeView
from data.records import (
    Agreement,
    Duty,
    DutyKind,
    Goal,
    Mentee,
    MenteeRecord,
    Part,
    Person,
    Role,
    RoleKind,
    Step,
    StepEntry,
    Talk,
    TalkState,
    Task,
)

START = date(2025, 10, 6)
TODAY = date(2025, 11, 24)
"""A Monday in week 8 of the mentorship."""

M = TypeVar("M", bound=MenteeRecord)
_ids = count(1)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour).astimezone()


def make(kind: type[M], /, **fields: Any) -> M:
    """Return a record of the mentee, with a short id that grows."""
    fields.setdefault("id", f"{next(_ids):019}")
    return kind(mentee_id="1", **fields)


def mentee(**fields: Any) -> Mentee:
    fields.setdefault("start", START)
    fields.setdefault("roles_seen_on", START)
    return Mentee(id="1", name="Maja", **fields)


def task(title: str = "Børnesamtale", *steps: tuple[Step, date], **fields: Any) -> Task:
    log = tuple(StepEntry(step=step, on=on) for step, on in steps)
    if log:
        fields.setdefault("step", log[-1].step)
    return make(Task, title=title, step_log=log, **fields)


def talk(number: int, state: TalkState = TalkState.PLANNED, **fields: Any) -> Talk:
    return make(Talk, number=number, state=state, **fields)


def held(number: int, on: date, **fields: Any) -> Talk:
    return talk(
        number,
        TalkState.HELD,
        started_at=at(on),
        ended_at=at(on, 10),
        planned_on=on,
        **fields,
    )


PEOPLE = {name: Person(id=name, name=name.capitalize()) for name in ("hanne", "bo", "lis", "rikke")}
PEOPLE["hanne-again"] = Person(id="hanne-again", name="HANNE")
"""One of them is in the list twice, as after a copy to a server."""


def sound(*extra: MenteeRecord, **fields: Any) -> MenteeView:
    """Return a mentorship in which nothing is missing and nothing is due."""
    mentor = make(Role, kind=RoleKind.MENTOR, person_id="hanne", order=1)
    lesson = task("Hjemmebesøg")
    records: list[MenteeRecord] = [
        mentor,
        make(Role, kind=RoleKind.BUDDY, person_id="bo", order=2),
        make(Role, kind=RoleKind.MANAGER, person_id="lis", order=3),
        make(Agreement, agreed_on=START),
        lesson,
        make(Goal, task_id=lesson.id, text="Kan spørge åbent"),
        make(Duty, text="Oplæring", kind=DutyKind.PROFESSIONAL, parts={mentor.id: Part.MAIN}),
        talk(9, planned_on=TODAY + days(30)),
        *extra,
    ]
    return MenteeView.of(mentee(**fields), records, PEOPLE)


def bare(*records: MenteeRecord, **fields: Any) -> MenteeView:
    """Return a mentorship with these records only."""
    return MenteeView.of(mentee(**fields), records, PEOPLE)
