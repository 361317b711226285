"""How much more the screens of one mentee cost with many tasks than with few, as ratios.

Each task has four learning goals, two notes and an action, and the plan has been agreed on; the
file has no other mentee. What is measured is the processor time of the whole program, from the key
until nothing is left to draw. Run `python -m tests.bench.depth`.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from time import process_time

from textual.pilot import Pilot

from data.clock import Clock, set_clock, today
from data.i18n import set_language
from data.method.plan.agreed import agree
from data.queries.views import mentee_view
from data.records import Action, Goal, Knowledge, Mentee, Note, Record, Task
from data.settings import Settings
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from screens.frame.context import Context
from tests.bench.population import fill
from tui.app import MentorApp

FEW, MANY = 40, 400
GOALS = 4
ROUNDS = 7

Found = dict[str, list[float]]


def populate(path: Path, tasks: int) -> None:
    """Write a file with one mentee who has so many tasks."""
    fill(path, 1, tasks=tasks, notes=40)
    opened = open_store(path, threaded=False)
    try:
        store = opened.store
        mentee = store.all(Mentee)[0]
        store.commit([Change.created(one) for one in _of_tasks(store, mentee)], "more")
        store.commit([agree(mentee_view(store, mentee), ["Maja", "Vera"], today(), "mh")], "agreed")
        changed = store.of(Task, mentee.id)[::8]
        store.commit([Change.edited(one, next_step="Aftales") for one in changed], "changed")
    finally:
        opened.close()


def _of_tasks(store: Store, mentee: Mentee) -> Iterator[Record]:
    for number, task in enumerate(store.of(Task, mentee.id)):
        of, at = mentee.id, task.id
        for goal in range(GOALS):
            text = f"Kan begrunde en afgørelse {goal}"
            yield Goal(mentee_id=of, task_id=at, text=text, order=float(goal))
        for _note in range(2):
            noted = datetime(2026, 2, 1).astimezone()
            yield Note(mentee_id=of, task_id=at, text="Spurgte selv om hjælp", at=noted)
        yield Action(mentee_id=of, task_id=at, what="Ring til skolen", due=date(2027, 3, 1))
        title = f"Lov om social service {number}"
        yield Knowledge(mentee_id=mentee.id, title=title, task_ids=(task.id,))


async def _timed(pilot: Pilot[int], found: Found, name: str, *keys: str) -> None:
    gc.collect()
    await pilot.pause()
    began = process_time()
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await pilot.pause(0.2)
    found.setdefault(name, []).append((process_time() - began) * 1000)


async def _round(pilot: Pilot[int], found: Found) -> None:
    await _timed(pilot, found, "overview opens", "1")
    await _timed(pilot, found, "plan opens", "2")
    await _timed(pilot, found, "five steps down, the last to its details", *("down",) * 5)
    await _timed(pilot, found, "a name is edited", *("enter", "x", "enter"))
    await _timed(pilot, found, "undo of it", "u")
    await _timed(pilot, found, "knowledge opens", "6")
    await pilot.press("escape")


async def measure(path: Path) -> dict[str, float]:
    """Return the median of some rounds in milliseconds of the processor, by what was done."""
    opened = open_store(path, threaded=True)
    app = MentorApp(Context(opened.store, Settings()))
    found: Found = {}
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause(1)
            gc.disable()
            for _number in range(ROUNDS):
                await _round(pilot, found)
    finally:
        gc.enable()
        opened.close()
    return {name: statistics.median(times) for name, times in found.items()}


def main(args: list[str]) -> None:
    """Print milliseconds of the processor with few tasks and with many, and the ratio."""
    few, many = (int(size) for size in args) if args else (FEW, MANY)
    set_language("da")
    set_clock(Clock(datetime(2026, 3, 2, 9)))  # noqa: DTZ001 - the clock adds the offset
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for tasks in (few, many):
            path = Path(folder) / str(tasks) / "mentor.json"
            path.parent.mkdir(mode=0o700)
            populate(path, tasks)
            figures.append(asyncio.run(measure(path)))
    set_clock(None)
    print(f"{'one mentee, processor time':<42}{f'{few} tasks':>12}{f'{many}':>10}{'ratio':>8}")
    for name, took in figures[0].items():
        more = figures[1][name]
        print(f"{name:<42}{took:>10.0f}ms{more:>8.0f}ms{more / took:>8.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
