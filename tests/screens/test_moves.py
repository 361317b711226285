"""The moves of vim and less on every list and page; keys that cannot act say so."""

from __future__ import annotations

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from data.i18n import _
from screens.library.guide import GuideScreen
from screens.library.help import HelpScreen
from screens.mentee.grid import GridScreen
from screens.plan.screen import PlanScreen
from screens.talk.series import TalksScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go
from tests.tools.key_table import classes, own_bindings
from tui.app import MentorApp
from widgets.grid_body import GridBody
from widgets.vim_moves import VIM_KEYS, VimMoves


async def test_gg_and_g_go_to_the_ends_of_a_list(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        plan = await go(app, pilot, PlanScreen, "2")
        body = plan.query_one(GridBody)
        last = len(body.rows) - 1
        await pilot.press("G")
        assert body.cursor_row == last
        await pilot.press("g", "k", "g")
        assert body.cursor_row == last - 1, "a move takes the first g back"
        await pilot.press("g")
        assert body.cursor_row == 0
        await pilot.press("ctrl+d")
        assert body.cursor_row == max((body.size.height - body.header) // 2, 1)
        await pilot.press("ctrl+u")
        assert body.cursor_row == 0


async def test_gg_and_g_go_to_the_ends_of_a_page(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await go(app, pilot, HelpScreen, "2", "question_mark")
        pane = page.pane
        await pilot.press("G")
        await pilot.pause()
        assert pane.scroll_offset.y == pane.max_scroll_y > 0
        await pilot.press("ctrl+u")
        await pilot.pause()
        assert pane.scroll_offset.y == max(pane.max_scroll_y - pane.size.height // 2, 0)
        await pilot.press("g", "g")
        await pilot.pause()
        assert pane.scroll_offset.y == 0


def test_every_list_and_page_has_these_moves() -> None:
    moving = [kind for kind in classes() if any(one.key == "j" for one in _moves(kind))]
    assert len(moving) > 2
    assert [kind for kind in moving if not issubclass(kind, VimMoves)] == []
    assert all(one in vars(kind)["BINDINGS"] for kind in moving for one in VIM_KEYS)


def _moves(kind: type[DOMNode]) -> list[Binding]:
    return [one for one in own_bindings(kind) if not one.action.startswith("yes")]


@pytest.mark.parametrize("key", ["f", "p", "o"])
async def test_a_key_that_cannot_act_says_so(app: MentorApp, key: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, TalksScreen, "3")
        assert isinstance(screen, GridScreen | TalksScreen)
        before = screen_text(app)
        screen.grid.body.action_edge(-1)
        await pilot.press(key)
        await pilot.pause()
        assert screen_text(app) != before


async def test_a_letter_for_other_rows_is_named_where_it_does_nothing(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, GuideScreen, "2", "question_mark", "b")
        await pilot.press("t")
        await pilot.pause()
        said = _("Not possible here: {what}").format(what=_("Talk"))
        assert said in screen_text(app)


async def test_a_colon_opens_the_commands_and_q_leaves(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await pilot.press("colon")
        await pilot.pause()
        assert _("Commands") in screen_text(app)
        await pilot.press(*":q", "enter")
        await pilot.pause()
        assert app.return_value == 0
