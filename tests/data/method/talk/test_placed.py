"""What is said at *Potential* and *Next step* stands on the task, and comes off it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from data.method.talk.flow import TalkFlow
from data.method.talk.placed import Way, place, replaces
from data.records import Answer, Source, Task
from tests.data.method.build import bare, task
from tests.data.method.talks import ENGLISH, answer, apply, running

ONE = replace(
    task("Notat"), id="one", next_step="ring", potential="hurtig", potential_source=Source.MANAGER
)
FIELDS = {"potential": "potential", "next": "next_step"}


class Spoken:
    """A talk about one task, in which words are said and placed."""

    def __init__(self, key: str, task: Task = ONE, *others: Task) -> None:
        talk = running(task_ids=(task.id,))
        self.key, self.id = key, task.id
        self.flow = TalkFlow(bare(talk, task, *others), talk, ENGLISH)

    def say(self, way: Way | None = None, **words: Any) -> Spoken:
        """Put words into the answer, and place them; returns itself."""
        known = self.flow.answer(self.key)
        said = replace(known or answer(self.key, id="a"), **words)
        others = [one for one in self.flow.view.answers if one.id != "a"]
        view = replace(self.flow.view, answers=(*others, said))
        self.flow = TalkFlow(view, self.flow.talk, ENGLISH)
        changes = place(self.flow, self.key, way)
        self.flow = TalkFlow(apply(view, changes), self.flow.talk, ENGLISH)
        assert not place(self.flow, self.key), "placed once is placed"
        return self

    def task(self, id: str = "") -> Task:
        found = self.flow.view.task(id or self.id)
        assert found is not None
        return found

    @property
    def answer(self) -> Answer:
        return self.flow.answers[self.key]

    @property
    def replaced(self) -> str:
        step = self.flow.step(self.key)
        assert step is not None
        return replaces(self.flow, step)


def test_a_potential_is_added_in_the_voice_that_said_it() -> None:
    spoken = Spoken("potential").say(mentee="kan lede")
    assert spoken.task().potential == "hurtig\nkan lede"
    assert spoken.task().potential_source is Source.MENTEE
    assert spoken.say(mentee="", mentor="kan lære fra sig").task().potential_source is Source.MENTOR
    assert spoken.task().potential == "hurtig\nkan lære fra sig"
    both = spoken.say(mentee="gerne").task().potential
    assert both == "hurtig\nMentor: kan lære fra sig\nMentee: gerne"


def test_a_next_step_takes_the_place_of_the_one_before_and_says_so() -> None:
    spoken = Spoken("next")
    assert spoken.replaced == "ring", "shown before anything is written"
    spoken.say(mentor="skriv")
    assert (spoken.task().next_step, spoken.replaced) == ("skriv", "ring")
    assert spoken.say(mentor="skriv udkast").task().next_step == "skriv udkast"
    assert spoken.say(Way.BOTH).task().next_step == "ring\nskriv udkast"
    assert spoken.replaced == ""
    assert spoken.say(mentor="skriv nu").task().next_step == "ring\nskriv nu"


@pytest.mark.parametrize("key", FIELDS)
@pytest.mark.parametrize("how", ["off", "emptied", "private"])
def test_words_come_off_the_task_and_leave_what_stood_there(key: str, how: str) -> None:
    spoken = Spoken(key).say(mentor="nyt")
    assert "nyt" in getattr(spoken.task(), FIELDS[key])
    if how == "off":
        spoken.say(Way.OFF)
    else:
        words: dict[str, Any] = {"mentor": ""} if how == "emptied" else {"private": True}
        spoken.say(None, **words)
    kept = replace(spoken.task(), rev=ONE.rev)
    assert kept == ONE
    if how == "off":
        assert "nyt" in getattr(spoken.say(Way.ON).task(), FIELDS[key])


@pytest.mark.parametrize("key", FIELDS)
def test_what_was_mended_in_the_plan_since_is_left_alone(key: str) -> None:
    spoken = Spoken(key).say(mentor="nyt")
    fields: dict[str, Any] = {FIELDS[key]: "mended together"}
    mended = replace(spoken.task(), **fields)
    view = replace(spoken.flow.view, tasks=(mended,))
    spoken.flow = TalkFlow(view, spoken.flow.talk, ENGLISH)
    spoken.say()
    assert getattr(spoken.task(), FIELDS[key]) == "mended together"
    spoken.say(Way.OFF)
    assert getattr(spoken.task(), FIELDS[key]) == "mended together"


@pytest.mark.parametrize("key", FIELDS)
def test_words_move_with_the_task_that_they_are_about(key: str) -> None:
    other = task("Sag")
    spoken = Spoken(key, ONE, other).say(mentor="nyt")
    spoken.say(task_id=other.id)
    assert replace(spoken.task(), rev=ONE.rev) == ONE
    assert getattr(spoken.task(other.id), FIELDS[key]) == "nyt"


def test_a_potential_that_stood_there_already_stays_when_the_words_come_off() -> None:
    spoken = Spoken("potential").say(mentor="hurtig")
    assert spoken.task() == ONE
    assert spoken.say(Way.OFF).task() == ONE


def test_without_a_task_the_words_stay_in_the_talk() -> None:
    talk = running()
    flow = TalkFlow(bare(talk, ONE, answer("next", mentor="nyt")), talk, ENGLISH)
    assert place(flow, "next") == []
