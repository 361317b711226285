"""Own columns of a plan with everyday names, or with names of the program's own columns."""

from __future__ import annotations

from typing import Any

import pytest

from data.documents.importing.plan_columns import plan_columns
from data.documents.sources import document_of
from data.documents.taking_in import take_in
from data.i18n import set_language
from data.records import Person, Priority, Step
from tests.data.documents.forms import as_csv, as_docx, look
from tests.data.documents.plans import a_store, a_task, given, table, tasks_of

EVERYDAY = ("Hvem", "Mål", "Type", "Trin", "Rolleopgave", "Tid")
SPELT_THE_SAME = ("Opgave", "Nr.", "Status", "Beskrivelse", "Prioritet", "Lært den", "Næste skridt")
ENGLISH = ("Task", "Description", "Status", "Goals", "Who", "Learned on")


@pytest.fixture(params=["da", "en"], autouse=True)
def _language(request: pytest.FixtureRequest) -> None:
    set_language(request.param)


@pytest.mark.parametrize("own", [EVERYDAY, SPELT_THE_SAME, ENGLISH])
@pytest.mark.parametrize("write", [as_csv, as_docx])
@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("is_given", [True, False])
def test_an_unchanged_plan_comes_back_unchanged(
    own: tuple[str, ...], write: Any, filled: bool, is_given: bool
) -> None:
    more = {"step": Step.OBSERVES, "description": "Ny"} if filled else {}
    store, mentee = a_store(
        a_task("A", priority=Priority.HIGH, extra={name: f"{name} 1" for name in own}, **more),
        a_task("B", extra={own[0]: "Lone"}),
        columns=own,
    )
    document = given(store, mentee) if is_given else document_of(store, "plan", mentee)
    preview = look(store, mentee, "p.csv" if write is as_csv else "p.docx", write(document))
    assert preview.entries == ()
    assert preview.changes == ()


@pytest.mark.parametrize("write", [as_csv, as_docx])
def test_what_is_written_into_them_stays_in_them(write: Any) -> None:
    """Also where a table of its own on paper has them, and another one the program's column."""
    store, mentee = a_store(a_task("A", type="Skriv"), columns=EVERYDAY)
    other, same = a_store(
        a_task("A", type="Skriv", extra=dict.fromkeys(EVERYDAY, "Lone")), columns=EVERYDAY
    )
    name = "p.csv" if write is as_csv else "p.docx"
    take_in(store, look(store, mentee, name, write(document_of(other, "plan", same))))
    task = tasks_of(store)["A"]
    assert task.extra == dict.fromkeys(EVERYDAY, "Lone")
    assert (task.type, task.step, task.sparring_with) == ("Skriv", None, "")
    assert store.all(Person) == []


def test_the_blank_form_has_the_columns_of_the_program() -> None:
    store, mentee = a_store(a_task("A"), columns=("Opgavetype",))
    take_in(store, look(store, mentee, "p.csv", table(("Opgave", "Opgavetype"), ("A", "Skriv"))))
    assert (tasks_of(store)["A"].type, tasks_of(store)["A"].extra) == ("Skriv", {})


def test_an_everyday_word_gives_way_to_the_heading_of_documents() -> None:
    assert plan_columns([("Opgave", "Type", "Opgavetype")]) == [["title", "", "type"]]
    assert plan_columns([("Task", "Task type"), ("Task", "Type")]) == [
        ["title", "type"],
        ["title", ""],
    ]
    assert plan_columns([("Task", "Type")]) == [["title", "type"]]


def test_two_own_columns_spelt_nearly_the_same_are_told_apart() -> None:
    found = plan_columns([("Opgave", "Bor", "Bør")], ("Bør", "Bor"))
    assert found == [["title", "extra.Bor", "extra.Bør"]]
