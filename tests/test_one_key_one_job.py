"""Each key has one job, help names it, and every text that names a key names the right one."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po
from textual.binding import Binding
from textual.dom import DOMNode

from screens.dialogs.base import Dialog
from screens.frame.base import BaseScreen
from tests.tools.key_table import (
    DIGITS,
    DOCS,
    JOBS,
    MOVES,
    ROOT,
    classes,
    names_of_keys,
    own_bindings,
    with_table,
)

FOUND = names_of_keys()
FREE = {"escape", "enter", "tab", "shift+tab", "space", "backspace", "delete"}
"""Keys that go on, back or over, whatever is in front."""
PAGES = {"pageup", "pagedown"}
NAMED = re.compile(r"\b(F(?:10|[1-9])|Ctrl\+[A-Z])\b|(?:^|[;:(] |, )([a-zA-Z])(?= [a-z])")
"""A key that a text of the interface names: `F3`, `Ctrl+T`, or a letter as in "; a adds one"."""
BEHIND = re.compile(r"(.+) \(([a-zA-Z])\)")
"""A text with a key behind it, as in "Goals (m)"."""
CALLED = {
    "Only {type}: {shown} of {number}": "Filter by task type",
    "Talk {number} is in progress; end it first": "Talk",
    "Training": "Step",
}
"""What the keys behind such texts do, where it is not called as the text is."""
VERBS = {verb for job in JOBS.values() for verb in job.verbs} - {"on", "or", "the", "then"}
"""What keys do, in texts."""
NO_KEYS = {"a", "A", "I", "i"}
"""Letters that are words as well; they count where a verb of their key follows."""


def catalogue() -> list[tuple[str, str]]:
    """Return the texts of the interface in English and in Danish."""
    with (ROOT / "data/locale/da/LC_MESSAGES/mentorrollen.po").open("rb") as file:
        return [
            (one.id, str(one.string))
            for one in read_po(file, locale="da")
            if isinstance(one.id, str) and one.id
        ]


def key_of(written: str) -> str:
    """Return the toolkit's name of a key as texts write it."""
    if written.startswith("Ctrl+"):
        return f"ctrl+{written[-1].lower()}"
    return written.lower() if len(written) > 1 else written


@pytest.mark.parametrize("key", sorted(FOUND))
def test_a_key_has_one_job(key: str) -> None:
    if key in FREE | DIGITS | MOVES - {"h", "g", "G", "k", "l"} or key == "ctrl+c":
        return
    names = {name: kinds for name, kinds in FOUND[key].items() if name not in JOBS[key].names}
    assert names == {}, f"{key} means {JOBS[key].does!r}: give these another key"


def test_every_job_is_one_that_a_screen_has() -> None:
    """The table claims nothing that no binding does."""
    gone = {
        key: [name for name in job.names if name not in FOUND.get(key, {})]
        for key, job in JOBS.items()
    }
    assert {key: names for key, names in gone.items() if names} == {}


def test_what_moves_does_nothing_else() -> None:
    for kind in classes():
        for binding in own_bindings(kind):
            if binding.key in MOVES and len(binding.key) == 1 and issubclass(kind, BaseScreen):
                raise AssertionError((kind.__name__, binding))


def test_done_has_both_keys_everywhere() -> None:
    for kind in classes():
        keys = {(one.key, one.action) for one in own_bindings(kind)}
        for key, action in keys:
            assert key != "f10" or ("ctrl+s", action) in keys, kind
            assert key != "ctrl+s" or ("f10", action) in keys, kind


def test_a_text_that_names_one_key_for_done_names_both() -> None:
    """Some terminals keep F10 for a menu of their own."""
    for texts in catalogue():
        for text in texts:
            assert "F10" not in text or "Ctrl+S" in text, text


def test_every_key_but_moves_is_in_help() -> None:
    """Help takes what has a description from the bindings: a key without one is not named."""
    for kind in classes():
        if not issubclass(kind, BaseScreen | Dialog):
            continue
        named = {one.action for base in kind.__mro__ for one in _bindings(base) if one.description}
        for one in own_bindings(kind):
            assert one.action in named or one.key in FREE | DIGITS | MOVES | PAGES, (kind, one)


def _bindings(base: type) -> list[Binding]:
    return own_bindings(base) if issubclass(base, DOMNode) else []


@pytest.mark.parametrize("english", [one for one, _danish in catalogue() if NAMED.search(one)])
def test_a_text_that_names_a_key_names_the_right_one(english: str) -> None:
    for found in NAMED.finditer(english):
        written = found[1] or found[2]
        verb = re.match(r" (\w+)", english[found.end() :])
        key = key_of(written)
        if key == "ctrl+d":  # the end of input, for the plain talk
            continue
        if found[2] and written in MOVES:
            assert verb is None or verb[1] not in VERBS, (written, verb[1])
        if found[2] and (written in NO_KEYS or key not in JOBS):
            continue
        assert key in JOBS, written
        if re.match(r" and a number (\w+)", english[found.end() :]):  # a plain command
            verb = re.match(r" and a number (\w+)", english[found.end() :])
        assert verb is None or verb[1] in JOBS[key].verbs, (written, verb[1])


@pytest.mark.parametrize("texts", [one for one in catalogue() if BEHIND.fullmatch(one[0])])
def test_a_key_behind_a_text_is_that_of_the_text(texts: tuple[str, str]) -> None:
    english, danish = map(BEHIND.fullmatch, texts)
    assert english
    assert danish
    assert english[2] == danish[2]
    called = CALLED.get(english[1], english[1])
    assert any(name.startswith(called) for name in JOBS[english[2]].names)


def test_both_languages_name_the_same_keys() -> None:
    special = re.compile(r"\b(?:F(?:10|[1-9])|Ctrl\+[A-Z])\b")
    differing = [
        (english, danish)
        for english, danish in catalogue()
        if sorted(special.findall(english)) != sorted(special.findall(danish))
    ]
    assert differing == []


def test_the_table_in_the_documentation_is_as_the_bindings_are() -> None:
    text = DOCS.read_text("utf-8")
    assert with_table(text) == text, "python -m tests.tools.key_table makes it anew"
