"""A line that can be given: what it says, how it is edited, and that it names nobody."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contribution.gather import Sources, gathered
from data.contribution.line import (
    Line,
    QuestionLine,
    TaskTime,
    TipLine,
    in_words,
    line_of,
    with_words,
    words_of,
)
from data.contribution.written import contribution_text
from data.dates import EntryError
from data.library.shared import Shared, SharedQuestion, SharedTip
from data.library.templates import PlanTemplate, TemplateGoal, TemplateRow, template_of
from data.method.no_names import Names, has_name
from data.records import GoalKind, Priority, Question, Tip

NAMES = Names(mentees=("Mia Kjær",), others=("Jette Hansen",))
ROW = TemplateRow(
    "Samtale med Mia",
    "Samtale",
    "Forbered den\nmed Jette Hansen",
    Priority.HIGH,
    180,
    10,
    True,
    (TemplateGoal("Mias første mål", GoalKind.SKILL, 14), TemplateGoal("Kan lytte")),
)
TIME = TaskTime("Journal", 180, 240, 9)
DAY = date(2026, 11, 30)


def lines(*templates: PlanTemplate, library: Shared | None = None) -> list[Line]:
    found = Sources(
        (
            Tip(text="Skriv samme dag"),
            Tip(text=" skriv  samme dag "),
            Tip(text="Spørg Jette,\nfør I går", task_type="Samtale"),
        ),
        (Question(text="Hvad lærte Mia?", probes=("Hvornår?", "")),),
        (
            PlanTemplate("egen", "Jettes skabelon", rows=(ROW, replace(ROW, title="Journal"))),
            *templates,
        ),
        (TIME,),
    )
    return gathered(found, NAMES, library)


def test_lines_name_nobody_and_each_is_there_once() -> None:
    found = lines(PlanTemplate("x", "En tidligere plan", rows=(replace(ROW, title="JOURNAL"),)))
    said = [in_words(one) for one in found]
    assert said == [
        ["Skriv samme dag"],
        ["Spørg a colleague,", "før I går"],
        ["Hvad lærte the mentee?", "- Hvornår?"],
        [
            "Samtale med the mentee",
            "Forbered den",
            "med a colleague",
            "priority: High; expected time: 3 h; sparring: day 10; quality is checked",
            "- The mentee’s første mål (Skill, day 14)",
            "- Kan lytte (Skill)",
        ],
        [
            "Journal",
            "Forbered den",
            "med a colleague",
            "priority: High; expected time: 3 h; sparring: day 10; quality is checked",
            "- The mentee’s første mål (Skill, day 14)",
            "- Kan lytte (Skill)",
        ],
        ["Journal: expected 3 h, took 4 h, 9 tasks"],
    ]
    assert [(one.name, one.about, one.source) for one in found] == [
        ("Tip", "", ""),
        ("Tip", "Samtale", ""),
        ("Question", "", ""),
        ("Task", "Samtale", "A colleague’s skabelon"),
        ("Task", "Samtale", "A colleague’s skabelon"),
        ("Time taken", "Journal", ""),
    ]
    assert not has_name(contribution_text(found, DAY), NAMES)


def test_what_the_library_has_is_not_offered() -> None:
    library = Shared(
        "Nordby",
        "1",
        tips=(SharedTip("k", "", "Skriv samme dag"),),
        questions=(SharedQuestion("q", "Hvad lærte the mentee?"),),
        templates=(PlanTemplate("a", "A", rows=(TemplateRow("Journal"),)),),
    )
    assert [in_words(one)[0] for one in lines(library=library)] == [
        "Spørg a colleague,",
        "Samtale med the mentee",
        "Journal: expected 3 h, took 4 h, 9 tasks",
    ]


def test_the_file_is_what_the_library_can_hold() -> None:
    text = contribution_text(lines(), DAY)
    assert text.startswith("# A contribution to the library of the workplace, 30-11-2026.\n")
    for said in ("# --- tips.toml\n", "# --- questions/*.toml\n", "# --- plans/*.toml\n"):
        assert said in text
    assert "# Journal: expected 3 h, took 4 h, 9 tasks\n" in text
    found = tomllib.loads(text)
    assert found["tip"][1] == {"type": "Samtale", "text": "Spørg a colleague,\nfør I går"}
    (question,) = found["question"]
    assert question == {
        "key": "hvad-laerte-the-mentee",
        "text": "Hvad lærte the mentee?",
        "probes": ["Hvornår?"],
    }
    made = template_of("x", {"name": "x", "task": found["task"]})
    assert made.faults == ()
    assert made.template is not None
    assert made.template.rows[0].goals[0] == TemplateGoal(
        "The mentee’s første mål", GoalKind.SKILL, 14
    )


def test_questions_that_begin_alike_have_keys_of_their_own() -> None:
    long = "Hvad " * 40
    two = [line_of(QuestionLine(f"{long}{end}")) for end in ("a", "b", "c")]
    keys = [one["key"] for one in tomllib.loads(contribution_text(two, DAY))["question"]]
    assert len(set(keys)) == 3
    assert all(len(key) <= 60 for key in keys)


def test_an_edit_keeps_the_key_and_leaves_names_out() -> None:
    tip = line_of(TipLine("Gammelt", "Samtale"))
    edited = with_words(tip, {"text": "Nyt om Mia\nog Jette"}, NAMES)
    assert (edited.key, edited.value) == (
        tip.key,
        TipLine("Nyt om the mentee\nog a colleague", "Samtale"),
    )
    row = line_of(ROW, "Egen")
    edited = with_words(row, {"title": "Ny", "goals": "Et\n\nTo\nTre"}, NAMES)
    assert isinstance(edited.value, TemplateRow)
    assert [(goal.text, goal.due) for goal in edited.value.goals] == [
        ("Et", 14),
        ("To", None),
        ("Tre", None),
    ]
    question = with_words(line_of(QuestionLine("A?", ("b",))), {"probes": "b\nc"}, NAMES)
    assert question.value == QuestionLine("A?", ("b", "c"))
    assert words_of(line_of(TIME)) == ()
    assert with_words(line_of(TIME), {}, NAMES).value == TIME


@pytest.mark.parametrize("line", [line_of(TipLine("a")), line_of(QuestionLine("a")), line_of(ROW)])
def test_what_is_needed_cannot_be_emptied(line: Line) -> None:
    needed = words_of(line)[0]
    with pytest.raises(EntryError, match="must not be empty"):
        with_words(line, {needed.key: " \n"}, NAMES)


texts = st.text(st.sampled_from("aæøÅM ia\"\\'\n\t#[]=Jette."), max_size=30)


@given(st.lists(st.tuples(texts, texts), max_size=4), st.lists(texts, max_size=3))
def test_any_words_can_be_written_and_are_read_back(
    tips: list[tuple[str, str]], questions: list[str]
) -> None:
    found = gathered(
        Sources(
            tuple(Tip(text=text, task_type=about) for text, about in tips),
            tuple(Question(text=text) for text in questions),
            (
                PlanTemplate(
                    "k", "n", rows=tuple(TemplateRow(text, description=text) for text in questions)
                ),
            ),
        ),
        NAMES,
        None,
    )
    text = contribution_text(found, DAY)
    assert not has_name(text, NAMES)
    written = tomllib.loads(text)
    kept = [one.value for one in found if isinstance(one.value, TipLine)]
    assert [(one["text"], one["type"]) for one in written.get("tip", [])] == [
        (one.text, one.type) for one in kept
    ]
    asked = [one.value.text for one in found if isinstance(one.value, QuestionLine)]
    assert [one["text"] for one in written.get("question", [])] == asked
