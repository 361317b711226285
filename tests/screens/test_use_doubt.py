"""What was used before it was learned, or before the first day, is asked about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.method.plan.knowledge import use_doubt
from data.records import Knowledge, Task
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.form import FormDialog
from screens.needs.screen import NeedsScreen
from screens.plan.screen import PlanScreen
from tests.screens.conftest import AppOn, screen_text
from tests.screens.places import go, mentee

LEARNED = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("learned", "used", "start", "says"),
    [
        (LEARNED, date(2026, 11, 13), date(2026, 10, 19), "før det blev lært 16-11-2026"),
        (None, date(2026, 10, 16), date(2026, 10, 19), "før første arbejdsdag 19-10-2026"),
        (date(2020, 1, 1), date(2026, 10, 16), date(2026, 10, 19), "før første arbejdsdag"),
        (date(2020, 1, 1), LEARNED, date(2026, 10, 19), ""),
        (LEARNED, LEARNED, None, ""),
        (LEARNED, None, None, ""),
    ],
)
def test_which_days_are_odd(
    learned: date | None, used: date | None, start: date | None, says: str
) -> None:
    told = use_doubt(learned, used, start)
    assert says in told
    assert bool(told) == bool(says)


async def test_the_form_of_knowledge_asks_once(store: Store, app_on: AppOn) -> None:
    item = Knowledge(mentee_id=mentee(store).id, title="Notatteknik", learned_on=LEARNED)
    store.commit([Change.created(item)], "x")
    app = app_on(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        screen.go_to(item.id)
        await pilot.pause()
        await pilot.press("e", "tab", "tab", "tab", "tab", *show_date(LEARNED - timedelta(days=3)))
        await pilot.press("f10")
        await pilot.pause()
        assert isinstance(app.screen, FormDialog)
        assert "blev lært" in screen_text(app)

        await pilot.press("f10")
        await pilot.pause()
    saved = store.get(Knowledge, item.id)
    assert saved
    assert saved.used_on == LEARNED - timedelta(days=3)


async def test_a_cell_of_the_plan_says_it_and_u_takes_it_back(store: Store, app_on: AppOn) -> None:
    task = Task(mentee_id=mentee(store).id, title="Notat", learned_on=today())
    store.commit([Change.created(task)], "x")
    app = app_on(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, PlanScreen, "2")
        screen.editor.go_to(task.id, "first_used_on")
        await pilot.pause()
        await pilot.press("enter", *"i går", "enter")
        await pilot.pause()
        odd = use_doubt(today(), today() - timedelta(days=1), None)
        assert _("{doubt} u undoes it.").format(doubt=odd)[:40] in screen_text(app)

        await pilot.press("u")
        await pilot.pause()
    kept = store.get(Task, task.id)
    assert kept
    assert kept.first_used_on is None


async def test_all_fields_of_a_task_ask_once(store: Store, app_on: AppOn) -> None:
    task = Task(mentee_id=mentee(store).id, title="Notat", learned_on=today())
    store.commit([Change.created(task)], "x")
    app = app_on(store)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await go(app, pilot, PlanScreen, "2")
        screen.editor.go_to(task.id, "first_used_on")
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        await pilot.press(*"i går", "f10")
        await pilot.pause()
        assert isinstance(app.screen, FormDialog)
        await pilot.press("f10")
        await pilot.pause()
    saved = store.get(Task, task.id)
    assert saved
    assert saved.first_used_on == today() - timedelta(days=1)
