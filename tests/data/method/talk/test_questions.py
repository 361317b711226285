"""Questions of one's own (R43, R44), tips without names (R63), and the three words (R50)."""

from __future__ import annotations

from datetime import datetime

import pytest

from data.i18n import set_language
from data.library import QUESTIONS, questions
from data.method.plan.recall import recall
from data.method.talk.flow import TalkFlow
from data.method.talk.lifecycle import end_talk, start_talk
from data.method.talk.questions import ask, in_order, is_closed, with_own
from data.method.talk.wellbeing import ITEMS, WORDS, pulse_lines
from data.method.view import MenteeView
from data.records import Answer, Question, Talk, TalkState, Tip
from tests.data.documents.build import text_for
from tests.data.method.build import PEOPLE, bare, make, mentee, task

NOW = datetime(2025, 11, 24, 9).astimezone()
WORDS_DA = questions("da")


def flow_of(*answers: Answer, own: tuple[Question, ...] = (), **fields: object) -> TalkFlow:
    talk = make(Talk, id="9", number=4, state=TalkState.RUNNING, started_at=NOW, **fields)
    return TalkFlow(bare(talk, *answers), talk, with_own(WORDS_DA, own))


@pytest.mark.parametrize(
    "text",
    [
        "Kan du lide det?",
        "Er der opgaver, hvor du er usikker?",
        "Har du det godt",
        "Do you like it here?",
        "Og går det godt?",
    ],
)
def test_a_question_of_yes_or_no_is_closed(text: str) -> None:
    assert is_closed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hvad har overrasket dig?",
        "Er der noget, du savner? Hvad skal der til?",
        "Fortæl om en sag, der gik godt.",
        "På hvilken måde bruger du teamet?",
        "How do you prepare a home visit?",
        "Så hvordan gik det?",
        "",
    ],
)
def test_an_open_question_or_an_open_follow_up_is_not(text: str) -> None:
    assert not is_closed(text)


def test_an_open_probe_is_a_follow_up() -> None:
    assert not is_closed("Kan du lide det?", ["Hvad er det, du kan lide?"])


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_guides_own_questions_stay_as_they_are(language: str) -> None:
    own = Question(text="Kan du lide det?")

    words = with_own(questions(language), [own])

    assert [words.step(key) for key in QUESTIONS] == [
        questions(language).step(key) for key in QUESTIONS
    ]


def test_own_questions_come_after_the_six_in_their_order_and_only_when_on() -> None:
    late = Question(id="1", text="Hvad er det næste?", order=2)
    off = Question(id="2", text="Hvem?", order=1, active=False)
    early = Question(id="3", text="Hvad har overrasket dig?", order=1)

    keys = [step.key for step in flow_of(own=(late, off, early)).steps]

    assert keys[keys.index("wellbeing") + 1 :][:3] == ["own:3", "own:1", "sort"]


def test_sets_stay_together() -> None:
    found = in_order(
        [
            Question(text="a", set_name="Team", order=1),
            Question(text="b", set_name="Tre måneder", order=2),
            Question(text="c", set_name="Team", order=3),
        ]
    )

    assert [one.text for one in found] == ["a", "c", "b"]


def test_the_short_talk_has_no_own_questions() -> None:
    own = Question(text="Hvad nu?")

    assert all(step.base != "own" for step in flow_of(own=(own,), short=True).steps)


def test_a_talk_keeps_the_wording_that_was_asked() -> None:
    own = Question(id="5", text="Hvad har overrasket dig?")
    answer = make(Answer, talk_id="9", key="own:5", question=own.text, mentee="Tempoet")

    edited = Question(id="5", text="Hvad undrer dig?")
    step = flow_of(answer, own=(edited,)).step("own:5")

    assert step is not None
    assert step.question == "Hvad har overrasket dig?"


def test_an_answer_outlives_its_question() -> None:
    answer = make(Answer, talk_id="9", key="own:5", question="Hvad nu?", mentee="Tempoet")

    step = flow_of(answer).step("own:5")

    assert step is not None
    assert (step.question, step.note != "") == ("Hvad nu?", True)


def test_a_question_thought_of_in_the_talk_is_a_step_and_goes_where_nothing_is_said() -> None:
    flow = flow_of()
    change = ask(flow.talk, " Hvad  hjalp? ")
    asked = change.after
    assert isinstance(asked, Answer)

    with_it = flow_of(asked, next_on=NOW.date())
    keys = [step.key for step in with_it.steps]
    step = with_it.step(asked.key)
    gone = {change.id for change in end_talk(with_it, NOW) if change.after is None}

    assert keys.index(asked.key) == keys.index("sort") - 1
    assert step is not None
    assert (step.question, step.note, step.filled) == ("Hvad hjalp?", "", False)
    assert asked.id in gone


def test_own_questions_stand_on_the_preparation_sheet_and_in_the_summary() -> None:
    set_language("da")
    own = Question(id="5", text="Hvad har overrasket dig?")
    answer = make(Answer, talk_id="9", key="own:5", question=own.text, mentee="Tempoet")
    flow = flow_of(answer, own=(own,))

    assert own.text in text_for(flow.view, "prep", flow.words, flow.talk)
    assert own.text in text_for(flow.view, "summary", flow.words, flow.talk)
    assert "Tempoet" in text_for(flow.view, "summary", flow.words, flow.talk)


def test_shared_tips_come_back_at_the_next_task_of_their_type() -> None:
    lesson = task("Børnesamtale", type="samtale")
    tips = (Tip(text="Sid ved siden af", task_type="Samtale"), Tip(text="x", task_type="notat"))
    view = MenteeView.of(mentee(), [lesson], PEOPLE, tips)

    assert [tip.text for tip in recall(view, "samtale").shared] == ["Sid ved siden af"]
    assert not recall(view, "undersøgelse")


def test_three_words_are_kept_even_where_nothing_is_written() -> None:
    pulse = {"belonging": "at_times"}
    answer = make(Answer, talk_id="9", key="wellbeing", private=True, pulse=pulse)
    flow = flow_of(answer, next_on=NOW.date())

    kept = [change for change in end_talk(flow, NOW) if change.id == answer.id]

    assert kept == []
    assert pulse_lines(pulse) == ["I feel that I belong here: at times"]


def test_no_word_of_the_pulse_is_a_figure_and_none_reaches_the_mentees_summary() -> None:
    answer = make(
        Answer,
        talk_id="9",
        key="wellbeing",
        private=True,
        pulse=dict.fromkeys(ITEMS, "not_yet"),
    )
    flow = flow_of(answer)

    text = text_for(flow.view, "summary", flow.words, flow.talk)

    assert not any(sign.isdigit() for word in WORDS.values() for sign in word)
    assert all(line not in text for line in pulse_lines(answer.pulse))


def test_a_question_taken_away_from_a_talk_not_begun_leaves_nothing() -> None:
    _talk, changes = start_talk(bare(), NOW)

    assert [change.table for change in changes] == ["talks"]
