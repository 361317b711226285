"""The plan: steps, order, deletion, needs, time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.method.plan.changes import (
    add_check,
    delete_task,
    new_goal,
    new_task,
    reorder,
    send_potential_to_need,
    set_goal_status,
    set_goals,
    set_step,
    time_text,
)
from data.method.view import MenteeView
from data.records import (
    Action,
    Answer,
    CheckResult,
    Goal,
    GoalStatus,
    Knowledge,
    Need,
    Note,
    Source,
    Step,
    Talk,
    Task,
    TaskStatus,
)
from data.store.change import Change
from tests.data.method.build import START, TODAY, bare, make, talk, task
from tests.data.method.talks import apply


def after(change: Change) -> Any:
    return change.after


def test_the_history_of_steps_only_grows_and_steps_may_be_jumped() -> None:
    one = task("Notat")
    first = after(set_step(one, Step.COACHED, START, "hanne", "rikke"))
    assert (first.step, first.status) == (Step.COACHED, TaskStatus.ACTIVE)
    back = after(set_step(first, Step.OBSERVES, TODAY))
    assert [(e.step, e.on, e.by) for e in back.step_log] == [
        (Step.COACHED, START, "hanne"),
        (Step.OBSERVES, TODAY, ""),
    ]
    assert back.step_log[0].with_id == "rikke"
    assert set_step(back, Step.OBSERVES, TODAY).is_empty
    cleared = after(set_step(back, None, TODAY))
    assert (cleared.step, cleared.step_log) == (None, back.step_log)
    parked = task("Sag", status=TaskStatus.PARKED)
    assert after(set_step(parked, Step.TOGETHER, START)).status is TaskStatus.PARKED


def test_a_goals_status_keeps_its_day_and_talk() -> None:
    goal = make(Goal, task_id="t", text="x")
    reached = after(set_goal_status(goal, GoalStatus.REACHED, TODAY, "9"))
    assert reached.log[0].talk_id == "9"
    assert set_goal_status(reached, GoalStatus.REACHED, TODAY).is_empty


def test_two_goals_of_a_task_keep_their_own_status() -> None:
    one = task("Notat")
    view = bare(one)
    first = new_goal(view, one.id, "a")
    view = bare(one, first)
    second = new_goal(view, one.id, "b")
    view = bare(one, after(set_goal_status(second, GoalStatus.REACHED, TODAY)), first)
    assert [(goal.text, goal.status) for goal in view.goals_of(one.id)] == [
        ("a", GoalStatus.OPEN),
        ("b", GoalStatus.REACHED),
    ]


def test_a_quality_check_says_what_was_put_right() -> None:
    checked = after(add_check(task(), TODAY, CheckResult.ADJUSTED, "hanne", "frist rettet"))
    assert checked.checks[0].note == "frist rettet"


def test_a_new_task_comes_last() -> None:
    view = bare(task("a", order=3.5), task("b", order=1))
    fresh = new_task(view, "c", origin="9")
    assert fresh.order > 3.5
    assert fresh.origin == "9"
    assert new_task(bare(), "a").order == 1.0


def titles(tasks: list[Task], changes: list[Change]) -> list[str]:
    moved = {change.id: change.after for change in changes}
    now = [moved.get(one.id, one) for one in tasks]
    return [t.title for t in MenteeView.of(bare().mentee, [t for t in now if t]).tasks]


@given(st.data(), st.integers(1, 12))
def test_a_task_moves_to_any_place_and_the_others_keep_their_order(
    data: st.DataObject, size: int
) -> None:
    orders = sorted(data.draw(st.lists(st.sampled_from([0.0, 1.0, 1.0000001, 2.0]), min_size=size)))
    tasks = [task(f"t{place}", order=order) for place, order in enumerate(orders)]
    start = data.draw(st.integers(0, len(tasks) - 1))
    to = data.draw(st.integers(-1, len(tasks) + 1))
    expected = [t.title for t in tasks]
    expected.insert(max(0, min(to, len(tasks) - 1)), expected.pop(start))
    assert titles(tasks, reorder(tasks, tasks[start].id, to)) == expected


def test_moving_up_and_down_for_ever_wears_nothing_out() -> None:
    tasks = [task(f"t{place}", order=float(place)) for place in range(4)]
    for turn in range(200):
        changes = {c.id: c.after for c in reorder(tasks, tasks[turn % 4].id, (turn * 7) % 4)}
        now = [changes.get(one.id, one) for one in tasks]
        tasks = list(MenteeView.of(bare().mentee, [t for t in now if t]).tasks)
    assert len({one.order for one in tasks}) == 4
    with pytest.raises(ValueError, match="nobody"):
        reorder(tasks, "nobody", 0)


def test_most_moves_touch_one_row() -> None:
    tasks = [task(f"t{place}", order=float(place)) for place in range(40)]
    assert len(reorder(tasks, tasks[30].id, 3)) == 1
    assert reorder(tasks, tasks[30].id, 30) == []


def test_deleting_a_task_says_what_goes_and_what_stays() -> None:
    doomed, other = task("Notat", id="7"), task("Sag")
    goal = make(Goal, task_id="7", text="x")
    records = [
        goal,
        make(Note, text="a", task_id="7"),
        make(Note, text="b", goal_id=goal.id, task_id=other.id),
        make(Note, text="c", task_id=other.id),
        make(Action, what="ring", task_id="7"),
        make(Answer, talk_id="1", key="skills:7", task_id="7", mentee="x"),
        make(Answer, talk_id="1", key="occupied", task_ids=("7", other.id)),
        make(Knowledge, title="lov", task_ids=("7",)),
        talk(1, task_ids=("7", other.id)),
        make(Need, area="Jura", origin="7"),
    ]
    found = delete_task(bare(doomed, other, *records), doomed)
    assert (found.goals, found.stays) == (1, 6)
    assert found.sentence == (
        "1 learning goal is deleted with it. 6 notes, actions and answers about it are kept."
    )
    left = [change.after for change in found.changes if change.after]
    assert not any("7" in (getattr(record, "task_ids", ())) for record in left)
    assert not any(getattr(record, "task_id", "") == "7" for record in left)
    gone = [change.record.id for change in found.changes if change.after is None]
    assert gone == [goal.id, "7"]
    linked = next(record for record in left if isinstance(record, Talk))
    assert linked.task_ids == (other.id,)


def test_deleting_a_task_alone_says_nothing() -> None:
    one = task()
    found = delete_task(bare(one), one)
    assert found.sentence == ""
    assert len(found.changes) == 1


def test_a_potential_goes_to_the_needs_map_once() -> None:
    one = task("Notat", type="Skrivning", potential="kan mere", potential_source=Source.MANAGER)
    (change,) = send_potential_to_need(bare(one, make(Need, area="x", round=2)), one, TODAY)
    need = after(change)
    assert (need.area, need.mentor_view, need.origin, need.round, need.on) == (
        "Skrivning",
        "kan mere",
        one.id,
        2,
        TODAY,
    )
    assert send_potential_to_need(bare(one, need), one, TODAY) == []
    assert send_potential_to_need(bare(), task(potential=" "), TODAY) == []
    own = task("Sag", potential="vil mere", potential_source=Source.MENTEE)
    (change,) = send_potential_to_need(bare(own), own, TODAY)
    assert after(change).mentee_view == "vil mere"
    assert after(change).area == "Sag"


@pytest.mark.parametrize(
    ("estimate", "actual", "says"),
    [
        (None, 60, ""),
        (60, None, ""),
        (60, 63, "About as expected."),
        (60, 150, "1.5 h more than expected"),
        (444, 60, "6 h 24 min less than expected"),
        (0, 0, "About as expected."),
    ],
)
def test_time_is_something_to_learn_from(
    estimate: int | None, actual: int | None, says: str
) -> None:
    text = time_text(task(estimate_min=estimate, actual_min=actual))
    assert text.startswith(says)
    assert bool(text) == bool(says)


def test_a_plan_of_two_hundred_rows() -> None:
    tasks = [task(f"t{place}", order=float(place)) for place in range(200)]
    view = bare(*tasks)
    assert len(view.tasks) == 200
    assert len(reorder(view.tasks, tasks[199].id, 0)) == 1


def goals_of(view: MenteeView, task: Task, text: str) -> list[tuple[str, str, str]]:
    """Return the task's goals after its lines were written: id or "new", text, status."""
    known = {goal.id for goal in view.goals_of(task.id)}
    after = apply(view, set_goals(view, task.id, text))
    return [
        (goal.id if goal.id in known else "new", goal.text, goal.status.value)
        for goal in after.goals_of(task.id)
    ]


