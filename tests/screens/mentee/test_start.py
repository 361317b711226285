"""The first day at work: asked about where it is odd, and the period that begins with it."""

from __future__ import annotations

from datetime import date

import pytest

from data.method.mentorship.start import proposed_end, start_doubt
from data.records import Duty, Mentee, Role, RoleKind
from data.workdays import is_workday
from screens.dialogs.form import FormDialog
from screens.home.screen import HomeScreen
from tests.screens.conftest import screen_text
from tui.app import MentorApp


@pytest.fixture
def first() -> type[HomeScreen]:
    """These tests begin where a user does."""
    return HomeScreen


def named(app: MentorApp, name: str) -> Mentee:
    return next(one for one in app.store.all(Mentee) if one.name == name)


async def test_a_first_day_on_a_day_off_is_asked_about_once(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Bo Holm", "tab", *"6/12-2026")
        await pilot.pause()
        assert "weekend" in screen_text(app)  # it is said while it is typed

        await pilot.press("f10")
        await pilot.pause()
        assert isinstance(app.screen, FormDialog)  # nothing that was typed is lost
        assert "F10" in screen_text(app)

        await pilot.press("f10")
        await pilot.pause()
    assert named(app, "Bo Holm").start == date(2026, 12, 6)


async def test_a_new_mentee_has_an_end_and_duties_on_working_days(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Bo Holm", "tab", *"2/12-2025", "f10")
        await pilot.pause()
    bo = named(app, "Bo Holm")
    assert bo.ends == proposed_end(bo.start, bo.rhythm) == date(2026, 11, 30)
    days = [duty.due for duty in app.store.of(Duty, bo.id) if duty.due]
    assert len(days) > 15
    assert all(map(is_workday, days))
    mentor = next(one for one in app.store.of(Role, bo.id) if one.kind is RoleKind.MENTOR)
    assert mentor.person_id


@pytest.mark.parametrize(
    ("start", "says"),
    [
        (date(2025, 12, 1), ""),
        (date(2025, 11, 1), ""),
        (date(2025, 12, 25), "fridag (1. juledag)"),
        (date(2032, 12, 27), "langt fra i dag"),
        (date(2023, 11, 1), "langt fra i dag"),
        (None, ""),
    ],
)
def test_what_is_odd_about_a_first_day(start: date | None, says: str) -> None:
    told = start_doubt(start, date(2025, 11, 24))
    assert says in told
    assert bool(told) == bool(says)
