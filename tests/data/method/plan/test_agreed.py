"""What was agreed, what differs since, and what a talk changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from data.method.plan.agreed import (
    SinceAgreed,
    agree,
    agreed_words,
    awaits_agreement,
    changed_since_agreed,
    merge_edits,
    note_edits,
    plan_edits,
    rows_since_agreed,
    updated_together,
)
from data.method.plan.changes import set_goal_status, set_step
from data.method.talk.plan_edits import edit_text
from data.method.view import MenteeView
from data.records import (
    Goal,
    GoalKind,
    GoalStatus,
    Mentee,
    PlanEdit,
    Priority,
    Step,
    Talk,
    Task,
    TaskStatus,
)
from data.store.change import Change
from tests.data.method.build import PEOPLE, TODAY, bare, days, make, talk, task


def agreed(*records: Task | Goal) -> tuple[MenteeView, Mentee]:
    view = bare(*records)
    stamped = agree(view, ["Maja", "Hanne"], TODAY).after
    assert isinstance(stamped, Mentee)
    return view, stamped


def since(mentee: Mentee, *records: Task | Goal) -> Any:
    return changed_since_agreed(MenteeView.of(mentee, records))


def test_nothing_agreed_is_nothing_changed() -> None:
    assert not changed_since_agreed(bare(task()))
    _view, stamped = agreed(task("a"))
    assert (stamped.plan_agreed_on, stamped.plan_agreed_by) == (TODAY, ("Maja", "Hanne"))


@pytest.mark.parametrize(
    "edit",
    [
        {"title": "x"},
        {"description": "x"},
        {"priority": Priority.HIGH},
        {"sparring_on": TODAY},
        {"next_step": "x"},
        {"extra": {"Paragraf": "§ 50"}},
        {"estimate_min": 60},
    ],
)
def test_a_later_edit_is_seen_and_taking_it_back_clears_it(edit: dict[str, Any]) -> None:
    one = task("a")
    _view, stamped = agreed(one)
    changed = replace(one, **edit)
    assert since(stamped, changed).changed == (one.id,)
    assert not since(stamped, one)
    again = agree(MenteeView.of(stamped, [changed]), ["Maja"], TODAY).after
    assert isinstance(again, Mentee)
    assert not since(again, changed)


def test_progress_is_no_change_of_what_was_agreed() -> None:
    one = task("a")
    goal = make(Goal, task_id=one.id, text="g")
    _view, stamped = agreed(one, goal)
    moved = replace(one, step=Step.INDEPENDENT, status=TaskStatus.DONE, order=9.0)
    assert not since(stamped, moved, replace(goal, status=GoalStatus.REACHED))
    assert since(stamped, one, replace(goal, text="h")).changed == (one.id,)
    assert since(stamped, one).changed == (one.id,), "the goal is gone"


def test_rows_that_came_and_went() -> None:
    one, two, three = task("a"), task("b"), task("c")
    _view, stamped = agreed(one, two)
    found = since(stamped, one, three)
    assert (found.changed, found.added, found.gone) == ((), (three.id,), 1)


def test_edits_of_a_talk_are_told_field_by_field() -> None:
    one = task("Notat")
    goal = make(Goal, task_id=one.id, text="Kan selv")
    changes = [
        Change.edited(one, next_step="ring", sparring_on=TODAY, sparring_with="rikke"),
        set_step(one, Step.TOGETHER, TODAY),
        set_goal_status(goal, GoalStatus.REACHED, TODAY),
        Change.edited(goal, kind=GoalKind.KNOWLEDGE),
        Change.created(make(Task, title="Ny")),
        Change.deleted(goal),
        Change.edited(one, order=4.0),
        Change.edited(one, needs_check=True, estimate_min=90),
        Change.edited(one, extra={"Paragraf": "§ 50"}),
    ]
    texts = [edit_text(edit, bare()) for edit in plan_edits(changes, [one])]
    assert texts == [
        "Notat: Sparring when: 24-11-2025",
        "Notat: Sparring with: Rikke",
        "Notat: Next step: ring",
        "Notat: Training step: Together",
        "Notat: Status: In progress (before: Planned)",
        "Notat: Learning goal: Kan selv: Reached (before: Kan selv: Not started)",
        "Notat: Kind of learning goal: Knowledge (before: Skill)",
        "Ny: new in the plan",
        "Notat: Learning goal: – (before: Kan selv)",
        "Notat: Expected time: 1.5 h",
        "Notat: Needs quality check: yes",
        "Notat: Paragraf: § 50",
    ]


def edit(before: str, after: str, field: str = "next_step") -> PlanEdit:
    return PlanEdit(task_id="7", task="Notat", field=field, before=before, after=after)


def test_two_edits_of_a_field_become_one_and_an_undone_one_none() -> None:
    first = edit("a", "b")
    assert merge_edits([first], [edit("b", "c")]) == (edit("a", "c"),)
    assert merge_edits([first], [edit("b", "a")]) == ()
    assert merge_edits([first], [edit("", "x", "potential")]) == (first, edit("", "x", "potential"))
    row = edit("", "Notat", "")
    assert merge_edits([row, first], [edit("Notat", "", "")]) == ()


def test_a_talk_keeps_its_edits() -> None:
    one, running = task("Notat"), talk(3)
    changes = [Change.edited(one, next_step="ring")]
    (kept,) = note_edits(running, changes, [one])
    assert isinstance(kept.after, Talk)
    assert [e.after for e in kept.after.plan_edits] == ["ring"]
    assert note_edits(running, [Change.edited(one, order=2.0)], [one]) == []


def test_updating_together_stamps_the_plan_and_the_talk() -> None:
    one = task("Notat")
    view = MenteeView.of(bare().mentee, [one], PEOPLE)
    names, day = ["Maja", "Hanne"], TODAY + days(1)
    mentee, spoken = (c.after for c in updated_together(view, talk(3), names, day))
    assert isinstance(mentee, Mentee)
    assert isinstance(spoken, Talk)
    assert mentee.plan_updated_on == mentee.plan_agreed_on == spoken.plan_updated_on == day
    assert not since(mentee, one)
    assert replace(mentee, plan_updated_on=None) == agree(view, names, day).after, "as o does"


def test_a_talk_agrees_anew_on_what_it_has_changed_itself() -> None:
    one, other = task("Notat"), task("Journal")
    view, stamped = agreed(one, other)
    new = task("Afgørelse")

    def awaited(spoken: Talk, *tasks: Task) -> bool:
        return awaits_agreement(MenteeView.of(stamped, tasks), spoken)

    def with_edit(before: Task | None, after: Task | None) -> Talk:
        change = Change("tasks", (after or before or one).id, before, after)
        return replace(
            talk(3), plan_updated_on=TODAY, plan_edits=tuple(plan_edits([change], view.tasks))
        )

    moved = replace(one, next_step="ring")
    assert awaited(talk(3), one, other), "not yet in this talk"
    assert not awaited(talk(3)), "there are no tasks"
    assert awaited(with_edit(one, moved), moved, other)
    assert not awaited(with_edit(one, moved), one, other), "it was changed back"
    assert not awaited(with_edit(one, replace(one, step=Step.INDEPENDENT)), one, other), "progress"
    assert not awaited(with_edit(other, other), moved, other), "somebody else changed it"
    assert awaited(with_edit(None, new), one, other, new)
    assert awaited(with_edit(one, None), other)


def test_a_plan_without_tasks_is_not_agreed_on() -> None:
    assert updated_together(bare(), talk(3), ["Maja"], TODAY) == []


def test_the_agreement_is_told_with_what_differs_since() -> None:
    one, two = task("Notat"), task("Journal")
    _view, stamped = agreed(one, two)
    assert agreed_words(bare().mentee, since(bare().mentee)) == []
    assert agreed_words(stamped, since(stamped, one, two)) == ["Agreed 24-11-2025", "Maja, Hanne"]
    changed, added = replace(two, next_step="ring"), task("Afgørelse")
    found = since(stamped, changed, added)
    told = agreed_words(replace(stamped, plan_updated_on=TODAY - days(1)), found)
    assert told == [
        "Agreed 24-11-2025",
        "3 changed",
        "updated together 23-11-2025",
        "Maja, Hanne",
    ]
    signed = agree(_view, ["Maja", "Hanne"], TODAY, "mh").record
    assert isinstance(signed, Mentee)
    assert agreed_words(signed, SinceAgreed())[-1] == "Maja (mh), Hanne"
    mended = replace(signed, plan_agreed_initials="xx")
    assert "the stamp has been changed since" in agreed_words(mended, SinceAgreed())
    view = MenteeView.of(stamped, [changed, added])
    rows = "Changed since agreement: Journal. New since agreement: Afgørelse."
    assert rows_since_agreed(view, found) == rows
    assert [found.sign(one.id) for one in (changed, added, one)] == ["*", "+", ""]