def test_goals_are_written_as_lines() -> None:
    one = task("Notat")
    first = make(Goal, task_id=one.id, text="a", status=GoalStatus.REACHED, order=1.0)
    second = make(Goal, task_id=one.id, text="b", order=2.0)
    view = bare(one, first, second)
    a, b = (first.id, "a", "reached"), (second.id, "b", "open")
    assert set_goals(view, one.id, " a \n\nb\n") == []
    assert goals_of(view, one, "a\nb\nc") == [a, b, ("new", "c", "open")]
    assert goals_of(view, one, "c\na\nb") == [("new", "c", "open"), a, b]
    assert goals_of(view, one, "a\nx\ny\nb") == [a, ("new", "x", "open"), ("new", "y", "open"), b]
    assert goals_of(view, one, "b\na") == [b, a], "moved, not made anew"
    assert goals_of(view, one, "A\nb") == [(first.id, "A", "reached"), b], "it keeps its status"
    assert goals_of(view, one, "b") == [b]
    assert goals_of(view, one, "") == []
    assert goals_of(bare(one), one, "x") == [("new", "x", "open")]


def test_a_goal_that_is_deleted_leaves_its_notes() -> None:
    one = task("Notat")
    goal = make(Goal, task_id=one.id, text="a")
    note = make(Note, text="godt", goal_id=goal.id)
    view = apply(bare(one, goal, note), set_goals(bare(one, goal, note), one.id, ""))
    assert view.goals == ()
    assert [(kept.text, kept.goal_id) for kept in view.notes] == [("godt", "")]


def test_a_goal_that_somebody_else_made_meanwhile_stays() -> None:
    one = task("Notat")
    mine, theirs = (make(Goal, task_id=one.id, text=text) for text in ("a", "b"))
    seen, now = bare(one, mine), bare(one, mine, theirs)
    after_both = apply(now, set_goals(seen, one.id, "A"))
    assert {goal.text for goal in after_both.goals} == {"A", "b"}
