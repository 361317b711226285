"""The shared view: what was on the screen when it began goes out of sight, whatever it was."""

from __future__ import annotations

from data.records import Conflict, Note
from data.store.change import Change
from data.store.store import Store
from tests.screens.conftest import screen_text
from tui.app import MentorApp

SECRET = "Nadia græd"


async def test_a_form_that_was_open_before_is_covered(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("enter", "n", *SECRET, "f3")
        await keys.pause()
        assert SECRET in screen_text(app)
        await keys.press("f6")
        await keys.pause()
        assert SECRET not in screen_text(app)
        assert "F6" in screen_text(app)
        await keys.press("x", "f6")
        await keys.pause()
        assert SECRET in screen_text(app)


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
