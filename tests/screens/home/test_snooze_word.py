"""The form that snoozes a line of Today says so in its line of keys."""

from __future__ import annotations

from screens.dialogs.form import FormDialog
from tests.screens.conftest import screen_text
from tests.tools.hurry import until
from tui.app import MentorApp


async def test_a_line_of_today_is_snoozed_with_the_word_for_it(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("tab", "p")
        await until(lambda: isinstance(app.screen, FormDialog), "the form")
        await pilot.pause()
        assert "F10/Ctrl+S Udskyd" in screen_text(app)
