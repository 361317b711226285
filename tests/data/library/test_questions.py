"""The words of the talk: verbatim where they quote the guide, complete in both languages."""

from __future__ import annotations

import pytest

from data.library import AIMS, FEEDFORWARD, QUESTIONS, STEPS, questions
from data.library.questionset import TASK, TITLE_WIDTH

VERBATIM = {
    "occupied": "Hvad har du særlig været optaget af (ift. konkrete opgaver, situationer e.a.)",
    "works": "Hvad synes du fungerer godt for dig? Kan du nævne eksempler på, hvor du lykkedes "
    "rigtig godt?",
    "skills": "Hvad har opgave x givet dig af færdigheder?",
    "help": "Er der noget, som du har behov for yderligere hjælp til? Hvad skal der til?",
    "sparring": "Hvordan fungerer vores sparringsmøder og feedback? Er der noget vi skal gøre mere "
    "af eller anderledes?",
    "wellbeing": "Spørg ind til trivsel – ’hvordan er det for dig at være ny i teamet’?",
    "praise": "Anerkend det, som du vurderer, mentee er lykkedes med ’Jeg synes, at du...' (især "
    "nyuddannede har behov for bedømmelse og synliggørelse)",
    "potential": "Italesæt udviklingspotentiale, og hvad du vurderer næste skridt/mål kan være",
}
"""As the guide has them, character for character."""


def test_the_guides_questions_and_lines_stand_word_for_word() -> None:
    danish = questions("da")
    found = {one.key: one.text for one in (*danish.questions, *map(danish.step, FEEDFORWARD))}
    found["skills"] = found["skills"].replace(f"»{TASK}«", "x")
    assert found == VERBATIM


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_step_is_there_and_fits_the_rail(language: str) -> None:
    words = questions(language)
    assert tuple(one.key for one in words.steps) == STEPS
    assert tuple(one.key for one in words.aims) == AIMS
    assert words.frame
    for step in words.steps:
        assert 0 < len(step.title) <= TITLE_WIDTH
        assert step.purpose
        assert "\n" not in step.purpose
        assert 2 <= len(step.probes) <= 3
        assert step.hint
    assert len({one.title for one in words.steps}) == len(STEPS)


@pytest.mark.parametrize("language", ["da", "en"])
def test_probes_are_open_questions(language: str) -> None:
    """A question that starts with a verb can be answered by yes or no (R43)."""
    openers = {
        "da": ("Hvad", "Hvor", "Hvem", "Hvilke", "Hvilken", "Hvordan", "Hvornår"),
        "en": ("What", "Where", "Who", "Which", "How", "When", "At what"),
    }[language]
    for step in questions(language).steps:
        for probe in step.probes:
            assert probe.startswith(openers), probe
            assert probe.endswith("?")


def test_both_languages_have_the_same_shape() -> None:
    for danish, english in zip(questions("da").steps, questions("en").steps, strict=True):
        assert danish.key == english.key
        assert danish.private == english.private
        assert len(danish.probes) == len(english.probes)
        assert [one.key for one in danish.fields] == [one.key for one in english.fields]
        for name in ("text", "general", "spoken", "starter"):
            assert bool(getattr(danish, name)) == bool(getattr(english, name)), (danish.key, name)


def test_only_wellbeing_starts_out_private() -> None:
    assert [one.key for one in questions("da").steps if one.private] == ["wellbeing"]


def test_question_three_carries_the_tasks_name_or_is_asked_in_general() -> None:
    skills = questions("da").step("skills")
    assert (
        skills.asked("Netværksmøde") == "Hvad har opgave »Netværksmøde« givet dig af færdigheder?"
    )
    assert TASK not in skills.asked()
    assert skills.asked("{task} {0}") == "Hvad har opgave »{task} {0}« givet dig af færdigheder?"


def test_the_starter_is_typed_on_without_its_ellipsis() -> None:
    assert questions("da").step("praise").opening == "Jeg synes, at du "
    assert questions("en").step("praise").opening == "I think that you "
    assert questions("da").step("next").opening == ""


def test_the_mentee_is_asked_about_wellbeing_directly() -> None:
    asked = questions("da").step("wellbeing").to_mentee()
    assert asked == "Hvordan er det for dig at være ny i teamet?"


def test_an_unknown_step_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        questions("da").step("nothing")


def test_the_guide_has_six_questions_and_two_lines() -> None:
    assert len(QUESTIONS) == 6
    assert len(FEEDFORWARD) == 2
