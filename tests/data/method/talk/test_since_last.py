"""What is new since the last talk is exactly that, also where both were on one day (R29)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from data.library import questions
from data.method.talk.before import last_before
from data.method.talk.flow import TalkFlow
from data.method.talk.since_last import since_last
from data.records import (
    Action,
    ActionState,
    Answer,
    Goal,
    Note,
    PlanEdit,
    Step,
    Talk,
    TalkState,
)
from tests.data.method.build import START, TODAY, at, bare, days, make, talk, task
from tests.data.method.talks import running

HOUR = timedelta(hours=1)


def just_held(**fields: Any) -> Talk:
    """A talk of this morning, from 8 to 9; `running` begins at 9."""
    begun = at(TODAY, 8)
    return talk(2, TalkState.HELD, id="2", started_at=begun, ended_at=begun + HOUR, **fields)


def test_right_after_a_talk_only_what_came_after_it_is_new() -> None:
    spoken = running()
    before = make(Note, text="før", at=at(TODAY, 7))
    within = make(Note, text="i samtalen", at=at(TODAY, 8), talk_id="2")
    after = make(Note, text="efter", at=at(TODAY, 9) + HOUR / 60)
    old_goal = make(Goal, text="gammelt", task_id="t", created_at=at(TODAY, 7))
    new_goal = make(Goal, text="nyt", task_id="t", created_at=at(TODAY, 10))
    done: dict[str, Any] = {"state": ActionState.DONE, "done_on": TODAY}
    done_before = make(Action, what="a", changed_at=at(TODAY, 8), **done)
    done_after = make(Action, what="b", changed_at=at(TODAY, 10), **done)
    view = bare(
        just_held(), spoken, before, within, after, old_goal, new_goal, done_before, done_after
    )
    found = since_last(view, spoken)
    assert found.notes == (after,)
    assert found.new_goals == (new_goal,)
    assert found.carried_out == (done_after,)


def test_a_step_set_in_the_last_talk_is_not_new_and_one_set_after_it_is() -> None:
    changed = at(TODAY, 10)
    moved = task("Notat", (Step.OBSERVES, START), (Step.TOGETHER, TODAY), changed_at=changed)
    edit = PlanEdit(task_id=moved.id, task="Notat", field="step", after=Step.TOGETHER)
    spoken = running()
    assert since_last(bare(just_held(plan_edits=(edit,)), spoken, moved), spoken).step_changes == ()
    (change,) = since_last(bare(just_held(), spoken, moved), spoken).step_changes
    assert (change.before, change.after) == (Step.OBSERVES, Step.TOGETHER)


def test_of_a_talk_held_without_the_program_all_of_its_day_is_part() -> None:
    last = talk(2, TalkState.HELD, planned_on=TODAY - days(3), id="2")
    old = make(Note, text="før", at=at(TODAY - days(9)))
    same_day = make(Note, text="samme dag", at=at(TODAY - days(3), 15))
    new = make(Note, text="efter", at=at(TODAY - days(2)))
    spoken = running()
    assert since_last(bare(last, spoken, old, same_day, new), spoken).notes == (new,)


def test_what_was_parked_and_what_both_said_about_the_sparring_comes_back() -> None:
    parked = make(Answer, talk_id="2", key="occupied", mentee="tidsregistrering")
    kept = make(Answer, talk_id="2", key="works", mentee="kaffe")
    both = make(Answer, talk_id="2", key="sparring", mentee="mere tid", mentor="jeg lytter")
    close = make(Answer, talk_id="2", key="close", mentor="spørg mere")
    last = just_held(sorted_items={parked.id: "park", kept.id: "keep"})
    spoken = running()
    found = since_last(bare(last, spoken, parked, kept, both, close), spoken)
    assert [item.text for item in found.parked] == ["tidsregistrering"]
    assert found.wanted == {"mentee": "mere tid", "mentor": "jeg lytter"}
    assert found.learned == "spørg mere"


def test_the_talk_before_is_the_one_before_it_in_time() -> None:
    later = talk(9, TalkState.HELD, planned_on=TODAY + days(3), id="9")
    spoken = running()
    assert last_before(bare(later, spoken), spoken) is None
    assert last_before(bare(later, just_held(), spoken), spoken) == just_held()


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_first_talk_of_all_speaks_of_no_talk_before_it(language: str) -> None:
    words = questions(language)
    first, again = bare(running()), bare(just_held(), running())
    steps = [TalkFlow(view, running(), words).step("since") for view in (first, again)]
    assert steps[0] is not None
    assert steps[1] is not None
    assert steps[1].words == words.step("since")
    said = " ".join((steps[0].title, steps[0].words.purpose, *steps[0].words.probes)).casefold()
    assert not re.search(r"sidst|\blast\b|aftalt|agreed", said)
    assert steps[0].words.purpose
