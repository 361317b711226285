"""A plan that was changed in the form and here meanwhile: the work of both is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.documents.importing.preview import EntryKind
from data.documents.sources import blank_form, document_of
from data.documents.taking_in import take_in
from data.i18n import set_language
from data.queries.clashes import in_words, record_of, theirs_now, with_text
from data.queries.views import mentee_view
from data.records import (
    Conflict,
    Goal,
    GoalKind,
    GoalStatus,
    Mentee,
    Person,
    Priority,
    Step,
    Task,
)
from data.store.change import Change
from data.store.store import Store
from tests.data.documents.forms import as_csv, as_docx, csv_bytes, look
from tests.data.documents.plans import (
    a_store,
    a_task,
    back,
    edit,
    filled,
    given,
    tasks_of,
)


@pytest.fixture(params=["da", "en"], autouse=True)
def _language(request: pytest.FixtureRequest) -> None:
    set_language(request.param)


def test_a_csv_that_was_given_out_is_known_by_what_is_in_it() -> None:
    store, mentee = a_store(
        a_task("A", type="Gammel", next_step="Læse loven.", order=1.0), a_task("B", order=2.0)
    )
    earlier = as_csv(given(store, mentee))
    edit(store, "A", next_step="Læse loven. Ringe til Lone.")
    document = given(store, mentee)
    edit(store, "A", next_step="Noget nyt.", estimate_min=60)

    preview = look(store, mentee, "plan.csv", as_csv(filled(document, 1, type="Ny")))
    assert len(preview.entries) == 1, "what only changed here is no change of the file"
    assert look(store, mentee, "plan.csv", earlier).changes == ()
    take_in(store, preview)
    (task, _other) = mentee_view(store, mentee).tasks
    assert (task.type, task.next_step, task.estimate_min) == ("Ny", "Noget nyt.", 60)
    assert look(store, mentee, "plan.csv", as_csv(blank_form(store, "plan"))).changes == ()


def _four_goals(number: int) -> tuple[Store, Mentee]:
    tasks = [
        a_task(f"Opgave {place}", next_step="Før", order=float(place)) for place in range(number)
    ]
    goals = [
        Goal(
            mentee_id=task.mentee_id,
            task_id=task.id,
            text=f"{task.title} {text}",
            order=float(place),
        )
        for task in tasks
        for place, text in enumerate(("viden", "selv"))
    ]
    return a_store(*tasks, *goals)  # type: ignore[arg-type]


@pytest.mark.parametrize(("number", "rows"), [(2, (1, 2)), (6, (1, 2))])
def test_a_csv_of_a_plan_with_goals_takes_no_newer_text_back(
    number: int, rows: tuple[int, ...]
) -> None:
    store, mentee = _four_goals(number)
    document = given(store, mentee)
    edit(store, "Opgave 0", next_step="Nyere")
    changed = filled(document, 2, next_step="Fra Maja")
    assert changed.grid is not None
    some = replace(changed.grid, rows=tuple(changed.grid.rows[one - 1] for one in rows))
    preview = look(store, mentee, "plan.csv", as_csv(replace(changed, grid=some)))
    take_in(store, preview)
    assert [tasks_of(store)[f"Opgave {one}"].next_step for one in (0, 1)] == ["Nyere", "Fra Maja"]
    assert len(preview.entries) == 1


def test_a_csv_that_may_be_of_two_times_overwrites_nothing_that_changed_between() -> None:
    store, mentee = _four_goals(2)
    edit(store, "Opgave 0", next_step="Først")
    earlier = given(store, mentee)
    edit(store, "Opgave 0", next_step="Nyere")
    given(store, mentee)
    changed = filled(earlier, 1, next_step="Fra Maja")
    take_in(store, look(store, mentee, "plan.csv", as_csv(changed)))
    found = tasks_of(store)["Opgave 0"].next_step
    assert "Nyere" in found
    assert "Fra Maja" in found


def test_a_csv_that_is_like_none_that_was_given_out_overwrites_nothing() -> None:
    store, mentee = _four_goals(4)
    given(store, mentee)
    edit(store, "Opgave 0", next_step="Nyere", type="Journal")
    rows = [("Opgave", "Næste skridt", "Type"), ("Opgave 0", "Fra Maja", "Sag")]
    rows += [(f"Anden {one}", "", "") for one in range(4)]
    preview = look(store, mentee, "plan.csv", csv_bytes(rows))
    take_in(store, preview)
    task = tasks_of(store)["Opgave 0"]
    assert "Nyere" in task.next_step
    assert "Fra Maja" in task.next_step
    assert task.type == "Journal"
    assert [(one.of_field, one.mine) for one in store.all(Conflict)] == [("type", "Sag")]


def test_what_only_changed_here_stays_and_what_only_changed_there_is_taken() -> None:
    store, mentee = a_store(a_task("A", type="Gammel", next_step="Læse", order=1.0))
    document = given(store, mentee)
    edit(store, "A", next_step="Læse og skrive", priority=Priority.LOW)
    back(store, mentee, filled(document, 1, type="Ny"))
    (task,) = store.all(Task)
    assert (task.type, task.next_step, task.priority) == ("Ny", "Læse og skrive", Priority.LOW)
    assert store.all(Conflict) == []


def test_where_both_wrote_a_text_both_are_kept() -> None:
    store, mentee = a_store(a_task("A", next_step="Læse loven.", order=1.0))
    document = given(store, mentee)
    edit(store, "A", next_step="Læse loven. Ringe til Lone.")
    preview = back(store, mentee, filled(document, 1, next_step="Læse loven. Skrive udkast."))
    (task,) = store.all(Task)
    assert "Ringe til Lone." in task.next_step
    assert "Skrive udkast." in task.next_step
    assert task.next_step.count("Læse loven.") == 1
    assert len(preview.of(EntryKind.BOTH)) == 1


def test_where_both_changed_another_field_the_user_decides() -> None:
    store, mentee = a_store(a_task("A", type="Gammel", needs_check=False, order=1.0))
    document = given(store, mentee)
    edit(store, "A", type="Fra mig", estimate_min=60)
    preview = back(store, mentee, filled(document, 1, type="Fra Maja", estimate_min="2t"))
    (task,) = store.all(Task)
    assert (task.type, task.estimate_min) == ("Fra mig", 60)
    kept = {one.of_field: (one.mine, one.theirs) for one in store.all(Conflict)}
    assert kept == {"type": ("Fra Maja", "Fra mig"), "estimate_min": ("120", "60")}
    assert len(preview.of(EntryKind.CONFLICT)) == 2


def test_whatever_the_user_decides_a_conflict_can_be_settled_either_way() -> None:
    lone, pia = Person(name="Lone"), Person(name="Pia")
    task = a_task("A", sparring_with=lone.id, step=Step.OBSERVES, extra={"Journal": "1"})
    store, mentee = a_store(task, columns=("Journal",))
    goal = Goal(mentee_id=mentee.id, task_id=task.id, text="Kan")
    store.commit([Change.created(one) for one in (lone, pia, goal)])
    document = given(store, mentee)
    new = {"sparring_with": pia.id, "step": Step.TOGETHER, "extra": {"Journal": "2"}}
    edit(store, "A", title="AA", sparring_on=date(2026, 12, 2), priority=Priority.LOW, **new)
    store.commit([Change.edited(store.all(Goal)[0], status=GoalStatus.WORKING)])
    form = {"title": "B", "sparring_on": "05-12-2026", "priority": "Høj", "sparring_with": "Bo"}
    more = {"step": "Selvstændig", "goals": "Kan (færdighed, nået)", "extra.Journal": "3"}
    preview = back(store, mentee, filled(document, 1, **form, **more))
    assert len(preview.of(EntryKind.CONFLICT)) == len(store.all(Conflict)) == 7
    for conflict in store.all(Conflict):
        record = record_of(store, conflict)
        assert with_text(store, conflict, record, conflict.mine) != record, conflict.of_field
        assert in_words(store, conflict, conflict.mine) != theirs_now(store, conflict)


def test_rows_are_found_by_the_numbers_they_had_when_the_form_left() -> None:
    store, mentee = a_store(a_task("A", order=1.0), a_task("B", order=2.0))
    document = given(store, mentee)
    edit(store, "B", order=0.0)
    back(store, mentee, filled(document, 1, title="Bedre A"))
    assert [task.title for task in mentee_view(store, mentee).tasks] == ["B", "Bedre A"]


def test_a_task_renamed_here_since_is_no_new_one() -> None:
    store, mentee = a_store(a_task("A", order=1.0), a_task("B", order=2.0))
    document = given(store, mentee)
    edit(store, "B", title="Bedre B")
    back(store, mentee, filled(document, 1, type="x"))
    assert sorted(tasks_of(store)) == ["A", "Bedre B"]


def test_a_task_deleted_here_since_is_named_and_stays_deleted() -> None:
    store, mentee = a_store(a_task("A", order=1.0), a_task("B", order=2.0))
    document = given(store, mentee)
    store.commit([Change.deleted(tasks_of(store)["B"])])
    preview = back(store, mentee, document)
    assert sorted(tasks_of(store)) == ["A"]
    (entry,) = preview.of(EntryKind.UNPLACED)
    assert "B" in entry.text


def test_a_goal_is_edited_added_and_never_deleted() -> None:
    task = a_task("A", order=1.0)
    goals = [
        Goal(mentee_id=task.mentee_id, task_id=task.id, text=text, order=float(order))
        for order, text in enumerate(("Kender loven", "Kan skrive"), 1)
    ]
    store, mentee = a_store(task, *goals)  # type: ignore[arg-type]
    document = given(store, mentee)
    text = "Kender loven (viden, nået, senest 24-12-2026)\nKan skrive et notat\n- Kan ringe (op)"
    back(store, mentee, filled(document, 1, goals=text))
    found = mentee_view(store, mentee).goals_of(task.id)
    assert found[0].text == "Kender loven"
    assert (found[0].kind, found[0].status, found[0].due) == (
        GoalKind.KNOWLEDGE,
        GoalStatus.REACHED,
        date(2026, 12, 24),
    )
    assert [entry.status for entry in found[0].log] == [GoalStatus.REACHED]
    assert {one.text for one in found} >= {"Kan skrive et notat", "Kan ringe (op)"}
    assert goals[0].id in {one.id for one in found}
    back(store, mentee, filled(document, 1, goals="Kan ringe (op)"))
    assert len(mentee_view(store, mentee).goals_of(task.id)) == len(found)


@pytest.mark.parametrize("write", [as_csv, as_docx])
def test_a_number_with_which_a_goal_begins_stays(write: Any) -> None:
    task = a_task("A", order=1.0)
    texts = ("2. behandling af en sag", "- og så videre", "Kan ringe")
    goals = [
        Goal(mentee_id=task.mentee_id, task_id=task.id, text=text, order=float(order))
        for order, text in enumerate(texts)
    ]
    store, mentee = a_store(task, *goals)  # type: ignore[arg-type]
    name = "plan.csv" if write is as_csv else "plan.docx"
    document = document_of(store, "plan", mentee)
    assert look(store, mentee, name, write(document)).entries == ()
    document = given(store, mentee)
    assert look(store, mentee, name, write(document)).entries == ()
    cell = "2. behandling af en svær sag\n- og så videre\n3. Kan ringe\n4. Kan mere"
    form = filled(document, 1, goals=cell)
    data = as_csv(form) if write is as_csv else as_docx(form, form.grid)
    take_in(store, look(store, mentee, name, data))
    found = [one.text for one in mentee_view(store, mentee).goals_of(task.id)]
    assert sorted(found) == sorted(
        ("2. behandling af en svær sag", "- og så videre", "Kan ringe", "Kan mere")
    )


def test_a_form_about_somebody_else_is_refused() -> None:
    store, mentee = a_store(a_task("A"))
    other = Mentee(name="Nadia")
    store.commit([Change.created(other)])
    document = given(store, mentee)
    with pytest.raises(ValueError, match="Nadia"):
        look(store, other, "plan.docx", as_docx(document, document.grid))


@pytest.mark.parametrize("cells", [(), ("next_step",)])
def test_a_title_edited_in_a_csv_with_few_other_cells_is_no_new_task(cells: tuple[str]) -> None:
    store, mentee = a_store(
        a_task("A", type="Skriv", next_step="Læse", order=1.0),
        a_task("B", order=2.0, **dict.fromkeys(cells, "Ring")),
        a_task("C", type="Skriv", order=3.0),
    )
    document = given(store, mentee)
    data = as_csv(filled(document, 2, title="Bedre B"))
    take_in(store, look(store, mentee, "p.csv", data))
    assert [task.title for task in mentee_view(store, mentee).tasks] == ["A", "Bedre B", "C"]
    store.undo()
    data = as_csv(filled(document, 2, title="Bedre B", next_step="Andet", type="Ny"))
    if cells:  # the row says something else altogether
        take_in(store, look(store, mentee, "p.csv", data))
        assert len(mentee_view(store, mentee).tasks) == 4
