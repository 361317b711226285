"""Keys of the list of mentees for all that is kept: hold, access, hand-over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.clock import today
from data.method.hold import hold
from data.privacy.bundle import read_bundle
from data.records import Conflict, Mentee
from data.store.opening import OpenedStore, open_store
from screens.home.screen import HomeScreen
from tests.screens.conftest import screen_text
from tests.screens.places import mentee
from tests.tools.hurry import until
from tui.app import MentorApp


@pytest.fixture
def app(on_its_file: Callable[[], MentorApp]) -> MentorApp:
    return on_its_file()


def maja(app: MentorApp) -> Mentee:
    return mentee(app.store)


async def test_a_hold_is_set_with_a_reason_and_ended(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.lists.mentees.go_to(maja(app).id)
        await pilot.press("B", *"indsigt", "f10")
        await pilot.pause()
        assert maja(app).held_why == "indsigt"
        assert maja(app).held_since is not None
        await pilot.press("B", "j")
        await pilot.pause()
        assert maja(app).held_since is None
        await pilot.press("u")
        await pilot.pause()
        assert maja(app).held_why == "indsigt"


async def test_two_who_set_a_hold_at_once_lose_no_reason(
    app: MentorApp, opened: OpenedStore
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.lists.mentees.go_to(maja(app).id)
        await pilot.press("B", *"indsigt")
        other = open_store(opened.path, by="bo", threaded=False)
        other.store.commit([hold(mentee(other.store), today(), "en sag")])
        other.close()
        await until(lambda: maja(app).held_why == "en sag")
        await pilot.press("f10")
        await pilot.pause()
        await until(lambda: app.store.all(Conflict))
        kept = {maja(app).held_why, *(one.mine for one in app.store.all(Conflict))}
        assert kept == {"en sag", "indsigt"}


async def test_access_writes_one_folder_and_sets_a_hold(app: MentorApp, tmp_path: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.lists.mentees.go_to(maja(app).id)
        await pilot.press("A")
        await pilot.pause()
        assert "også private noter" in screen_text(app)
        await pilot.press("n")
        await pilot.pause()
        assert maja(app).held_since is None
        await pilot.press("A", "j")
        await until(lambda: "Skrevet:" in screen_text(app))
        assert maja(app).extract_asked_on
        assert maja(app).held_since
        (folder,) = (tmp_path / "mentorrollen").iterdir()
        assert (folder / "alt-i-ord.txt").is_file()


async def test_a_hand_over_is_one_file_and_nothing_changes_here(
    app: MentorApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.lists.mentees.go_to(maja(app).id)
        before = maja(app)
        await pilot.press("O")
        await pilot.pause()
        assert "private poster bliver her" in screen_text(app)
        await pilot.press("j")
        await until(lambda: "Skrevet:" in screen_text(app))
        (made,) = (tmp_path / "mentorrollen").iterdir()
        assert read_bundle(made.read_bytes()).name == "Maja Holm"
        assert maja(app) == before


async def test_in_shared_view_nothing_private_is_offered(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        await pilot.pause()
        for key in ("A", "O"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, HomeScreen)
