"""The worked libraries of workplaces: each can be used as it is, and names nobody who is real."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import data.library
from data.citizens import has_cpr, names_citizen
from data.i18n import set_language
from data.library import STEPS, duties
from data.library.offsets import parse_offset
from data.library.templates import PlanTemplate, template_of
from data.library.texts import TEXTS, AgreementDefaults
from data.records import GoalKind, Part, RoleKind
from data.text import clean, line
from tests.data.library.test_language import ONLY, leaves

EXAMPLES = Path(data.library.__file__).parent / "examples"
NAMES = ["boern-og-familier", "english", "jobcenter"]
FILES = sorted(path for path in EXAMPLES.rglob("*") if path.is_file())
SHORT = {path: path.relative_to(EXAMPLES).as_posix() for path in FILES}


def read(name: str, file: str) -> dict[str, Any]:
    return tomllib.loads((EXAMPLES / name / file).read_text("utf-8"))


def plans(name: str) -> list[PlanTemplate]:
    found = []
    for path in sorted((EXAMPLES / name / "plans").glob("*.toml")):
        made = template_of(path.stem, tomllib.loads(path.read_text("utf-8")))
        assert made.faults == (), path
        assert made.template is not None
        found.append(made.template)
    return found


def test_there_are_three_of_them() -> None:
    assert sorted(path.name for path in EXAMPLES.iterdir()) == NAMES


@pytest.mark.parametrize("path", FILES, ids=SHORT.values())
def test_a_file_has_clean_text_in_one_language_and_names_no_citizen(path: Path) -> None:
    raw = path.read_text("utf-8")
    assert raw == clean(raw, lines=True)
    name = path.relative_to(EXAMPLES).parts[0]
    language = read(name, "library.toml")["language"]
    other = "en" if language == "da" else "da"
    texts = (
        [text for _path, text in leaves(tomllib.loads(raw)) if isinstance(text, str)]
        if path.suffix == ".toml"
        else raw.split("\n")
    )
    comments = re.findall(r"^# (.*)$", raw, re.MULTILINE)
    for text in (*texts, *comments):
        without = re.sub(r"https://\S+", "", text)
        words = set(re.findall(r"[a-zæøå]+", without.lower()))
        assert not words & ONLY[other], (text, words & ONLY[other])
        assert not has_cpr(text)
        assert not names_citizen(text), text
        assert language == "da" or not re.search("[æøåÆØÅ]", without), text


@pytest.mark.parametrize("name", NAMES)
def test_it_says_that_it_is_an_example(name: str) -> None:
    about = read(name, "library.toml")
    assert about.keys() == {"name", "version", "date", "contact", "language"}
    assert re.search("eksempel|example", about["name"])
    assert re.fullmatch(r"[0-9]+(\.[0-9]+)*", about["version"])
    people = read(name, "people.toml")["person"]
    assert len({one["key"] for one in people}) == len(people) >= 3
    for one in people:
        assert one.get("kind") == "network" or re.search(r"(Eksempel|Example)$", one["name"])


@pytest.mark.parametrize("name", NAMES)
def test_its_plans_have_tasks_and_goals_of_all_kinds(name: str) -> None:
    made = plans(name)
    danish = read(name, "library.toml")["language"] == "da"
    assert len(made) >= (3 if danish else 2)
    types = {row.type for plan in made for row in plan.rows}
    for plan in made:
        assert not danish or 10 <= len(plan.rows) <= 14, plan.key
        for row in plan.rows:
            assert row.type
            assert row.description
            assert row.priority
            assert row.estimate_min
            assert row.goals
            assert "\n" not in row.description
            assert row.sparring is not None
            assert 0 <= row.sparring <= 364
            assert all(goal.due is not None and 0 <= goal.due <= 364 for goal in row.goals)
    kinds = {goal.kind for plan in made for row in plan.rows for goal in row.goals}
    assert kinds == set(GoalKind)
    assert {one["type"] for one in read(name, "tips.toml")["tip"]} - {""} <= types


@pytest.mark.parametrize("name", NAMES)
def test_its_questions_and_duties_can_be_used(name: str) -> None:
    language = read(name, "library.toml")["language"]
    set_language(language)
    built_in = {one.key for one in duties(language)}
    added = 0
    for path in (EXAMPLES / name / "questions").glob("*.toml"):
        for one in tomllib.loads(path.read_text("utf-8"))["question"]:
            if one["key"] in STEPS:
                assert ("{task}" in one.get("text", "")) == ("general" in one)
            else:
                assert one["text"]
                assert one["after"] in STEPS
                added += 1
    assert added >= 1
    for one in read(name, "duties.toml")["duty"]:
        assert one["key"] in built_in or one.keys() >= {"text", "kind", "main", "due"}
        roles = [one.get("main"), *one.get("takes_part", []), *one.get("informed", [])]
        assert {role for role in roles if role} <= {*RoleKind}
        assert len(roles) == len(set(roles))
        assert "due" not in one or parse_offset(one["due"]) >= 0
        assert len(one.get("text", "")) <= 60, "it is a row of the matrix"
    assert {*read(name, "expectations.toml")} <= {*AgreementDefaults.__dataclass_fields__}
    assert Part.MAIN.value == "main"


@pytest.mark.parametrize("name", NAMES)
def test_its_texts_have_a_title_and_paragraphs(name: str) -> None:
    found = sorted(path.stem for path in (EXAMPLES / name / "texts").glob("*.md"))
    assert found == sorted(set(TEXTS) - {"first_start"})
    for key in found:
        first, _blank, text = (
            (EXAMPLES / name / f"texts/{key}.md").read_text("utf-8").partition("\n")
        )
        assert first.startswith("# ")
        assert first == line(first)
        assert text.count("\n- ") >= 3


def test_no_task_stands_in_two_of_a_workplaces_plans() -> None:
    for name in NAMES:
        titles = [row.title for plan in plans(name) for row in plan.rows]
        assert len(titles) == len(set(titles)), name
