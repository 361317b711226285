"""The guided talk as a value, from its start to its summary."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.change import Change
from data.library import QUESTIONS, STEPS, questions
from data.method import said as became
from data.method.since import since_last
from data.method.talk_course import (
    end_problem,
    end_talk,
    first_time_tasks,
    next_date,
    praise_hint,
    put_aside,
    start_talk,
    suggested_tasks,
)
from data.method.talk_flow import SHORT, TalkFlow, said
from data.method.talk_summary import prep_sheet, summary
from data.method.view import MenteeView
from data.records import (
    Action,
    ActionState,
    Agreement,
    Answer,
    Goal,
    Intent,
    MenteeRecord,
    Note,
    NoteKind,
    PlanEdit,
    Record,
    Role,
    RoleKind,
    Source,
    Step,
    Talk,
    TalkState,
    Task,
    TaskStatus,
)
from tests.data.method.build import PEOPLE, START, TODAY, at, bare, days, held, make, talk, task

ENGLISH = questions("en")
DANISH = questions("da")


def running(**fields: Any) -> Talk:
    return talk(3, TalkState.RUNNING, started_at=at(TODAY), id="3", **fields)


def answer(key: str, **fields: Any) -> Answer:
    return make(Answer, talk_id="3", key=key, **fields)


def flow(*records: MenteeRecord, of: Talk | None = None, **fields: Any) -> TalkFlow:
    spoken = of or running()
    return TalkFlow(bare(spoken, *records, **fields), spoken, ENGLISH)


def keys(found: TalkFlow) -> list[str]:
    return [step.key for step in found.steps]


def apply(view: MenteeView, changes: list[Change]) -> MenteeView:
    """Return the view as it is after the changes."""
    records: dict[str, Record] = {
        one.id: one
        for name in MenteeView.__dataclass_fields__
        if isinstance(table := getattr(view, name), tuple)
        for one in table
    }
    for change in changes:
        if change.after is None:
            records.pop(change.id)
        else:
            records[change.id] = change.after
    return MenteeView.of(view.mentee, list(records.values()), view.people)


def test_without_tasks_the_third_question_is_general_and_says_so() -> None:
    found = flow()
    assert keys(found) == list(STEPS)
    skills = found.step("skills")
    assert skills
    assert "{task}" not in skills.question
    assert skills.question == ENGLISH.step("skills").general
    assert "in general" in skills.note


def test_the_third_question_is_asked_once_for_each_chosen_task() -> None:
    one, two = task('Notat "x"'), task("Sag")
    found = flow(one, two, of=running(task_ids=(one.id, two.id, "gone")))
    skills = [step for step in found.steps if step.base == "skills"]
    assert [step.task_id for step in skills] == [one.id, two.id]
    assert 'Notat "x"' in skills[0].question
    assert skills[0].question != skills[1].question
    assert [step.number for step in skills] == [3, 3]
    assert len(found.steps) == len(STEPS) + 1


def test_numbers_are_those_of_the_six_questions() -> None:
    numbers = [step.number for step in flow().steps if step.number]
    assert numbers == list(range(1, len(QUESTIONS) + 1))


def test_what_was_asked_keeps_its_words() -> None:
    old = answer("occupied", question="An older wording?", mentee="x")
    empty = answer("works", question="An older wording?")
    found = flow(old, empty)
    occupied, works = found.step("occupied"), found.step("works")
    assert occupied
    assert works
    assert occupied.question == "An older wording?"
    assert works.question == ENGLISH.step("works").text, "nobody has answered it yet"


def test_an_answer_without_its_question_keeps_a_step() -> None:
    found = flow(
        answer("own:extra", question="Our own question?", mentee="x"),
        answer("skills:gone", question="What did Sag teach you?", mentee="y"),
        answer("skills", question="In general?", mentee="z"),
        answer("removed", question="Nothing said"),
        of=running(task_ids=()),
    )
    assert keys(found)[-4:] == ["own:extra", "skills:gone", "plan", "close"]
    lost = found.step("skills:gone")
    assert lost
    assert (lost.question, lost.filled, lost.title) == ("What did Sag teach you?", True, "Skills")
    one = task("Notat")
    both = flow(one, answer("skills", mentee="z"), of=running(task_ids=(one.id,)))
    assert [k for k in keys(both) if k.startswith("skills")] == ["skills", f"skills:{one.id}"]


def test_the_short_talk() -> None:
    short = running(short=True)
    assert keys(flow(of=short)) == list(SHORT)
    longer = flow(answer("works", mentee="x"), of=short)
    assert "works" in keys(longer), "what was said before it was made short stays"


def test_moving_is_free() -> None:
    found = flow()
    assert found.current.key == "frame"
    assert found.previous is None
    assert found.next
    assert found.next.key == "since"
    there = found.at("close", "mentor")
    assert there.next is None
    assert (there.talk.step, there.talk.side) == ("close", "mentor")
    assert there.previous
    assert there.previous.key == "plan"
    assert found.at("nowhere") is found
    (change,) = found.go("help")
    assert isinstance(change.after, Talk)
    assert change.after.step == "help"
    assert there.go("close") == []


def test_a_step_that_is_gone_leads_to_its_kin_or_the_start() -> None:
    assert flow(of=running(step="skills:gone")).current.key == "skills"
    assert flow(of=running(step="from a newer program")).index == 0


@given(st.lists(st.sampled_from(["next", "previous", *STEPS]), max_size=30), st.booleans())
def test_wherever_one_goes_there_is_a_step(moves: list[str], short: bool) -> None:
    found = flow(of=running(short=short))
    for move in moves:
        if move == "next":
            target = found.next
        elif move == "previous":
            target = found.previous
        else:
            target = found.step(move)
        found = found.at(target.key) if target else found
        assert 0 <= found.index < len(found.steps)
        assert target is None or found.current.key == target.key


@pytest.mark.parametrize(
    ("records", "fields", "filled"),
    [
        ([], {}, set()),
        ([("occupied", {"mentee": "x"})], {}, {"occupied"}),
        ([("occupied", {"mentor": "x"})], {}, {"occupied"}),
        ([("occupied", {"mentee": " \n"})], {}, set()),
        ([("works", {"examples": ("x",)})], {}, {"works"}),
        ([("praise", {"mentor": "I think that you …"})], {}, set()),
        ([("praise", {"mentor": "I think that you "})], {}, set()),
        ([("praise", {"mentor": "I think that you listened"})], {}, {"praise"}),
        ([("understand:limits", {"mentee": "x"})], {}, {"understand"}),
        ([], {"sorted_items": {"1": "keep"}}, {"sort"}),
        ([], {"next_on": TODAY}, {"close"}),
        ([], {"no_next": True}, {"close"}),
        ([], {"plan_updated_on": TODAY}, {"plan"}),
        ([], {"plan_edits": (PlanEdit(task_id="", task="", field=""),)}, {"plan"}),
    ],
)
def test_what_is_filled(
    records: list[tuple[str, dict[str, Any]]], fields: dict[str, Any], filled: set[str]
) -> None:
    found = flow(*(answer(key, **said) for key, said in records), of=running(**fields))
    assert {step.key for step in found.steps if step.filled} == filled


def test_choosing_and_an_agreement_fill_their_steps() -> None:
    one = task()
    found = flow(one, make(Agreement, agreed_on=START), of=running(task_ids=(one.id,)))
    assert {step.key for step in found.steps if step.filled} == {"frame", "since"}


def test_an_untouched_starter_says_nothing_in_either_language() -> None:
    for words in (ENGLISH.step("praise"), DANISH.step("praise")):
        assert said(words.opening, words) == said(words.starter, words) == ""
        assert said(f"{words.opening}x", words)


def test_new_answers_carry_wording_task_and_privacy() -> None:
    one = task("Notat")
    found = flow(one, of=running(task_ids=(one.id,)))
    steps = {step.key: step for step in found.steps}
    skills = found.new_answer(steps[f"skills:{one.id}"])
    assert (skills.key, skills.task_id, skills.talk_id) == (f"skills:{one.id}", one.id, "3")
    assert "Notat" in skills.question
    assert found.new_answer(steps["wellbeing"]).private
    assert not found.new_answer(steps["occupied"]).private
    assert found.new_answer(steps["praise"]).task_id == one.id
    limits = found.new_answer(steps["understand"], "limits")
    assert limits.key == "understand:limits"
    assert limits.question


def test_a_graduate_is_not_left_without_recognition_unasked() -> None:
    def asks(*records: MenteeRecord, graduate: bool = True) -> bool:
        found = flow(*records, newly_qualified=graduate)
        step = found.step("praise")
        return bool(step and found.ask_before_leaving(step))

    assert asks()
    assert not asks(answer("praise", mentor="Du lyttede"))
    assert not asks(graduate=False)


def test_the_shared_view_holds_nothing_private() -> None:
    found = flow(
        answer("wellbeing", mentee="KANARIE", private=True),
        answer("works", mentee="åbent"),
        make(Note, text="KANARIE", private=True),
        make(Note, text="delt", private=False),
    ).shared()
    assert "KANARIE" not in repr(found.view)
    assert found.answer("works")
    assert len(found.view.notes) == 1


# -- since last ---------------------------------------------------------------------------------


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
    assert found.wanted == "mere tid"
    assert found.actions == (carried,)
    assert found.carried_out == (carried_out,)
    assert found.intents == (line,)
    assert [(m.task, m.before, m.after) for m in found.moved] == [
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


# -- start and end ------------------------------------------------------------------------------


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
    with_other = task("b", sparring_on=TODAY, sparring_with="rikke")
    ahead = task("c", sparring_on=TODAY + days(3))
    empty, full = answer("help"), answer("works", mentee="x")
    starter = answer("praise", mentor="I think that you …", mentee="selv tak")
    chosen = running(no_next=True, task_ids=(with_mentor.id, with_other.id, ahead.id))
    found = flow(mentor, with_mentor, with_other, ahead, empty, full, starter, of=chosen)
    view = apply(found.view, end_talk(found, at(TODAY)))
    assert [t.sparring_held_on for t in view.tasks] == [TODAY, None, None]
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


# -- what is said becomes what it is about ----------------------------------------------------


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


# -- summary and sheet --------------------------------------------------------------------------


def test_the_summary_tells_everything_but_what_is_private() -> None:
    one = task("Notat")
    spoken = replace(
        running(task_ids=(one.id,), next_on=TODAY + days(7), place="Lokale 2"),
        state=TalkState.HELD,
        ended_at=at(TODAY, 10),
        plan_edits=(PlanEdit(task_id=one.id, task="Notat", field="next_step", after="ring"),),
    )
    works = answer("works", question="Hvad?", mentee="mine ord", mentor="dine", examples=("A",))
    records = [
        one,
        works,
        answer(f"skills:{one.id}", question="Hvad har Notat givet?", mentee="linje 1\nlinje 2"),
        answer("wellbeing", question="Trivsel?", mentee="KANARIE", private=True),
        answer("understand:limits", question="Rammer?", mentee="frister", task_id=one.id),
        answer("close", mentor="KANARIE lærte jeg"),
        answer("praise", question="Say it", mentor="I think that you listened", task_id=one.id),
        make(Action, what="ring Rikke", who="mentee", due=TODAY, talk_id="3"),
        make(Action, what="en anden gang", talk_id="2"),
        make(Intent, situation="jeg tøver", act="ringe", talk_id="3"),
        make(Note, text="KANARIE", talk_id="3"),
    ]
    spoken = replace(spoken, sorted_items={works.id: "keep"})
    text = summary(bare(spoken, *records), spoken, ENGLISH)
    assert text.startswith("Talk 3 with Maja\nMon 24-11-2025\nLokale 2\nTasks: Notat\n")
    for part in (
        "Hvad?\n  Mentee: mine ord\n  + A\n  Mentor: dine\n",
        "  Mentee: linje 1\n          linje 2\n",
        "Rammer?\n  Task: Notat\n  Mentee: frister",
        "Recognition\n  Task: Notat\n  Mentor: I think that you listened\n",
        "Keep:\n  - mine ord",
        "Next time jeg tøver, I will ringe",
        "  - Notat: Next step: ring",
        "Agreed:\n  - ring Rikke (Maja, 24-11-2025)",
        "Next talk: Mon 01-12-2025",
    ):
        assert part in text
    assert "KANARIE" not in text
    assert "en anden gang" not in text
    assert max(map(len, text.split("\n"))) <= 72


def test_only_private_text_gives_a_summary_that_says_nothing_private() -> None:
    spoken = replace(running(), state=TalkState.HELD)
    text = summary(bare(spoken, answer("help", mentee="KANARIE", private=True)), spoken, ENGLISH)
    assert "Nothing was written down to share" in text
    assert "No next talk has been agreed." in text
    assert "KANARIE" not in text


def test_only_the_mentees_words_are_enough() -> None:
    spoken = replace(running(), state=TalkState.HELD)
    text = summary(bare(spoken, answer("help", question="Hjælp?", mentee="ja")), spoken, ENGLISH)
    assert "Hjælp?\n  Mentee: ja" in text
    assert "Mentor:" not in text


@pytest.mark.parametrize("words", [ENGLISH, DANISH])
def test_the_sheet_asks_the_six_questions_for_the_chosen_tasks(words: Any) -> None:
    one, two = task("Notat"), task("Sag")
    planned = talk(4, planned_on=TODAY, planned_time="14:00", task_ids=(one.id, two.id))
    records = [one, two, planned, make(Answer, talk_id=planned.id, key="help", mentee="KANARIE")]
    text = prep_sheet(MenteeView.of(bare().mentee, records, PEOPLE), planned, words)
    flat = " ".join(text.split())
    assert words.step("wellbeing").spoken in flat
    assert words.step("occupied").text in flat
    assert flat.count("Notat") >= 2
    assert "14:00" in flat
    assert "KANARIE" not in flat
