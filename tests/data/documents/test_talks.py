"""What the mentee gets to read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from data.method.view import MenteeView
from data.records import (
    Action,
    Answer,
    Intent,
    Note,
    PlanEdit,
    Step,
    TalkState,
)
from tests.data.documents.build import text_for
from tests.data.method.build import PEOPLE, START, TODAY, at, bare, days, make, talk, task
from tests.data.method.talks import DANISH, ENGLISH, answer, running


def test_the_summary_tells_everything_but_what_is_private() -> None:
    one = task("Notat")
    spoken = replace(
        running(task_ids=(one.id,), next_on=TODAY + days(7), place="Lokale 2"),
        state=TalkState.HELD,
        ended_at=at(TODAY, 10),
        plan_edits=(PlanEdit(task_id=one.id, task="Notat", field="next_step", after="ring"),),
    )
    works = answer("works", question="Hvad?", mentee="mine ord\nA", mentor="dine", examples=("A",))
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
    text = text_for(bare(spoken, *records), "summary", ENGLISH, spoken)
    head = (
        "Confidential\n\nTalk 3 with Maja\n\nWhen: Mon 24-11-2025\nWhere: Lokale 2\nTasks: Notat\n"
    )
    assert text.startswith(head)
    for part in (
        "Hvad?\nMentee: mine ord\n  - A\n\nMentor: dine\n",
        "Mentee: linje 1\n  linje 2\n",
        "Rammer?\nTask: Notat\n\nMentee: frister",
        "Recognition\nTask: Notat\n\nMentor: I think that you listened\n",
        "Keep\n  - mine ord",
        "  - Next time jeg tøver, I will ringe",
        "  - Notat: Next step: ring",
        "Agreed\n  - ring Rikke (Maja, 24-11-2025)",
        "Next talk\nMon 01-12-2025",
    ):
        assert part in text
    assert "KANARIE" not in text
    assert "en anden gang" not in text
    assert max(map(len, text.split("\n"))) <= 72


@pytest.mark.parametrize("words", [ENGLISH, DANISH])
@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_every_shared_word_is_in_the_summary_whichever_step_it_was_said_in(
    words: Any, side: str
) -> None:
    spoken = replace(running(short=True), state=TalkState.HELD)
    said = {step.key: f"ORD-{step.key}" for step in words.steps}
    said["asked:1"] = "ORD-asked"
    answers = [answer(key, question="?", **{side: text}) for key, text in said.items()]
    note = make(Note, text="ORD-note", talk_id=spoken.id, private=False)
    text = text_for(bare(spoken, *answers, note), "summary", words, spoken)
    left_out = {key for key, one in said.items() if one not in text}
    assert left_out == ({"wellbeing"} if side == "mentee" else {"wellbeing", "close"})
    assert "ORD-note" in text


def test_only_private_text_gives_a_summary_that_says_nothing_private() -> None:
    spoken = replace(running(), state=TalkState.HELD)
    text = text_for(
        bare(spoken, answer("help", mentee="KANARIE", private=True)), "summary", ENGLISH, spoken
    )
    assert "Nothing was written down to share" in text
    assert "No next talk has been agreed." in text
    assert "KANARIE" not in text


def test_only_the_mentees_words_are_enough() -> None:
    spoken = replace(running(), state=TalkState.HELD)
    text = text_for(
        bare(spoken, answer("help", question="Hjælp?", mentee="ja")), "summary", ENGLISH, spoken
    )
    assert "Hjælp?\nMentee: ja" in text
    assert "Mentor:" not in text


@pytest.mark.parametrize("words", [ENGLISH, DANISH])
def test_the_sheet_asks_the_six_questions_for_the_chosen_tasks(words: Any) -> None:
    one, two = task("Notat"), task("Sag")
    planned = talk(4, planned_on=TODAY, planned_time="14:00", task_ids=(one.id, two.id))
    records = [one, two, planned, make(Answer, talk_id=planned.id, key="help", mentee="KANARIE")]
    text = text_for(MenteeView.of(bare().mentee, records, PEOPLE), "prep", words, planned)
    flat = " ".join(text.split())
    assert words.step("wellbeing").spoken in flat
    assert words.step("occupied").text in flat
    assert flat.count("Notat") >= 2
    assert "14:00" in flat
    assert "KANARIE" not in flat


def test_the_letter_tells_what_the_mentee_can_do_now() -> None:
    rose = task("Notat", (Step.OBSERVES, START), (Step.INDEPENDENT, START + days(19)))
    same = task("Sag", (Step.TOGETHER, START))
    view = bare(
        rose,
        same,
        make(Answer, talk_id="1", key="works", examples=("Svær samtale",)),
        make(
            Answer, talk_id="1", key="praise", mentor="I think that you listened", task_id=same.id
        ),
        make(Answer, talk_id="1", key="wellbeing", examples=("KANARIE",), private=True),
        closed_on=TODAY,
    )
    text = text_for(view, "can-now", ENGLISH)
    row = "Notat Observing (06-10-2025) Independent (25-10-2025)"
    assert row in " ".join(text.split())
    assert "First task done independently after 19 days" in text
    assert "from 06-10-2025 to 24-11-2025" in text.replace("\n", " ")
    assert "  - Svær samtale" in text
    assert "  - I think that you listened (Sag)" in text
    assert "Sag:" not in text
    assert "KANARIE" not in text
    assert "Maja" in text_for(bare(start=None), "can-now", ENGLISH)
