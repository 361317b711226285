"""A plan that comes back filled in: as it was, or with what was changed in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.clock import today
from data.documents.given import give
from data.documents.importing.preview import EntryKind
from data.documents.sources import blank_form, document_of
from data.documents.taking_in import take_in
from data.documents.writers.formats import written
from data.i18n import _, set_language
from data.method.plan.fields import FIELDS, Kind, fields_of
from data.method.plan.fields import text_of as shown_text
from data.method.words import word
from data.queries.views import mentee_view
from data.records import (
    Goal,
    GoalKind,
    GoalStatus,
    Mentee,
    Person,
    Priority,
    Role,
    RoleKind,
    Step,
    Task,
    TaskStatus,
)
from data.store.change import Change
from data.store.store import Store
from tests.data.documents.build import example, first_mentee
from tests.data.documents.forms import as_csv, as_docx, look
from tests.data.documents.plans import (
    a_store,
    a_task,
    filled,
    given,
    lines,
    table,
    tasks_of,
)

BEGINNINGS = ("", "- ", "1. ")
"""What the goals of a task begin with: what a list would have before them is theirs here."""
HARD = "Første linje: æøå ÆØÅ »citat« \"anden\"; 'x', 1,5\n=1+1\n-minus og 👩‍👧 emoji"
OWN = ("Journal nr.", "Status hos leder")


@pytest.fixture(params=["da", "en"], autouse=True)
def _language(request: pytest.FixtureRequest) -> None:
    set_language(request.param)


@pytest.mark.parametrize("write", [as_csv, as_docx])
@pytest.mark.parametrize("given", [True, False])
def test_the_form_and_the_plan_itself_come_back_without_a_change(write: Any, given: bool) -> None:
    store = example()
    mentee = first_mentee(store)
    name = "plan.csv" if write is as_csv else "plan.docx"
    for document in (blank_form(store, "plan"), document_of(store, "plan", mentee)):
        out = give(store, mentee, document) if given else document
        preview = look(store, mentee, name, write(out))
        assert preview.changes == ()
        assert preview.entries == ()


@pytest.mark.parametrize("ending", ["md", "txt"])
def test_a_plan_comes_back_as_text_too(ending: str) -> None:
    store = example()
    mentee = first_mentee(store)
    document = give(store, mentee, document_of(store, "plan", mentee))
    said = written(document, ending).decode()
    assert look(store, mentee, f"plan.{ending}", said.encode()).entries == ()
    task = mentee_view(store, mentee).tasks[1]
    changed = said.replace(task.next_step, "Ringe til Lone")
    quoted = "\r\n".join(f"> {line}" for line in changed.split("\n"))
    take_in(store, look(store, mentee, f"plan.{ending}", quoted.encode("cp1252", "replace")))
    assert mentee_view(store, mentee).tasks[1].next_step == "Ringe til Lone"


def hard_plan() -> tuple[Store, Mentee]:
    """A plan of forty rows with a value in every field, all of them hard to write."""
    person = Person(name='Åse "Sparring" Ødegård, jr.')
    steps, priorities, statuses = list(Step), list(Priority), list(TaskStatus)
    tasks = [
        a_task(
            f"Opgave {number}: »børn«, 'unge'; æøå",
            type=f"=type {number % 3}",
            description=f"{HARD}\n{number}",
            priority=priorities[number % 3],
            estimate_min=number * 37 + 1,
            actual_min=number * 41 + 1,
            sparring_on=date(2026, 12, 1 + number % 28),
            sparring_held_on=date(2026, 10, 1 + number % 28),
            sparring_with=person.id,
            next_step=f"- {HARD}",
            next_step_to_manager=bool(number % 2),
            potential=f"@{HARD}" * 10,
            step=steps[number % 4],
            status=statuses[number % 5],
            needs_check=not number % 2,
            learned_on=date(2026, 9, 1),
            first_used_on=date(2026, 9, 2),
            order=float(number),
            extra=dict.fromkeys(OWN, f"+{number};"),
        )
        for number in range(1, 41)
    ]
    goals = [
        Goal(
            mentee_id=task.mentee_id,
            task_id=task.id,
            text=f"{BEGINNINGS[place]}Kan det (helt selv), {place}; =1+1",
            kind=list(GoalKind)[place],
            status=list(GoalStatus)[place],
            due=date(2026, 12, 24) if place else None,
            order=float(place),
        )
        for task in tasks
        for place in range(3)
    ]
    store, mentee = a_store(*tasks, columns=OWN)
    store.commit([Change.created(one) for one in (person, *goals)])
    return store, mentee


@pytest.mark.parametrize("write", [as_csv, as_docx])
def test_forty_rows_with_all_fields_go_out_and_in_again(write: Any) -> None:
    store, mentee = hard_plan()
    document = document_of(store, "plan", mentee)
    data = as_csv(document) if write is as_csv else as_docx(document, document.grid)
    empty, same = a_store(columns=OWN)
    preview = look(empty, same, "plan.csv" if write is as_csv else "plan.docx", data)
    assert lines(preview, EntryKind.UNREAD) == []
    take_in(empty, preview)

    before, after = mentee_view(store, mentee), mentee_view(empty, same)
    fields = fields_of(OWN)
    assert len(after.tasks) == 40
    for one, other in zip(before.tasks, after.tasks, strict=True):
        for field in fields:
            assert shown_text(field, one, before) == shown_text(field, other, after), field.key
        goals = [replace(goal, log=(), **_unstamped()) for goal in before.goals_of(one.id)]
        found = [replace(goal, log=(), **_unstamped()) for goal in after.goals_of(other.id)]
        assert [(g.text, g.kind, g.status, g.due) for g in goals] == [
            (g.text, g.kind, g.status, g.due) for g in found
        ]
        assert [entry.step for entry in other.step_log] == [one.step], "the history has begun"
    assert {one.key for one in FIELDS if one.kind not in (Kind.LOG,)} <= {f.key for f in fields}
    again = look(empty, same, "plan.csv" if write is as_csv else "plan.docx", data)
    assert again.changes == (), "taken in twice, it is there once"


def _unstamped() -> dict[str, Any]:
    return {"rev": 0, "created_at": None, "changed_at": None}


def test_an_empty_cell_changes_nothing_and_nothing_is_deleted() -> None:
    task = a_task("Journaler", type="Skriv", next_step="Læse", priority=Priority.HIGH)
    goal = Goal(mentee_id=task.mentee_id, task_id=task.id, text="Kan det")
    store, mentee = a_store(task, a_task("Møder"), goal)  # type: ignore[arg-type]
    data = table(
        ("Opgave", "Opgavetype", "Næste skridt", "Prioritet", "Læringsmål"),
        ("Journaler",) + ("",) * 4,
    )
    assert look(store, mentee, "plan.csv", data).changes == ()


def test_a_changed_cell_is_taken_and_history_grows() -> None:
    store, mentee = a_store(a_task("Journaler", step=Step.OBSERVES))
    data = table(
        (
            "Opgave",
            "Trin",
            "Sparring hvornår",
            "Forventet tid",
            "Sparring med",
            "Skal kvalitetssikres",
        ),
        ("Journaler", "Selvstændig", "dag 10", "2d", "Lone Skov", "ja"),
        ("Ny opgave", "", "uge 2", "", "Lone Skov", ""),
    )
    preview = look(store, mentee, "plan.csv", data)
    take_in(store, preview)
    task = tasks_of(store)["Journaler"]
    assert task.step is Step.INDEPENDENT
    assert [entry.step for entry in task.step_log] == [Step.INDEPENDENT]
    assert task.status is TaskStatus.ACTIVE
    assert (task.sparring_on, task.needs_check) == (date(2026, 8, 13), True)
    assert tasks_of(store)["Ny opgave"].sparring_on == date(2026, 8, 10)
    (person,) = store.all(Person)
    assert any(person.name in one.text and not one.place for one in preview.of(EntryKind.NEW))
    assert (person.name, task.sparring_with) == ("Lone Skov", person.id)
    assert store.undo() == preview.step
    assert [one.title for one in store.all(Task)] == ["Journaler"]
    assert store.all(Person) == []


@pytest.mark.parametrize("said", ["01-12-2026", "2026-12-01", "1/12 2026", "2026-12-01 00:00:00"])
def test_both_forms_of_dates_are_read(said: str) -> None:
    store, mentee = a_store()
    preview = look(store, mentee, "p.csv", table(("Task", "Sparring"), ("A", said)))
    take_in(store, preview)
    assert tasks_of(store)["A"].sparring_on == date(2026, 12, 1)


def test_a_bad_cell_is_named_and_nothing_is_half_done() -> None:
    store, mentee = a_store()
    data = table(
        ("Nr.", "Opgave", "Sparring", "Prioritet", "Forventet tid"),
        ("1", "A", "32-13-2026", "", ""),
        ("2", "B", "", "Vigtigst", "mange timer"),
    )
    preview = look(store, mentee, "p.csv", data)
    places = [one.place for one in preview.unread]
    for place, line in zip(places, (2, 3, 3), strict=True):
        assert place.startswith(_("line {line}").format(line=line))
    take_in(store, preview)
    assert store.all(Task) == []


def test_unknown_columns_are_named_and_a_missing_one_is_fine() -> None:
    store, mentee = a_store(
        a_task("A", next_step="Læse", extra={"Journal": "1"}), columns=("Journal",)
    )
    data = table(("Journal", "Kaffe", "OPGAVE", "Te"), ("2", "sort", "a", ""))
    preview = look(store, mentee, "p.csv", data)
    take_in(store, preview)
    (entry,) = preview.of(EntryKind.UNPLACED)
    assert "Kaffe" in entry.text
    (task,) = store.all(Task)
    assert (task.title, task.next_step, task.extra) == ("A", "Læse", {"Journal": "2"})


def test_a_title_wins_over_the_number() -> None:
    store, mentee = a_store(a_task("A", order=1.0), a_task("B", order=2.0))
    data = table(("Nr.", "Opgave", "Opgavetype"), ("1", "B", "b"), ("2", "A", "a"))
    take_in(store, look(store, mentee, "p.csv", data))
    assert {task.title: task.type for task in store.all(Task)} == {"A": "a", "B": "b"}


@pytest.mark.parametrize("write", [as_csv, as_docx])
def test_a_number_finds_a_task_whose_title_was_edited_in_a_form_given_out(write: Any) -> None:
    store, mentee = a_store(
        a_task("A", order=1.0), a_task("B", type="b", next_step="Læse", order=2.0)
    )
    document = filled(given(store, mentee), 2, title="Bedre B")
    data = as_csv(document) if write is as_csv else as_docx(document, document.grid)
    take_in(store, look(store, mentee, "p.csv" if write is as_csv else "p.docx", data))
    assert [task.title for task in mentee_view(store, mentee).tasks] == ["A", "Bedre B"]


@pytest.mark.parametrize("is_given", [True, False])
def test_a_blank_form_overwrites_no_task_by_its_number(is_given: bool) -> None:
    """Not even where it names tasks of the plan, or says of a new one what another says too."""
    first = a_task("A", type="Skriv", order=1.0)
    second = a_task("B", type="Skriv", priority=Priority.LOW, order=2.0)
    store, mentee = a_store(first, second, a_task("C", type="Skriv", order=3.0))
    goal = Goal(mentee_id=mentee.id, task_id=first.id, text="Kan skrive")
    store.commit([Change.created(goal)])
    if is_given:
        given(store, mentee)
    before = mentee_view(store, mentee)
    data = table(
        ("No.", "Task", "Type", "Learning goals", "Sparring when"),
        ("1", " A " if is_given else "a", "", "Kan læse", ""),
        ("2", "Nyt", "Skriv", "Kan tale", "01-12-2026"),
        ("3", "c", "", "", ""),
        ("4", "Nyere", "", "", ""),
    )
    take_in(store, look(store, mentee, "p.csv", data))
    after = mentee_view(store, mentee)
    assert after.tasks[:3] == before.tasks
    assert [task.title for task in after.tasks] == ["A", "B", "C", "Nyt", "Nyere"]
    assert [one.text for one in after.goals_of(first.id)] == ["Kan skrive", "Kan læse"]
    assert after.goals_of(second.id) == ()


def test_the_numbers_of_a_blank_form_rename_nothing() -> None:
    store, mentee = a_store(a_task("A", order=1.0), a_task("B", order=2.0))
    data = table(("Nr.", "Opgave"), ("1", "Ny"), ("2", "Nyere"), ("3", ""))
    take_in(store, look(store, mentee, "p.csv", data))
    assert [task.title for task in mentee_view(store, mentee).tasks] == ["A", "B", "Ny", "Nyere"]


def test_a_word_of_a_choice_is_read_in_both_languages_in_any_case() -> None:
    store, mentee = a_store()
    data = table(("Task", "Priority", "Status"), ("A", "HØJ", "i gang"), ("B", "low", "Parked"))
    take_in(store, look(store, mentee, "p.csv", data))
    found = tasks_of(store)
    assert (found["A"].priority, found["A"].status) == (Priority.HIGH, TaskStatus.ACTIVE)
    assert (found["B"].priority, found["B"].status) == (Priority.LOW, TaskStatus.PARKED)


def test_no_takes_a_yes_away() -> None:
    store, mentee = a_store(a_task("A", needs_check=True))
    take_in(
        store, look(store, mentee, "p.csv", table(("Opgave", "Skal kvalitetssikres"), ("A", "nej")))
    )
    assert tasks_of(store)["A"].needs_check is False


def test_it_is_today_that_a_step_is_noted_for() -> None:
    store, mentee = a_store()
    take_in(
        store, look(store, mentee, "p.csv", table(("Opgave", "Trin"), ("A", word(Step.OBSERVES))))
    )
    (entry,) = tasks_of(store)["A"].step_log
    assert entry.on == today()


@pytest.mark.parametrize("said", ["H", "h", "Høj", "hoej", "HIGH", "hi"])
def test_a_choice_is_read_by_how_it_begins(said: str) -> None:
    store, mentee = a_store()
    take_in(store, look(store, mentee, "p.csv", table(("Task", "Priority"), ("A", said))))
    assert tasks_of(store)["A"].priority is Priority.HIGH


def test_a_choice_that_may_be_several_is_named() -> None:
    store, mentee = a_store()
    preview = look(store, mentee, "p.csv", table(("Task", "Status"), ("A", "P")))
    assert len(preview.unread) == 1


@pytest.mark.parametrize("said", ["Mentor", "buddy", "Leder", "manager"])
def test_a_role_in_a_cell_is_whoever_has_it(said: str) -> None:
    store, mentee = a_store()
    kinds = {"Mentor": RoleKind.MENTOR, "buddy": RoleKind.BUDDY}
    lone = Person(name="Lone Skov")
    kind = kinds.get(said, RoleKind.MANAGER)
    role = Role(mentee_id=mentee.id, kind=kind, person_id=lone.id)
    data = table(("Task", "Sparring with"), ("A", said))
    preview = look(store, mentee, "p.csv", data)
    assert sum("person" in one.line for one in preview.entries) == 1, "nobody has it: a new person"
    store.commit([Change.created(lone), Change.created(role)])
    take_in(store, look(store, mentee, "p.csv", data))
    assert tasks_of(store)["A"].sparring_with == lone.id
    assert [one.name for one in store.all(Person)] == ["Lone Skov"]
