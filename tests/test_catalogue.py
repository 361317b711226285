"""Danish is whole, and no text of the interface escapes translation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from data import i18n
from tests.tools import catalogue

FOLDERS = ("data", "widgets", "screens", "tui")
SAYS = {
    "notify": (0,),
    "say": (0, 1, 2),
    "say_wrapped": (0,),
    "Label": (0,),
    "Static": (0,),
    "Button": (0,),
    "Problem": (0,),
    "Checkbox": (0,),
    "RadioButton": (0,),
}
"""Function or class -> the places of its arguments that a user reads."""
SAYS_BY_NAME = {
    "placeholder",
    "tooltip",
    "help",
    "title",
    "sub_title",
    "border_title",
    "border_subtitle",
    "label",
}
"""Arguments and attributes that a user reads."""
MARKS = {"_", "N_", "ngettext", "pgettext"}


def test_danish_is_whole() -> None:
    assert list(catalogue.problems()) == []


def test_danish_is_spoken() -> None:
    i18n.set_language("da")
    assert i18n._("Priority") == "Prioritet"
    assert i18n.ngettext("in {days} day", "in {days} days", 2) == "om {days} dage"
    i18n.set_language("en")
    assert i18n._("Priority") == "Priority"


# -- texts that nobody translates -----------------------------------------------------------------


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _words(node: ast.expr) -> Iterator[str]:
    """Yield what of an expression would be shown as it is written: texts with a word in them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if sum(letter.isalpha() for letter in node.value) >= 2:
            yield node.value
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from _words(part)
    elif isinstance(node, ast.BinOp):
        yield from _words(node.left)
        yield from _words(node.right)
    elif isinstance(node, ast.IfExp):
        yield from _words(node.body)
        yield from _words(node.orelse)


def _shown(call: ast.Call) -> Iterator[ast.expr]:
    name = _name(call.func)
    for place in SAYS.get(name, ()):
        if place < len(call.args):
            yield call.args[place]
    if name == "Binding" and len(call.args) > 2:
        yield call.args[2]
    for keyword in call.keywords:
        wanted = SAYS_BY_NAME | ({"description"} if name == "Binding" else set())
        if keyword.arg in wanted and name not in {"field", "dict"}:
            yield keyword.value


def escaped(source: str) -> list[str]:
    """Return the texts in a source that a user would read in English whatever the language."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            for shown in _shown(node):
                found += _words(shown)
            if _name(node.func) in MARKS and any(isinstance(a, ast.JoinedStr) for a in node.args):
                found.append("an f-string inside _()")
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in SAYS_BY_NAME:
                    found += _words(node.value)
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_text_escapes_translation(folder: str) -> None:
    root = catalogue.ROOT
    wrong = [
        f"{path.relative_to(root)}: {text!r}"
        for path in sorted((root / folder).rglob("*.py"))
        for text in escaped(path.read_text("utf-8"))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('self.notify("Saved")', ["Saved"]),
        ('self.notify(_("Saved"))', []),
        ('self.notify(f"Saved {name}")', ["Saved "]),
        ('Binding("a", "add", "Add")', ["Add"]),
        ('Binding("a", "add", N_("Add"), show=False)', []),
        ('Binding("a", "add", description="Add")', ["Add"]),
        ('Input(placeholder="Name")', ["Name"]),
        ('self.border_title = "Plan"', ["Plan"]),
        ('Label("–")', []),
        ('_(f"Saved {name}")', ["an f-string inside _()"]),
        ('Label("Plan" if full else "P")', ["Plan"]),
    ],
)
def test_the_scan_sees_what_it_should(source: str, texts: list[str]) -> None:
    assert escaped(source) == texts


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('_("Saved")', [("Saved", None)]),
        ('N_("Sav" "ed")', [("Saved", None)]),
        ("f\"{_('Saved')}: {name}\"", [("Saved", None)]),
        ('ngettext("{n} day", "{n} days", n)', [(("{n} day", "{n} days"), None)]),
        ('i18n.pgettext("of a bar", "Done")', [("Done", "of a bar")]),
        ("_(WORDS[key])", []),
    ],
)
def test_what_is_marked_is_gathered(source: str, texts: list[object]) -> None:
    assert list(catalogue.marked(source)) == texts


def test_the_check_sees_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gathered = catalogue.extract()
    monkeypatch.setattr(catalogue, "extract", lambda: gathered)
    texts = deepcopy(gathered)
    for message in texts:
        if message.id:
            message.string = message.id
    broken = texts.get("No such option {name!r}.")
    assert broken is not None
    broken.string = "Ingen sådan {navn!r}."
    texts.add("Nobody says this", "Det siger ingen")
    monkeypatch.setattr(catalogue, "PO", tmp_path / "x.po")
    monkeypatch.setattr(catalogue, "MO", tmp_path / "x.mo")
    assert any("not gathered" in line for line in catalogue.problems())
    catalogue.save(texts)
    found = list(catalogue.problems())
    assert len(found) == 2
    assert "nothing uses it: 'Nobody says this'" in found[0]
    assert "other placeholders" in found[1]
    first = (tmp_path / "x.mo").read_bytes(), (tmp_path / "x.po").read_bytes()
    catalogue.save(catalogue.load())
    assert ((tmp_path / "x.mo").read_bytes(), (tmp_path / "x.po").read_bytes()) == first
