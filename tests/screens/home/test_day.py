"""The first screen over midnight, and what Enter on a line of Today leads to."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from data.clock import Clock, now, set_clock, today
from data.method.today.due import DueKind, due_items
from data.queries.views import mentee_view
from data.records import Mentee, Task, TaskStatus
from data.store.change import Change
from data.store.store import Store
from screens.frame.places import PLACES, load
from screens.home.names import day_title
from screens.home.screen import HomeScreen
from screens.mentee.base import MenteeScreen
from screens.plan.screen import PlanScreen
from tests.screens.conftest import AppOn, screen_text
from tui.app import MentorApp
from tui.app.app import DAY_SECONDS


def mentee(store: Store) -> Mentee:
    return next(one for one in store.all(Mentee) if one.name.startswith("Maja"))


async def let_midnight_pass() -> None:
    set_clock(Clock(now() + timedelta(days=1)))
    await asyncio.sleep(DAY_SECONDS + 1)


async def test_the_first_screen_shows_the_new_day_without_a_key(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert day_title(today()) in screen_text(app)

        await let_midnight_pass()
        await pilot.pause()

        assert day_title(today()) in screen_text(app)


@pytest.mark.parametrize("place", [one.name for one in PLACES])
async def test_every_place_looks_after_midnight_as_if_opened_then(
    app: MentorApp, place: str
) -> None:
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        maja = mentee(app.store).id
        await app.push_screen(load(place)(app.context, maja))
        await let_midnight_pass()
        await pilot.pause()
        shown = screen_text(app)

        await pilot.press("escape")
        assert day_title(today()) in screen_text(app)  # the one below shows it too
        await app.push_screen(load(place)(app.context, maja))
        await pilot.pause()
        assert screen_text(app).splitlines()[1:] == shown.splitlines()[1:]


async def test_a_form_stays_open_over_midnight_with_what_was_typed(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Bo Holm")
        await let_midnight_pass()
        await pilot.pause()
        assert "Bo Holm" in screen_text(app)

        await pilot.press("f10")
        await pilot.pause()
    assert any(one.name == "Bo Holm" for one in app.store.all(Mentee))


def long_ago(store: Store) -> Task:
    """Give Maja a task that was learned long ago and has not been used."""
    task = Task(
        mentee_id=mentee(store).id,
        title="Statusnotat",
        status=TaskStatus.ACTIVE,
        learned_on=today() - timedelta(days=60),
    )
    store.commit([Change.created(task)], "x")
    return task


async def test_what_was_learned_in_a_task_opens_where_its_use_is_noted(
    store: Store, app_on: AppOn
) -> None:
    task = long_ago(store)
    app = app_on(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        assert isinstance(app.screen, HomeScreen)
        assert app.screen.lists.today.go_to(f"{DueKind.UNUSED}:{task.id}")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PlanScreen)
        assert (app.screen.editor.task_id, app.screen.editor.column) == (task.id, "first_used_on")


async def test_enter_stands_on_the_record_of_every_line(store: Store, app_on: AppOn) -> None:
    long_ago(store)
    app = app_on(store)
    dues = [
        due
        for one in store.all(Mentee)
        for due in due_items(mentee_view(store, one), today())
        if due.record_id and due.screen not in {"talk", "agreement"}
    ]
    assert len({due.kind for due in dues}) >= 5
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        for due in dues:
            assert isinstance(app.screen, HomeScreen)
            assert app.screen.lists.today.go_to(due.key)
            await pilot.press("enter")
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, MenteeScreen)
            assert app.context.positions[screen.position_key][0].endswith(due.record_id), due
            await pilot.press("escape")
            await pilot.pause()
