"""What somebody else has written arrives in a text that is being written in."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App, ComposeResult

from widgets import note_area
from widgets.note_area import NoteArea


class Writing(App[None]):
    """One text; what somebody else makes of it is in `theirs`."""

    theirs = ""

    def compose(self) -> ComposeResult:
        self.area = NoteArea("One.")
        self.kept: list[tuple[str, str]] = []
        self.area.keep = lambda before, text: self.kept.append((before, text))
        yield self.area

    def on_mount(self) -> None:
        self.area.focus()

    def on_note_area_paused(self, _event: NoteArea.Paused) -> None:
        self.area.show_changed_elsewhere(self.theirs)


async def test_words_wait_until_the_user_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(note_area, "PAUSE_SECONDS", 0.2)
    app = Writing()
    async with app.run_test() as pilot:
        await pilot.press("a")
        app.theirs = "Zero.\nOne.a"
        assert not app.area.show_changed_elsewhere(app.theirs)
        assert app.area.text == "One.a"
        while app.area.text != app.theirs:
            await pilot.pause()
            await asyncio.sleep(0.01)
        await pilot.press("b")
        assert app.area.text == "Zero.\nOne.ab"
        assert app.kept == [("One.", "One.a"), ("Zero.\nOne.a", "Zero.\nOne.ab")]


async def test_an_empty_line_stays_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(note_area, "PAUSE_SECONDS", 0.0)
    app = Writing()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        assert app.area.show_changed_elsewhere("One.\nTwo")
        await pilot.press("a")
        assert app.area.text == "One.\nTwo\na"
        assert app.area.show_changed_elsewhere("Four", has_own=False)
        await pilot.press("enter", "a")
        assert app.area.text == "Four\na"
        assert app.area.show_changed_elsewhere("Five", has_own=False)
        app.area.insert(" pasted")
        assert app.area.text == "Five\n pasted"
        assert app.area.show_changed_elsewhere("Six", has_own=False)
        await pilot.press("left", "right", "a")
        assert app.area.text == "Sixa", "whoever goes there means it"
