"""Markdown, text, CSV and JSON: what is markup or a formula elsewhere is a text here."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.documents.model.document import (
    Column,
    Confidence,
    Document,
    Fact,
    Facts,
    Heading,
    Items,
    Paragraph,
    Room,
    Signatures,
    Table,
)
from data.documents.records import with_records
from data.documents.sources import document_of
from data.documents.writers.formats import FORMATS, FormatError, formats_for, holds, written
from data.i18n import set_language
from data.text import csv_plain, csv_safe
from tests.data.documents.build import example, first_mentee

ROWS = (("1", "=1+1"), ("2", 'æøå "x"; y\nz 🙂'), ("3", "-5"), ("4", "'=x"))
TABLE = Table((Column("n", "Nr."), Column("t", "@Opgave")), ROWS)


def grid(language: str) -> Document:
    return Document("plan", "Plan", (TABLE,), language, grid=TABLE)


@pytest.mark.parametrize(("language", "delimiter"), [("da", ";"), ("en", ",")])
def test_a_spreadsheet_of_the_language_opens_the_csv(language: str, delimiter: str) -> None:
    set_language(language)
    try:
        content = written(grid(language), "csv")
    finally:
        set_language("en")
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.startswith({"da": "Fortroligt\r\n", "en": "Confidential\r\n"}[language])
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[1:]
    assert rows[0] == ["Nr.", "'@Opgave"]
    assert all(cell[:1] not in "=+-@\t\r" for row in rows for cell in row if cell)
    assert tuple(tuple(map(csv_plain, row)) for row in rows[1:]) == ROWS


@given(st.text(alphabet="'=+-@\t\ra", max_size=6))
def test_a_cell_comes_back_as_it_was(text: str) -> None:
    assert csv_plain(csv_safe(text)) == text
    assert csv_safe(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_dates_and_numbers_are_written_as_danes_write_them() -> None:
    set_language("da")
    try:
        store = example()
        plan = document_of(store, "plan", first_mentee(store))
        text = written(plan, "csv").decode("utf-8-sig")
    finally:
        set_language("en")
    assert re.search(r";\d{2}-\d{2}-\d{4};", text)
    assert not re.search(r"\d{4}-\d{2}-\d{2}", text)


def test_markdown_shows_texts_as_they_are() -> None:
    nasty = "# a *b* _c_ [d](e) <p> `f` | ~g~"
    document = Document(
        "plan",
        nasty,
        (
            Heading("Om", 1),
            Paragraph("1. a\n- b"),
            Paragraph("Vejledning", quiet=True),
            Facts((Fact("Mentee", nasty),)),
            Items(("en", "to\ntre"), (True, False)),
            Items((nasty,)),
            Table((Column("a", "A|B"),), (("x\ny|",),)),
            Room("k", "Svar", 2, "før"),
            Signatures(("Maja",)),
        ),
        "da",
        mark="1234567890123456789",
    )
    text = written(document, "md").decode()
    escaped = r"\# a \*b\* \_c\_ \[d\](e) \<p> \`f\` \| \~g\~"
    assert f"# {escaped}\n\n## Om\n\n" in text
    assert "\\1. a\\\n\\- b" in text
    assert f"- **Mentee:** {escaped}" in text
    assert "- [x] en\n- [ ] to\\\n  tre" in text
    assert "| A\\|B |\n| --- |\n| x<br>y\\| |" in text
    assert "**Svar:** før\n" in text
    assert "<!-- 1234567890123456789 -->" in text


def test_text_files_have_no_control_characters_and_bear_their_mark() -> None:
    mark = "1234567890123456789"
    document = Document("prep", "T\x1b[31m", (Paragraph("a\x00b"),), "da", mark=mark)
    text = written(document, "txt").decode()
    assert "\x1b" not in text
    assert "ab" in text
    assert mark in text.split("\n")[-2]


def test_json_has_the_records_and_says_first_who_may_read_them() -> None:
    store = example()
    mentee = first_mentee(store)
    document = document_of(store, "plan", mentee)
    assert "json" not in [one.key for one in formats_for(document)]
    found = json.loads(written(with_records(store, document, mentee), "json"))
    assert next(iter(found)) == "confidential"
    assert found["confidential"] == "Confidential"
    assert [one["name"] for one in found["mentees"]] == [mentee.name]
    assert {"id", "title"} <= set(found["tasks"][0])
    assert all(one["mentee_id"] == mentee.id for one in found["goals"])
    assert {one["name"] for one in found["people"]}
    private = with_records(store, document, mentee, private=True)
    assert private.confidence is Confidence.PRIVATE


def test_a_format_that_cannot_hold_a_document_names_those_that_can() -> None:
    document = replace(grid("en"), grid=None)
    assert [one.key for one in formats_for(document)] == ["docx", "pdf", "md", "txt"]
    assert not holds(FORMATS["csv"], document)
    with pytest.raises(FormatError, match="docx, pdf, md, txt"):
        written(document, "csv")
    with pytest.raises(KeyError):
        written(document, "odt")
