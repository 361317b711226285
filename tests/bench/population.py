"""Record files of any size, each mentee with a plan, talks and notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from data.records import Mentee, Note, Priority, Record, Step, Talk, TalkState, Task, TaskStatus
from data.store.change import Change
from data.store.opening import open_store

FIRST = ("Maja", "Emil", "Nadia", "Søren", "Åse", "Øystein", "Ægir", "Freja", "Noah", "Ida")
LAST = ("Holm", "Kragh", "Berg", "Østergård", "Ågård", "Lund", "Juhl", "Dam", "Skov", "Bæk")


def fill(path: Path, mentees: int, *, tasks: int = 12, talks: int = 8, notes: int = 8) -> None:
    """Write a record file with so many mentees, and so many of each for every one of them."""
    opened = open_store(path, threaded=False)
    try:
        for number in range(mentees):
            records = of_one(number, tasks, talks, notes)
            opened.store.commit([Change.created(record) for record in records], "fill")
    finally:
        opened.close()


def of_one(number: int, tasks: int, talks: int, notes: int) -> Iterator[Record]:
    start = date(2025, 9, 1) + timedelta(days=7 * (number % 40))
    name = f"{FIRST[number % 10]} {LAST[number // 10 % 10]}"
    mentee = Mentee(
        name=f"{name} {number}", title="Socialrådgiver", team=f"Team {number % 7}", start=start
    )
    yield mentee
    for at in range(tasks):
        yield Task(
            mentee_id=mentee.id,
            title=f"Børnefaglig undersøgelse {at + 1}",
            type="Undersøgelse",
            description="Samtale med barnet, forældre og skole; samler det i en undersøgelse.",
            priority=tuple(Priority)[at % 3],
            step=tuple(Step)[at % 4],
            status=tuple(TaskStatus)[at % 5],
            estimate_min=90 * (at + 1),
            sparring_on=start + timedelta(days=5 * at),
            next_step="Udkastet læses sammen",
            order=float(at),
        )
    for at in range(talks):
        day = start + timedelta(days=14 * at)
        held = day < date(2026, 6, 1)
        yield Talk(
            mentee_id=mentee.id,
            number=at + 1,
            planned_on=day,
            planned_time="10:00",
            minutes=60,
            state=TalkState.HELD if held else TalkState.PLANNED,
            ended_at=datetime(day.year, day.month, day.day, 11).astimezone() if held else None,
        )
    for at in range(notes):
        yield Note(
            mentee_id=mentee.id,
            text="Var nervøs inden samtalen, men fandt selv vejen igennem den. " * 2,
            at=datetime(2026, 5, 1 + at // 60 % 30, 9, at % 60).astimezone(),
        )
