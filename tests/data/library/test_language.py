"""Each language's files are in that language, have the same keys, and hold no name of a citizen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import data.library

ROOT = Path(data.library.__file__).parent
NAMES = sorted(path.name for path in (ROOT / "da").glob("*.toml"))
ONLY = {
    "da": {"og", "ikke", "hvad", "hvor", "med", "det", "skal", "eller", "når", "jeg", "som"},
    "en": {"the", "and", "what", "with", "you", "not", "that", "when", "this", "which", "is"},
}
"""Words that one of the languages cannot do without and the other does not have."""
QUOTED = ("Det skal du vide som mentor", "Sådan gør I: Introduktionsforløb der virker")
"""Danish titles that the English files name."""
LETTERS = {
    "molbæk",
    "socialrådgiverforening",
    "nøglen",
    "på",
    "tværs",
    "sådan",
    "gør",
    "introduktionsforløb",
    "å",
}
"""Words with Danish letters that the English files may hold: names, titles, and a letter."""


def read(language: str, name: str) -> dict[str, object]:
    return tomllib.loads((ROOT / language / name).read_text(encoding="utf-8"))


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
        if not value:
            yield path, None
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{number}]")
    else:
        yield path, value


def test_both_languages_have_the_same_files() -> None:
    assert sorted(path.name for path in (ROOT / "en").glob("*.toml")) == NAMES
    assert len(NAMES) >= 10


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_keys(name: str) -> None:
    danish = dict(leaves(read("da", name)))
    english = dict(leaves(read("en", name)))
    assert list(danish) == list(english)
    for path, value in danish.items():
        other = english[path]
        assert type(value) is type(other), path
        if not isinstance(value, str):
            assert value == other, path
        else:
            assert isinstance(other, str)
            assert bool(value.strip()) == bool(other.strip()), path


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("language", "other"), [("da", "en"), ("en", "da")])
def test_no_word_of_the_other_language_slips_in(name: str, language: str, other: str) -> None:
    for path, value in leaves(read(language, name)):
        if not isinstance(value, str) or path.endswith(".key"):
            continue
        for title in (*QUOTED, *re.findall(r"https://\S+", value)):
            value = value.replace(title, "")  # noqa: PLW2901 - the text without the titles
        words = set(re.findall(r"[a-zæøå]+", value.lower()))
        assert not words & ONLY[other], (path, words & ONLY[other])


@pytest.mark.parametrize("name", NAMES)
def test_english_has_danish_letters_only_in_names(name: str) -> None:
    for path, value in leaves(read("en", name)):
        for word in re.findall(r"\w*[æøåÆØÅ]\w*", value if isinstance(value, str) else ""):
            assert word.lower() in LETTERS, path


def test_danish_says_sparring_and_samtale_where_others_say_worse() -> None:
    """The guide's words: never criticism, pupils or evaluation (R40)."""
    for name in NAMES:
        for path, value in leaves(read("da", name)):
            if isinstance(value, str):
                assert not re.search(r"\b(kritik|eleven?|evaluering\w*|karakterer)\b", value), path
