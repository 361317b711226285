"""A file that is imported a second time, here or in another session, brings nothing new."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from data.documents.importing.preview import Preview
from data.documents.importing.reading import read_bytes
from data.documents.model.document import Document
from data.documents.model.lines import text_of
from data.documents.sources import blank_form, document_of
from data.documents.taking_in import look_at, look_at_mentees, take_in
from data.i18n import set_language
from data.library import agreement_defaults
from data.queries.views import mentee_view
from data.records import (
    KINDS,
    Agreement,
    Conflict,
    Goal,
    Mentee,
    Note,
    Person,
    Record,
    Task,
    Written,
    part_id,
)
from data.store.change import Change, unstamped
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.documents.forms import as_csv, as_docx, csv_bytes, look
from tests.data.documents.plans import a_store, a_task, edit, filled, given, tasks_of
from tests.tools.steps import steps_of

FORMS = [("plan.csv", as_csv), ("plan.docx", lambda one: as_docx(one, one.grid))]


@pytest.fixture(params=["da", "en"], autouse=True)
def _language(request: pytest.FixtureRequest) -> None:
    set_language(request.param)


def everything(store: Store) -> dict[str, Record]:
    return {one.id: unstamped(one) for kind in KINDS for one in store.all(kind)}


def _returned(store: Store, mentee: Mentee) -> Document:
    """A plan that was changed in the form and here, in every way."""
    document = given(store, mentee)
    edit(store, "A", type="Fra mig", next_step="Læse loven. Ringe til Lone.")
    form = filled(document, 1, type="Fra Maja", next_step="Læse loven. Skrive udkast.")
    form = filled(form, 1, sparring_with="Bo", goals="Kan ringe (færdighed)\nKan mere")
    form = filled(form, 2, description="Ny beskrivelse", estimate_min="2t")
    assert form.grid is not None
    new = {"number": "3", "title": "Ny opgave", "type": "Sag"}
    row = tuple(new.get(column.key, "") for column in form.grid.columns)
    return replace(form, grid=replace(form.grid, rows=(*form.grid.rows, row)))


def _plan() -> tuple[Store, Mentee]:
    return a_store(
        a_task("A", type="Gammel", next_step="Læse loven.", order=1.0), a_task("B", order=2.0)
    )


@pytest.mark.parametrize(("name", "write"), FORMS)
def test_a_plan_imported_twice_changes_nothing_the_second_time(name: str, write: Any) -> None:
    store, mentee = _plan()
    data = write(_returned(store, mentee))
    before = everything(store)
    take_in(store, look(store, mentee, name, data))
    after = everything(store)
    assert len(store.all(Conflict)) == 1
    again = look(store, mentee, name, data)
    assert (again.entries, again.changes) == ((), ())
    store.undo()
    assert everything(store) == before
    take_in(store, look(store, mentee, name, data))
    assert everything(store) == after, "after undo the file is new again"


@pytest.mark.parametrize(("name", "write"), FORMS)
def test_what_was_changed_here_since_the_import_stays(name: str, write: Any) -> None:
    store, mentee = _plan()
    data = write(_returned(store, mentee))
    take_in(store, look(store, mentee, name, data))
    edit(store, "A", next_step="Noget helt andet.", type="Aftalt", sparring_with="")
    edit(store, "B", description="Omskrevet", estimate_min=None)
    edit(store, "Ny opgave", title="Omdøbt")
    goals = {goal.text: goal for goal in store.all(Goal)}
    store.commit([Change.deleted(goals["Kan mere"]), Change.deleted(store.all(Conflict)[0])])
    store.commit([Change.edited(goals["Kan ringe"], text="Kan tale i telefon")])
    before = everything(store)
    again = look(store, mentee, name, data)
    assert again.changes == ()
    assert everything(store) == before


@pytest.mark.parametrize(("name", "write"), FORMS)
def test_a_new_task_deleted_since_the_import_does_not_come_back(name: str, write: Any) -> None:
    store, mentee = _plan()
    data = write(_returned(store, mentee))
    take_in(store, look(store, mentee, name, data))
    store.commit([Change.deleted(tasks_of(store)["Ny opgave"])])
    assert look(store, mentee, name, data).changes == ()


def test_what_is_written_in_the_file_after_the_import_is_taken() -> None:
    store, mentee = _plan()
    form = _returned(store, mentee)
    take_in(store, look(store, mentee, "plan.docx", as_docx(form, form.grid)))
    later = filled(form, 2, description="Ny beskrivelse, og mere")
    take_in(store, look(store, mentee, "plan.docx", as_docx(later, later.grid)))
    assert tasks_of(store)["B"].description == "Ny beskrivelse, og mere"


def test_what_another_wrote_in_a_copy_of_the_form_takes_no_word_back() -> None:
    store, mentee = _plan()
    document = given(store, mentee)
    for text in ("Fra Maja.", "Fra Ida."):
        copy = filled(document, 1, description=text)
        take_in(store, look(store, mentee, "plan.docx", as_docx(copy, copy.grid)))
    assert {*tasks_of(store)["A"].description.split()} == {"Fra", "Maja.", "Ida."}


def test_what_a_later_form_brings_back_is_asked_about() -> None:
    store, mentee = _plan()
    form = _returned(store, mentee)
    take_in(store, look(store, mentee, "plan.docx", as_docx(form, form.grid)))
    edit(store, "B", description="Omskrevet")
    later = filled(given(store, mentee), 2, description="Ny beskrivelse")
    take_in(store, look(store, mentee, "plan.docx", as_docx(later, later.grid)))
    assert tasks_of(store)["B"].description == "Ny beskrivelse"


def test_a_table_like_none_that_was_given_out_makes_one_conflict() -> None:
    store, mentee = _plan()
    given(store, mentee)
    edit(store, "A", type="Fra mig")
    rows = [("Opgave", "Næste skridt", "Type"), ("A", "Ringe.", "Sag")]
    rows += [(f"Anden {one}", "", "") for one in range(4)]
    data = csv_bytes(rows)
    take_in(store, look(store, mentee, "plan.csv", data))
    again = look(store, mentee, "plan.csv", data)
    assert (again.entries, again.changes) == ((), ())
    assert len(store.all(Conflict)) == 1


def test_expectations_imported_twice_change_nothing_the_second_time() -> None:
    store, mentee = a_store()
    page = replace(
        agreement_defaults("da").for_mentee(mentee.id),
        id=part_id(mentee.id, Agreement.table),
        purpose="Falde til.",
        place="Kontoret",
    )
    store.commit([Change.created(page)])
    from data.documents.given import give

    document = give(store, mentee, document_of(store, "expectations", mentee))
    data = as_docx(document)
    store.commit([Change.edited(store.all(Agreement)[0], purpose="Falde til her.")])
    form = _with(data, "Falde til.", "Falde godt til.")
    take_in(store, look(store, mentee, "f.docx", form))
    (now,) = store.all(Agreement)
    assert "godt" in now.purpose
    assert "her." in now.purpose
    again = look(store, mentee, "f.docx", form)
    assert (again.entries, again.changes) == ((), ())
    store.commit([Change.edited(now, purpose="Noget andet.")])
    assert look(store, mentee, "f.docx", form).changes == ()


def _with(data: bytes, old: str, new: str) -> bytes:
    """Return a Word file in which somebody has changed words."""
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old.encode(), new.encode()))
    return out.getvalue()


@pytest.fixture
def two() -> tuple[Store, Store, Mentee]:
    """Two sessions of one file that see what the other has done only when they save."""
    disk = Disk()
    mine = Store(MemoryBackend(disk), by="met")
    mentee = Mentee(name="Maja Holm")
    tasks = [
        Task(mentee_id=mentee.id, title="A", type="Gammel", next_step="Læse loven.", order=1.0),
        Task(mentee_id=mentee.id, title="B", order=2.0),
    ]
    mine.commit([Change.created(one) for one in (mentee, *tasks)])
    return mine, Store(MemoryBackend(disk), by="bo"), mentee


def both_import(two: tuple[Store, Store, Mentee], previews: list[Preview]) -> None:
    """Let both import before either has seen the other, and one of them undo and redo it."""
    mine, other, _mentee = two
    take_in(mine, previews[0])
    once = everything(mine)
    take_in(other, previews[1])
    assert everything(other) == once
    assert other.undo() != previews[1].step, "nothing of it was done here"


@pytest.mark.parametrize(("name", "write"), FORMS)
def test_two_sessions_that_import_one_plan_import_it_once(
    two: tuple[Store, Store, Mentee], name: str, write: Any
) -> None:
    mine, _other, mentee = two
    data = write(_returned(mine, mentee))
    other = Store(mine._sync.backend.__class__(mine._sync.backend.disk, "bo"), by="bo")  # type: ignore[attr-defined,call-arg]
    both_import((mine, other, mentee), [look(one, mentee, name, data) for one in (mine, other)])
    assert len(mine.all(Conflict)) == 1
    assert sorted(tasks_of(mine)) == ["A", "B", "Ny opgave"]
    assert [one.name for one in mine.all(Person)] == ["Bo"]


def test_two_sessions_that_import_one_sheet_import_it_once(
    two: tuple[Store, Store, Mentee],
) -> None:
    mine, other, mentee = two
    text = text_of(blank_form(mine, "prep")).replace("?\n", "?\nMit svar.\n", 1)
    data = f"Husk at spørge om ferie.\n\n{text}".encode()
    previews = [look(one, mentee, "ark.txt", data) for one in (mine, other)]
    both_import(two, previews)
    assert len(mine.all(Note)) == 1


def test_two_sessions_that_import_one_list_of_mentees_add_them_once(
    two: tuple[Store, Store, Mentee],
) -> None:
    mine, other, _mentee = two
    rows = [("Navn", "Startdato", "Buddy"), ("Nadia", "03-08-2026", "Ida"), ("Ole", "1/9-2026", "")]
    file = read_bytes("nye.csv", csv_bytes(rows))
    both_import(two, [look_at_mentees(one, file) for one in (mine, other)])
    assert sorted(one.name for one in mine.all(Mentee)) == ["Maja Holm", "Nadia", "Ole"]
    take_in(mine, look_at_mentees(mine, file, again=True))
    assert len(mine.all(Mentee)) == 5, "who wants another one of the same name gets it"


def test_rows_that_are_the_same_are_different_tasks() -> None:
    store, mentee = a_store()
    data = csv_bytes([("Opgave", "Type"), ("A", "x"), ("A", "x")])
    take_in(store, look(store, mentee, "plan.csv", data))
    assert [one.title for one in mentee_view(store, mentee).tasks] == ["A", "A"]
    assert store.all(Written) == []


def test_a_form_whose_mark_is_not_known_here_takes_no_word_back() -> None:
    store, mentee = _plan()
    document = given(store, mentee)
    store.commit([Change.deleted(store.all(Written)[0])])
    edit(store, "A", next_step="Læse loven. Ringe til Lone.", type="Fra mig")
    form = filled(document, 2, type="Ny")
    take_in(store, look(store, mentee, "plan.docx", as_docx(form, form.grid)))
    found = tasks_of(store)
    assert "Ringe til Lone." in found["A"].next_step
    assert (found["A"].type, found["B"].type) == ("Fra mig", "Ny")


def _steps_of_rows(number: int) -> int:
    store, mentee = a_store()
    rows = [("Opgave", "Type"), *((f"Opgave {one}", "Sag") for one in range(number))]
    file = read_bytes("plan.csv", csv_bytes(rows))
    take_in(store, look_at(store, mentee, file))
    return steps_of(lambda: look_at(store, mentee, file))


def test_a_table_of_twice_as_many_rows_takes_twice_as_long() -> None:
    few, many = _steps_of_rows(100), _steps_of_rows(200)
    assert many < 2.3 * few
