"""A plan begins from a template, line by line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.library.shared import Shared, use_shared
from data.library.templates import PlanTemplate, TemplateGoal, TemplateRow
from data.paths import templates_folder
from data.records import Mentee, Task
from data.store.change import Change
from tests.tui.cli.plain.tools import Type, named, opened

ROWS = (
    TemplateRow("Journal", sparring=10, goals=(TemplateGoal("Writes alone", due=30),)),
    TemplateRow("Telephone"),
    TemplateRow("Visits", sparring=24),
)
BOERN = PlanTemplate("boern", "Children and families", rows=ROWS)


@pytest.fixture(autouse=True)
def workplace() -> Iterator[None]:
    use_shared(Shared(name="Nordby", version="1", templates=(BOERN,)))
    yield
    use_shared(None)


@pytest.fixture
def ida(type_lines: Type, file: Path) -> str:
    with opened(file) as store:
        store.commit([Change.created(Mentee(name="Ida", start=date(2026, 8, 1)))])
    return "plan Ida"


def titles(file: Path, name: str = "Ida") -> list[str]:
    with opened(file) as store:
        return [task.title for task in store.of(Task, named(store, name).id)]


def test_an_empty_plan_says_how_it_begins_from_a_template(type_lines: Type, ida: str) -> None:
    out = type_lines(ida, ".template")
    assert "a adds a task, .template begins from a template." in out
    assert "1. Children and families: 3 tasks (Nordby)" in out
    assert "a mentee’s plan" in out


def test_rows_are_left_out_and_the_others_added_as_one_step(
    type_lines: Type, ida: str, file: Path
) -> None:
    out = type_lines(ida, ".template", "1", "2", "a")
    assert "Children and families: 3 of 3 chosen; a adds them." in out
    assert "1. Journal: sparring 11-08-2026; 1 goal" in out
    assert "Telephone: left out" in out
    assert "2 tasks added to the plan of Ida." in out
    assert "Plan for Ida: 2 tasks." in out
    assert titles(file) == ["Journal", "Visits"]
    with opened(file) as store:
        assert store.of(Task, named(store, "Ida").id)[0].sparring_on == date(2026, 8, 11)


def test_undo_takes_all_of_it_back(type_lines: Type, ida: str, file: Path) -> None:
    assert "Undone: tasks from “Children and families”" in type_lines(
        ida, ".template", "chil", "a", "u"
    )
    assert titles(file) == []


def test_a_row_is_chosen_again_and_back_adds_nothing(
    type_lines: Type, ida: str, file: Path
) -> None:
    out = type_lines(ida, ".template", "1", "telephone", "telephone", ".back", ".back")
    assert out.count("3 of 3 chosen") == 2
    assert titles(file) == []


def test_what_is_in_the_plan_is_left_out_at_first(type_lines: Type, ida: str, file: Path) -> None:
    out = type_lines(ida, ".template", "1", "a", ".template", "1")
    assert "0 of 3 chosen" in out
    assert titles(file) == ["Journal", "Telephone", "Visits"]


def test_danish_says_it_too_and_a_broken_template_is_one_line(type_lines: Type, ida: str) -> None:
    folder = templates_folder(os.environ)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.toml").write_text("[")
    out = type_lines(ida, ".skabelon", "1", "a", lang="da")
    assert "a.toml, linje 1: det er ikke TOML." in out
    assert "3 opgaver er tilføjet i planen for Ida." in out
