"""What tests of the first screen have in common: that it is in front, and shows everything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from screens.home.screen import HomeScreen
from tui.app import MentorApp


def home(app: MentorApp) -> HomeScreen:
    assert isinstance(app.screen, HomeScreen)
    return app.screen


@asynccontextmanager
async def whole(app: MentorApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[int]]:
    """Open the app and wait, as a user does, until more than the names can be seen."""
    async with app.run_test(size=size) as pilot:
        for _turn in range(20):
            await pilot.pause()
            if not home(app).opening.names_only:
                break
        await pilot.pause()
        yield pilot
