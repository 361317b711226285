"""The page of all mentors on a server: it hears of what is published, and goes on without it."""

from __future__ import annotations

import json

from data.settings import Settings
from data.storage.postgres.visiting import MENTOR, visit_to
from data.store.store import Store
from screens.frame.context import Context
from screens.workplace.overview_screen import LOOK_SECONDS, WorkplaceScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.data.storage.postgres.test_published import COUNTS
from tests.screens.conftest import screen_text
from tests.tools.hurry import until
from tests.tools.postgres import Server
from tui.app import MentorApp


def keys_of(app: MentorApp) -> str:
    """Return the line of keys."""
    return screen_text(app).splitlines()[-1]


async def test_it_hears_of_what_is_published(team: TeamServer, no_records: Store) -> None:
    context = Context(no_records, Settings(), has_records=False)
    page = WorkplaceScreen(context, [team.stand_in("kim")])
    app = MentorApp(context, first=page)
    async with app.run_test(size=(80, 24)):
        await until(lambda: "Ingen mentor i teamet har offentliggjort" in screen_text(app))
        with visit_to(team.stand_in("met"), MENTOR) as visit:
            assert visit.publish(json.dumps(COUNTS), first=True)
            await until(lambda: "Mette Vind" in screen_text(app), every=LOOK_SECONDS)
            assert "Esc" not in keys_of(app), "there is nothing to go back to"
            visit.unpublish()
            await until(lambda: "Mette Vind" not in screen_text(app), every=LOOK_SECONDS)


async def test_there_is_no_document_of_a_page_that_is_empty(
    team: TeamServer, no_records: Store
) -> None:
    context = Context(no_records, Settings(), has_records=False)
    page = WorkplaceScreen(context, [team.stand_in("kim")])
    app = MentorApp(context, first=page)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: "Ingen mentor i teamet har offentliggjort" in screen_text(app))
        assert "Skriv dokument" not in keys_of(app)
        await pilot.press("w")
        await pilot.pause()
        assert app.screen is page
        with visit_to(team.stand_in("met"), MENTOR) as visit:
            assert visit.publish(json.dumps(COUNTS), first=True)
            await until(lambda: "Skriv dokument" in keys_of(app), every=LOOK_SECONDS)
            visit.unpublish()
            await until(lambda: "Skriv dokument" not in keys_of(app), every=LOOK_SECONDS)


async def test_a_line_that_broke_is_made_again(
    team: TeamServer, server: Server, no_records: Store
) -> None:
    context = Context(no_records, Settings(), has_records=False)
    page = WorkplaceScreen(context, [team.stand_in("kim")])
    app = MentorApp(context, first=page)
    async with app.run_test(size=(80, 24)):
        await until(lambda: page.files.is_read)
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename='kim'")
        with visit_to(team.stand_in("met"), MENTOR) as visit:
            assert visit.publish(json.dumps(COUNTS), first=True)
        await until(lambda: "Mette Vind" in screen_text(app), every=LOOK_SECONDS)
