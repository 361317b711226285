"""No word of the other language is left on any stored screen; user's words do not count."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tools import catalogue
from tests.tools.golden import stored
from tests.tools.tour import OTHER, TOUR

LIBRARY = catalogue.ROOT / "data/library"
WORD = re.compile(r"(?<![\w…])[^\W\d_]{3,}(?![\w…])")


def words(text: str) -> set[str]:
    """Return the whole words of a text; one that was cut off is none."""
    return {word.lower() for word in WORD.findall(text)}


def interface(language: str) -> set[str]:
    """Return the words that only this language's interface uses."""
    said = {"da": "", "en": ""}
    for message in catalogue.load():
        if message.id:
            ids = message.id if isinstance(message.id, tuple | list) else [message.id]
            strings = message.string
            said["en"] += " ".join(ids) + "\n"
            said["da"] += strings if isinstance(strings, str) else " ".join(strings or ())
            said["da"] += "\n"
    return words(said[language]) - words(said[OTHER[language]])


def users_own(language: str) -> set[str]:
    """Return the words of the example and the library in a language, and those typed on the way."""
    files = [*(LIBRARY / language).glob("*.toml"), *(LIBRARY / "both").glob("*.toml")]
    typed = " ".join(scene.keys for scene in TOUR).replace("_", " ")
    return words("\n".join(file.read_text("utf-8") for file in files) + typed)


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_word_of_the_other_language_is_on_a_screen(language: str) -> None:
    foreign = interface(OTHER[language]) - users_own(language)
    assert len(foreign) > 300, "the list of words is worth something"

    found = {
        f"{path.stem}: {', '.join(sorted(strange))}"
        for path in stored(language)
        if (strange := words(path.read_text("utf-8").rpartition("cursor")[0]) & foreign)
    }

    assert found == set()


def test_the_scan_would_see_a_word(tmp_path: Path) -> None:
    assert {"rolleopgave", "fortryd", "udskyd"} <= interface("da") - users_own("en")
    assert {"undo", "postpone"} <= interface("en") - users_own("da")
    assert words("Rolleopgave: Præsentere f… Fortryd") == {"rolleopgave", "præsentere", "fortryd"}
