"""What is built in, with what the library of the workplace gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.library import (
    agreement_defaults,
    due_days,
    duties,
    guide,
    materials,
    questions,
    rhythm,
    rhythms,
    text,
    text_title,
)
from data.library.questionset import as_begun, begun_with, built_in_questions
from data.library.rolematrix import built_in_duties
from data.library.shared import Shared, SharedDuty, SharedQuestion, use_shared
from data.records import Part, RoleKind
from data.workplace.reading import read_folder
from data.workplace.values import values_of
from tests.data.workplace.library_folder import write_library


@pytest.fixture
def nordby(tmp_path: Path) -> Shared:
    library = read_folder(write_library(tmp_path / "library")).library
    assert library is not None
    found = values_of(library)
    use_shared(found)
    return found


@pytest.mark.usefixtures("nordby")
@pytest.mark.parametrize("language", ["da", "en"])
def test_questions_are_worded_and_added(language: str) -> None:
    found = questions(language)
    assert found.step("occupied").text == "Hvad fylder hos dig lige nu?"
    assert found.step("works") == built_in_questions(language).step("works")
    keys = [step.key for step in found.steps]
    assert keys[keys.index("works") + 1] == "shared:field"
    added = found.step("shared:field")
    assert added.purpose == "Jobcenter Nordby"
    assert added.probes == ("Hvad gjorde du?",)
    assert len(added.title) <= 14
    assert [one.key for one in found.questions] == [
        one.key for one in built_in_questions(language).questions
    ]


def test_a_wording_without_a_task_is_asked_as_it_is() -> None:
    wording = SharedQuestion("skills", "Hvad har du lært?")
    use_shared(Shared("A", "1", questions=(wording,)))
    step = questions("da").step("skills")
    assert step.general == ""
    assert step.asked("Journal") == step.asked() == "Hvad har du lært?"
    wording = SharedQuestion("skills", "Hvad har {task} lært dig?")
    use_shared(Shared("A", "1", questions=(wording,)))
    step = questions("da").step("skills")
    assert step.asked("Journal") == "Hvad har Journal lært dig?"
    assert step.asked() == built_in_questions("da").step("skills").general


def test_what_was_said_to_the_mentee_goes_with_its_own_wording() -> None:
    assert built_in_questions("da").step("wellbeing").spoken
    wording = SharedQuestion("wellbeing", "Hvordan har du det hos os?")
    use_shared(Shared("A", "1", questions=(wording,)))
    assert questions("da").step("wellbeing").to_mentee() == "Hvordan har du det hos os?"


def test_two_questions_after_the_same_step_come_in_their_order() -> None:
    use_shared(Shared("A", "1", questions=(SharedQuestion("a", "A?"), SharedQuestion("b", "B?"))))
    keys = [step.key for step in questions("da").steps]
    at = keys.index("wellbeing")
    assert keys[at : at + 4] == ["wellbeing", "shared:a", "shared:b", "sort"]


def test_a_question_of_the_library_has_the_title_that_it_is_given() -> None:
    long = "Hvilken borger er kommet et skridt nærmere?"
    given = SharedQuestion("a", long, title="Borgerens mål")
    use_shared(Shared("A", "1", questions=(given, SharedQuestion("b", long))))
    assert questions("da").step("shared:a").title == "Borgerens mål"
    assert questions("da").step("shared:b").title == "Hvilken borge…"
    begun = as_begun("da", begun_with())
    assert begun.step("shared:a").title == "Borgerens mål", "a talk that has begun keeps it"


@pytest.mark.usefixtures("nordby")
def test_duties_are_changed_added_and_left_out() -> None:
    found = {one.key: one for one in duties("da")}
    assert "lunch" not in found
    assert found["systems"].text == "Introduktion til Nordbys systemer"
    assert found["systems"].due_days == 10
    assert found["systems"].main is RoleKind.MENTOR
    assert list(found)[-1] == "coffee"
    assert found["coffee"].parts == {RoleKind.BUDDY: Part.MAIN, RoleKind.NEWCOMER: Part.TAKES_PART}
    assert due_days()["systems"] == 10
    assert due_days()["coffee"] == 1
    assert len(found) == len(built_in_duties("da"))


def test_each_duty_has_one_role_that_sees_to_it() -> None:
    changes = (
        SharedDuty("systems", main=RoleKind.NEWCOMER),
        SharedDuty("plan", takes_part=(RoleKind.MENTOR, RoleKind.BUDDY)),
        SharedDuty("choose_tasks", informed=()),
    )
    use_shared(Shared("A", "1", duties=changes))
    found = {one.key: one for one in duties("en")}
    assert found["systems"].parts == {RoleKind.NEWCOMER: Part.MAIN}
    assert found["plan"].main is RoleKind.MENTOR
    assert found["plan"].parts[RoleKind.BUDDY] is Part.TAKES_PART
    assert Part.INFORMED not in found["choose_tasks"].parts.values()
    for one in found.values():
        assert [*one.parts.values()].count(Part.MAIN) == 1


@pytest.mark.usefixtures("nordby")
def test_a_rhythm_of_the_library_outlives_it() -> None:
    added = rhythms()[-1]
    assert added.key == "own:1/8,3/40"
    assert added.title("da") == added.title("en") == "Nordbys rytme"
    assert rhythm("own:1/8,3/40") == added
    use_shared(None)
    assert rhythm("own:1/8,3/40").stretches == added.stretches
    assert rhythm("own:1/8,3/40").title("en").startswith("Own: ")
    assert rhythm("nothing").key == "standard"


@pytest.mark.usefixtures("nordby")
def test_materials_texts_and_expectations() -> None:
    assert materials("en")[0].title == "Nordbys håndbog"
    assert len(materials("en")) == 6
    assert text_title("en", "sparring_culture") == "Sådan sparrer vi i Nordby"
    assert text("da", "sparring_culture") == "Vi spørger først.\n\n- Døren er åben"
    assert text("da", "your_data") != ""
    assert agreement_defaults("da").minutes == 60
    assert agreement_defaults("da").place == "Mødelokale 2"
    assert agreement_defaults("da").review_days == 42
    with pytest.raises(KeyError):
        text("da", "nothing")


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_guide_and_the_example_keep_the_words_of_the_guide(
    nordby: Shared, language: str
) -> None:
    from data.clock import now, today
    from data.example import example_records

    guide.cache_clear()
    worded = {one.text for one in nordby.questions if one.text}
    quoted = {block.text for section in guide(language) for block in section.blocks}
    assert not worded & quoted
    with_library = example_records(today(), now(), language)
    use_shared(None)
    assert len(with_library) == len(example_records(today(), now(), language))
