"""`V` on a server is for coordinators: others are told so, and the page never counts nobody."""

from __future__ import annotations

import os

import pytest

from data.i18n import _
from data.settings import Settings
from data.storage.postgres.servers import stand_in
from data.store.opening import OpenedStore, empty_store
from screens.dialogs.elsewhere import ALL_MENTORS, everything_else
from screens.dialogs.palette import commands
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.help_keys import key_lines
from screens.home.screen import HomeScreen
from screens.workplace.overview_screen import WorkplaceScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.screens.conftest import screen_text
from tests.tools.hurry import until
from tui.app import MentorApp
from tui.app.app import OUTLIVING_SECONDS

SIZE = (80, 24)


def of_mette_at_home(opened: OpenedStore) -> MentorApp:
    context = Context(opened.store, Settings(), file=opened.path, of_team=True)
    return MentorApp(context, first=HomeScreen(context))


def listed(app: MentorApp) -> list[tuple[str, str]]:
    """Return the names and keys that help and the list of commands have of it."""
    screen = app.screen
    assert isinstance(screen, BaseScreen)
    own = commands(screen, ())
    found = [(one.name, one.key) for one in own if one.action == ALL_MENTORS]
    others = everything_else(screen, {one.name for one in own})
    found += [(one.name, one.key) for one in others if one.action == ALL_MENTORS]
    helped = key_lines(screen)
    return found + [
        (what, keys) for keys, what in helped if what == _("All mentors of the workplace")
    ]


@pytest.mark.parametrize("as_coordinator", [False, True])
async def test_it_opens_for_a_coordinator_only(
    of_mette: OpenedStore, team: TeamServer, as_coordinator: bool
) -> None:
    if as_coordinator:
        team.grant("met", kind="coordinator", name="Mette Vind")
    app = of_mette_at_home(of_mette)
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: app.context.coordinates is not None, every=OUTLIVING_SECONDS)
        name = _("All mentors of the workplace")
        assert listed(app) == ([(name, "V")] * 2 if as_coordinator else [])
        await pilot.press("V")
        await pilot.pause()
        assert isinstance(app.screen, WorkplaceScreen) is as_coordinator
        assert ("Kun en koordinator ser alle mentorer" in screen_text(app)) is not as_coordinator
        assert "0 mentorer" not in screen_text(app)


async def test_a_server_that_is_away_is_said_in_place_of_the_list(team: TeamServer) -> None:
    away = stand_in("postgresql://kim@127.0.0.1:1/records", os.environ)
    context = Context(empty_store(), Settings(), has_records=False)
    page = WorkplaceScreen(context, [away])
    app = MentorApp(context, first=page)
    async with app.run_test(size=SIZE):
        await until(lambda: page.files.is_read)
        await until(lambda: page.files.ended and page.files.ended[:30] in screen_text(app))
        assert "0 mentorer" not in screen_text(app)
