"""The line of keys says what F10 does with a form: not every form only saves something."""

from __future__ import annotations

import pytest

from screens.dialogs.form import FormDialog
from screens.talk.series import TalksScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go
from tests.tools.hurry import until
from tui.app import MentorApp


@pytest.mark.parametrize(("key", "word"), [("f", "Flyt"), ("p", "Udsæt"), ("a", "Gem")])
async def test_a_form_says_what_it_does(app: MentorApp, key: str, word: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, TalksScreen, "3")
        await pilot.press(key)
        await until(lambda: isinstance(app.screen, FormDialog), "the form")
        await pilot.pause()
        assert f"F10/Ctrl+S {word}" in screen_text(app)
