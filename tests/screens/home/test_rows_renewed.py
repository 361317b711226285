"""The rows that the first screen keeps are renewed where more than a record has changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from data.i18n import language
from screens.home.screen import HomeScreen
from tests.screens.conftest import screen_text
from tests.screens.home.test_day import let_midnight_pass
from tui.app import MentorApp

Keys = Pilot[int]


async def complete(app: MentorApp, keys: Keys) -> str:
    """Wait until the first screen shows more than the names; return what it shows."""
    for _turn in range(20):
        await keys.pause()
        if isinstance(app.screen, HomeScreen) and not app.screen.opening.names_only:
            break
    await keys.pause()
    return screen_text(app)


async def opened_now(app: MentorApp, keys: Keys) -> str:
    """Return what a first screen shows that keeps no rows from before."""
    anew = HomeScreen(app.context)
    await app.push_screen(anew)
    anew.opening.complete(stay=True)
    await keys.pause()
    shown = screen_text(app)
    app.pop_screen()
    await keys.pause()
    return shown


async def _new_day(_app: MentorApp, _keys: Keys) -> None:
    await let_midnight_pass()


async def _language(app: MentorApp, _keys: Keys) -> None:
    assert language() == "da"
    app.action_language()


async def _narrow(_app: MentorApp, keys: Keys) -> None:
    await keys.resize_terminal(60, 40)


async def _settings(app: MentorApp, _keys: Keys) -> None:
    app.context.settings = replace(app.context.settings, sparring_days=40, talk_days=40)
    assert isinstance(app.screen, HomeScreen)
    app.screen.bring_up_to_date(everything=True)


@pytest.mark.parametrize("change", [_new_day, _language, _narrow, _settings])
async def test_rows_are_renewed(
    app: MentorApp, change: Callable[[MentorApp, Keys], Awaitable[None]]
) -> None:
    async with app.run_test(size=(80, 40)) as keys:
        before = await complete(app, keys)
        await change(app, keys)
        await keys.pause()
        shown = screen_text(app)
        assert shown.splitlines()[2:] != before.splitlines()[2:], "the rows changed"
        assert shown == await opened_now(app, keys)
        await keys.pause()
        assert screen_text(app) == shown


async def test_the_shared_view_shows_the_rows_it_would_open_with(app: MentorApp) -> None:
    async with app.run_test(size=(80, 40)) as keys:
        before = await complete(app, keys)
        await keys.press("f6")
        await keys.pause()
        shown = screen_text(app)
        assert shown == await opened_now(app, keys)
        await keys.press("f6")
        await keys.pause()
        assert screen_text(app) == before
