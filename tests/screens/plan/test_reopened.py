"""Where the plan opens: at its first column, unless it was left a moment ago."""

from __future__ import annotations

from datetime import timedelta

from data.clock import Clock, set_clock
from screens.plan.screen import PlanScreen
from tests.screens.conftest import MORNING
from tests.screens.places import go
from tui.app import MentorApp

FAR = ["right"] * 12


async def test_it_opens_with_step_and_sparring_in_sight(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, PlanScreen, "2", "down", *FAR)
        row, column = screen.editor.task_id, screen.editor.column
        assert column not in {"title", "step", "sparring_on"}
        await pilot.press("escape")
        await pilot.pause()
        screen = await go(app, pilot, PlanScreen, "2")
        assert (screen.editor.task_id, screen.editor.column) == (row, column), "a moment ago"
        await pilot.press("escape")
        await pilot.pause()

        set_clock(Clock(MORNING + timedelta(hours=1)))
        screen = await go(app, pilot, PlanScreen, "2")
        assert (screen.editor.task_id, screen.editor.column) == (row, "title")
        assert not screen.editor.grid.body._layout.more_left
