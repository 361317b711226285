"""A co-mentor on the page of roles: how one comes, and goes."""

from __future__ import annotations

from datetime import timedelta

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.records import Role, RoleKind
from data.store.store import Store
from screens.roles.rows import PERSONS
from screens.roles.screen import RolesScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go
from tests.screens.test_roles import role, stand
from tui.app import MentorApp


async def test_a_co_mentor_comes_with_a_last_day_and_stands_on_the_overview(
    app: MentorApp, store: Store
) -> None:
    main = role(store, RoleKind.MENTOR)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        until = show_date(today() + timedelta(days=10))
        await pilot.press("M", *"Cia Bo", "tab", *until, "f10")
        await pilot.pause()
        made = role(store, RoleKind.CO_MENTOR)
        assert made.until == today() + timedelta(days=10)
        assert screen.view
        assert screen.view.name_of(made.person_id) == "Cia Bo"
        assert role(store, RoleKind.MENTOR) == main, "the main mentor stays"
        assert f"til {until}" in screen.detail.plain
        await pilot.press("1")
        await pilot.pause()
        shown = next(one for one in screen_text(app).splitlines() if "Medmentor" in one)
        assert "Cia Bo" in shown
        assert f"til {until}" in shown
        await pilot.press("4")
        await pilot.pause()
        roles = app.screen
        assert isinstance(roles, RolesScreen)
        stand(roles, PERSONS, made)
        await pilot.press("x", "j")
        await pilot.pause()
        assert store.get(Role, made.id) is None


async def test_a_co_mentor_who_goes_is_named_and_a_last_day_that_has_passed_is_told(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        await pilot.press("M")
        await pilot.pause()
        yesterday = show_date(today() - timedelta(days=1))
        await pilot.press(*"Cia Bo", "tab", *yesterday, "f10")
        await pilot.pause()
        assert _("The last day has passed ({date}): the role is over").format(
            date=yesterday
        ) in screen_text(app)
        stand(screen, PERSONS, role(store, RoleKind.CO_MENTOR))
        await pilot.press("x")
        await pilot.pause()
        assert _("{name} has this role.").format(name="Cia Bo") in screen_text(app)
