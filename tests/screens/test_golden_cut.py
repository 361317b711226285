"""No text of the program is cut off on a stored screen of 80x24; what users write may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools import words
from tests.tools.golden import stored

CUT = re.compile(r"(\S(?:(?! {2,}|[│▎●○▲▼]).)*)…")
"""A run of text that ends in the mark of what is left out."""
LEAST = 6
"""So many letters of a text have to be there to know it again."""


def own_texts(language: str) -> list[str]:
    """Return the texts of interface and library, in parts between what is filled in.

    Duties are left out: once they are a mentee's, they are edited as other names are. So are the
    worked libraries: they are written as a workplace writes.
    """
    texts = [
        text
        for one in (words.interface, words.library)
        for place, text in one(language)
        if not place.endswith("duties.toml") and "/examples/" not in place
    ]
    return [part.strip() for text in texts for part in re.split(r"\{\w*\}", text)]


def pieces(line: str) -> Iterator[str]:
    """Yield what is cut off in a line: the last part of each run, after a dot or a colon too."""
    for match in CUT.finditer(line):
        run = match[1].strip()
        yield from {run, re.split(r" · |: ", run)[-1]}


def cut(path: Path, texts: list[str]) -> list[str]:
    """Return the texts of the program that a stored screen does not show whole."""
    screen = path.read_text("utf-8").rpartition("cursor")[0]
    return [
        f"{path.parent.name}/{path.stem}: {piece}… of “{whole}”"
        for line in screen.splitlines()
        for piece in pieces(line)
        if len(piece) >= LEAST
        for whole in texts
        if len(whole) > len(piece) and whole.startswith(piece) and f"{piece}…" not in whole
    ]


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_text_of_the_program_is_cut_off(language: str) -> None:
    texts = own_texts(language)

    found = [one for path in stored(language) for one in cut(path, texts)]

    assert found == []


def test_a_cut_text_would_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "screen.txt"
    path.write_text(" Plan      There are no ta… x\ncursor", "utf-8")

    assert len(cut(path, ["There are no tasks"])) == 1
