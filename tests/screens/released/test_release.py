"""`R` on the status releases it to a manager, who reads it; and withdraws it."""

from __future__ import annotations

from pathlib import Path

from data.documents.writers.formats import FORMATS
from data.i18n import _
from data.records import Mentee
from data.released.on_server import received, release
from data.released.status import status_of
from data.settings import Settings
from data.store.change import Change
from data.store.opening import OpenedStore
from data.store.store import Store
from screens.dialogs.pick import PickDialog
from screens.documents.status import StatusScreen
from screens.frame.context import Context
from screens.released.page import ReceivedScreen
from screens.released.received import LOOK_SECONDS, ReceivedListScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.screens.conftest import screen_text
from tests.tools.hurry import until
from tui.app import MentorApp

SIZE = (80, 24)


def maja(store: Store) -> Mentee:
    (found,) = store.all(Mentee)
    return found


def status(opened: OpenedStore) -> MentorApp:
    """The app on the page of Maja's status."""
    context = Context(opened.store, Settings(), file=opened.path, of_team=True)
    return MentorApp(context, first=StatusScreen(context, maja(opened.store).id))


def of_manager(team: TeamServer, no_records: Store) -> MentorApp:
    """The app as a manager gets it: the list of what is released, and nothing else."""
    context = Context(no_records, Settings(), has_records=False)
    path = team.stand_in("lise")
    return MentorApp(context, first=ReceivedListScreen(context, path))


async def test_it_is_agreed_on_released_and_withdrawn(
    of_mette: OpenedStore, team: TeamServer
) -> None:
    app, lise = status(of_mette), team.stand_in("lise")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("R")
        await until(lambda: "Bliv først enig" in screen_text(app))
        assert not received(lise)

        await pilot.press("d", "R")
        await until(lambda: _offers(app, "Lise Lund"))
        assert _("All managers of the team") not in screen_text(app), "there is one"
        await pilot.press("enter")
        await until(lambda: "Lise Lund har status af 23-11-2026" in screen_text(app))
        (one,) = received(lise)
        assert one.document == status_of(of_mette.store, maja(of_mette.store))

        await pilot.press("R")
        await until(lambda: _offers(app, "Lise Lund"))
        await pilot.press("down", "enter")
        await until(lambda: "Trukket tilbage fra Lise Lund." in screen_text(app))
        assert "har status af" not in screen_text(app)
        assert not received(lise)


async def test_with_a_file_there_is_no_such_key(store: Store, path: Path) -> None:
    context = Context(store, Settings(), file=path)
    mentee = store.all(Mentee)[0]
    app = MentorApp(context, first=StatusScreen(context, mentee.id))
    async with app.run_test(size=SIZE) as pilot:
        assert " R " not in screen_text(app).splitlines()[-1]
        await pilot.press("R")
        assert isinstance(app.screen, StatusScreen)


async def test_the_manager_hears_of_it_reads_it_and_writes_it(
    of_mette: OpenedStore, team: TeamServer, tmp_path: Path, no_records: Store
) -> None:
    app = of_manager(team, no_records)
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: "Der er ikke frigivet nogen status til dig endnu" in screen_text(app))
        mentee = maja(of_mette.store)
        agree(of_mette.store)
        document = status_of(of_mette.store, maja(of_mette.store))
        assert of_mette.store.flush(20)
        release(of_mette.path, mentee.id, ["lise"], document)
        await until(lambda: "Mette Vind" in screen_text(app), every=LOOK_SECONDS)
        await pilot.press("enter")
        assert isinstance(app.screen, ReceivedScreen)
        assert "Frigivet 23-11-2026 af Mette Vind" in screen_text(app)
        await pilot.press("w", "tab", "m", "tab", "tab", "ctrl+u", *str(tmp_path), "slash", "f10")
        await until(lambda: list(tmp_path.glob("*.md")))
        await pilot.press("escape")
        assert isinstance(app.screen, ReceivedListScreen)
    (written,) = tmp_path.glob("*.md")
    assert "Maja Holm" in written.read_text("utf-8")


async def test_nothing_else_is_offered_to_a_manager(team: TeamServer, no_records: Store) -> None:
    app = of_manager(team, no_records)
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: "Der er ikke frigivet" in screen_text(app))
        for key in ("n", "a", "V", "slash", "exclamation_mark", "u", "H", "1", "t", "R"):
            await pilot.press(key)
            assert isinstance(app.screen, ReceivedListScreen), key
        assert "w" not in screen_text(app).splitlines()[-1].split(), "there is nothing to write"


async def test_shared_view_hides_what_is_released(
    of_mette: OpenedStore, team: TeamServer, no_records: Store
) -> None:
    agree(of_mette.store)
    assert of_mette.store.flush(20)
    document = status_of(of_mette.store, maja(of_mette.store))
    release(of_mette.path, maja(of_mette.store).id, ["lise"], document)
    app = of_manager(team, no_records)
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: "Mette Vind" in screen_text(app))
        await pilot.press("f6")
        assert "Maja" not in screen_text(app)


async def test_a_manager_is_offered_nothing_that_is_refused(
    of_mette: OpenedStore, team: TeamServer, no_records: Store
) -> None:
    name = "Anna-Kathrine Vestergård Bjerregaard"
    of_mette.store.commit([Change.edited(maja(of_mette.store), name=name)])
    agree(of_mette.store)
    assert of_mette.store.flush(20)
    document = status_of(of_mette.store, maja(of_mette.store))
    release(of_mette.path, maja(of_mette.store).id, ["lise"], document)
    app = of_manager(team, no_records)
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: "Mette Vind" in screen_text(app))
        assert "Esc" not in screen_text(app).splitlines()[-1], "there is nothing to go back to"
        (line,) = (one for one in screen_text(app).splitlines() if "Mette Vind  " in one)
        assert name in line
        await pilot.press("enter")
        assert "Esc" in screen_text(app).splitlines()[-1]
        await pilot.press("escape", "w", "tab")
        seen = ""
        for _time in FORMATS:
            await pilot.press("right")
            seen += screen_text(app)
        assert "PDF" in seen
        assert "CSV" not in seen
        assert "JSON" not in seen


def _offers(app: MentorApp, text: str) -> bool:
    """Whether a list to pick from is open and has been drawn."""
    return isinstance(app.screen, PickDialog) and text in screen_text(app)


def agree(store: Store) -> None:
    """Note that mentor and mentee have agreed on the status, as `d` does."""
    from data.clock import today
    from data.documents.kinds.leader import status_sum
    from data.method.visibility import Reader, seen
    from data.queries.views import mentee_view

    mentee = maja(store)
    agreed = status_sum(seen(mentee_view(store, mentee), Reader.WRITTEN))
    store.commit([Change.edited(mentee, status_agreed_on=today(), status_agreed_sum=agreed)])
