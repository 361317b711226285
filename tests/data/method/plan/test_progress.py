"""Progress counts tasks, duties and goals."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.method.plan.progress import (
    can_now,
    days_to_first_independent,
    goals_reached,
    professional,
    social,
)
from data.records import Duty, DutyKind, Goal, GoalStatus, Step, TaskStatus
from tests.data.method.build import START, at, days, make, mentee, task

OBSERVES, TOGETHER, COACHED, INDEPENDENT = Step


def test_no_tasks_is_no_figure() -> None:
    for nothing in (professional([]), social([]), goals_reached([])):
        assert nothing.share is None
        assert nothing.percent is None
        assert str(nothing) == "–"
    assert professional([task(status=TaskStatus.PARKED)]).share is None


def test_only_independent_counts_as_done() -> None:
    plan = [task(step=step) for step in (None, *Step)] + [
        task(step=INDEPENDENT, status=TaskStatus.PARKED)
    ]
    found = professional(plan)
    assert (found.done, found.of, found.share, found.percent) == (1, 5, 0.5, 50)
    assert str(found) == "1/5"


@given(st.lists(st.sampled_from([None, *Step]), min_size=1, max_size=200))
def test_the_ends_of_the_scale_are_kept_for_nothing_and_everything(steps: list[Step]) -> None:
    found = professional([task(step=step) for step in steps])
    assert (found.percent == 0) == all(step is None for step in steps)
    assert (found.percent == 100) == all(step is INDEPENDENT for step in steps)


def test_social_progress_comes_from_social_duties_alone() -> None:
    duties = [
        make(Duty, text="Vise rundt", kind=DutyKind.SOCIAL, done_on=START),
        make(Duty, text="Frokost", kind=DutyKind.SOCIAL),
        make(Duty, text="Oplæring", done_on=START),
    ]
    assert str(social(duties)) == "1/2"
    assert social(duties[1:]).share == 0.0


def test_goals_reached() -> None:
    goals = [make(Goal, task_id="t", text="", status=status) for status in GoalStatus]
    assert str(goals_reached(goals)) == "1/3"


def test_days_to_the_first_task_done_alone() -> None:
    plan = [
        task("a", (COACHED, date(2025, 8, 10)), (INDEPENDENT, date(2025, 8, 25))),
        task("b", (INDEPENDENT, date(2025, 8, 20))),
    ]
    start = date(2025, 8, 1)
    assert days_to_first_independent(mentee(start=start), plan) == 19
    assert days_to_first_independent(mentee(start=None), plan) is None
    assert days_to_first_independent(mentee(start=start), []) is None
    assert days_to_first_independent(mentee(start=date(2025, 9, 1)), plan) == 0


def test_can_now_lists_only_what_rose_with_its_date() -> None:
    rose = task("a", (OBSERVES, START), (COACHED, START + days(9)), (COACHED, START + days(12)))
    level = task("b", (COACHED, START), (COACHED, START + days(3)))
    fell = task("c", (COACHED, START), (TOGETHER, START + days(3)))
    once = task("d", (INDEPENDENT, START))
    later = task("e", (INDEPENDENT, START + days(5)), created_at=at(START))
    watched = task("f", (OBSERVES, START + days(5)), created_at=at(START))
    found = can_now([rose, level, fell, once, later, watched, task("g")])
    assert [(one.task.title, one.first, one.now, one.on) for one in found] == [
        ("e", None, INDEPENDENT, START + days(5)),
        ("a", OBSERVES, COACHED, START + days(9)),
    ]
