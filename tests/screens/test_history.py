"""`H`: the history of what the cursor stands on, and of the mentee."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.clock import Clock, now, set_clock
from data.records import Agreement, Mentee, Talk, Task
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from screens.history.screen import HistoryScreen
from screens.mentee.expectations import ExpectationsScreen
from screens.plan.screen import PlanScreen
from screens.talk.series import TalksScreen
from tests.screens.conftest import Keys, screen_text
from tests.screens.places import go, mentee, own
from tests.tools.hurry import until
from tui.app import MentorApp
from widgets.grid import Grid


@pytest.fixture(autouse=True)
def edited(opened: OpenedStore, app: MentorApp) -> None:
    """Bo has edited a task, a talk and the expectations an hour after they were made."""
    set_clock(Clock(now() + timedelta(hours=1)))
    other = open_store(opened.path, by="bo", threaded=False)
    task, talk = own(other.store, Task)[0], own(other.store, Talk)[-1]
    changes = [
        Change.edited(task, sparring_on=date(2026, 12, 24)),
        Change.edited(talk, place="Loftet"),
        Change.edited(own(other.store, Agreement)[0], place="Kantinen"),
    ]
    other.store.commit(changes)
    other.close()


async def read(app: MentorApp, pilot: Keys) -> str:
    """Wait until the history has been read, and return what the screen shows."""
    assert isinstance(app.screen, HistoryScreen)
    await until(lambda: isinstance(app.screen, HistoryScreen) and app.screen.pane.plain)
    await pilot.pause()
    return screen_text(app)


async def test_h_on_a_row_of_the_plan_tells_of_that_task(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: own(app.store, Task)[0].sparring_on == date(2026, 12, 24))
        screen = await go(app, pilot, PlanScreen, "2")
        screen.query_one(Grid).go_to(own(app.store, Task)[0].id)
        await pilot.press("H")
        said = await read(app, pilot)
        assert f"Historik: {own(app.store, Task)[0].title}" in said
        assert "→ 24-12-2026" in said
        assert "Loftet" not in said

        await pilot.press("v")
        await pilot.pause()
        await until(lambda: "Loftet" in screen_text(app))
        assert "Kantinen" in screen_text(app)

        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen


@pytest.mark.parametrize(
    ("kind", "says", "not_says"),
    [(TalksScreen, "Loftet", "24-12"), (ExpectationsScreen, "Kantinen", "Loftet")],
)
async def test_talks_and_expectations_have_theirs(
    app: MentorApp,
    kind: type[TalksScreen | ExpectationsScreen],
    says: str,
    not_says: str,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, kind, "3" if kind is TalksScreen else "0")
        if kind is TalksScreen:
            screen.query_one(Grid).go_to(own(app.store, Talk)[-1].id)
        await pilot.press("H")
        said = await read(app, pilot)
        assert says in said
        assert not_says not in said


async def test_a_colleagues_change_appears(app: MentorApp, opened: OpenedStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, HistoryScreen, "2", "H")
        await read(app, pilot)
        await pilot.press("v")
        other = open_store(opened.path, by="bo", threaded=False)
        other.store.commit([Change.edited(mentee(other.store), team="Et nyt team")])
        other.close()
        await until(lambda: "Et nyt team" in screen_text(app))
        assert isinstance(app.screen, HistoryScreen)
        assert app.store.get(Mentee, app.screen.mentee_id)
