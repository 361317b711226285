"""A line that never ends is read in time that grows as it does, and not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from data.clock import today
from data.dates import EntryError
from data.documents.importing import csv_file, goals, mail, printed, recognise, sections, words
from data.documents.importing.beside import OwnWords
from data.documents.importing.content import ReadFile, TextLine
from data.documents.importing.expectations import written
from data.documents.importing.text_file import read as read_text
from data.documents.importing.values import parse_day
from data.method.plan.fields import Reading
from data.queries.views import mentee_view
from tests.data.documents.plans import START, a_store, a_task

LENGTH = 10_000
TIMES = 10
"""How many times as long the longer line is: ten times the time, or a hundred if it is squared."""
AT_MOST = 40
LEAST = 0.005
"""Seconds of the processor below which nothing is said about how the time grows."""
UNITS = {
    "blanks": ("a", " ", "b"),
    "blanks before a time": ("1-8-2026", " ", "00:00x"),
    "words": ("", "a ", "!"),
    "brackets": ("a (", "a (", ")"),
    "blanks before a bracket": ("Hver uge", " ", "(1 t) x"),
    "ink": ("", "_", "x"),
    "numbers": ("", "12 ", "x"),
    "dashes": ("", "- ", "x"),
    "colons": ("Fra", ": ", "x"),
    "addresses": ("", "a@", " x"),
    "a title": ("Forberedelse: Samtale 3 med ", "a ", ""),
    "a list of tasks": ("Siden da: ", "Skrive breve, ", "x"),
    "quotes": ("", "> ", "x"),
    "who wrote": ("", "1 skrev ", ":"),
    "cells": ("|", "a|", ""),
    "bold": ("", "**a", ""),
}
STORE, MENTEE = a_store(a_task("Skrive breve"))
OWN = OwnWords(mentee_view(STORE, MENTEE), "Lone Skov")
READING = Reading(today(), START, "", lambda _before, _name: "")
READERS: dict[str, Callable[[str], object]] = {
    "day": lambda text: parse_day(text, READING),
    "goal": lambda text: goals.read_goal(text, READING),
    "goals": lambda text: goals.read_goals(text, READING),
    "signature": lambda text: mail.signature_at(
        [TextLine(1, one) for one in ("Mange hilsner", "Maja", text)], "Maja Holm"
    ),
    "head of a mail": lambda text: mail.without_heads([TextLine(1, text), TextLine(2, ">")]),
    "title": printed.title_of,
    "words of the program": OWN.is_own,
    "word": words.key_of,
    "role": recognise.role_of,
    "form": lambda text: recognise.form_of(ReadFile("x", (TextLine(1, text),))),
    "joined": lambda text: sections.joined([text, text]),
    "rhythm": lambda text: written(
        ReadFile("x", tuple(TextLine(1, one) for one in ("Rytme", text, "Sted", text)))
    ),
    "text": lambda text: read_text("x.txt", text.encode()),
    "Markdown": lambda text: read_text("x.md", text.encode(), markdown=True),
    "CSV": lambda text: csv_file.read("x.csv", text.encode()),
}


def spent(reader: Callable[[str], object], text: str) -> float:
    before = time.process_time()
    with suppress(EntryError):
        reader(text)
    return time.process_time() - before


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_the_time_grows_as_the_line_does(reader: Callable[[str], object]) -> None:
    for first, unit, last in UNITS.values():
        count = LENGTH // len(unit)
        short = spent(reader, first + unit * count + last)
        long = spent(reader, first + unit * count * TIMES + last)
        assert long < AT_MOST * max(short, LEAST), unit
