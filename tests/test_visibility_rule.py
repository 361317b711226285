"""What is private is decided in one room: no other reads the marks of it to hide or show a text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
LAYERS: Final = ("data", "widgets", "screens", "tui")
RULE: Final = "data/method/visibility.py"
MARKS: Final = ("private", "shared_view")
"""Attributes that say what is private, and whether both look at the screen."""
KINDS: Final = ("wellbeing", "doubt", "pulse")
"""Kinds of words that are private by themselves, as keys."""
ALLOWED: Final = {
    # Who looks, and the key that changes it.
    "screens/frame/context.py:Context.reader": "turns the mark into the reader of the rule",
    "tui/app/app.py:MentorApp.action_shared_view": "F6 turns the shared view on and off",
    "screens/talk/shared_plan.py:SharedPlan.open_at": "both look while the plan is gone through",
    # What the mark of a record is when it is made, and the keys that change it.
    "data/method/talk/flow.py:TalkFlow.new_answer": "an answer starts as its step says",
    "data/example/talks.py:_answer": "an answer of the example starts as its step says",
    "screens/note/screen.py:NoteScreen.action_privacy": "F4 marks the note as private or shared",
    "screens/talk/lines.py:LineCommands.private": "F4 marks the answer as private or shared",
    "screens/talk/corrections.py:Corrections.private": "F4 marks the answer as private or shared",
    "screens/talk/correct_forms.py:words_form": "the form shows and changes the mark",
    # The word "private" beside a text that is shown anyway.
    "screens/note/head.py:note_head": "says how the note is marked",
    "screens/overview/lines.py:_note": "says how the note is marked",
    "screens/talk/since_rows.py:SinceRows._notes": "says how the note is marked",
    "tui/cli/show.py:note_line": "says how the note is marked",
    # Private words that are planted to be looked for.
    "data/privacy/canaries.py:plant": "plants a doubt",
    "data/privacy/canaries.py:_answers.said": "plants an answer about wellbeing with its words",
    # Doubts and wellbeing as kinds of their own, not as something to hide.
    "data/method/words.py:<module>": "what a doubt is called",
    "data/method/doubts.py:is_doubt": "which notes of a view are doubts; seen() decides who reads",
    "screens/actions/forms.py:new_doubt": "a new doubt is private",
    "data/method/talk/make_of.py:<module>": "wellbeing has no list of examples",
}
"""Where a mark is read all the same: file and function -> what for."""


def marks(source: str) -> Iterator[tuple[str, str]]:
    """Yield each place that reads a mark of privacy, with what it reads.

    A place is the function, with its class before it, or "<module>".
    """
    yield from _marks_in(ast.parse(source), ())


def _marks_in(node: ast.AST, inside: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _marks_in(child, (*inside, child.name))
            continue
        if read := _mark(child):
            yield ".".join(inside) or "<module>", read
        yield from _marks_in(child, inside)


def _mark(node: ast.AST) -> str:
    match node:
        case ast.Attribute(attr=name, ctx=ast.Load()) if name in MARKS:
            return f".{name}"
        case ast.Attribute(value=ast.Name(id="NoteKind"), attr="DOUBT", ctx=ast.Load()):
            return "NoteKind.DOUBT"
        case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value=name), *_]):
            return f"getattr {name}" if name in MARKS else ""
        case ast.Compare(left=left, comparators=right):
            return _compared([left, *right])
    return ""


def _compared(sides: list[ast.expr]) -> str:
    """Say what a comparison asks: whether a key is a private kind, or who it is that looks."""
    for side in sides:
        values = side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]
        for value in values:
            match value:
                case ast.Constant(value=str(key)) if key in KINDS:
                    return f"== {key!r}"
                case ast.Name(id="WELLBEING"):
                    return "== WELLBEING"
                case ast.Attribute(value=ast.Name(id="Reader"), attr=name):
                    return f"is Reader.{name}"
    return ""


@cache
def _read() -> dict[str, set[str]]:
    """Return file and function -> what it reads, but for the rule itself."""
    found: dict[str, set[str]] = {}
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if name != RULE:
                for place, mark in marks(path.read_text("utf-8")):
                    found.setdefault(f"{name}:{place}", set()).add(mark)
    return found


def test_no_other_room_decides_what_is_private() -> None:
    wrong = {place: read for place, read in _read().items() if place not in ALLOWED}
    assert wrong == {}, f"ask {RULE}"


def test_each_exception_is_still_one() -> None:
    assert set(ALLOWED) - set(_read()) == set()


DECIDES: Final = {
    ".private": "shown = [one for one in notes if not one.private]",
    ".shared_view": "if context.shared_view: hide()",
    "NoteKind.DOUBT": "if note.kind is NoteKind.DOUBT: hide()",
    "getattr private": "if getattr(note, 'private'): hide()",
    "== 'wellbeing'": "if answer.key in ('wellbeing', 'help'): hide()",
    "== 'doubt'": "if kind == 'doubt' and shared: hide()",
    "== WELLBEING": "if answer.key == WELLBEING: hide()",
    "is Reader.MENTOR": "if reader is Reader.MENTOR: show()",
}


@pytest.mark.parametrize("read", DECIDES)
def test_the_proof_can_fail(read: str) -> None:
    source = f"class Screen:\n    def show(self):\n        {DECIDES[read]}\n"
    assert ("Screen.show", read) in set(marks(source))
