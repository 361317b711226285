"""The overview uses all rows that it has before one has to scroll."""

from __future__ import annotations

import pytest

from screens.overview.screen import OverviewScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go
from tui.app import MentorApp


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_no_row_of_the_overview_is_blank_while_the_page_goes_on(
    app: MentorApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await go(app, pilot, OverviewScreen)
        for _step in screen.shown.lines:
            rows = screen_text(app).splitlines()
            assert all(row.strip() for row in rows[:-2]), (screen.shown.grid.row_id, rows)
            line = screen.shown.line
            assert line is not None
            assert any(line.label in row for row in rows), "the cursor is in sight"
            await pilot.press("down")
            await pilot.pause()
