"""The shared view: what was on the screen when it began goes out of sight, whatever it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.method.visibility import is_private
from data.records import Answer, Conflict, Need, Note, Record
from data.store.change import Change
from data.store.store import Store
from tests.screens.conftest import screen_text
from tests.tools.tour import TOUR, visit
from tui.app import MentorApp

SECRET = "Nadia græd"


async def test_a_form_that_was_open_before_is_covered(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("enter", "n", *SECRET, "f3", "enter")
        await keys.pause()
        assert SECRET in screen_text(app)
        await keys.press("f6")
        await keys.pause()
        assert SECRET not in screen_text(app)
        assert "F6" in screen_text(app)
        await keys.press("x", "f6")
        await keys.pause()
        assert SECRET in screen_text(app)


def test_one_goes_on_in_the_field_in_which_one_was(tmp_path: Path) -> None:
    with visit(tmp_path / "records", "da") as typist:
        typist.press("a Ida tab tab tab Raa f6 xyz f6 dgiver")
        screen = typist.terminal.screen()
        assert "Raadgiver" in screen, screen
        assert typist.terminal.cursor[2]


async def test_texts_that_clashed_are_not_shown(app: MentorApp, store: Store) -> None:
    note = Note(mentee_id="1", text=SECRET, private=True)
    clash = Conflict(of_table="notes", of_id=note.id, of_field="text", mine=f"{SECRET} igen")
    store.commit([Change.created(note), Change.created(clash)], undoable=False)
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("exclamation_mark")
        await keys.pause()
        assert screen_text(app).count(SECRET) >= 2
        await keys.press("f6")
        await keys.pause()
        assert SECRET not in screen_text(app)
        await keys.press("f6")
        await keys.pause()
        assert SECRET in screen_text(app)


def _marked(record: Record) -> Record:
    """Return the record with all its private words marked as such."""
    if isinstance(record, Note) and is_private(record):
        return replace(record, text=f"{SECRET} {record.text}")
    if isinstance(record, Answer):  # every other answer of the example is made private
        record = replace(record, private=record.private or int(record.id) % 2 == 0)
        if is_private(record):
            return replace(record, mentee=SECRET, mentor=SECRET, examples=(SECRET,))
    if isinstance(record, Need):
        return replace(record, mentee_view="", mentor_view=SECRET)
    return record


@pytest.mark.soak
@pytest.mark.parametrize("spoken", ["da", "en"])
def test_a_walk_through_every_screen_and_dialog_shows_nothing_private(
    tmp_path: Path, spoken: str
) -> None:
    with visit(tmp_path / "records", spoken, (120, 50), change=_marked) as typist:
        typist.press("f6")
        for scene in TOUR:
            keys = " ".join(key for key in scene.keys.split() if key != "f6")
            typist.press(keys)
            assert typist.terminal.alive, scene.name
            assert SECRET not in typist.terminal.screen(), scene.name
