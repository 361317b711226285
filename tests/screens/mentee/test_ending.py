"""Closing asks what is open, an earlier end what becomes of talks; reopening brings back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.records import Action, ActionState, CourseState, Mentee, Talk, TalkState
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.dialogs.pick import PickDialog
from screens.home.screen import HomeScreen
from screens.mentee.closing import ClosingScreen
from screens.mentee.settle import SettleDialog
from tests.screens.conftest import AppOn, screen_text
from tui.app import MentorApp

LONG = "Anne-Sofie Margrethe Christoffersen-Østergaard Vestergaard-Knudsen"


@pytest.fixture
def first() -> type[HomeScreen]:
    """These tests begin where a user does."""
    return HomeScreen


@pytest.fixture
def blank(empty: Store, app_on: AppOn) -> MentorApp:
    """A mentee with a talk of the rhythm each week, one that a hand has moved, and an action."""
    mentee = Mentee(name=LONG, start=today() - timedelta(days=30), ends=today() + timedelta(300))
    talks = [
        Talk(mentee_id=mentee.id, number=number, planned_on=today() + timedelta(weeks=number))
        for number in range(1, 13)
    ]
    by_hand = Talk(
        mentee_id=mentee.id, number=13, planned_on=today() + timedelta(days=100), by_hand=True
    )
    action = Action(mentee_id=mentee.id, what="Ring til kommunen", who="mentee")
    empty.commit([Change.created(one) for one in (mentee, *talks, by_hand, action)])
    return app_on(empty)


def planned(store: Store) -> list[int]:
    return sorted(t.number for t in store.all(Talk) if t.state is TalkState.PLANNED)


async def end_in_a_month(app: MentorApp, pilot: Pilot[int]) -> None:
    await pilot.pause()
    end = show_date(today() + timedelta(days=30))
    await pilot.press("e", *["tab"] * 6, *["backspace"] * 10, *end, "f10")
    await pilot.pause()
    assert isinstance(app.screen, PickDialog)


async def test_reopening_plans_again_what_closing_cancelled(blank: MentorApp, empty: Store) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = planned(empty)
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("f10")
        await pilot.pause()
        assert isinstance(blank.screen, ClosingScreen)
        assert planned(empty) == []
        await pilot.press("escape", "v", "r")
        await pilot.pause()
        assert planned(empty) == before
        assert "13" in screen_text(blank).splitlines()[-2]


async def test_closing_names_what_is_open_first_and_settles_it(
    blank: MentorApp, empty: Store
) -> None:
    async with blank.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(blank.screen, SettleDialog)
        text = screen_text(blank)
        assert "Ring til kommunen" in text
        assert _("Talk {number}").format(number=13) in text
        assert f"F10/Ctrl+S {_('Close mentorship')}" in text
        assert _("stays open") in text
        await pilot.press("enter")
        assert empty.all(Mentee)[0].state is CourseState.ACTIVE  # Enter never closes
        await pilot.press("down", "space", "f10")
        await pilot.pause()

    action = empty.all(Action)[0]
    assert (action.state, action.done_on) == (ActionState.DONE, today())
    assert planned(empty) == [13]
    assert empty.all(Mentee)[0].state is CourseState.CLOSED


async def test_esc_closes_nothing(blank: MentorApp, empty: Store) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("space", "escape")
        await pilot.pause()

    assert empty.all(Mentee)[0].state is CourseState.ACTIVE
    assert empty.all(Action)[0].state is ActionState.OPEN


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        (("enter",), list(range(1, 14))),
        (("down", "down", "enter"), [1, 2, 3, 4, 13]),
        (("escape",), list(range(1, 14))),
    ],
)
async def test_an_earlier_end_asks_about_the_talks_after_it(
    blank: MentorApp, empty: Store, keys: tuple[str, ...], left: list[int]
) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await end_in_a_month(blank, pilot)
        await pilot.press(*keys)
        await pilot.pause()
        assert not isinstance(blank.screen, AskDialog)

    assert planned(empty) == left
    assert empty.all(Mentee)[0].ends == today() + timedelta(days=30)


async def test_they_can_be_moved_into_the_days_left_and_one_undo_takes_it_back(
    blank: MentorApp, empty: Store
) -> None:
    before = {talk.id: talk.planned_on for talk in empty.all(Talk)}
    async with blank.run_test(size=(80, 24)) as pilot:
        await end_in_a_month(blank, pilot)
        await pilot.press("down", "enter")
        await pilot.pause()
        ends = empty.all(Mentee)[0].ends
        assert ends
        late = [t.number for t in empty.all(Talk) if t.planned_on and t.planned_on > ends]
        assert late == [13]
        assert show_date(today() + timedelta(days=100)) in screen_text(blank)
        await pilot.press("u")
        await pilot.pause()

    assert {talk.id: talk.planned_on for talk in empty.all(Talk)} == before
