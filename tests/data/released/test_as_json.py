"""A released document comes back as it was, and nothing else is taken for one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.documents.model.document import (
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Items,
    Paragraph,
    Signatures,
    Table,
)
from data.documents.model.lines import text_of as text_in_lines
from data.documents.writers.formats import written
from data.released.as_json import FORMAT, NotADocument, parse, text_of
from tests.data.documents.writers.reading import text_in as text_of_file
from tests.data.released.shapes import RELEASED

DOCUMENT = Document(
    what="leader",
    title="Status: Maja",
    blocks=(
        Heading("Planen", 2),
        Paragraph("Første linje\nanden linje", quiet=True),
        Items(("a", "b"), (True, False)),
        Items(("c",)),
        Facts((Fact("Mentee", "Maja"),)),
        Table((Column("no", "Nr.", 1), Column("t", "Opgave", 5)), (("1", "Post"),), "t"),
    ),
    language="da",
    author="Ada",
)


def test_a_document_comes_back_as_it_was() -> None:
    assert parse(text_of(DOCUMENT)) == DOCUMENT


def test_records_are_not_in_it() -> None:
    document = Document("leader", "x", (), "da", tables={"notes": [{"text": "SECRET"}]})
    assert "SECRET" not in text_of(document)


def test_a_part_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="Signatures"):
        text_of(Document("leader", "x", (Signatures(("a",)),), "da"))


def _with(**values: Any) -> str:
    return json.dumps({**json.loads(text_of(DOCUMENT)), **values})


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "[]", "null", "{}", "1",
        _with(format=0), _with(format="1"), _with(language="xx"), _with(language=[]),
        _with(title=1), _with(what="../x"), _with(author=None), _with(blocks={}), _with(blocks=[1]),
        _with(blocks=[{}]), _with(blocks=[{"heading": "x", "level": 0}]),
        _with(blocks=[{"paragraph": "x", "quiet": 1}]),
        _with(blocks=[{"items": ["a"], "ticked": [True, True]}]),
        _with(blocks=[{"items": "abc", "ticked": []}]),
        _with(blocks=[{"facts": [["a"]]}]),
        _with(blocks=[{"columns": [], "rows": [], "named_by": ""}]),
        _with(blocks=[{"columns": [["a", "b", 1]], "rows": [["x", "y"]], "named_by": ""}]),
        _with(blocks=[{"columns": [["a", "b", 1]], "rows": [], "named_by": "c"}]),
        _with(blocks=[{"columns": [["a", "b", True]], "rows": [], "named_by": ""}]),
        _with(blocks=[{"heading": "x", "level": 1}] * 20_001),
        _with(blocks=[{"items": ["x"] * 9_000, "ticked": []}] * 3),
        _with(title=""), _with(title="\u200e \n"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(NotADocument):
        parse(text)


def test_a_newer_form_says_so() -> None:
    with pytest.raises(NotADocument, match=r"newer|nyere"):
        parse(_with(format=FORMAT + 1))


def test_nothing_in_it_steers_a_terminal() -> None:
    found = parse(
        _with(title="a\x1b[31mb\n", blocks=[{"paragraph": "c\x1b]0;x\x07d", "quiet": False}])
    )
    assert all("\x1b" not in text and "\x07" not in text for text in found.texts())
    assert "\n" not in found.title


@settings(max_examples=150, deadline=None)
@given(RELEASED, st.integers(20, 100))
def test_whatever_its_shape_it_can_be_read_and_written(text: str, width: int) -> None:
    document = parse(text)
    assert parse(text_of(document)) == document
    assert text_in_lines(document, width)
    for format in ("docx", "md", "txt"):
        assert written(document, format)


@settings(max_examples=25, deadline=None)
@given(RELEASED)
def test_whatever_its_shape_it_can_be_a_pdf(text: str) -> None:
    assert written(parse(text), "pdf").startswith(b"%PDF")


@pytest.mark.parametrize("share", [28, 29, 30, 31, 99])
def test_a_column_as_wide_as_a_sheet_leaves_room_for_the_others(share: int) -> None:
    columns = [["a", "A", share], ["b", "B", 1], ["c", "C", 1]]
    document = parse(
        _with(blocks=[{"columns": columns, "rows": [["x", "y", "z"]], "named_by": ""}])
    )
    assert "z" in text_of_file(written(document, "docx"), "docx")
