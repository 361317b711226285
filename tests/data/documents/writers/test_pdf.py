"""PDF: read by pypdf, it is tagged, in its language, with its fonts inside; typst is an extra."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pypdf
import pytest

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
from data.documents.writers import pdf_blocks, pdf_file
from data.documents.writers.formats import FormatError, written
from data.documents.writers.pdf_blocks import _few_marks
from data.i18n import _, set_language
from tests.data.documents.build import documents, example, first_mentee, forms
from tests.data.documents.writers.reading import text_in
from tests.data.documents.writers.test_docx import plan_of_forty

ROOT: Final = Path(__file__).parents[4]
ZALGO: Final = "a" + "\u0301" * 100_000


@pytest.fixture(params=["en", "da"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


def made(*blocks: object, **about: object) -> Document:
    return Document("plan", "Titel", tuple(blocks), "da", **about)  # type: ignore[arg-type]


def opened(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(written(document, "pdf")))


def tags(reader: pypdf.PdfReader) -> list[str]:
    """Return the tags of a file in reading order, as a screen reader meets them."""

    def below(node: Any) -> Iterator[str]:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from below(child)
        elif isinstance(node, dict) and "/S" in node:
            yield str(node["/S"])
            if "/K" in node:
                yield from below(node["/K"])

    root: Any = reader.trailer["/Root"]
    return [one.removeprefix("/") for one in below(root["/StructTreeRoot"]["/K"])]


def is_accessible(reader: pypdf.PdfReader) -> bool:
    """Whether the file says that it keeps to PDF/UA-1; typst refuses to write one that does not."""
    root: Any = reader.trailer["/Root"]
    return b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()


def test_every_document_is_tagged_and_says_its_title_and_language(language: str) -> None:
    store = example()
    mentee = first_mentee(store)
    seen = set()
    for document in [*documents(store, mentee), *forms(store)]:
        key = (document.what, document.title == "" or mentee.name in document.title)
        if key in seen:
            continue
        seen.add(key)
        reader = opened(document)
        root: Any = reader.trailer["/Root"]
        assert is_accessible(reader), document.what
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == {"da": "da-DK", "en": "en-GB"}[language]
        assert reader.metadata is not None
        assert reader.metadata.title == document.title
        assert (reader.metadata.author or "") == document.author
        found = tags(reader)
        tables = [one for one in document.blocks if isinstance(one, Table)]
        assert ("TH" in found) is bool(tables), document.what
        titles = [one for one in document.blocks if isinstance(one, Heading)]
        assert sum(one in ("H1", "H2", "H3") for one in found) >= len(titles)


def test_fonts_are_inside_and_pages_are_numbered() -> None:
    set_language("da")
    try:
        reader = opened(plan_of_forty())
    finally:
        set_language("en")
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        below: Any = font.get_object()["/DescendantFonts"][0].get_object()
        descriptor = below["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
    last = len(reader.pages)
    assert last > 3
    assert f"Side {last} af {last}" in reader.pages[-1].extract_text()
    assert all(page.mediabox.width > page.mediabox.height for page in reader.pages)
    headings = [page.extract_text().count("Opgave") for page in reader.pages]
    assert min(headings[1:-1]) >= 1, "the row of headings is on each page"


def test_what_is_higher_than_a_page_goes_on_on_the_next() -> None:
    words = [f"ord{number}" for number in range(3000)]
    columns = (Column("n", "Nr.", 1), Column("t", "Tekst", 3), Column("u", "Mere", 3))
    table = Table(columns, (("1", " ".join(words), "x"), ("2", "slut", "")), "t")
    document = made(table, Room("k", "Svar", 2, " ".join(words)), Paragraph("efter"))
    text = text_in(written(document, "pdf"), "pdf").split()
    assert [text.count(word) for word in ("ord0", "ord1500", "ord2999")] == [2, 2, 2]
    assert "efter" in text
    pages = opened(document).pages
    assert all("ord" in page.extract_text() for page in pages[:-1])
    for page in pages:
        heights: list[float] = []

        def place(_text: str, _cm: object, tm: list[float], *_font: object) -> None:
            heights.append(tm[5])  # noqa: B023 - it is called at once

        page.extract_text(visitor_text=place)
        assert min(heights) >= 0, "nothing runs out of the page"


def test_a_long_word_stays_in_its_column() -> None:
    word = "https://intranet.kommune.dk/" + "vejledning" * 12
    columns = (Column("a", "Opgave", 3), Column("b", "Adresse", 3), Column("c", "Dato", 2))
    reader = opened(made(Table(columns, (("Læs", word, "28-02-2027"),)), Paragraph(word)))
    text = reader.pages[0].extract_text()
    assert "".join(text.split()).count(word) == 2  # parted by ends of lines alone
    lines = [one for one in text.split("\n") if "vejledning" in one]
    assert len(lines) > 4
    assert all(len(one) < len(word) for one in lines)


def test_texts_are_never_commands_of_typst() -> None:
    nasty = 'a #panic("x") $x$ *b* \\ "q" @ref <p> // c\n= d'
    document = made(
        Heading(nasty),
        Paragraph(nasty, quiet=True),
        Items((nasty,), (True,)),
        Room("k", nasty, 2, nasty),
        Table((Column("a", nasty),), ((nasty,),)),
        Signatures((nasty,)),
    )
    text = text_in(written(document, "pdf"), "pdf")
    assert text.count('#panic("x")') >= 7
    assert text.count("@ref") >= 7
    assert "☑" in text


def test_a_character_that_no_font_has_hinders_nothing() -> None:
    document = made(Paragraph("før \U000e0fff\u1b170 \U0001f9ff efter"), mark="m-17")
    reader = opened(document)
    assert "efter" in reader.pages[0].extract_text()
    assert "P" in tags(reader)


def test_what_is_private_is_said_first() -> None:
    reader = opened(made(confidence=Confidence.PRIVATE))
    said = reader.pages[0].extract_text()
    assert said.startswith(_("Confidential: contains private notes"))


def test_without_typst_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(FormatError) as told:
        written(document_of(example(), "scheme"), "pdf")
    assert "-m pip install typst" in str(told.value)
    assert "docx" in str(told.value)
    assert "\n" not in str(told.value)


def test_a_word_of_a_million_letters_is_parted_and_ends_nothing() -> None:
    reader = opened(made(Paragraph("x" * 900_000)))
    assert sum(page.extract_text().count("x") for page in reader.pages) == 900_000


def test_more_marks_than_anybody_reads_are_not_drawn() -> None:
    text = "".join(page.extract_text() for page in opened(made(Paragraph(ZALGO + "b"))).pages)
    assert "a" in text
    assert "b" in text
    assert _few_marks(ZALGO) == "a" + "\u0301" * pdf_blocks._MOST_MARKS
    assert _few_marks("Åse é \U0001f469\u200d\U0001f467") == "Åse é \U0001f469\u200d\U0001f467"


def test_a_text_by_which_typst_ends_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_blocks, "_MOST_MARKS", 10**9)
    with pytest.raises(FormatError) as told:  # it panics
        written(made(Paragraph(ZALGO)), "pdf")
    said = str(told.value)
    assert said.startswith("“Titel” could not be made as a PDF")
    assert "docx" in said
    assert "\n" not in said
    monkeypatch.setattr(pdf_file, "_code", lambda _document: "#" + "[a] + " * 100_000 + "[a]")
    with pytest.raises(FormatError) as ended:  # it is ended by a fault
        written(made(), "pdf")
    assert str(ended.value) == said


def test_a_text_that_takes_too_long_is_said_in_the_same_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_file, "SECONDS", 0.001)
    with pytest.raises(FormatError, match="could not be made as a PDF"):
        written(made(), "pdf")


def test_typst_is_not_loaded_into_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "typst", raising=False)
    assert written(made(Paragraph("x")), "pdf").startswith(b"%PDF")
    assert "typst" not in sys.modules


def test_its_process_leaves_no_memory_on_the_disk_and_is_ended_first() -> None:
    code = (
        "import builtins, io, pathlib, resource, signal, sys\n"
        "sys.modules['typst'] = None\n"
        "from data.documents.writers.typesetting import LACKING, main\n"
        "try:\n    main()\n"
        "except SystemExit as ended:\n    assert ended.code == LACKING\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0] in (0, 1), signal.alarm(0) > 0,\n"
        "    pathlib.Path('/proc/self/oom_score_adj').read_text().strip())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == b"True True 1000\n"
