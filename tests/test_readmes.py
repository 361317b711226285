"""The README in English and the one in Danish say the same, and what they lead to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui.cli.program import COMMANDS

ROOT = Path(__file__).parent.parent
NAMES = ("README.md", "README.da.md")
ENGLISH, DANISH = ((ROOT / name).read_text("utf-8") for name in NAMES)
BOTH = pytest.mark.parametrize("text", [ENGLISH, DANISH], ids=NAMES)


def levels(text: str) -> list[int]:
    """Return the levels of the headings, in their order. Code has no headings."""
    return [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]


def commands(text: str) -> list[str]:
    """Return the lines of all indented code, without comments; of settings only the key.

    What is to be filled in is called the same in both languages.
    """
    lines = re.findall(r"^ {4}(\S[^#\n]*)", text, re.MULTILINE)
    return [re.sub(r"<.*>", "<>", re.sub(r" = .*", " =", line)).strip() for line in lines]


def first_column(text: str) -> list[set[str]]:
    """Return the commands in the first column of each row of the command table."""
    rows = re.findall(r"^\| (`mentor.*?) \|", text, re.MULTILINE)
    return [set(re.findall(r"`(.*?)`", in_english(row))) for row in rows]


def in_english(row: str) -> str:
    """Return a row with what is to be filled in as the English help calls it."""
    words = (
        *(("NAVN", "NAME"), ("DATO", "DATE"), ("FIL", "FILE"), ("HVAD", "WHAT")),
        *(("GAMMELT", "OLD"), ("NYT", "NEW"), ("SKABELON", "TEMPLATE")),
        *(("MAPPE", "FOLDER"), ("FRA", "FROM"), ("TIL", "TO")),
    )
    for danish, english in words:
        row = re.sub(rf"\b{danish}\b", english, row)
    return row


def leads_to(text: str) -> list[str]:
    """Return the files that links and pictures lead to."""
    found = re.findall(r"\]\(([^)#]+)\)", text)
    return [one for one in found if not one.startswith("https://")]


def test_the_headings_are_as_many_and_as_deep() -> None:
    assert levels(ENGLISH) == levels(DANISH)
    assert levels(ENGLISH).count(2) > 5


def test_the_code_is_the_same() -> None:
    assert commands(ENGLISH) == commands(DANISH)
    assert {"pipx install .", "talk_days ="} <= set(commands(ENGLISH))


def test_the_tables_of_commands_are_the_same() -> None:
    assert first_column(ENGLISH) == first_column(DANISH)


@BOTH
def test_the_table_has_every_command_of_the_program(text: str) -> None:
    named = {one.split()[1] for row in first_column(text) for one in row if " " in one}
    assert named == set(COMMANDS)


@BOTH
def test_the_two_commands_to_begin_with_come_first(text: str) -> None:
    assert commands(text)[:2] == ["make run", "make test"]
    assert text.index("make run") < text.index("\n## ")


@BOTH
def test_every_link_and_picture_is_there(text: str) -> None:
    assert [one for one in leads_to(text) if not (ROOT / one).is_file()] == []


def test_the_pictures_are_in_the_language_of_the_text() -> None:
    danish = [one for one in leads_to(DANISH) if one.endswith(".svg")]
    assert all(one.startswith("docs/pictures/da/") for one in danish)
    english = [one for one in leads_to(ENGLISH) if one.endswith(".svg")]
    assert english == [one.replace("/da/", "/en/") for one in danish]
    assert "README.da.md" in leads_to(ENGLISH)
    assert "README.md" in leads_to(DANISH)
