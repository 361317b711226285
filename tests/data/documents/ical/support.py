"""What tests of the calendar file have in common: a mentee, talks, and a strict reader."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from data.clock import Clock, set_clock
from data.documents.calendars import give_out
from data.records import Agreement, Duty, Mentee, Talk, Task
from data.store.change import Change
from data.store.store import Store

TODAY = date(2026, 3, 2)
ZONE = ZoneInfo("Europe/Copenhagen")


def at(day: date, hour: int = 9) -> None:
    set_clock(Clock(datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)))


def add(store: Store, *records: Mentee | Talk | Task | Duty | Agreement) -> None:
    store.commit([Change.created(one) for one in records])


def maja(store: Store) -> Mentee:
    mentee = Mentee(name="Maja Holm", start=TODAY)
    add(store, mentee)
    return mentee


def talk(store: Store, mentee: Mentee, day: date, time: str = "14:00") -> Talk:
    number = len(store.of(Talk, mentee.id)) + 1
    made = Talk(mentee_id=mentee.id, number=number, planned_on=day, planned_time=time)
    add(store, made)
    return made


def edit(store: Store, record: Talk | Task | Duty | Mentee | Agreement, **fields: object) -> None:
    now = store.get(type(record), record.id)
    assert now is not None
    store.commit([Change.between(now, replace(now, **fields))])  # type: ignore[arg-type]


def events(data: bytes) -> list[Any]:
    """Return the events of a file that is read strictly: nothing in it may be wrong."""
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, line
    assert b"\n" not in data.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(data)
    for component in calendar.walk():
        assert component.errors == []
    assert calendar["VERSION"] == "2.0"
    assert len(list(calendar.walk("VTIMEZONE"))) == 1
    return list(calendar.walk("VEVENT"))


def one(store: Store, mentee: Mentee | None = None, *, names: bool = False) -> Any:
    (event,) = events(give_out(store, mentee, names=names).data)
    return event


def said(event: Any) -> tuple[int, str]:
    return event["SEQUENCE"], str(event["STATUS"])


def without_stamp(data: bytes) -> bytes:
    return re.sub(rb"DTSTAMP:\d{8}T\d{6}Z", b"", data)
