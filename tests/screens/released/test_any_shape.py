"""Whatever has been released in plain SQL, the manager's screens show it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from data.clock import now
from data.i18n import _
from data.released.as_json import parse
from data.released.on_server import Received, received
from data.settings import Settings
from data.storage.postgres.visiting import MENTOR, visit_to
from data.store.opening import OpenedStore, empty_store
from data.store.store import Store
from screens.frame.context import Context
from screens.released.page import ReceivedScreen
from screens.released.reading import Releases
from screens.released.received import ReceivedListScreen
from tests.data.released.shapes import EMPTY_TABLE, RELEASED
from tests.data.storage.postgres.team_server import TeamServer
from tests.screens.conftest import screen_text
from tests.screens.released.test_release import SIZE, maja
from tests.tools.hurry import until
from tui.app import MentorApp

TABLE = {
    "format": 1,
    "what": "leader",
    "title": "Status: Maja Holm",
    "language": "da",
    "author": "Somebody Else",
    "blocks": [EMPTY_TABLE],
}


async def test_a_table_of_nothing_is_opened_and_written(
    of_mette: OpenedStore, team: TeamServer, tmp_path: Path, no_records: Store
) -> None:
    with visit_to(of_mette.path, MENTOR) as visit:
        visit.release(maja(of_mette.store).id, ["lise"], json.dumps(TABLE))
    path = team.stand_in("lise")
    (one,) = received(path)
    assert one.document is not None
    assert one.document.author == one.by == "Mette Vind"
    context = Context(no_records, Settings(), has_records=False)
    app = MentorApp(context, first=ReceivedListScreen(context, path))
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: "Mette Vind" in screen_text(app))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ReceivedScreen)
        assert _("Released") in screen_text(app)
        await pilot.press("w", "tab", "m", "tab", "tab", "ctrl+u", *str(tmp_path), "slash", "f10")
        await until(lambda: list(tmp_path.glob("*.md")))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(RELEASED)
def test_any_shape_is_shown(text: str) -> None:
    asyncio.run(_shown(Received("m", "Mette Vind", now(), parse(text))))


async def _shown(one: Received) -> None:
    store = empty_store()
    releases = Releases(Path("/nowhere"))
    releases.found = [one]
    context = Context(store, Settings(), has_records=False)
    try:
        app = MentorApp(context, first=ReceivedScreen(context, releases, one.mentee_id))
        async with app.run_test(size=(40, 10)) as pilot:
            await pilot.press("end")
            assert isinstance(app.screen, ReceivedScreen)
    finally:
        store.close()
