"""Word files: read by python-docx, they have real headings, lists, tables, language and names."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date

import docx
import pytest
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT

from data.documents.model.document import (
    Column,
    Confidence,
    Document,
    Heading,
    Items,
    Paragraph,
    Room,
    Signatures,
    Table,
)
from data.documents.sources import document_of
from data.documents.writers.formats import written
from data.documents.writers.layout import text_width, widths
from data.i18n import _, set_language
from data.records import Mentee, Person, Role, RoleKind, Task
from data.store.change import Change
from tests.data.documents.build import documents, example, first_mentee, forms
from tests.data.documents.test_kinds import new_mentee

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(params=["en", "da"], autouse=True)
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    set_language(request.param)
    yield
    set_language("en")


def opened(document: Document) -> WordFile:
    return docx.Document(io.BytesIO(written(document, "docx")))


def made(*blocks: object, **about: object) -> Document:
    return Document("plan", "Titel", tuple(blocks), "da", **about)  # type: ignore[arg-type]


def plan_of_forty() -> Document:
    """Return the plan of a mentee with a mentor, and forty tasks with long texts."""
    store, mentee = new_mentee("Maja Holm")
    person = Person(name="Birgitte Dam")
    role = next(one for one in store.of(Role, mentee.id) if one.kind is RoleKind.MENTOR)
    columns = Change.edited(mentee, columns=tuple(f"Egen {number}" for number in range(4)))
    tasks = [
        Task(
            mentee_id=mentee.id,
            title=f"Partshøring {number}",
            description="Læser sagen og finder det afgørende.\nSpørger, når noget mangler. " * 4,
            next_step="=1+1 æøå “x” 🙂 " * 8,
            sparring_on=date(2026, 9, 1),
            extra={f"Egen {one}": "x" * 9 for one in range(4)},
        )
        for number in range(40)
    ]
    who = Change.edited(role, person_id=person.id)
    store.commit([Change.created(person), who, columns, *map(Change.created, tasks)])
    return document_of(store, "plan", store.get(Mentee, mentee.id))


def test_the_plan_lies_on_its_side_and_the_first_row_of_each_table_repeats() -> None:
    plan = plan_of_forty()
    word = opened(plan)
    assert all(one.orientation is WD_ORIENT.LANDSCAPE for one in word.sections)
    assert len(word.tables) > 1
    room = word.sections[0].page_width - word.sections[0].left_margin * 2  # type: ignore[operator]
    headings = []
    for table in word.tables:
        assert len(table.rows) == 41
        first = table.rows[0]._tr
        assert first.trPr is not None
        assert first.trPr.find(f"{W}tblHeader") is not None
        for row in table._tbl.tr_lst:
            assert row.trPr is not None
            assert row.trPr.find(f"{W}cantSplit") is not None
            assert len(row.tc_lst) == len(table.columns)
        assert sum(column.width or 0 for column in table.columns) <= room
        headings += [cell.text for cell in table.rows[0].cells][2:]
    assert plan.grid is not None
    assert len(headings) == len(set(headings))
    assert {"Egen 0", "Egen 3"} <= set(headings)
    text = "\n".join(cell.text for cell in word.tables[0].rows[3].cells)
    assert "01-09-2026" in text
    assert "=1+1 æøå “x” 🙂" in text


def test_headings_go_down_one_by_one_and_the_language_and_names_are_set() -> None:
    store = example()
    mentee = first_mentee(store)
    for document in [*documents(store, mentee), *forms(store)]:
        word = opened(document)
        texts = [paragraph.text for paragraph in word.paragraphs]
        if document.first_line:
            assert texts[0] == document.first_line
        assert document.title in texts[:2]
        levels = [
            int(paragraph.style.name.removeprefix("Heading "))
            for paragraph in word.paragraphs
            if paragraph.style and paragraph.style.name and "Heading" in paragraph.style.name
        ]
        assert levels == [one.level for one in document.blocks if isinstance(one, Heading)]
        steps = zip([1, *levels], levels, strict=False)
        assert all(after <= before + 1 for before, after in steps)
        lang = word.styles.element.find(f".//{W}docDefaults//{W}lang")
        assert lang.get(f"{W}val") == {"da": "da-DK", "en": "en-GB"}[document.language]
        about = word.core_properties
        assert about.title == document.title
        assert about.author in ("", document.author)
        assert about.comments == ""
        assert about.last_modified_by == about.author
        footer = word.sections[-1].footer.paragraphs[0]._p
        fields = [one.get(f"{W}instr") for one in footer.iter(f"{W}fldSimple")]
        assert fields == ["PAGE", "NUMPAGES"]


def test_of_the_people_only_a_mentor_who_stands_in_the_document_is_its_author() -> None:
    word = opened(plan_of_forty())
    assert word.core_properties.author == "Birgitte Dam"
    scheme = opened(document_of(example(), "scheme"))
    assert scheme.core_properties.author == ""
    with zipfile.ZipFile(io.BytesIO(written(made(), "docx"))) as file:
        everything = b"".join(file.read(name) for name in file.namelist())
        assert not [name for name in file.namelist() if "thumbnail" in name or "custom" in name]
    assert b"python-docx" not in everything
    assert b"Macintosh" not in everything


def test_control_characters_are_left_out_and_line_breaks_stay() -> None:
    nasty = 'a\x00\x08\x1b[31mb\ufffe\ud800c\r\nd <w:p> & "x"'
    word = opened(made(Paragraph(nasty), Room("k", nasty, 2, nasty), Items((nasty,))))
    assert word.paragraphs[2].text == 'abc\nd <w:p> & "x"'
    assert word.tables[0].cell(0, 0).text == 'abc\nd <w:p> & "x"'


def test_a_form_has_a_cell_to_type_in_that_is_known_by_its_key_and_its_mark() -> None:
    word = opened(made(Heading("Sted"), Room("place", "Sted", 2, "Rum 4"), mark="m-1"))
    room = word.tables[0]
    assert room.cell(0, 0).text == "Rum 4"
    assert room._tbl.tblPr.find(f"{W}tblDescription").get(f"{W}val") == "place"
    assert [one.text for one in word.paragraphs].count("Sted") == 1, "the heading is the label"
    assert word.core_properties.identifier == "m-1"


def test_boxes_to_tick_are_characters_and_names_to_sign_stay_together() -> None:
    word = opened(made(Items(("en", "to"), (True, False)), Signatures(("Maja", "Birgitte"))))
    assert [one.text for one in word.paragraphs][2:4] == ["☑\ten", "☐\tto"]
    line, names = word.paragraphs[4:6]
    both = [_("{name}, date").format(name=name) for name in ("Maja", "Birgitte")]
    assert names.text == "\t".join(both)
    assert line._p.pPr is not None
    assert line._p.pPr.find(f"{W}keepNext") is not None


def test_long_names_to_sign_stand_below_one_another() -> None:
    long = "Anne-Marie Østergaard-Christensen Bjerregaard Thorvaldsen (mentee)"
    word = opened(made(Signatures((long, "Birgitte"))))
    names = [one.text for one in word.paragraphs if one.text.strip()][2:]
    assert names == [_("{name}, date").format(name=name) for name in (long, "Birgitte")]


def test_a_wide_table_of_an_upright_document_has_a_sheet_on_its_side() -> None:
    columns = tuple(Column(str(number), f"Rolle {number}", 3) for number in range(9))
    table = Table(columns, (tuple("abcdefghi"),))
    word = opened(made(Paragraph("før"), Heading("Matrix"), table, Paragraph("efter")))
    ways = [one.orientation for one in word.sections]
    assert ways == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert all(one.footer.paragraphs for one in word.sections)


def test_columns_are_as_wide_as_their_longest_word_where_there_is_room() -> None:
    columns = (Column("a", "Dato", 1), Column("b", "Tekst", 9), Column("c", "", 1))
    found = widths(Table(columns, (("01-09-2026", "langt " * 40, ""),)), 10000, 180, 140)
    assert found[0] >= 1000
    assert 9990 <= sum(found) <= 10000
    many = tuple(Column(str(number), "ord" * 30, 1) for number in range(30))
    assert sum(widths(Table(many, ()), 10000, 180, 140)) <= 10000


def test_long_words_take_no_width_from_the_other_columns() -> None:
    texts = ("1", "Selvstændig", "x" * 60, "x" * 60, "x" * 60, "x" * 60, "28-02-2027", "1 t 15 min")
    columns = tuple(Column(str(number), "", 2) for number in range(len(texts)))
    found = widths(Table(columns, (texts,)), 14900, 180, 140)
    for place in (0, 1, 6, 7):
        longest = max(texts[place].split(), key=len)
        assert found[place] >= int(text_width(longest) * 180 + 140)
    assert 14890 <= sum(found) <= 14900


def test_a_private_document_says_so_in_its_first_line() -> None:
    word = opened(made(confidence=Confidence.PRIVATE))
    assert word.paragraphs[0].text == _("Confidential: contains private notes")
