"""When sparring about a task is due, in the one place that judges it (R21)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.method.sparring import RESTING, hold, is_awaited, is_due
from data.records import Task, TaskStatus
from tests.data.method.build import TODAY, days, task

YESTERDAY, TOMORROW = TODAY - days(1), TODAY + days(1)
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("agreed", "held", "due"),
    [
        (None, None, False),
        (None, TODAY, False),
        (YESTERDAY, None, True),
        (TODAY, None, True),
        (TOMORROW, None, False),
        (TODAY, YESTERDAY, True),
        (TODAY, TODAY, False),
        (YESTERDAY, YESTERDAY, False),
        (YESTERDAY, TODAY, False),
    ],
)
def test_sparring_is_due_when_its_day_has_come_and_it_was_not_held(
    agreed: date | None, held: date | None, due: bool
) -> None:
    one = task(sparring_on=agreed, sparring_held_on=held)
    assert is_due(one, TODAY) is due
    for status in TaskStatus:
        resting = task(sparring_on=agreed, sparring_held_on=held, status=status)
        assert is_due(resting, TODAY) is (due and status not in RESTING)


def test_a_task_that_is_done_or_parked_awaits_no_sparring() -> None:
    assert is_awaited(task(sparring_on=TOMORROW))
    assert not is_awaited(task(sparring_on=TOMORROW, status=TaskStatus.DONE))
    assert not is_awaited(task(sparring_on=TOMORROW, status=TaskStatus.PARKED))


def test_looking_ahead_it_is_due_earlier() -> None:
    one = task(sparring_on=TODAY + days(5))
    assert not is_due(one, TODAY + days(4))
    assert is_due(one, TODAY + days(5))


@pytest.mark.parametrize("agreed", [YESTERDAY, TODAY, TODAY + days(5)])
def test_what_was_held_is_awaited_no_more(agreed: date) -> None:
    after = hold(task(sparring_on=agreed), TODAY).after
    assert isinstance(after, Task)
    assert after.sparring_held_on == TODAY
    assert after.sparring_on == min(agreed, TODAY)
    assert not is_awaited(after)


ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def comparisons(path: Path) -> Iterator[str]:
    """Yield where a file asks whether a day of sparring lies before or after another."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Compare) or not any(isinstance(op, ORDER) for op in node.ops):
            continue
        if "sparring_" in ast.unparse(node):
            yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_no_other_room_judges_a_day_of_sparring() -> None:
    files = [
        one for top in ("data", "screens", "tui", "widgets") for one in (ROOT / top).rglob("*.py")
    ]
    found = [place for path in files for place in comparisons(path) if path.name != "sparring.py"]
    assert found == []
