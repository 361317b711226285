"""The guided talk as a value: its steps and where it stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.library import QUESTIONS, STEPS
from data.method.talk.flow import SHORT, said
from data.method.talk.missing import missing
from data.method.visibility import Reader
from data.records import (
    Agreement,
    MenteeRecord,
    Note,
    PlanEdit,
    Talk,
)
from tests.data.method.build import START, TODAY, make, task
from tests.data.method.talks import DANISH, ENGLISH, answer, flow, keys, running


def test_without_tasks_the_third_question_is_general_and_says_so() -> None:
    found = flow()
    assert keys(found) == list(STEPS)
    skills = found.step("skills")
    assert skills
    assert "{task}" not in skills.question
    assert skills.question == ENGLISH.step("skills").general
    assert "is general" in skills.note


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


def test_the_plan_has_its_tick_when_it_is_agreed_as_the_closing_step_asks() -> None:
    one = task()
    edit = PlanEdit(task_id=one.id, task="", field="")
    for of in (running(plan_edits=(edit,)), running(plan_edits=(edit,), plan_updated_on=TODAY)):
        found = flow(one, of=of)
        asked = {lack.step for lack in missing(found, TODAY)}
        step = found.step("plan")
        assert step is not None
        assert step.filled is ("plan" not in asked)
    agreed = flow(one, of=running(plan_updated_on=TODAY)).step("plan")
    assert agreed is not None
    assert agreed.filled


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
    ).seen_by(Reader.SHARED)
    assert "KANARIE" not in repr(found.view)
    assert found.answer("works")
    assert len(found.view.notes) == 1
