"""A rule of the method is told alike on every screen that asks it."""

from __future__ import annotations

from datetime import date

import pytest

from data.i18n import _
from data.method.limits import Limits
from data.method.plan.agreed import SinceAgreed
from data.method.talk.lifecycle import suggested_tasks
from data.method.today.due import DueKind, due_items
from data.records import CourseState, Task, TaskStatus
from screens.overview.lines import sections
from screens.plan.columns import row
from screens.plan.details import parts
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
    assert (row(view, one, until, SinceAgreed()).tones.get("sparring_on") == "mark") is due
    assert (f"sparring:{one.id}" in coming) is due
    assert (one in suggested_tasks(view, until)) is due
    status = next(part.text for part in parts(view, one, limit=14) if part.label == _("Status"))
    assert (_("sparring {when}").partition("{")[0] in status) is due


@pytest.mark.parametrize(
    ("ends", "named"),
    [
        (None, False),
        (TODAY - days(1), True),
        (TODAY + days(21), True),
        (TODAY + days(22), False),
        (TODAY + days(60), False),
    ],
)
def test_the_end_of_the_period_is_named_from_one_day_on(ends: date | None, named: bool) -> None:
    view = sound(ends=ends)
    assert (DueKind.PERIOD in {row.kind for row in due_items(view, TODAY)}) is named
    coming = sections(view, TODAY, Limits())[0]
    assert ("ends" in {line.id for line in coming.lines}) is named


def test_the_setting_says_how_long_before_its_end_a_period_is_named() -> None:
    view, longer = sound(ends=TODAY + days(60)), Limits(ending_days=60)
    assert DueKind.PERIOD in {row.kind for row in due_items(view, TODAY, longer)}
    assert "ends" in {line.id for line in sections(view, TODAY, longer)[0].lines}


def test_a_closed_course_does_not_end_once_more() -> None:
    view = sound(ends=TODAY, state=CourseState.CLOSED)
    assert "ends" not in {line.id for line in sections(view, TODAY, Limits())[0].lines}
