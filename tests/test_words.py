"""Words that are not used here are nowhere in interface, library and documentation."""

from __future__ import annotations

import re

import pytest

from tests.tools import catalogue, words


@pytest.mark.parametrize("language", ["en", "da"])
def test_no_word_that_is_not_used_here_is_anywhere(language: str) -> None:
    assert words.found(language) == []


def test_danish_has_danish_quotation_marks() -> None:
    assert [text for _place, text in words.interface("da") if set("“”") & set(text)] == []


def test_the_search_would_see_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "interface", lambda _language: [("a screen", "The {tied} course")])
    monkeypatch.setattr(words, "library", lambda _language: [])
    monkeypatch.setattr(words, "documents", lambda _language: [("a page", "a training course")])

    assert words.found("en") == ["a screen: “course” in “The {tied} course”: mentorship"]


def test_code_in_a_document_is_no_prose() -> None:
    text = "# A\n\nIt is `settled`.\n\n    mend\n\n```\nanew\n```\n## House style\ncourse\n"
    text += "## More\nsettled\n"

    assert words.CODE.sub("", text).split() == ["#", "A", "It", "is", ".", "##", "More", "settled"]


def test_no_document_has_marks_of_a_merge() -> None:
    """A fast merge leaves both sides, and the marks between them, in the text."""
    marks = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    pages = [*catalogue.ROOT.glob("*.md"), *(catalogue.ROOT / "docs").rglob("*.md")]
    assert len(pages) > 10
    assert [page.name for page in pages if marks.search(page.read_text("utf-8"))] == []
