"""A rule of the method is told alike on every screen that asks it."""

from __future__ import annotations

import pytest

from data.method.talk.lifecycle import suggested_tasks
from data.method.today.due import DueKind, Limits, due_items
from data.records import Task, TaskStatus
from screens.overview.lines import sections
from screens.plan.columns import row
from tests.data.method.build import TODAY, days, sound, task

AHEAD = Limits(ahead_days=3)


@pytest.mark.parametrize(
    ("one", "due"),
    [
        (task(sparring_on=TODAY - days(9)), True),
        (task(sparring_on=TODAY + days(3)), True),
        (task(sparring_on=TODAY - days(9), sparring_held_on=TODAY - days(2)), False),
        (task(sparring_on=TODAY - days(9), status=TaskStatus.DONE), False),
        (task(sparring_on=TODAY - days(9), status=TaskStatus.PARKED), False),
    ],
)
def test_due_sparring_is_due_wherever_it_is_asked(one: Task, due: bool) -> None:
    view, until = sound(one), AHEAD.horizon(TODAY)
    kinds = {row.kind for row in due_items(view, TODAY, AHEAD)}
    coming = [line.id for section in sections(view, TODAY, AHEAD) for line in section.lines]
    assert (DueKind.SPARRING in kinds) is due
    assert (row(view, one, until).tones.get("sparring_on") == "mark") is due
    assert (f"sparring:{one.id}" in coming) is due
    assert (one in suggested_tasks(view, until)) is due
