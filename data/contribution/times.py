"""How long tasks of a type have taken, counted with TinyDB's queries over all mentees (R20)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

from data.contribution.line import TaskTime
from data.published.figures import FEWEST
from data.records import Mentee, Task
from data.text import danish_key, line, spelling_key

if TYPE_CHECKING:
    from tinydb import TinyDB

_STEP: Final = 5
"""An average is told in whole steps of so many minutes."""


def task_times(db: TinyDB) -> list[TaskTime]:
    """Return the average times of each type of task that at least `FEWEST` mentees have done.

    Only tasks count that have both the time that was expected and the time that it took. The
    example data does not.

    Args:
        db: The documents of a store (`Store.tables`).
    """
    # Lazy loading: a start of the program does not wait for TinyDB.
    from tinydb import where

    examples: set[str] = {
        str(one.doc_id)
        for one in db.table(Mentee.table).search(where("example") == True)  # noqa: E712
    }
    timed = db.table(Task.table).search(
        where("type").test(bool)
        & where("estimate_min").test(_is_time)
        & where("actual_min").test(_is_time)
        & where("mentee_id").test(lambda whose: str(whose) not in examples)
    )
    by_type: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for task in timed:
        if key := spelling_key(line(task["type"])):
            by_type[key].append(task)
    found = [
        _time(tasks)
        for tasks in by_type.values()
        if len({task["mentee_id"] for task in tasks}) >= FEWEST
    ]
    return sorted(found, key=lambda one: danish_key(one.type))


def _is_time(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _time(tasks: Sequence[Mapping[str, Any]]) -> TaskTime:
    """Return the averages of the tasks of a type, which is called as it is written most often."""
    written = Counter(line(task["type"]) for task in tasks)
    return TaskTime(
        written.most_common(1)[0][0],
        _rounded(fmean(task["estimate_min"] for task in tasks)),
        _rounded(fmean(task["actual_min"] for task in tasks)),
        len(tasks),
    )


def _rounded(minutes: float) -> int:
    return _STEP * round(minutes / _STEP)
