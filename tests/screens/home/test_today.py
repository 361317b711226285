"""Today on the first screen: what is due, why, and what one key does about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from data.clock import today
from data.i18n import _
from data.method.today.due import DueKind
from data.records import Postponed, Task
from data.store.store import Store
from screens.home.screen import HomeScreen
from screens.people.screen import PeopleScreen
from tests.screens.conftest import screen_text
from tests.screens.home.support import home, whole
from tests.screens.places import mentee
from tui.app import MentorApp


async def to_due(app: MentorApp, pilot: Pilot[int], kind: DueKind) -> str:
    """Stand on the first line of Today of that kind; return the id of its record."""
    await pilot.press("tab")
    lists = home(app).lists
    for _step in range(len(lists.dues)):
        if lists.due and lists.due.kind is kind:
            return lists.due.record_id
        await pilot.press("down")
    pytest.fail(f"no {kind} in Today")


async def test_today_has_all_that_is_due_with_who_what_and_why(app: MentorApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await to_due(app, pilot, DueKind.SPARRING)
        text = screen_text(app)

        assert len(home(app).lists.dues) >= 8
        assert all(due.mentee.split()[0] in text for due in home(app).lists.dues)
        due = home(app).lists.due
        assert due
        assert set(due.why.split()) <= set(text.split())


async def test_one_key_settles_a_sparring_and_u_takes_it_back(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        task_id = await to_due(app, pilot, DueKind.SPARRING)
        before = store.get(Task, task_id)
        await pilot.press("d")

        task = store.get(Task, task_id)
        assert task
        assert task.sparring_held_on == today()
        assert all(due.record_id != task_id for due in home(app).lists.dues) or task.needs_check

        await pilot.press("u")
        task = store.get(Task, task_id)
        assert task
        assert before
        assert task.sparring_held_on == before.sparring_held_on


async def test_p_puts_a_line_off_to_a_day_and_it_comes_back_then(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_due(app, pilot, DueKind.ACTION)
        due = home(app).lists.due
        assert due
        await pilot.press("p", "enter")

        assert home(app).lists.dues.due(due.key) is None
        (one,) = [one for one in store.all(Postponed) if one.key == due.key]
        assert one.until == today() + timedelta(days=7)


async def test_p_refuses_a_day_that_is_not_to_come_and_keeps_what_was_typed(
    app: MentorApp, store: Store
) -> None:
    put_off = len(store.all(Postponed))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_due(app, pilot, DueKind.ACTION)
        await pilot.press("p", *["backspace"] * 10, *"1-1-2026", "enter")

        assert "1-1-2026" in screen_text(app)
        assert _("Choose a date after today") in screen_text(app)
    assert len(store.all(Postponed)) == put_off


async def test_enter_in_today_opens_the_place_on_the_record(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        introduction_id = await to_due(app, pilot, DueKind.INTRODUCTION)
        mentee_id = home(app).lists.mentee_id
        await pilot.press("enter")

        assert isinstance(app.screen, PeopleScreen)
        assert app.screen.mentee_id == mentee_id
        assert app.screen.grid.row_id.endswith(introduction_id)


async def test_enter_opens_every_line_of_today(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        for key in [due.key for due in home(app).lists.dues]:
            assert home(app).lists.today.go_to(key)
            await pilot.press("enter")
            await pilot.pause()
            assert not isinstance(app.screen, HomeScreen), key
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, HomeScreen), key


async def test_monday_five_past_eight(app: MentorApp, store: Store) -> None:
    """Two sparrings, a newcomer without a buddy and the talk are seen without a key."""
    emil = mentee(store, "Emil")
    async with whole(app):
        text = screen_text(app)
        kinds = [due.kind for due in home(app).lists.dues]

        assert kinds.count(DueKind.SPARRING) == 2
        assert DueKind.TALK in kinds
        assert text.count(_("Sparring")) >= 2
        assert _("no buddy") in text.split(emil.name)[1].split("Maja Holm")[0]
