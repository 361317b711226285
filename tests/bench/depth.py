"""How much more the screens of one mentee cost with many tasks than with few, as ratios.

Each task has four learning goals, two notes and an action, and the plan has been agreed on; the
file has no other mentee. What is measured is the processor time of the whole program, from the key
until nothing is left to draw. Run `python -m tests.bench.depth`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from data.clock import today
from data.method.plan.agreed import agree
from data.queries.views import mentee_view
from data.records import Action, Goal, Knowledge, Mentee, Note, Record, Task
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from tests.bench.population import fill
from tests.bench.two_sizes import Played, compare

FEW, MANY = 40, 400
GOALS = 4


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


async def _begin(played: Played) -> None:
    await played.pilot.pause(1)


async def _round(played: Played) -> None:
    for name, *keys in (
        ("overview opens", "1"),
        ("plan opens", "2"),
        ("five steps down, the last to its details", *("down",) * 5),
        ("a name is edited", "enter", "x", "enter"),
        ("undo of it", "u"),
        ("knowledge opens", "6"),
    ):
        await played.timed(name, *keys, rest=0.2)
    await played.pilot.press("escape")


def main(args: list[str]) -> None:
    """Print milliseconds of the processor with few tasks and with many, and the ratio."""
    few, many = (int(size) for size in args) if args else (FEW, MANY)
    compare(("one mentee, processor time", "tasks"), (few, many), populate, _begin, _round)


if __name__ == "__main__":
    main(sys.argv[1:])
