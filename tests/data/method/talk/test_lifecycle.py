"""How a talk begins and ends, what is new since the last, what is made of what is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.method.talk import outcomes as became
from data.method.talk.lifecycle import (
    end_problem,
    end_talk,
    extra_talk,
    first_time_tasks,
    next_date,
    praise_hint,
    put_aside,
    start_talk,
    suggested_tasks,
    take_back_start,
)
from data.method.talk.since_last import since_last
from data.records import (
    Action,
    ActionState,
    Agreement,
    Answer,
    Goal,
    Intent,
    Note,
    NoteKind,
    Role,
    RoleKind,
    Source,
    Step,
    Talk,
    TalkState,
    Task,
    TaskStatus,
)
from data.store.change import Change
from tests.data.method.build import START, TODAY, at, bare, days, held, make, talk, task
from tests.data.method.talks import answer, apply, flow, running


def test_since_last_is_worked_out_when_looked_at() -> None:
    last = held(2, TODAY - days(14), id="2")
    older = make(Answer, talk_id="2", key="sparring", mentee=" mere tid ")
    moved = task("Notat", (Step.OBSERVES, START), (Step.TOGETHER, TODAY - days(3)))
    still = task("Sag", (Step.OBSERVES, START))
    carried = make(Action, what="ring", talk_id="1")
    own = make(Action, what="ny", talk_id="3")
    carried_out = make(Action, what="x", state=ActionState.DONE, done_on=TODAY - days(1))
    long_done = make(Action, what="y", state=ActionState.DONE, done_on=START)
    asked = make(Intent, situation="a", act="b", talk_id="2", tried="yes")
    line = make(Intent, situation="a", act="b", talk_id="2")
    fresh = make(Note, text="ny", at=at(TODAY - days(2)))
    old = make(Note, text="gammel", at=at(START))
    doubt = make(Note, text="tvivl", kind=NoteKind.DOUBT, at=at(START))
    settled = make(Note, text="svar", kind=NoteKind.DOUBT, at=at(START), answered_on=START)
    spoken = running()
    records = [last, older, moved, still, carried, own, carried_out, long_done]
    view = bare(spoken, *records, asked, line, fresh, old, doubt, settled)
    found = since_last(view, spoken)
    assert found.last == last
    assert found.wanted == {"mentee": "mere tid"}
    assert found.actions == (carried,)
    assert found.carried_out == (carried_out,)
    assert found.intents == (line,)
    assert [(m.task, m.before, m.after) for m in found.step_changes] == [
        (moved, Step.OBSERVES, Step.TOGETHER)
    ]
    assert found.notes == (fresh,)
    assert found.doubts == (doubt,)
    assert found


def test_a_first_talk_has_all_that_was_noted_before_it() -> None:
    note = make(Note, text="x", at=at(START))
    found = since_last(bare(running(), note), running())
    assert (found.last, found.notes) == (None, (note,))
    assert not since_last(bare(running()), running())


def test_the_planned_talk_nearest_to_today_is_started() -> None:
    overdue, near, far = (
        talk(3, planned_on=TODAY - days(20)),
        talk(5, planned_on=TODAY + days(2)),
        talk(6, planned_on=TODAY + days(30)),
    )
    view = bare(overdue, near, far, make(Agreement, minutes=45))
    started, (change,) = start_talk(view, at(TODAY))
    assert (started.id, started.number) == (near.id, 5)
    assert (started.state, started.step, started.minutes) == (TalkState.RUNNING, "frame", 45)
    assert change.before == near
    resumed, none = start_talk(apply(view, [change]), at(TODAY, 10))
    assert (resumed, none) == (started, [])


def test_without_a_plan_a_talk_is_made() -> None:
    started, (change,) = start_talk(bare(held(4, START)), at(TODAY), short=True)
    assert (started.number, started.short, change.before) == (5, True, None)
    waiting = talk(5, TalkState.POSTPONED)
    assert start_talk(bare(waiting), at(TODAY))[0].id == waiting.id


def test_an_unfinished_talk_can_be_put_aside() -> None:
    aside = put_aside(running()).after
    assert isinstance(aside, Talk)
    assert (aside.state, aside.number) == (TalkState.ARCHIVED, 3)


def test_a_talk_does_not_end_without_a_date_or_a_choice() -> None:
    assert end_problem(running(), TODAY)
    assert end_problem(running(next_on=TODAY - days(1)), TODAY)
    assert not end_problem(running(no_next=True), TODAY)
    assert not end_problem(running(next_on=TODAY + days(7)), TODAY)
    with pytest.raises(ValueError, match="date"):
        end_talk(flow(), at(TODAY))


def test_ending_moves_the_next_talk_of_the_series() -> None:
    after_this, later = talk(4, planned_on=TODAY + days(7)), talk(5, planned_on=TODAY + days(14))
    spoken = running(next_on=TODAY + days(9))
    found = flow(after_this, later, of=spoken)
    view = apply(found.view, end_talk(found, at(TODAY, 10)))
    assert [(t.number, t.planned_on) for t in view.to_come] == [
        (4, TODAY + days(9)),
        (5, TODAY + days(14)),
    ]
    assert view.held[-1].ended_at == at(TODAY, 10)
    assert next_date(view, TODAY) == TODAY + days(9)


def test_ending_makes_the_next_talk_where_there_is_none() -> None:
    found = flow(of=running(next_on=TODAY + days(9)))
    view = apply(found.view, end_talk(found, at(TODAY, 10)))
    assert [(t.number, t.planned_on) for t in view.to_come] == [(4, TODAY + days(9))]
    declined = flow(of=running(no_next=True))
    assert apply(declined.view, end_talk(declined, at(TODAY))).to_come == ()
    waiting = talk(2, TalkState.POSTPONED)
    found = flow(waiting, of=running(next_on=TODAY + days(9)))
    view = apply(found.view, end_talk(found, at(TODAY)))
    assert [(t.id, t.planned_on) for t in view.to_come] == [(waiting.id, TODAY + days(9))]


def test_ending_sweeps_empty_answers_and_marks_sparring() -> None:
    mentor = make(Role, kind=RoleKind.MENTOR, person_id="hanne")
    with_mentor = task("a", sparring_on=TODAY, sparring_with="hanne")
    by_name = task("by name", sparring_on=TODAY, sparring_with="hanne-again")
    with_other = task("b", sparring_on=TODAY, sparring_with="rikke")
    ahead = task("c", sparring_on=TODAY + days(3))
    tasks = with_mentor, by_name, with_other, ahead
    empty, full = answer("help"), answer("works", mentee="x")
    starter = answer("praise", mentor="I think that you …", mentee="selv tak")
    chosen = running(no_next=True, task_ids=tuple(one.id for one in tasks))
    found = flow(mentor, *tasks, empty, full, starter, of=chosen)
    view = apply(found.view, end_talk(found, at(TODAY)))
    assert [t.sparring_held_on for t in view.tasks] == [TODAY, TODAY, None, None]
    assert {(a.key, a.mentee, a.mentor) for a in view.answers} == {
        ("works", "x", ""),
        ("praise", "selv tak", ""),
    }


def test_tasks_worth_talking_about_come_first() -> None:
    ready = task("klar", status=TaskStatus.READY, order=9)
    due = task("sparring", sparring_on=TODAY, order=8)
    moved = task("flyttet", (Step.TOGETHER, TODAY - days(1)), order=7)
    active = task("i gang", status=TaskStatus.ACTIVE, order=6)
    parked = task("parkeret", status=TaskStatus.PARKED, sparring_on=TODAY, order=1)
    plain = task("planlagt", order=2)
    view = bare(ready, due, moved, active, parked, plain, held(2, TODAY - days(14)))
    assert [t.title for t in suggested_tasks(view, TODAY)] == [
        "sparring",
        "klar",
        "flyttet",
        "i gang",
    ]


def test_recognition_is_suggested_and_missed_quietly() -> None:
    first = task("a", (Step.TOGETHER, START), (Step.COACHED, TODAY - days(1)))
    before = task("b", (Step.COACHED, START), (Step.INDEPENDENT, TODAY - days(1)))
    view = bare(first, before, held(1, START, id="1"), held(2, TODAY - days(7), id="2"))
    assert first_time_tasks(view) == [first]
    assert "last 2 talks" in praise_hint(view)
    praised = make(Answer, talk_id="2", key="praise", mentor="x")
    assert praise_hint(bare(*view.talks, praised)) == ""
    assert praise_hint(bare(held(1, START))) == ""


def test_one_key_makes_an_answer_what_it_is_about() -> None:
    spoken, one = running(), task("Notat", potential="a")
    view = bare(spoken, one)
    action = became.to_action(spoken, " ring\tRikke\n", who="mentee", due=TODAY).after
    assert isinstance(action, Action)
    assert (action.what, action.who, action.due, action.talk_id) == (
        "ring Rikke",
        "mentee",
        TODAY,
        "3",
    )
    row = became.to_new_task(view, spoken, "Tilsyn", "Besøg").after
    assert isinstance(row, Task)
    assert (row.origin, row.type) == ("3", "Besøg")
    goal = became.to_goal(view, one, "Kan selv", TODAY).after
    assert isinstance(goal, Goal)
    assert (goal.task_id, goal.due) == (one.id, TODAY)
    step = became.to_next_step(one, " x ").after
    assert isinstance(step, Task)
    assert step.next_step == "x"
    more = became.to_potential(one, "b", Source.MANAGER).after
    assert isinstance(more, Task)
    assert (more.potential, more.potential_source) == ("a\nb", Source.MANAGER)
    assert became.to_potential(more, "b").is_empty
    works = answer("works")
    example = became.to_example(works, "Svær samtale").after
    assert isinstance(example, Answer)
    assert example.examples == ("Svær samtale",)
    assert became.to_example(example, "Svær samtale").is_empty
    assert became.examples(bare(example)) == ["Svær samtale"]


def test_an_empty_talk_begun_in_an_earlier_session_waits_for_its_day_again() -> None:
    planned = talk(3, planned_on=TODAY + days(9))
    begun, _changes = start_talk(bare(planned), at(TODAY))
    (back,) = take_back_start(bare(begun), begun)
    assert isinstance(back.after, Talk)
    assert replace(back.after, minutes=planned.minutes) == planned
    moved = replace(begun, planned_on=TODAY + days(12))
    (back,) = take_back_start(bare(moved), moved, [Change.between(planned, begun)])
    assert isinstance(back.after, Talk)
    assert back.after.planned_on == TODAY + days(12), "moved by somebody else meanwhile"


def test_an_empty_talk_that_nobody_had_planned_is_gone() -> None:
    view = bare(talk(3, planned_on=TODAY + days(9)))
    begun, _changes = start_talk(view, at(TODAY), which=extra_talk(view, TODAY))
    (back,) = take_back_start(bare(begun), begun)
    assert back.after is None


def test_a_talk_with_words_or_one_that_was_held_before_is_not_taken_back() -> None:
    begun = running(planned_on=TODAY + days(9))
    note = Note(mentee_id=begun.mentee_id, talk_id=begun.id, text="Hej")
    assert take_back_start(bare(begun, note), begun) == []
    reopened = replace(begun, ended_at=at(TODAY))
    assert take_back_start(bare(reopened), reopened) == []
