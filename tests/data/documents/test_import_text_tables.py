"""Tables in text files: rows below one another, and rows with their cells below the headings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.documents.given import give
from data.documents.importing.preview import EntryKind
from data.documents.model.document import Table
from data.documents.sources import blank_form, document_of
from data.documents.taking_in import take_in
from data.documents.writers.formats import written
from data.i18n import set_language
from data.queries.views import mentee_view
from data.records import Duty, Person, RoleKind, Task
from tests.data.documents.forms import look
from tests.data.documents.plans import a_store, a_task, lines
from tests.data.documents.test_import_others import a_store as with_roles
from tests.data.documents.test_import_others import with_cell


@pytest.fixture(params=["da", "en"], autouse=True)
def _language(request: pytest.FixtureRequest) -> None:
    set_language(request.param)


def test_a_blank_plan_as_text_is_filled_in_below_its_labels() -> None:
    store, mentee = a_store()
    text = written(blank_form(store, "plan"), "txt").decode()
    assert look(store, mentee, "p.txt", text.encode()).changes == ()
    first, second = text.index("\n1.\n"), text.index("\n2.\n")
    label = text[first:second].split("\n")[2]
    filled = f"{text[:first]}\n1.\n{label} Skrive breve{text[first:].split(label, 1)[1]}"
    filled = filled.replace("\n2.\n", "\n2. Holde møder\n")
    take_in(store, look(store, mentee, "p.txt", filled.encode()))
    assert [task.title for task in mentee_view(store, mentee).tasks] == [
        "Skrive breve",
        "Holde møder",
    ]


def test_a_row_with_a_name_alone_is_a_task_where_the_numbers_go_on() -> None:
    store, mentee = a_store(a_task("Skrive breve", type="Skriv", next_step="a\n\nb"))
    text = written(document_of(store, "plan", mentee), "txt").decode()
    assert look(store, mentee, "p.txt", text.encode()).entries == ()
    place = text.index("\n\n", text.index("    b"))
    text = f"{text[:place]}\n\n2. Holde møder\n\n17. august{text[place:]}"
    preview = look(store, mentee, "p.txt", text.encode())
    assert [line for line in lines(preview, EntryKind.UNPLACED) if "17. august" in line]
    take_in(store, preview)
    assert {one.title for one in store.all(Task)} == {"Skrive breve", "Holde møder"}


@pytest.mark.parametrize("short", [False, True])
def test_the_role_matrix_of_a_text_file_is_read(short: bool) -> None:
    store, mentee = with_roles()
    view = mentee_view(store, mentee)
    document = give(store, mentee, document_of(store, "roles", mentee))
    if short:
        matrix = next(one for one in document.blocks if isinstance(one, Table))
        keys = ("text", "role.mentor", "role.buddy", "done_on")
        kept = [place for place, one in enumerate(matrix.columns) if one.key in keys]
        rows = [
            tuple("Kort" if place == 0 else row[place] for place in kept) for row in matrix.rows[:1]
        ]
        columns = tuple(matrix.columns[place] for place in kept)
        small = replace(matrix, columns=columns, rows=tuple(rows))
        blocks = tuple(small if one is matrix else one for one in document.blocks)
        document = replace(document, blocks=blocks)
    changed = with_cell(document, 0, "done_on", "01-12-2026")
    data = written(changed, "txt")
    assert (b"\nKort  " in data) == short
    take_in(store, look(store, mentee, "r.txt", data))
    done = [one for one in store.all(Duty) if one.done_on is not None]
    assert len(done) == 1
    assert short or done[0].text == view.duties[0].text


def test_the_persons_of_a_blank_page_of_roles_are_read_from_text() -> None:
    store, mentee = with_roles()
    lines_ = written(blank_form(store, "roles"), "txt").decode().split("\n")
    place = next(at for at, one in enumerate(lines_) if one.startswith("Mentor"))
    lines_[place] = "Mentor         Lone Skov  lone@kommune.dk"
    take_in(store, look(store, mentee, "r.txt", "\n".join(lines_).encode()))
    mentor = mentee_view(store, mentee).role(RoleKind.MENTOR)
    assert mentor is not None
    (person,) = store.all(Person)
    assert (person.name, person.contact) == ("Lone Skov", "lone@kommune.dk")
    assert mentor.person_id == person.id
