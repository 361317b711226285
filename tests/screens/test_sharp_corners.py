"""Corners where a program likes to cut itself: mentorships without anything, ends, people, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.clock import Clock, set_clock, today
from data.dates import show_date
from data.i18n import _
from data.records import Introduction, Person, Role, RoleKind, Talk, TalkState, Task
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from screens.frame.places import PLACES
from screens.home.screen import HomeScreen
from screens.people.screen import PeopleScreen
from screens.talk.series import TalksScreen
from tests.screens.conftest import MORNING, screen_text
from tests.screens.places import go, mentee
from tests.screens.plan.tools import MAJA, fill, open_plan, tasks
from tui.app import MentorApp

AppOn = Callable[[Store], MentorApp]


@pytest.fixture
def first() -> type[HomeScreen]:
    """These tests begin where a user does."""
    return HomeScreen


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
async def test_a_course_with_nothing_in_it_has_something_on_every_screen(
    empty: Store, app_on: AppOn, size: tuple[int, int]
) -> None:
    fill(empty)
    app = app_on(empty)
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        for place in PLACES:
            await pilot.press(place.key)
            await pilot.pause()
            assert type(app.screen).__name__ == place.where.partition(":")[2]
            filled = [line for line in screen_text(app).splitlines() if line.strip()]
            assert len(filled) >= min(4, size[1] // 3), place.name


async def test_week_53_is_a_week(empty: Store, app_on: AppOn) -> None:
    set_clock(Clock(MORNING.replace(year=2026, month=12, day=31)))
    fill(empty, mentee=replace(MAJA, start=date(2026, 12, 28)))
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "31-12-2026, kalenderuge 53" in screen_text(app)
        assert "uge 1 " in screen_text(app), "the first week of the mentorship, whatever the year's"


async def test_a_talk_moved_past_the_end_of_the_course_is_moved_and_says_so(
    empty: Store, app_on: AppOn
) -> None:
    ends = today() + timedelta(days=10)
    one = Talk(mentee_id=MAJA.id, number=1, state=TalkState.PLANNED, planned_on=today())
    fill(empty, one, mentee=replace(MAJA, ends=ends))
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(TalksScreen(app.context, MAJA.id))
        await pilot.pause()
        await pilot.press("f")
        await pilot.pause()
        await pilot.press("ctrl+u", *"+4u", "f10")
        await pilot.pause()

        moved = empty.get(Talk, one.id)
        assert moved
        assert moved.planned_on == today() + timedelta(days=28)
        said = _("That is after the mentorship ends on {date}").format(date=show_date(ends))
        assert said in screen_text(app)


async def test_the_order_stays_when_a_row_goes_and_comes_back(empty: Store, app_on: AppOn) -> None:
    fill(empty, *tasks("Et", "To", "Tre", "Fire"))
    async with open_plan(app_on(empty), MAJA.id) as plan:
        await plan.on_cell("To", "title")
        await plan.press("x")
        await plan.dialog()
        await plan.press("j")
        await plan.back()
        assert plan.titles() == ["Et", "Tre", "Fire"]
        await plan.on_cell("Fire", "title")
        await plan.press("K")
        assert plan.titles() == ["Et", "Fire", "Tre"]
        await plan.press("u", "u")
        assert plan.titles() == ["Et", "To", "Tre", "Fire"]


async def test_what_was_done_before_the_program_started_is_not_undone_and_that_is_said(
    path: Path, app_on: AppOn
) -> None:
    first = open_store(path, by="birgitte", threaded=False)
    fill(first.store)
    task = Task(mentee_id=MAJA.id, title="Et")
    first.store.commit([Change.created(task)], "Ny rolleopgave")
    first.close()
    again = open_store(path, by="birgitte", threaded=True)
    try:
        app = app_on(again.store)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("u")
            await pilot.pause()
            assert _("Nothing to undo in this session") in screen_text(app)
            assert again.store.get(Task, task.id)
    finally:
        again.close()


async def test_one_person_as_mentor_and_manager_is_allowed_and_asked_about(
    app: MentorApp, store: Store
) -> None:
    maja = mentee(store)
    roles = {role.kind: role for role in store.of(Role, maja.id)}
    mentor, manager = roles[RoleKind.MENTOR], roles[RoleKind.MANAGER]
    store.commit([Change.edited(manager, person_id=mentor.person_id)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "enter", "4")
        await pilot.pause()

        name = store.get(Person, mentor.person_id)
        assert name
        text = " ".join(screen_text(app).split())
        assert f"! {name.name} er både mentor og leder" in text


async def test_somebody_no_longer_to_be_met_is_still_named_in_the_plan(
    app: MentorApp, store: Store
) -> None:
    maja = mentee(store)
    plan = store.of(Task, maja.id)
    meeting = next(
        one
        for one in store.of(Introduction, maja.id)
        if any(task.sparring_with == one.person_id for task in plan)
    )
    person = store.get(Person, meeting.person_id)
    assert person
    async with app.run_test(size=(200, 50)) as pilot:
        screen = await go(app, pilot, PeopleScreen, "5")
        screen.go_to(meeting.id)
        await pilot.press("x", "j")
        await pilot.pause()
        assert store.get(Introduction, meeting.id) is None
        await pilot.press("2")
        await pilot.pause()
        assert person.name in screen_text(app)
