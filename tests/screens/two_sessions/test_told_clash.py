"""Enter opens conflicts only while the line says so, and there only what can be chosen is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.i18n import _
from data.records import Need
from data.store.store import Store
from screens.conflicts.screen import ConflictsScreen
from screens.frame.base import BaseScreen
from screens.needs.screen import NeedsScreen
from tests.screens.conftest import AppOn, screen_text
from tests.screens.two_sessions.opening import in_grid
from tests.screens.two_sessions.test_decisions import theirs
from tests.screens.two_sessions.world import (
    Keys,
    conflicts,
    fill_in,
    one_of_each,
    put_in,
    save,
    until,
)
from tui.app import MentorApp


async def clash(app: MentorApp, pilot: Keys, store: Store, path: Path) -> None:
    """Have a need clash with somebody else's on the screen of needs, which says so."""
    records = one_of_each()
    put_in(store, records.values())
    need = records["need"]
    assert isinstance(need, Need)
    await in_grid(NeedsScreen, "need", "e")(app, pilot, records)
    await theirs(store, pilot, path, need, area="METTE")
    await fill_in(app, pilot, "area", " EMIL")
    await save(app, pilot)
    await until(pilot, lambda: conflicts(store), "the clash")
    await pilot.pause()


async def in_front(pilot: Keys, app: MentorApp, *keys: str) -> object:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    return app.screen


@pytest.mark.parametrize("chosen", [(), ("x",)], ids=["looked at", "resolved"])
async def test_enter_is_the_screens_own_when_the_conflicts_have_been_seen(
    empty: Store, app_on: AppOn, path: Path, chosen: tuple[str, ...]
) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await clash(app, pilot, empty, path)
        found = await in_front(pilot, app, "enter")
        assert isinstance(found, ConflictsScreen)
        await in_front(pilot, app, *chosen, "escape")
        assert not isinstance(await in_front(pilot, app, "enter"), ConflictsScreen)


async def test_enter_is_the_screens_own_while_the_line_says_something_else(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await clash(app, pilot, empty, path)
        assert isinstance(app.screen, BaseScreen)
        assert app.screen.notices.leads_to_clash
        app.screen.notices.bar.show("Not saved: the disk is full", problem=True)
        assert not isinstance(await in_front(pilot, app, "enter"), ConflictsScreen)


async def test_the_keys_that_choose_go_with_the_last_conflict(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await clash(app, pilot, empty, path)
        await in_front(pilot, app, "enter")
        assert _("Keep theirs") in screen_text(app)
        await in_front(pilot, app, "x")
        assert conflicts(empty) == []
        await in_front(pilot, app, "down")
        text = screen_text(app)
        assert _("Keep theirs") not in text
        assert _("Use mine") not in text
        assert _("Back") in text
