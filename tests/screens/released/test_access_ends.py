"""A manager and a coordinator lose what they see: nothing of it is shown or written then."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from data.i18n import set_language
from data.privacy.purge import all_of, carry_out, plan
from data.released.on_server import release, withdraw
from data.released.status import status_of
from data.settings import Settings
from data.storage.postgres.schema import revoke_script
from data.storage.postgres.visiting import MENTOR, visit_to
from data.store.opening import OpenedStore
from data.store.store import Store
from screens.documents.write_form import WriteForm
from screens.frame.context import Context
from screens.released.page import ReceivedScreen
from screens.released.received import LOOK_SECONDS, ReceivedListScreen
from screens.workplace.overview_mentor import MentorScreen
from screens.workplace.overview_screen import LOOK_SECONDS as OVERVIEW_SECONDS
from screens.workplace.overview_screen import WorkplaceScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.data.storage.postgres.test_published import COUNTS
from tests.screens.conftest import screen_text
from tests.screens.released.test_release import agree, maja, of_manager
from tests.tools.hurry import until
from tui.app import MentorApp

SIZE = (100, 30)
GONE = "This is released to you no more"
NO_MANAGER = "Your login is not a manager in the team team of"
NO_COORDINATOR = "Your login is not a coordinator in the team team of"


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


def revoke(team: TeamServer, login: str) -> None:
    team.server.execute(revoke_script("team", login, None), database=team.database)


def hand(of_mette: OpenedStore) -> None:
    """Release the status of Maja to Lise."""
    if maja(of_mette.store).status_agreed_on is None:
        agree(of_mette.store)
        assert of_mette.store.flush(20)
    document = status_of(of_mette.store, maja(of_mette.store))
    release(of_mette.path, maja(of_mette.store).id, ["lise"], document)


async def read(app: MentorApp, pilot: Pilot[Any]) -> None:
    """Open the status that is released."""
    await until(lambda: "Mette Vind" in screen_text(app), every=LOOK_SECONDS)
    await pilot.press("enter")
    assert isinstance(app.screen, ReceivedScreen)
    assert "Maja" in screen_text(app)


async def test_a_status_goes_when_the_mentee_is_deleted_for_good(
    of_mette: OpenedStore, team: TeamServer, tmp_path: Path, no_records: Store
) -> None:
    hand(of_mette)
    app = of_manager(team, no_records)
    async with app.run_test(size=SIZE) as pilot:
        await read(app, pilot)
        mentee = maja(of_mette.store)
        planned = plan(of_mette.path, of_mette.store, all_of(of_mette.store, mentee), os.environ)
        carry_out(of_mette.path, planned, os.environ, documents=tmp_path)
        await until(lambda: GONE in screen_text(app), every=LOOK_SECONDS)
        assert "Maja" not in screen_text(app)
        await pilot.press("w")
        assert isinstance(app.screen, ReceivedScreen), "there is nothing to write"
        await pilot.press("escape")
        assert "No status has been released to you yet" in screen_text(app)


async def test_a_status_that_is_open_goes_when_it_is_taken_back(
    of_mette: OpenedStore, team: TeamServer, tmp_path: Path, no_records: Store
) -> None:
    hand(of_mette)
    app = of_manager(team, no_records)
    async with app.run_test(size=SIZE) as pilot:
        await read(app, pilot)
        await pilot.press("w", "tab", "m", "tab", "tab", "ctrl+u", *str(tmp_path), "slash")
        withdraw(of_mette.path, maja(of_mette.store).id, None)
        await until(lambda: not isinstance(app.screen, WriteForm), every=LOOK_SECONDS)
        assert isinstance(app.screen, ReceivedScreen)
        assert "Maja" not in screen_text(app)
        assert GONE in screen_text(app)
    assert not list(tmp_path.glob("*.md"))


async def test_a_manager_who_is_revoked_sees_nothing_and_is_told(
    of_mette: OpenedStore, team: TeamServer, no_records: Store
) -> None:
    hand(of_mette)
    app = of_manager(team, no_records)
    async with app.run_test(size=SIZE) as pilot:
        await read(app, pilot)
        revoke(team, "lise")
        await until(lambda: NO_MANAGER in screen_text(app), every=LOOK_SECONDS)
        assert "Maja" not in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, ReceivedListScreen)
        assert NO_MANAGER in screen_text(app)
        assert "No status has been released to you yet" not in screen_text(app)

        team.grant("lise", kind="manager", name="Lise Lund")
        await until(lambda: "No status has been released" in screen_text(app), every=LOOK_SECONDS)
        hand(of_mette)
        await until(lambda: "Mette Vind" in screen_text(app), every=LOOK_SECONDS)


async def test_a_coordinator_who_is_revoked_sees_nothing_and_is_told(
    team: TeamServer, no_records: Store
) -> None:
    with visit_to(team.stand_in("met"), MENTOR) as visit:
        assert visit.publish(json.dumps(COUNTS), first=True)
    context = Context(no_records, Settings(), has_records=False)
    app = MentorApp(context, first=WorkplaceScreen(context, [team.stand_in("kim")]))
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: "Mette Vind" in screen_text(app), every=OVERVIEW_SECONDS)
        await pilot.press("enter")
        assert isinstance(app.screen, MentorScreen)
        await pilot.press("w")
        assert isinstance(app.screen, WriteForm)
        revoke(team, "kim")
        await until(lambda: not isinstance(app.screen, WriteForm), every=OVERVIEW_SECONDS)
        assert isinstance(app.screen, MentorScreen), "the dialog has gone with what it would write"
        assert NO_COORDINATOR in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, WorkplaceScreen)
        assert NO_COORDINATOR in screen_text(app)
        assert "Mette Vind" not in screen_text(app)
        assert "No mentor of the team has published" not in screen_text(app)

        team.grant("kim", kind="coordinator", name="Kim Lund")
        await until(lambda: "Mette Vind" in screen_text(app), every=OVERVIEW_SECONDS)


async def test_that_the_server_is_away_is_said_no_longer_once_it_is_back(
    of_mette: OpenedStore, team: TeamServer, no_records: Store
) -> None:
    hand(of_mette)
    app = of_manager(team, no_records)
    shut = f"ALTER DATABASE {team.database} ALLOW_CONNECTIONS "
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'lise'"
    async with app.run_test(size=SIZE):
        await until(lambda: "Mette Vind" in screen_text(app), every=LOOK_SECONDS)
        team.server.execute(f"{shut} false")
        team.server.execute(cut)
        await until(lambda: "The server " in screen_text(app), every=LOOK_SECONDS)
        assert "Mette Vind" in screen_text(app), "what was read last is kept"
        team.server.execute(f"{shut} true")
        await until(lambda: "The server " not in screen_text(app), every=LOOK_SECONDS)
        assert "Mette Vind" in screen_text(app)
