"""The guide for users names keys, texts, dates and pictures that are there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from textual.binding import Binding

from data.dates import DateProblem
from data.i18n import _, set_language
from data.typed_dates import parse_date
from tests.tools import words
from tests.tools.key_table import DIGITS, classes, own_bindings
from tests.tools.pictures import FOLDER, LANGUAGES, PICTURES
from tui.cli.plain.desk import WORDS
from tui.cli.plain.words import as_written
from tui.cli.plain_job.commands import LEADS
from widgets.keys import YES, key_label

DOCS = Path(__file__).parent.parent / "docs"
QUOTED = {"da": re.compile("»([^«]*)«"), "en": re.compile("“([^”]*)”")}
CODE = re.compile(r"`([^`\n]+)`")
PICTURE = re.compile(r"!\[[^]]+\]\(pictures/(\w+)/(\w+)\.svg\)")
LINK = re.compile(r"\]\(([^)#]+)\)")
EXAMPLES = {
    "da": {"Ord i anførselstegn", "Samtale 1 nu"},
    "en": {"Words in quotation marks", "Talk 1 now"},
}
"""What the guide quotes to show how it quotes, and a text with its number filled in."""
SAYS = {
    "HomeScreen": {"L": "Lend", "a": "Add", "E": "Example data: add or remove", "b": "The library"}
    | {"d": "Done", "p": "Snooze", "t": "Talk"},
    "BaseScreen": {"n": "Note", "N": "All notes by day", "u": "Undo", "U": "Redo", "/": "Search"}
    | {"!": "Conflicting edits"},
    "MentorApp": {"Ctrl+P": "Commands", "Ctrl+Q": "Quit", "F6": "Shared view"},
    "RolesScreen": {"d": "Done", "v": "Who does what", "M": "Add co-mentor"},
    "RolesPageScreen": {"d": "Gone through today"},
    "ListedScreen": {"a": "Add", "d": "Done"},
    "ActionsScreen": {"a": "Add", "d": "Done", "F3": "Make it a tip"},
    "ExpectationsScreen": {"d": "Agreed today", "D": "Manager OK"},
    "PlanScreen": {"F9": "Agreed"},
    "PlanEditor": {"a": "Add", "e": "All fields", "i": "Description", "m": "Goals"}
    | {"s": "Step", "T": "Add rows of a template"},
    "RowsDialog": {"Space": "Tick", "F10": "Add to the plan"},
    "GoalPane": {"a": "Add goal", "m": "Back"},
    "NoteScreen": {"F4": "Private/shared", "Ctrl+T": "About", "Ctrl+R": "Kind", "Esc": "Save"},
    "TalksScreen": {"v": "Preparation sheet", "f": "Move", "p": "Postpone"},
    "TalkScreen": {"PgDn": "Next", "PgUp": "Previous", "F3": "Make …", "F4": "Private/shared"}
    | {"F9": "Updated together", "F10": "End talk", "Ctrl+O": "More questions"}
    | {"Ctrl+G": "Go to step", "Ctrl+R": "Short talk", "Ctrl+T": "About task"},
    "StepPane": {"F2": "Switch mentee/mentor"},
    "SortList": {"1": "Keep", "2": "Adjust", "3": "Park", "4": "Ask"},
    "TalkReadScreen": {"S": "Summary for the mentee", "e": "Correct", "r": "Reopen"},
    "DocumentScreen": {"w": "Write document"},
    "ConflictsScreen": {"x": "Keep theirs", "Ctrl+N": "Use mine"}
    | {"a": "Keep both, mine after theirs"},
    "LineInput": {"Ctrl+U": "Empty the field"},
}
"""Class -> the keys that the guide speaks of there, and what it says they do."""


def guide(language: str) -> str:
    """The guide in a language, with one space wherever a paragraph's lines break."""
    text = (DOCS / f"guide.{language}.md").read_text("utf-8")
    return re.sub(r"(?<=\S)\n(?=[^\s|#!-])", " ", text)


def headings(language: str) -> list[str]:
    """The levels of the headings, from top to bottom."""
    return re.findall(r"^(#+) ", guide(language), re.MULTILINE)


def keys(language: str) -> set[str]:
    """All keys there are, as they are written in a language."""
    set_language(language)
    bindings = [one for kind in classes() for one in own_bindings(kind)]
    answers = {key_label(one) for one in bindings if one.key_display == YES}
    return {key_label(Binding(one.key, "")) for one in bindings} | answers | DIGITS


def plain_words() -> list[str]:
    """The words of the commands that work line by line, as msgids."""
    return [*WORDS.values(), *(leads.word for leads in LEADS.values())]


def is_date(text: str, language: str) -> bool:
    set_language(language)
    try:
        return parse_date(text, date(2026, 11, 23)) is not None
    except DateProblem:
        return False


def test_both_guides_have_the_same_headings_and_pictures() -> None:
    assert headings("da") == headings("en")
    assert len(headings("da")) > 20
    names = {one: [name for _in, name in PICTURE.findall(guide(one))] for one in LANGUAGES}
    assert names["da"] == names["en"]
    assert set(names["da"]) == set(PICTURES)


def test_both_guides_name_the_same_keys_in_the_same_order() -> None:
    named = {
        one: [key for key in CODE.findall(guide(one)) if len(key) < 7 or key.startswith(".")]
        for one in LANGUAGES
    }
    set_language("da")
    other = {f".{as_written(_(word))}": f".{word}" for word in plain_words()} | {"j": "y"}
    same = {"i morgen", "mandag", "+2u", "uge 50", "tomorrow", "Monday", "+2w", "week 50"}
    danish = [other.get(key, key) for key in named["da"] if key not in same]
    assert danish == [key for key in named["en"] if key not in same]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_and_pages_that_the_guide_shows_are_there(language: str) -> None:
    for folder, name in PICTURE.findall(guide(language)):
        assert folder == language
        assert (FOLDER / folder / f"{name}.svg").exists()
    for page in LINK.findall(guide(language)):
        assert (DOCS / page).exists(), page


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_and_dates_that_the_guide_names_are_there(language: str) -> None:
    """Its commands are looked for with those of all documents."""
    known = keys(language)
    plain = {f".{as_written(_(word))}" for word in plain_words()}
    for code in CODE.findall(guide(language)):
        if code.startswith("."):  # a word of the commands that work line by line
            assert code in plain, code
        elif not code.startswith("mentor"):
            assert code in known or is_date(code, language), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_the_guide_quotes_are_the_programs(language: str) -> None:
    texts = {
        text for source in (words.interface, words.library) for _place, text in source(language)
    }
    quoted = set(QUOTED[language].findall(guide(language))) - EXAMPLES[language]
    assert len(quoted) > 40
    assert sorted(quoted - texts) == []


def test_keys_do_what_the_guide_says() -> None:
    found = {
        kind.__name__: {
            key_label(Binding(one.key, "")): one.description for one in own_bindings(kind)
        }
        for kind in classes()
    }
    wrong = {
        (kind, key): found[kind].get(key)
        for kind, said in SAYS.items()
        for key, name in said.items()
        if found[kind].get(key) != name
    }
    assert wrong == {}


def test_what_is_not_there_would_be_found() -> None:
    assert "Ctrl+K" not in keys("en")
    assert not is_date("one day", "en")
