"""Work that takes a while says so, can be given up with Esc, and holds nothing else up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from data.store.store import Store
from screens.dialogs.wait import WaitDialog, in_thread
from tests.screens.conftest import AppOn
from tests.screens.two_sessions.world import until


class Work:
    """Work that lasts until it is let go on."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.came_to: list[str | None] = []

    def do(self) -> str:
        assert self.gate.wait(30)
        return "done"

    async def start(self, app: Any) -> None:
        self.came_to.append(await in_thread(app, "Reading …", self.do))


@pytest.fixture
def work() -> Iterator[Work]:
    work = Work()
    yield work
    work.gate.set()


async def test_it_says_so_and_closes_when_it_has_ended(
    empty: Store, app_on: AppOn, work: Work
) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        home = app.screen
        app.run_worker(work.start(app))
        await until(pilot, lambda: isinstance(app.screen, WaitDialog), "the dialog")
        await pilot.press("f1")
        await until(pilot, lambda: not isinstance(app.screen, WaitDialog), "the help")
        work.gate.set()
        await pilot.press("escape")
        await until(pilot, lambda: work.came_to == ["done"], "the result")
        assert app.screen is home


async def test_esc_gives_it_up_at_once(empty: Store, app_on: AppOn, work: Work) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        home = app.screen
        app.run_worker(work.start(app))
        await until(pilot, lambda: isinstance(app.screen, WaitDialog), "the dialog")
        await pilot.press("escape")
        await until(pilot, lambda: work.came_to == [None], "that it is given up")
        assert app.screen is home
        assert not work.gate.is_set()
        work.gate.set()  # or leaving the app waits for the thread


async def test_what_is_quick_shows_no_dialog(empty: Store, app_on: AppOn, work: Work) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)):
        assert await in_thread(app, "Reading …", lambda: "done") == "done"
