"""The screens of a coordinator and a manager in small windows: keys, cursor and a row are seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from data.records import Mentee
from data.settings import Settings
from data.store.opening import open_store
from data.store.store import Store
from screens.documents.status import StatusScreen
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.released.received import ReceivedListScreen
from screens.workplace.overview_screen import WorkplaceScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.screens.conftest import screen_text
from tests.screens.test_small_windows import SIZES, Seen, press
from tests.tools import server_tour
from tests.tools.hurry import until
from tests.tools.tour import Scene
from tui.app import MentorApp
from tui.cli.call import parting, server_rules


async def _walk(
    first: BaseScreen[None], scenes: tuple[Scene, ...], size: tuple[int, int], shows: str
) -> None:
    """Open a screen, wait until it shows something, and look at each scene."""
    app = MentorApp(first.context, first=first)
    async with app.run_test(size=size) as pilot:
        await until(lambda: shows in screen_text(app))
        for scene in scenes:
            await press(pilot, scene.keys)
            with looked_at(app, scene.name) as is_whole:
                await until(is_whole)  # what it shows may be on its way from the server


@contextmanager
def looked_at(app: MentorApp, name: str) -> Iterator[Callable[[], bool]]:
    """Yield what says whether all that belongs there is shown; tell what is not, if it never is."""
    missing: list[str] = []

    def is_whole() -> bool:
        seen = Seen(app)
        seen.look(name)
        missing[:] = seen.missing
        return not missing

    try:
        yield is_whole
    except AssertionError as never:
        raise AssertionError("\n".join(missing)) from never


@pytest.mark.parametrize("size", SIZES)
async def test_of_a_manager(full: TeamServer, size: tuple[int, int], no_records: Store) -> None:
    context = Context(no_records, Settings(), has_records=False)
    first = ReceivedListScreen(context, full.stand_in(server_tour.MANAGER))
    await _walk(first, server_tour.OF_MANAGER, size, "Birgitte")


@pytest.mark.parametrize("size", SIZES)
async def test_of_a_coordinator(full: TeamServer, size: tuple[int, int], no_records: Store) -> None:
    context = Context(no_records, Settings(), has_records=False)
    first = WorkplaceScreen(context, [full.stand_in(server_tour.COORDINATOR)])
    await _walk(first, server_tour.OF_COORDINATOR, size, "Birgitte")


@pytest.mark.parametrize("size", SIZES)
async def test_of_a_mentor_who_releases(full: TeamServer, size: tuple[int, int]) -> None:
    path = full.stand_in(server_tour.MENTOR)
    opened = open_store(path, threaded=True, parting=parting, on_server=server_rules)
    try:
        context = Context(opened.store, Settings(), file=path, of_team=True)
        (maja, *_others) = (one.id for one in opened.store.all(Mentee) if "Maja" in one.name)
        first = StatusScreen(context, maja)
        await _walk(first, server_tour.OF_MENTOR[1:], size, "Lise Lund")
    finally:
        opened.close()
