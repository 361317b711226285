"""Words beside the tables of a plan: whatever has no place in it is named in the preview."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest

from data.documents.importing.preview import EntryKind
from data.documents.model.document import Paragraph, Table
from data.documents.sources import document_of
from data.documents.taking_in import take_in
from data.documents.writers.formats import written
from data.i18n import set_language
from data.queries.views import mentee_view
from tests.data.documents.forms import as_docx, look
from tests.data.documents.plans import a_store, a_task, given, lines, table, tasks_of


@pytest.fixture(params=["da", "en"], autouse=True)
def _language(request: pytest.FixtureRequest) -> None:
    set_language(request.param)


def test_words_to_the_right_of_the_last_column_are_named() -> None:
    store, mentee = a_store(a_task("A"))
    data = table(("Opgave", "Næste skridt"), ("A", "Læse", "", "Spørg Lone"), ("A2", "", ""))
    (line,) = lines(look(store, mentee, "p.csv", data), EntryKind.UNPLACED)
    assert "Spørg Lone" in line
    text = "| Opgave | Type |\n| --- | --- |\n| A | Skriv | Spørg Lone |\n"
    (line,) = lines(look(store, mentee, "p.md", text.encode()), EntryKind.UNPLACED)
    assert "Spørg Lone" in line


def test_a_row_without_a_task_is_quoted() -> None:
    store, mentee = a_store(a_task("A"))
    data = table(("Nr.", "Opgave", "Næste skridt"), ("1", "A", "Læse"), ("7", "", "Spørg Lone"))
    (line,) = lines(look(store, mentee, "p.csv", data), EntryKind.UNPLACED)
    assert "Spørg Lone" in line


@pytest.mark.parametrize("is_given", [True, False])
def test_a_second_table_that_counts_from_1_again_renames_nothing(is_given: bool) -> None:
    store, mentee = a_store(
        a_task("A", type="Skriv", order=1.0), a_task("B", type="Skriv", order=2.0)
    )
    document = given(store, mentee) if is_given else document_of(store, "plan", mentee)
    below = next(one for one in document.blocks if isinstance(one, Table))
    place = [column.key for column in below.columns].index("title")
    rows = tuple(
        (*row[:place], title, *row[place + 1 :])
        for row, title in zip(below.rows, ("Ny", "Nyere"), strict=True)
    )
    document = replace(document, blocks=(*document.blocks, replace(below, rows=rows)))
    take_in(store, look(store, mentee, "p.docx", as_docx(document)))
    found = [task.title for task in mentee_view(store, mentee).tasks]
    assert found == ["A", "B", "Ny", "Nyere"]


def test_what_two_tables_say_of_the_same_cell_is_named() -> None:
    store, mentee = a_store(a_task("A"))
    above = "| Opgave | Opgavetype |\n| --- | --- |\n| A | Skriv |\n"
    data = f"{above}\n{above.replace('Skriv', 'Læs')}".encode()
    preview = look(store, mentee, "p.md", data)
    (line,) = lines(preview, EntryKind.UNPLACED)
    assert "Læs" in line
    take_in(store, preview)
    assert tasks_of(store)["A"].type == "Skriv"


@pytest.mark.parametrize("title", ["Bor", "Bør"])
def test_titles_with_nearly_the_same_letters_are_told_apart(title: str) -> None:
    store, mentee = a_store(a_task("Bør", order=1.0), a_task("Bor", order=2.0))
    given(store, mentee)
    data = table(("Opgave", "Opgavetype"), (title, "Skriv"))
    take_in(store, look(store, mentee, "p.csv", data))
    found = {task.title: task.type for task in mentee_view(store, mentee).tasks}
    assert found == {"Bør": "", "Bor": "", title: "Skriv"}


@pytest.mark.parametrize("ending", ["docx", "md", "txt", "csv"])
def test_an_unchanged_plan_has_no_words_beside_it(ending: str) -> None:
    store, mentee = a_store(a_task("A", type="Skriv", next_step="Læse"), a_task("B"))
    document = given(store, mentee)
    assert look(store, mentee, f"p.{ending}", written(document, ending)).entries == ()


@pytest.mark.parametrize("ending", ["md", "txt"])
def test_signs_of_mails_and_of_markdown_in_a_cell_come_back(ending: str) -> None:
    hard = "Hun skrev:\n> Ring til Lone\n>> Ja\na<br>b <BR/> c\\<br>\nslut\\\nher"
    store, mentee = a_store(a_task("A", type="Skriv", next_step=hard, description=hard))
    data = written(document_of(store, "plan", mentee), ending)
    assert look(store, mentee, f"p.{ending}", data).entries == ()
    quoted = b"".join(b"> " + line for line in data.splitlines(keepends=True))
    assert look(store, mentee, f"p.{ending}", quoted).entries == ()


def test_a_paragraph_below_the_table_is_named() -> None:
    store, mentee = a_store(a_task("A", type="Skriv"))
    document = given(store, mentee)
    more = Paragraph("Husk at spørge Lone")
    document = replace(document, blocks=(*document.blocks, more))
    (line,) = lines(look(store, mentee, "p.docx", as_docx(document)), EntryKind.UNPLACED)
    assert "Husk at spørge Lone" in line


def test_a_title_above_the_headings_of_a_table_in_word_is_named() -> None:
    store, mentee = a_store(a_task("A", type="Skriv"))
    word: Any = docx.Document(io.BytesIO(as_docx(given(store, mentee))))
    table_ = word.tables[0]
    table_.add_row().cells[0].text = "Plan fra Lone"
    first, last = table_.rows[0]._tr, table_.rows[-1]._tr
    first.addprevious(last)
    file = io.BytesIO()
    word.save(file)
    preview = look(store, mentee, "p.docx", file.getvalue())
    (line,) = lines(preview, EntryKind.UNPLACED)
    assert "Plan fra Lone" in line
    assert preview.changes == ()


def test_words_in_the_column_of_numbers_are_named() -> None:
    store, mentee = a_store(a_task("A"))
    data = table(("Nr.", "Opgave", "Type"), ("1", "A", ""), ("Spørg Lone", "", ""), ("2", "", ""))
    (line,) = lines(look(store, mentee, "p.csv", data), EntryKind.UNPLACED)
    assert "Spørg Lone" in line


def test_a_line_between_the_values_of_a_task_in_a_text_file_is_named() -> None:
    store, mentee = a_store(a_task("A", type="Skriv", next_step="Læse"))
    text = written(given(store, mentee), "txt").decode().split("\n")
    place = next(at for at, one in enumerate(text) if one.startswith("1. "))
    text.insert(place + 2, "Husk Bo her")
    preview = look(store, mentee, "p.txt", "\n".join(text).encode())
    (line,) = lines(preview, EntryKind.UNPLACED)
    assert "Husk Bo her" in line
    assert preview.changes == ()
