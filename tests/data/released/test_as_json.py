"""A released document comes back as it was, and nothing else is taken for one."""

from __future__ import annotations

import json
from typing import Any

import pytest

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
from data.released.as_json import FORMAT, NotADocument, parse, text_of

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
        _with(blocks=[{"heading": "x", "level": 1}] * 10_001),
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
