"""Templates of plans: what their files may hold, read and written."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.i18n import LANGUAGES, set_language
from data.library.offsets import FURTHEST
from data.library.templates import (
    PlanTemplate,
    ReadTemplate,
    TemplateGoal,
    TemplateRow,
    template_of,
    template_text,
)
from data.records import GoalKind, Priority
from data.text import line, lines

FILE = '''\
name = "Børn og unge, første tre måneder"
about = "For nye rådgivere."

[[task]]
title = "Journalnotat"
type = "notat"
description = """
Skriv det,
der skete."""
priority = "high"
estimate = "3 t"
sparring = "uge 2"
check = true
goals = [
  {text = "Kender reglerne", kind = "knowledge", due = "dag 10"},
  {text = "Skriver selv"},
]

[[task]]
title = "Telefonen"
estimate = 45
'''


def read(text: str) -> ReadTemplate:
    return template_of("boern", tomllib.loads(text))


def test_a_file_is_read() -> None:
    goals = (
        TemplateGoal("Kender reglerne", GoalKind.KNOWLEDGE, 10),
        TemplateGoal("Skriver selv"),
    )
    assert read(FILE).template == PlanTemplate(
        "boern",
        "Børn og unge, første tre måneder",
        "For nye rådgivere.",
        (
            TemplateRow(
                "Journalnotat",
                "notat",
                "Skriv det,\nder skete.",
                Priority.HIGH,
                180,
                10,
                True,
                goals,
            ),
            TemplateRow("Telefonen", estimate_min=45),
        ),
    )


@pytest.mark.parametrize(
    ("before", "after", "at", "said"),
    [
        ('name = "Børn', 'navn = "Børn', ("navn",), "“navn” is not known here"),
        ('name = "Børn og unge, første tre måneder"', 'name = " "', ("name",), "is needed"),
        ('about = "For nye rådgivere."', "about = 3", ("about",), "must be a text"),
        ('"Telefonen"', '""', ("task", 1, "title"), "is needed"),
        ("estimate = 45", "estimate = true", ("task", 1, "estimate"), "a time such as"),
        ("estimate = 45", 'estimate = "tre"', ("task", 1, "estimate"), "is not a duration"),
        ("estimate = 45", "minutes = 45", ("task", 1, "minutes"), "known are title, type"),
        ('"high"', '"urgent"', ("task", 0, "priority"), '"high", "medium", "low"'),
        ("check = true", 'check = "ja"', ("task", 0, "check"), "true or false"),
        ('"uge 2"', '"snart"', ("task", 0, "sparring"), "count from the start"),
        ('"dag 10"', '"dag"', ("task", 0, "goals", 0, "due"), "count from the start"),
        ('"knowledge"', '["viden"]', ("task", 0, "goals", 0, "kind"), "must be one of"),
        ('{text = "Skriver selv"}', '"Skriver selv"', ("task", 0, "goals", 1), "list of tables"),
    ],
)
def test_a_fault_says_where_it_is_and_what_to_write(
    before: str, after: str, at: tuple[str | int, ...], said: str
) -> None:
    assert before in FILE
    found = read(FILE.replace(before, after, 1))
    assert found.template is None
    assert at in [fault.at for fault in found.faults]
    assert said in next(fault.what for fault in found.faults if fault.at == at)


def test_all_faults_are_named() -> None:
    found = read(FILE.replace("check = true", "check = 1").replace('"dag 10"', '"x"'))
    assert [fault.at[-1] for fault in found.faults] == ["check", "due"]


@pytest.mark.parametrize("text", ['name = "x"', 'name = "x"\ntask = []', 'name = "x"\ntask = 1'])
def test_a_template_has_at_least_one_task(text: str) -> None:
    found = read(text)
    assert found.template is None
    assert found.faults[0].at == ("task",)


words = st.text(max_size=40)
one_line = words.map(line)
title = one_line.filter(bool)
several = words.map(lines)
offset = st.none() | st.integers(-FURTHEST, FURTHEST)
goals = st.builds(TemplateGoal, title, st.sampled_from(GoalKind), offset)
rows = st.builds(
    TemplateRow,
    title,
    one_line,
    several,
    st.none() | st.sampled_from(Priority),
    st.none() | st.integers(0, 10_000),
    offset,
    st.booleans(),
    st.lists(goals, max_size=3).map(tuple),
)
templates = st.builds(
    PlanTemplate,
    st.just("key"),
    title,
    several,
    st.lists(rows, min_size=1, max_size=4).map(tuple),
)


@given(templates, st.sampled_from(LANGUAGES))
def test_what_is_written_is_read_back(template: PlanTemplate, language: str) -> None:
    set_language(language)
    text = template_text(template)
    set_language("en")
    assert template_of("key", tomllib.loads(text)) == ReadTemplate(template)


def test_a_written_file_is_read_easily_by_people() -> None:
    set_language("da")
    template = read(FILE).template
    assert template is not None
    assert (
        template_text(template)
        == '''\
name = "Børn og unge, første tre måneder"
about = "For nye rådgivere."

[[task]]
title = "Journalnotat"
type = "notat"
description = """Skriv det,
der skete."""
priority = "high"
estimate = "3 t"
sparring = "uge 2"
check = true
goals = [
    {text = "Kender reglerne", kind = "knowledge", due = "dag 10"},
    {text = "Skriver selv", kind = "skill"},
]

[[task]]
title = "Telefonen"
estimate = "45 min"
'''
    )


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=8), one, max_size=3),
)
keys = st.sampled_from(["name", "about", "task", "title", "goals", "text", "due", "estimate"])


@given(st.dictionaries(keys, anything | st.lists(st.dictionaries(keys, anything)), max_size=4))
def test_no_file_can_stop_the_reading(values: dict[str, Any]) -> None:
    found = template_of("key", values)
    assert (found.template is None) == bool(found.faults)
