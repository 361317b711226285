"""Every command and option that a text names is there: interface, library, documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.tools import words
from tui.cli.program import COMMANDS, Program

ROOT = Path(__file__).parents[1]
PEOPLE = (
    "and is only has should writes or alone learned expects last scheme gives equipped the finds"
    " today for in of to with who er og har skal eller alene sidst gør klædt i til noget"
    " skriver selects publishes offentliggør outside uden until indtil"
)
PERSON = frozenset(re.findall(r"\w+", PEOPLE))
"""What comes after the word "mentor" where it is the person."""
NAMED = re.compile(r"\bmentor ([a-zæøå]+(?:-[a-z]+)?)((?: [a-z]+| --[a-z-]+| [A-ZÆØÅ]+| [\d./]+)*)")


def named(language: str) -> Iterator[tuple[str, str, str]]:
    """Yield where a text is from, the command it names, and what follows that."""
    for source in (words.interface, words.library):
        for place, text in source(language):
            if place.startswith("data/library/examples/"):
                continue  # a workplace's words are about its mentors, not about the program
            for match in NAMED.finditer(text):
                if match[1] not in PERSON:
                    yield place, match[1], match[2]


def in_documents() -> Iterator[tuple[str, str, str]]:
    """Yield the commands between backticks, in code and in tables of the documentation."""
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        text = file.read_text("utf-8")
        for code in re.findall(r"`([^`\n]+)`|^ {4}(.+)$", text, re.MULTILINE):
            for match in NAMED.finditer("".join(code)):
                yield file.name, match[1], match[2]


def problem(name: str, rest: str) -> str:
    """Return what a named command lacks; "" if it is there with all its options."""
    program = Program("mentor")
    context = click.Context(program)
    command = program.get_command(context, name)
    if command is None:
        return f"no command {name}"
    for word in rest.split():
        if isinstance(command, click.Group) and word in command.commands:
            command = command.commands[word]
        elif word.startswith("--"):
            options = {one for param in command.get_params(context) for one in param.opts}
            if word not in options:
                return f"{name} has no option {word}"
    return ""


@pytest.mark.parametrize("language", ["en", "da"])
def test_a_text_names_only_commands_that_are_there(language: str) -> None:
    found = list(named(language))
    assert {name for _place, name, _rest in found} >= {"doctor", "backup", "talk", "note"}

    assert [(place, why) for place, *what in found if (why := problem(*what))] == []


def test_the_documentation_names_only_commands_that_are_there() -> None:
    found = list(in_documents())
    assert {name for _place, name, _rest in found} >= set(COMMANDS)

    assert [(place, why) for place, *what in found if (why := problem(*what))] == []


def test_what_is_not_there_would_be_seen() -> None:
    assert problem("transmit", " plan") == "no command transmit"
    assert problem("note", " NAME --loud") == "note has no option --loud"
    assert problem("backup", " restore NAME") == ""
    assert NAMED.search("run mentor doctor --repair.") is not None
