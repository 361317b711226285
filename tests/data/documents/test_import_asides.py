"""What somebody wrote beside a form, in Word or above a table: it is named, or becomes a note."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from data.documents.importing.content import ImportProblem
from data.documents.importing.preview import EntryKind
from data.documents.importing.reading import read_bytes
from data.documents.importing.recognise import Form
from data.documents.kinds import kinds
from data.documents.model.document import Document, Paragraph
from data.documents.model.source import About
from data.documents.sources import blank_form, document_of
from data.documents.taking_in import look_at_mentees, take_in
from data.documents.writers.formats import written
from data.i18n import _, language, set_language
from data.records import Agreement, Mentee, Note
from data.store.change import Change
from tests.data.documents import test_import_prep as prep
from tests.data.documents.build import example, first_mentee
from tests.data.documents.forms import csv_bytes, look
from tests.data.documents.plans import a_store, a_task, given, lines

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@pytest.fixture(params=["da", "en"], autouse=True)
def _language(request: pytest.FixtureRequest) -> None:
    set_language(request.param)


def a_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def edited_in_word(data: bytes, body: tuple[str, str] = ("", ""), **parts: str) -> bytes:
    """Return a Word file with something in its body replaced, and with more parts.

    `parts`: the name of a part, such as "comments" -> what is in its root element.
    """
    made = io.BytesIO()
    roots = {"comments": "comments", "footnotes": "footnotes", "header1": "hdr"}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.namelist():
            text = old.read(one).decode()
            if one == "word/document.xml":
                assert body[0] in text
                text = text.replace(*body, 1) if body[0] else text
            for part in parts:
                kind = part.rstrip("0123456789")
                if one == "[Content_Types].xml":
                    about = (
                        f'<Override PartName="/word/{part}.xml" ContentType="{TYPE}.{kind}+xml"/>'
                    )
                    text = text.replace("</Types>", f"{about}</Types>")
                if one == "word/_rels/document.xml.rels":
                    about = (
                        f'<Relationship Id="x{part}" Type="{OFFICE}/{kind}" Target="{part}.xml"/>'
                    )
                    text = text.replace("</Relationships>", f"{about}</Relationships>")
            new.writestr(one, text)
        for part, inner in parts.items():
            root = roots[part]
            new.writestr(f"word/{part}.xml", f"{HEAD}<w:{root} {W}>{inner}</w:{root}>")
    return made.getvalue()


def commented(data: bytes, words: str) -> bytes:
    """Return a Word file in which a colleague has commented on words of it."""
    run = f'<w:t xml:space="preserve">{words}</w:t></w:r>'
    start = '<w:commentRangeStart w:id="7"/>'
    end = '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    comment = (
        f'<w:comment w:id="7" w:author="Lone Skov">{a_paragraph("Tag Bo med her")}</w:comment>'
    )
    body = (f"<w:r>{run}", f"{start}<w:r>{run}{end}")
    return edited_in_word(data, body, comments=comment)


@pytest.mark.parametrize("what", ["plan", "roles", "expectations"])
def test_a_comment_is_named_with_its_author_and_the_words_it_is_on(what: str) -> None:
    store, mentee = a_store(a_task("Skrive breve", type="Skriv"))
    store.commit([Change.created(Agreement(mentee_id=mentee.id, purpose="Ro.", place="Her"))])
    document = document_of(store, what, mentee)
    (line,) = lines(
        look(store, mentee, "p.docx", commented(written(document, "docx"), document.title)),
        EntryKind.UNPLACED,
    )
    assert "Lone Skov" in line
    assert document.title in line
    assert "Tag Bo med her" in line


def test_what_word_has_beside_the_text_is_named() -> None:
    store, mentee = a_store(a_task("Skrive breve", type="Skriv"))
    box = f"<w:txbxContent>{a_paragraph('I en boks')}</w:txbxContent>"
    picture = "<w:drawing><a:blip/></w:drawing>"
    drawn = (
        f"<w:p><w:r><mc:AlternateContent {W}><mc:Choice Requires='x'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        f"{picture.replace('<a:blip', f'<a:blip {W}')}</w:r></w:p>"
    )
    note = f'<w:footnote w:id="1">{a_paragraph("En fodnote")}</w:footnote>'
    rule = f'<w:footnote w:type="separator" w:id="0">{a_paragraph("-")}</w:footnote>'
    data = edited_in_word(
        written(given(store, mentee), "docx"),
        ("<w:p>", f"{drawn}<w:p>"),
        footnotes=rule + note,
        header1=a_paragraph("I hovedet"),
    )
    found = lines(look(store, mentee, "p.docx", data), EntryKind.UNPLACED)
    for words in ("I en boks", "En fodnote", "I hovedet"):
        assert sum(words in line for line in found) == 1
    assert len(found) == 4, "and the picture"


def test_a_text_box_in_a_cell_is_no_part_of_the_cell() -> None:
    store, mentee = a_store(a_task("Skrive breve", type="Skriv"))
    box = f"<w:r><w:pict><w:txbxContent>{a_paragraph('I en boks')}</w:txbxContent></w:pict></w:r>"
    run = '<w:r><w:t xml:space="preserve">Skriv</w:t></w:r>'
    data = edited_in_word(written(given(store, mentee), "docx"), (run, run + box))
    preview = look(store, mentee, "p.docx", data)
    assert [len(preview.entries), len(preview.changes)] == [1, 0]
    assert "I en boks" in preview.entries[0].line


def test_a_comment_on_a_preparation_sheet_becomes_part_of_the_note() -> None:
    store, mentee, talk = prep.a_store(task_ids=())
    document = prep.sheet(store, mentee, talk)
    data = commented(written(document, "docx"), document.title)
    take_in(store, look(store, mentee, "ark.docx", data))
    (note,) = store.all(Note)
    assert "Tag Bo med her" in note.text
    assert "Lone Skov" in note.text


def beside(document: Document, above: str, below: str) -> Document:
    first, *rest = document.blocks
    return replace(document, blocks=(Paragraph(above), first, *rest, Paragraph(below)))


@pytest.mark.parametrize("ending", ["docx", "md", "txt"])
@pytest.mark.parametrize("what", ["plan", "roles", "expectations"])
def test_words_above_and_below_a_form_are_named(what: str, ending: str) -> None:
    store = example()
    mentee = first_mentee(store)
    for document in (blank_form(store, what), document_of(store, what, mentee)):
        data = written(beside(document, "Kære Lone", "PS: husk nøglen"), ending)
        found = lines(look(store, mentee, f"p.{ending}", data), EntryKind.UNPLACED)
        assert len(found) == 2
        assert "Kære Lone" in found[0]
        assert "PS: husk nøglen" in found[1]
        if ending != "docx":
            number = data.decode().split("\n").index("Kære Lone") + 1
            assert f" {number}:" in found[0]


@pytest.mark.parametrize("ending", ["docx", "csv", "md", "txt"])
@pytest.mark.parametrize("what", ["plan", "roles", "expectations"])
def test_an_unchanged_form_has_nothing_beside_it(what: str, ending: str) -> None:
    store = example()
    mentee = first_mentee(store)
    for document in (blank_form(store, what), document_of(store, what, mentee)):
        if ending == "csv" and document.grid is None:
            continue
        preview = look(store, mentee, f"p.{ending}", written(document, ending))
        assert [one.line for one in preview.entries] == []
        assert preview.changes == ()


def test_a_fact_that_somebody_has_changed_is_named() -> None:
    store, mentee = a_store(a_task("Skrive breve", type="Skriv"))
    text = written(given(store, mentee), "md").decode().replace("Maja Holm", "Maja Holm Bang")
    (line, *_more) = lines(look(store, mentee, "p.md", text.encode()), EntryKind.UNPLACED)
    assert "Maja Holm Bang" in line


def test_rows_above_the_headings_of_a_csv_are_named_with_their_line() -> None:
    store, mentee = a_store(a_task("Skrive breve", type="Skriv"))
    text = written(given(store, mentee), "csv").decode("utf-8-sig")
    data = f"Kære Lone\r\n\r\n;Ring til mig\r\n{text}".encode("cp1252")
    found = lines(look(store, mentee, "p.csv", data), EntryKind.UNPLACED)
    assert len(found) == 2
    for number, words, line in ((1, "Kære Lone", found[0]), (3, "Ring til mig", found[1])):
        assert words in line
        assert f" {number}:" in line
    rows = csv_bytes([("Fra Lone",), ("Navn", "Start"), ("Åse", "01-02-2027")])
    (line,) = lines(look_at_mentees(store, read_bytes("n.csv", rows)), EntryKind.UNPLACED)
    assert "Fra Lone" in line


def test_another_table_is_named_row_by_row() -> None:
    store, mentee = a_store(a_task("Skrive breve", type="Skriv"))
    text = written(given(store, mentee), "md").decode()
    more = "\n\n| Kørsel | Dag |\n|---|---|\n| Bus 5 | mandag |\n"
    found = lines(look(store, mentee, "p.md", f"{text}{more}".encode()), EntryKind.UNPLACED)
    assert len(found) == 2
    assert "Bus 5" in found[1]
    assert "mandag" in found[1]


@pytest.mark.parametrize("ending", ["docx", "md", "txt"])
@pytest.mark.parametrize("what", ["plan", "roles", "expectations"])
def test_a_form_of_another_mentee_is_refused_by_its_title(what: str, ending: str) -> None:
    store, mentee = a_store(a_task("Skrive breve", type="Skriv"))
    bo = Mentee(name="Bo Ibsen")
    store.commit([Change.created(bo)])
    data = written(document_of(store, what, bo), ending)
    set_language("da")
    with pytest.raises(ImportProblem, match="Maja Holm"):
        look(store, mentee, f"p.{ending}", data)
    assert look(store, bo, f"p.{ending}", data).changes == ()


def test_a_csv_to_be_read_only_is_known_by_its_headings_whatever_it_is_called() -> None:
    store = example()
    mentee = first_mentee(store)
    for kind in kinds():
        if kind.key in list(Form) or kind.about is About.TALK:
            continue
        document = document_of(store, kind.key, mentee if kind.about is About.MENTEE else None)
        assert bool(kind.headings) == (document.grid is not None)
        if document.grid is None:
            continue
        assert [one.heading for one in document.grid.columns] == [_(one) for one in kind.headings]
        data = written(document, "csv")
        set_language("da" if language() == "en" else "en")
        with pytest.raises(ImportProblem, match=kind.name):
            look(store, mentee, "noget.csv", data)
        set_language("da" if language() == "en" else "en")
