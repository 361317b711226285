"""What tests of dialogs have in common: opening one, where the focus is, and whom to pick."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot
from textual.widget import Widget

from screens.dialogs.base import Dialog
from screens.dialogs.pick import Item
from tests.screens.conftest import screen_text
from tui.app import MentorApp


async def opened(app: MentorApp, pilot: Pilot[int], dialog: Dialog[Any]) -> list[Any]:
    """Open a dialog; its answer is appended to the list."""
    answers: list[Any] = []

    async def ask() -> None:
        answers.append(await app.push_screen_wait(dialog))

    await pilot.pause()
    app.run_worker(ask())
    await pilot.pause()
    assert app.screen is dialog
    while not screen_text(app).strip():  # many fields take a busy machine some time to lay
        await pilot.pause()
    return answers


def focused(app: MentorApp) -> Widget:
    assert app.focused is not None
    return app.focused


ITEMS = [
    Item("1", "Anne Beck", "Buddy"),
    Item("2", "Bo Ågård", "Mentor"),
    Item("3", "Åse Bæk", "Leder"),
]
