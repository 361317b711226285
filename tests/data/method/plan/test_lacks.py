"""What a task has not got yet."""

from __future__ import annotations

from datetime import date

from data.method.mentorship.gaps import GapKind, gaps
from data.method.plan.lacks import lacks, without_goals
from data.method.view import MenteeView
from data.records import Goal, Mentee, Task, TaskStatus

MAJA = Mentee(name="Maja")


def task(title: str, **fields: object) -> Task:
    return Task(mentee_id=MAJA.id, title=title, **fields)  # type: ignore[arg-type]


def test_what_is_to_come_is_asked_only_of_tasks_in_work() -> None:
    bare = task("a")
    whole = task("b", sparring_on=date(2025, 12, 1), next_step="Ringe")
    done, parked = task("c", status=TaskStatus.DONE), task("d", status=TaskStatus.PARKED)
    goal = Goal(mentee_id=MAJA.id, task_id=whole.id, text="Kan selv")
    view = MenteeView.of(MAJA, [bare, whole, done, parked, goal])
    assert lacks(view, bare) == ["no goals", "no sparring date", "no next step"]
    assert lacks(view, whole) == []
    assert lacks(view, done) == ["no goals"]
    assert lacks(view, parked) == []
    (gap,) = [one for one in gaps(view, date(2025, 11, 24)) if one.kind is GapKind.NO_GOALS]
    assert gap.ids == tuple(one.id for one in without_goals(view)) == (bare.id, done.id)
