"""Questions and rhythms of the workplace's library, wherever a talk asks them (R41, R43, R44)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from data.documents.kinds.prep import asked_steps
from data.library import questions, rhythms
from data.library.shared import Shared, SharedQuestion, SharedRhythm, use_shared
from data.method.talk.flow import TalkFlow
from data.method.talk.make_of import Thing, things_to_make
from data.method.talk.own_rhythm import own_rhythms
from data.method.talk.questions import with_own
from data.method.view import MenteeView
from data.records import Answer, Mentee, Question, Talk, part_id

ADDED = SharedQuestion("field", "Hvad lærte du af mødet?")
WORDED = SharedQuestion("occupied", "Hvad fylder lige nu?")
RHYTHM = SharedRhythm("nordby", "Nordbys rytme", ((1, 8), (3, 40)))


@pytest.fixture(autouse=True)
def library() -> Iterator[None]:
    use_shared(Shared("Nordby", "1", questions=(ADDED, WORDED), rhythms=(RHYTHM,)))
    yield
    use_shared(None)


def flow(*answers: Answer) -> TalkFlow:
    mentee = Mentee(name="Maja")
    talk = Talk(id="1" * 20, mentee_id=mentee.id, number=1, planned_on=date(2026, 12, 1))
    made = [Answer(**{**vars(one), "mentee_id": mentee.id}) for one in answers]
    view = MenteeView.of(mentee, [talk, *made], {})
    return TalkFlow(view, talk, with_own(questions("da"), [Question(text="Vores egen?")]))


def test_they_are_asked_before_own_ones_and_are_on_the_sheet() -> None:
    keys = [step.base for step in flow().steps]
    at = keys.index("wellbeing")
    assert keys[at : at + 3] == ["wellbeing", "shared", "own"]
    sheet = [question for _step, question in asked_steps(flow())]
    assert sheet[0] == "Hvad fylder lige nu?"
    assert sheet[-2:] == ["Hvad lærte du af mødet?", "Vores egen?"]


def test_an_answer_keeps_its_question_when_the_library_has_another_or_none() -> None:
    def answered(key: str, question: str) -> Answer:
        talk = "1" * 20
        id = part_id(talk, key)
        return Answer(
            id=id, mentee_id="x", talk_id=talk, key=key, question=question, mentee="Meget"
        )

    begun = (
        answered("occupied", "Hvad fylder lige nu?"),
        answered("shared:field", "Hvad lærte du af mødet?"),
    )
    for other in (Shared("Nordby", "2", questions=()), None):
        use_shared(other)
        found = {step.key: step for step in flow(*begun).steps}
        assert found["occupied"].question == "Hvad fylder lige nu?"
        assert found["shared:field"].question == "Hvad lærte du af mødet?"
        assert found["shared:field"].filled


def test_what_is_said_to_them_can_be_made_something_of() -> None:
    found = things_to_make("shared", mentor=False)
    assert found == things_to_make("own", mentor=False)
    assert Thing.EXAMPLE in found


def test_a_rhythm_of_the_library_is_offered_once() -> None:
    key = rhythms()[-1].key
    assert own_rhythms(["standard", key, "own:1/8"]) == ["own:1/8"]
