"""Plans from a template, and templates from a plan: dates on working days, and nobody's name."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.i18n import LANGUAGES, set_language
from data.library.templates import PlanTemplate, TemplateGoal, TemplateRow, template_text
from data.method.no_names import names_of
from data.method.plan.template import as_template, from_template, missing_rows
from data.records import (
    CheckResult,
    Goal,
    GoalEntry,
    GoalKind,
    GoalStatus,
    Knowledge,
    Note,
    Person,
    Priority,
    QualityCheck,
    Source,
    Step,
    StepEntry,
    Task,
    TaskStatus,
)
from data.workdays import is_workday
from tests.data.method.build import START, TODAY, bare, make, mentee, task
from tests.data.method.talks import apply

ROWS = (
    TemplateRow(
        "Journalnotat",
        "notat",
        "Skriv det, der skete.",
        Priority.HIGH,
        180,
        10,
        True,
        (TemplateGoal("Kender reglerne", GoalKind.KNOWLEDGE, 91), TemplateGoal("Skriver selv")),
    ),
    TemplateRow("Telefonen", sparring=-3),
)


def test_day_10_from_saturday_1_august_is_tuesday_11_august() -> None:
    view = bare(start=date(2026, 8, 1))
    row = TemplateRow("Journalnotat", sparring=10, goals=(TemplateGoal("Kan det", due=7),))
    task, goal = (change.after for change in from_template(view, [row], TODAY).changes)
    assert isinstance(task, Task)
    assert isinstance(goal, Goal)
    assert task.sparring_on == date(2026, 8, 11)
    assert goal.due == date(2026, 8, 10)  # a Saturday again: the Monday after it


def test_rows_come_after_what_is_there_with_all_that_they_have() -> None:
    view = bare(task("Først", order=4.0))
    made = from_template(view, ROWS, TODAY)
    assert (made.tasks, made.undated) == (2, 0)
    after = apply(view, list(made.changes))
    first, note, phone = after.tasks
    assert (first.title, note.title, phone.title) == ("Først", "Journalnotat", "Telefonen")
    assert (note.type, note.description, note.priority, note.estimate_min, note.needs_check) == (
        "notat",
        "Skriv det, der skete.",
        Priority.HIGH,
        180,
        True,
    )
    assert note.sparring_on == date(2025, 10, 16)
    assert [(g.text, g.kind, g.due) for g in after.goals_of(note.id)] == [
        ("Kender reglerne", GoalKind.KNOWLEDGE, date(2026, 1, 5)),
        ("Skriver selv", GoalKind.SKILL, None),
    ]
    # Before the first day, the last working day before it.
    assert phone.sparring_on == date(2025, 10, 3)
    assert made.passed == 2
    assert "2 dates have passed" in made.sentence


def test_without_a_first_day_there_are_no_dates_and_that_is_said() -> None:
    made = from_template(bare(start=None), ROWS, TODAY)
    assert made.undated == 3
    assert made.sentence == "There is no first day at work yet, so nothing has a date."
    for change in made.changes:
        assert isinstance(change.after, Task | Goal)
        assert (change.after.sparring_on if isinstance(change.after, Task) else None) is None
        assert (change.after.due if isinstance(change.after, Goal) else None) is None


def test_rows_that_are_there_already_are_known_by_their_titles() -> None:
    view = bare(task("JOURNALNOTAT"))
    assert missing_rows(view, ROWS) == ROWS[1:]
    row = TemplateRow("Følge årsmødet")
    for spelt in ("følge  Årsmødet", "Foelge aarsmoedet", "Følge a\u030arsmødet"):
        assert not missing_rows(bare(task(spelt)), [row])


offsets = st.none() | st.integers(-40, 400)
goals = st.builds(TemplateGoal, st.text("abc", min_size=1), st.sampled_from(GoalKind), offsets)
rows = st.builds(
    TemplateRow,
    st.text("abc", min_size=1),
    st.text("abc"),
    sparring=offsets,
    goals=st.lists(goals, max_size=2).map(tuple),
)


@given(st.lists(rows, max_size=5), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_every_date_is_a_working_day_and_comes_back(chosen: list[TemplateRow], start: date) -> None:
    view = bare(start=start)
    after = apply(view, list(from_template(view, chosen, TODAY).changes))
    dates = [
        *(one.sparring_on for one in after.tasks if one.sparring_on),
        *(one.due for one in after.goals if one.due),
    ]
    assert all(is_workday(day) or day == start for day in dates)
    again = as_template(after, "key", "name").template.rows
    assert [(row.title, row.type, len(row.goals)) for row in again] == [
        (row.title, row.type, len(row.goals)) for row in chosen
    ]
    once_more = apply(view, list(from_template(view, again, TODAY).changes))
    assert [one.sparring_on for one in once_more.tasks] == [one.sparring_on for one in after.tasks]
    assert [one.due for one in once_more.goals] == [one.due for one in after.goals]


CANARY = "KANARIE"
PEOPLE = {"p": Person(id="p", name="Jette Hansen"), "q": Person(id="q", name="Bo van der Aa")}
FULL = replace(
    task(
        "Møde med Maja Kjær og Jette",
        type="Hansens møder",
        description="Kanin\nMaja ser på. Borgeren Fatima ringede, 010190-1234.",
        priority=Priority.LOW,
        estimate_min=45,
        actual_min=987,
        sparring_on=START + timedelta(days=10),
        sparring_held_on=START + timedelta(days=555),
        sparring_with="p",
        next_step=f"{CANARY} 1",
        next_step_to_manager=True,
        potential=f"{CANARY} 2",
        potential_source=Source.MENTOR,
        step=Step.TOGETHER,
        status=TaskStatus.DONE,
        needs_check=True,
        learned_on=START + timedelta(days=556),
        first_used_on=START + timedelta(days=557),
        origin="talk",
        extra={f"{CANARY} 3": f"{CANARY} 4"},
    ),
    step_log=(StepEntry(step=Step.TOGETHER, on=START, by=f"{CANARY} 5", with_id="p"),),
    checks=(
        QualityCheck(on=START, by=f"{CANARY} 6", result=CheckResult.ADJUSTED, note=f"{CANARY} 7"),
    ),
)
GOAL = make(
    Goal,
    task_id=FULL.id,
    text="Kan det, som Jettes og Maja kan",
    kind=GoalKind.COMPETENCE,
    status=GoalStatus.REACHED,
    due=START + timedelta(days=14),
    log=(GoalEntry(status=GoalStatus.REACHED, on=START, talk_id="talk"),),
)
KEPT = {"title", "type", "description", "priority", "estimate_min", "sparring_on", "needs_check"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_of_a_full_plan_has_no_name_note_or_person(language: str) -> None:
    set_language(language)
    whose = replace(mentee(columns=(f"{CANARY} 8",)), name="Maja Kjær")
    view = bare(
        FULL,
        GOAL,
        make(Note, text=f"{CANARY} 9", task_id=FULL.id, goal_id=GOAL.id),
        make(Knowledge, title=f"{CANARY} 10", task_ids=(FULL.id,)),
    )
    view = replace(view, mentee=whose, people=PEOPLE)
    made = as_template(view, "boern", "Børn", names_of([whose], PEOPLE.values()))
    text = template_text(made.template)
    for name in ("Maja", "Kjær", "Jette", "Hansen", "Fatima", "010190", CANARY, "987"):
        assert name.casefold() not in text.casefold()
    (row,) = made.template.rows
    assert (row.priority, row.estimate_min, row.sparring, row.needs_check) == (
        Priority.LOW,
        45,
        10,
        True,
    )
    assert [(goal.kind, goal.due) for goal in row.goals] == [(GoalKind.COMPETENCE, 14)]
    assert row.description.startswith("Kanin\n")


def test_all_that_a_template_leaves_behind_is_filled_in_above() -> None:
    """A new field of a task is left behind, and its canary is in the test above."""
    defaults = {one.name: one.default for one in fields(Task)}
    own = {one.name for one in fields(Task)} - {one.name for one in fields(Note)}
    unfilled = {name for name in own - KEPT if getattr(FULL, name) == defaults[name]}
    assert unfilled == {"order"}


def test_dates_that_cannot_be_counted_are_left_out_and_counted() -> None:
    without = as_template(replace(bare(FULL, GOAL), mentee=mentee(start=None)), "k", "n")
    assert without.undated == 2
    assert without.template.rows[0].sparring is None
    far = as_template(bare(replace(FULL, sparring_on=date(2050, 1, 3))), "k", "n")
    assert far.undated == 1


def test_a_template_may_be_empty_and_gives_nothing() -> None:
    assert as_template(bare(), "k", "n").template == PlanTemplate("k", "n")
    assert from_template(bare(), (), TODAY).changes == ()
