"""Sessions that die in the middle of a form or a cell."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from data.clock import Clock, now, set_clock
from data.records import Conflict
from data.settings import Settings
from data.store.opening import open_store
from data.store.store import Store
from screens.frame.context import Context
from screens.plan.screen import PlanScreen
from tests.screens.conftest import Lobby
from tests.screens.two_sessions.opening import (
    Records,
    in_plan,
)
from tests.screens.two_sessions.world import (
    Keys,
    form_in,
)
from tui.app.app import MentorApp

SIZE = (100, 40)


@asynccontextmanager
async def session(path: Path) -> AsyncIterator[tuple[MentorApp, Keys]]:
    """Run the program. What is being filled in at the end stays as it is, as when a line breaks."""
    opened = open_store(path, by="birgitte", threaded=True)
    context = Context(opened.store, Settings())
    app = MentorApp(context, first=Lobby(context))
    try:
        async with app.run_test(size=SIZE) as pilot:
            yield app, pilot
    finally:
        opened.close()


def notice(app: MentorApp) -> str:
    return form_in(app).notice_bar.text


def unsettled(store: Store) -> list[tuple[str, str, str]]:
    return [(one.of_field, one.mine, one.theirs) for one in store.all(Conflict)]


async def in_cell(app: MentorApp, pilot: Keys, records: Records, column: str, *keys: str) -> None:
    """Begin to edit a cell of the task."""
    await in_plan()(app, pilot, records)
    screen = app.screen
    assert isinstance(screen, PlanScreen)
    screen.editor.go_to(records["task"].id, column)
    await pilot.press("enter", *keys)
    await pilot.pause()


def days_later(days: int) -> None:
    """Set the clock to a later day."""
    set_clock(Clock((now() + timedelta(days=days)).replace(hour=8)))
