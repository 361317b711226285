"""`y` on the first screen: a mentee, and a line of Today."""

from __future__ import annotations

from screens.home.screen import HomeScreen
from tui.app import MentorApp


async def test_the_line_of_a_mentee_and_one_of_today_are_copied(app: MentorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert app.clipboard.startswith("Emil")
        screen = app.screen
        assert isinstance(screen, HomeScreen)
        assert screen.notice_bar.text == "Linjen er sendt til terminalens udklipsholder"
        before = app.clipboard
        await pilot.press("tab", "y")
        await pilot.pause()
        assert app.clipboard not in {"", before}
