"""The guide retold, the help of the screens, and the texts to export."""

from __future__ import annotations

import pytest

from data.library import (
    FEEDFORWARD,
    SCREENS,
    SECTIONS,
    TEXTS,
    BlockKind,
    agreement_defaults,
    guide,
    guide_source,
    materials,
    questions,
    screen_help,
    screen_sections,
    text,
    text_title,
)
from data.library.prose import blocks, flow

LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


@LANGUAGES
def test_every_heading_of_the_guide_is_there_and_readable(language: str) -> None:
    sections = guide(language)
    assert tuple(one.key for one in sections) == SECTIONS
    for section in sections:
        lines = section.plain().splitlines()
        assert lines
        assert max(map(len, lines)) <= 78
        assert max(map(len, section.plain(38).splitlines())) <= 38


def test_both_languages_tell_the_same_blocks() -> None:
    for danish, english in zip(guide("da"), guide("en"), strict=True):
        kinds = [one.kind for one in danish.blocks]
        assert kinds == [one.kind for one in english.blocks], danish.key


@LANGUAGES
def test_the_quoted_lines_are_the_question_sets_own(language: str) -> None:
    quoted = [
        one.text
        for section in guide(language)
        for one in section.blocks
        if one.kind is BlockKind.QUOTE
    ]
    words = questions(language)
    wanted = [one.text for one in (*words.questions, *map(words.step, FEEDFORWARD))]
    assert quoted == [one.replace("{task}", "x") for one in wanted]


@pytest.mark.parametrize(
    ("section", "items"),
    [
        ("role", 5),
        ("plan", 6),
        ("feedback", 6),
        ("whodoeswhat", 3),
        ("organisation", 6),
        ("pointers", 5),
    ],
)
def test_no_point_of_the_guide_is_dropped(section: str, items: int) -> None:
    blocks_of = {one.key: one.blocks for one in guide("da")}
    assert sum(one.kind is BlockKind.ITEM for one in blocks_of[section]) == items


@LANGUAGES
def test_the_source_is_named(language: str) -> None:
    source = guide_source(language)
    for name in ("Det skal du vide som mentor", "Sine Molbæk-Steensig", "02/05/2023", "KL"):
        assert name in source
    assert "Dansk Socialrådgiverforening" in source


@LANGUAGES
@pytest.mark.parametrize("screen", SCREENS)
def test_help_says_enough_and_names_its_part_of_the_guide(language: str, screen: str) -> None:
    words = screen_help(language, screen)
    titles = {one.key: one.title for one in guide(language)}
    for key in screen_sections(language, screen):
        assert titles[key] in words
    lines = [line for block in blocks(words) for line in block.lines(78)]
    assert 4 <= len(lines) <= 11


def test_help_for_an_unknown_screen_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        screen_help("da", "nothing")


@LANGUAGES
def test_every_section_of_the_guide_is_reached_from_some_screen(language: str) -> None:
    reached = {key for screen in SCREENS for key in screen_sections(language, screen)}
    assert reached == set(SECTIONS)


@LANGUAGES
@pytest.mark.parametrize("key", TEXTS)
def test_the_texts_are_there(language: str, key: str) -> None:
    assert text_title(language, key)
    assert len(text(language, key)) > 400
    with pytest.raises(KeyError):
        text(language, key + "x")


@LANGUAGES
def test_the_agreement_comes_filled_in_but_not_agreed(language: str) -> None:
    made = agreement_defaults(language).for_mentee("7")
    assert made.mentee_id == "7"
    assert made.minutes == 45
    assert all((made.purpose, made.place, made.rhythm_text, made.cancelling, made.contact_between))
    assert all((made.confidentiality, made.mentee_expects, made.mentor_expects))
    assert "\n" not in made.confidentiality
    assert made.agreed_on is made.review_on is made.manager_confirmed_on is None


def test_materials_are_the_same_in_both_languages() -> None:
    danish, english = materials("da"), materials("en")
    assert [one.key for one in danish] == [one.key for one in english]
    assert {one.step for one in danish} <= set(SCREENS)
    assert all(one.where and one.about for one in (*danish, *english))


def test_flow_joins_lines_and_keeps_items_together() -> None:
    assert flow("a\nb\n\n- c\n  d\n- e\n\nf") == "a b\n\n- c d\n- e\n\nf"


ROLES = (
    (
        "Mentor: Der skal være en erfaren mentor, som står for den faglige oplæring og "
        "introduktion til fagsystemer. Mentoren udvælger og prioriterer de opgaver, mentee "
        "skal løse. I samarbejde med mentee defineres kompetenceudviklingsbehovet. Mentor "
        "giver løbende feedback, deler ud af sin erfaring og sine kompetencer for at støtte "
        "den andens udvikling, bl.a. ved brug af sidemandsoplæring og kvalitetssikring."
    ),
    (
        "Buddy: Buddyen har fokus på det sociale og understøtter tilhørsforhold til "
        "arbejdspladsen og adgang til vidensnetværk. Det kan fx være en kontormakker eller et "
        "medlem af samme team. Buddyen står blandt andet for at sørge for en god velkomst, "
        "vise rundt på arbejdspladsen, forklare praktiske ting, sørge for den nye kommer med "
        "til sociale arrangementer, tage vedkommende med til frokost, fællesmøder mv."
    ),
    (
        "Leder: For en nyansat - og særligt hvis vedkommende er nyuddannet - kan lederen "
        "spille en afgørende rolle i forhold til motivation. Det er en vigtig lederfunktion "
        "at sørge for, at den nyansatte føler sig sikker på, at vedkommende udvikler sig i "
        "den rigtige retning, men også at lederen peger på udviklingspotentialer."
    ),
)
"""What the guide says of the three roles in "Hvem gør hvad?", character for character."""


def test_the_three_roles_are_the_guides_own_words() -> None:
    section = next(one for one in guide("da") if one.key == "whodoeswhat")
    items = [one.text for one in section.blocks if one.kind is BlockKind.ITEM]
    assert tuple(items) == ROLES
