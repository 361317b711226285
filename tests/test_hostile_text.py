"""Whatever text stands in whatever field is kept, is shown as typed, and is never carried out."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from data.clock import now
from data.queries.worked_example import load_example
from data.records import KINDS, Mentee, OwnText, Question, Record, Tip
from data.store.change import Change
from data.store.opening import open_store
from data.text import clean
from tests.tools.golden import FEW
from tests.tools.tour import Scene, visit, walk

MARKUP = "[red]x[/] =1+1 æøå ÆØÅ 👩‍👧 é a\u0308\u0323"
ESCAPES = "\x1b[31m\x1b]0;vindue\x07\x1b[2J\x1bcRød\x00\x9b5n\u202e"
LONG = MARKUP + " " + "langt ord " * 500
TEXTS = {"long": LONG, "escapes": ESCAPES + MARKUP}

NOT_FREE = {
    "changed_by",
    "done_by",
    "key",
    "origin",
    "planned_time",
    "rhythm",
    "session",
    "side",
} | {
    *("id", "sparring_with", "step", "texts", "tried", "who"),
    *("of_table", "of_id", "of_field"),
}
"""Fields with ids, dates and words of the program."""


def free_texts(kind: type[Record]) -> list[str]:
    """Return the fields of a record in which a user says what he likes."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    return [
        name
        for name in names
        if hints[name] is str and name not in NOT_FREE and not name.endswith("_id")
    ]


def filled(record: Any, text: str) -> Any:
    """Return the record with the text in each of these fields."""
    return replace(record, **dict.fromkeys(free_texts(type(record)), text))


def test_every_kind_of_record_but_a_mark_has_such_fields() -> None:
    without = {kind.__name__ for kind in KINDS if not free_texts(kind)}
    assert without <= {"Postponed", "Talk", "Unfinished"}


@pytest.mark.parametrize("text", [MARKUP, LONG], ids=["markup", "long"])
def test_every_field_of_every_record_comes_back_as_it_was_stored(tmp_path: Path, text: str) -> None:
    made = [filled(one.after, text) for one in load_example(now(), "da")]
    made += [filled(one, text) for one in (Tip(text=""), OwnText(key="culture"), Question(text=""))]
    first = open_store(tmp_path / "mentor.json", threaded=False)
    first.store.commit([Change.created(record) for record in made])
    first.close()

    again = open_store(tmp_path / "mentor.json", threaded=False)
    try:
        for record in made:
            found = again.store.get(type(record), record.id)
            for name in free_texts(type(record)):
                assert getattr(found, name) == text
    finally:
        again.close()


@pytest.mark.parametrize("name", ["escapes", pytest.param("long", marks=pytest.mark.soak)])
def test_every_screen_shows_it_and_carries_nothing_out(tmp_path: Path, name: str) -> None:
    """As if somebody else had written the file: what is typed here is cleaned on the way in."""

    def change(record: Record) -> Record:
        changed: Record = filled(record, TEXTS[name])
        return changed

    scenes = [Scene("start", "tab tab"), *FEW[1:]]
    with visit(tmp_path / "records", "da", change=change) as typist:
        emulator = typist.terminal.emulator
        seen = 0
        for scene in walk(typist, scenes):
            assert emulator.unknown == []
            assert not any("vindue" in one for one in emulator.strings)
            styles = {cell.style.ink for row in emulator.buffer for cell in row}
            assert not styles & {"31", "91"}, scene.name
            seen += "[red]x[/] =1+1" in emulator.text()
            # The last line, or the last but one, above the frame of a form as high as the screen.
            keys = emulator.line(22) + emulator.line(23)
            assert " F1" in keys, scene.name
        assert seen >= 5


def test_what_is_pasted_is_cleaned_and_stored_as_text(tmp_path: Path) -> None:
    pasted = f"\x1b[200~{ESCAPES.replace(chr(0x9B), '')}{MARKUP}\x1b[201~"
    with visit(tmp_path / "records", "da") as typist:
        typist.press("a")
        typist.terminal.do(pasted)
        typist.press("tab")
        typist.write("1/12")
        typist.press("f10")
        typist.terminal.wait_for("[red]x[/]")
        typist.press("ctrl+q")
        assert typist.terminal.wait_exit() == 0
        assert not any("vindue" in one for one in typist.terminal.emulator.strings)

    opened = open_store(tmp_path / "records/mentor.json", threaded=False)
    try:
        names = [one.name for one in opened.store.all(Mentee) if "[red]" in one.name]
    finally:
        opened.close()
    assert len(names) == 1
    assert names[0].endswith(clean(MARKUP, lines=False))
    assert all(character.isprintable() or character == "\u200d" for character in names[0])
